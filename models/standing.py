"""Where assignments stand at a moment: lists by unit, by task and by whoever may see them, and the counts of tasks."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.days import working_calendar
from models.evidence import Answered, Evidence, Reviewed, evidence, last_of
from models.ids import bearable
from models.papers import Document
from models.people import Post, Unit
from models.rules.alphabet import by_name
from models.rules.permission import Allowed
from models.rules.status import DeadlineState, Due, Facts, Measure, Status, deadline_state, due_now, status
from models.tasks import Assignment, Extension, Said, Task

DONE = frozenset({Status.DONE_ON_TIME, Status.DONE_LATE})
SET_ASIDE = frozenset({Status.SUSPENDED, Status.CANCELLED})
_NOT_OWED = DONE | SET_ASIDE | {Status.AWAITING_ACCEPTANCE}
# built once: building them takes longer than running them
_ASSIGNMENTS = (
    select(Assignment, Task, Document, Unit, Post)
    .join(Task, Task.id == Assignment.task_id)
    .outerjoin(Document, Document.id == Task.document_id)
    .outerjoin(Unit, Unit.id == Assignment.unit_id)
    .outerjoin(Post, Post.id == Assignment.post_id)
    .order_by(Assignment.due_on.is_(None), Assignment.due_on, Task.id, Assignment.id)
)
_DATES = select(
    Assignment.id,
    Assignment.task_id,
    Assignment.due_on,
    Assignment.due_at,
    Assignment.done_before,
    Assignment.suspended_at,
    Assignment.cancelled_at,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One assignment with all that is known of it at a moment; `answers` are in the order of their numbers."""

    assignment: Assignment
    task: Task
    document: Document | None
    unit: Unit | None
    post: Post | None
    facts: Facts
    status: Status
    deadline: DeadlineState
    answers: tuple[Answered, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    request: Extension | None = None

    @property
    def id(self) -> int:
        """The assignment's id."""
        return self.assignment.id

    @property
    def title(self) -> str:
        """The task's title, ready to stand within a sentence."""
        return self.task.title.rstrip(" .")

    @property
    def whose(self) -> str:
        """The unit, or the post, that answers for it."""
        if self.unit is not None:
            return self.unit.name
        return self.post.title if self.post is not None else ""

    @property
    def awaits_unit(self) -> bool:
        """Whether the unit still has something to report."""
        return self.status not in _NOT_OWED

    @property
    def due(self) -> Due | None:
        """The deadline that runs now: the day set for completing, or the task's own."""
        return due_now(self.facts)

    @property
    def last(self) -> Answered | None:
        """The newest answer that stands."""
        return last_of(self.answers)

    @property
    def finished(self) -> Answered | None:
        """The newest report of completion that stands."""
        return last_of(answer for answer in self.answers if answer.said == Said.FINISHED)


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many units of one task have answered what.

    `given` = `silent` + `acknowledged` (answered, not finished) + `finished` (awaiting acceptance) + `accepted`;
    what is suspended or cancelled is left out. `overdue` counts what must still come: of `silent` and `acknowledged`.
    """

    given: int = 0
    silent: int = 0
    acknowledged: int = 0
    finished: int = 0
    accepted: int = 0
    overdue: int = 0

    def __add__(self, other: "TaskCounts") -> "TaskCounts":
        return TaskCounts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Standings:
    """Reads how assignments stand at `now`; each list takes five queries, whatever its length."""

    session: AsyncSession
    now: datetime
    measure: Measure

    async def of(self, *where: ColumnElement[bool]) -> tuple[Standing, ...]:
        """Give the assignments that meet the conditions on `Assignment`: by deadline (none: last), task and name."""
        rows = await self.session.execute(_ASSIGNMENTS.where(*where))
        found = await evidence(self.session, *where)
        read = (self._standing(row, found) for row in rows)
        by_task = groupby(read, lambda one: (one.assignment.due_on, one.task.id))
        return tuple(one for _, of_task in by_task for one in by_name(of_task, lambda one: one.whose))

    async def one(self, assignment_id: int) -> Standing | None:
        """Give one assignment; None where there is none of this id."""
        return next(iter(await self.of(Assignment.id == assignment_id)), None)

    async def of_parties(
        self, units: Collection[int], posts: Collection[int], number: int | None = None
    ) -> tuple[Standing, ...]:
        """Give all that was given to these units and to the holders of these posts, or what bears a short number."""
        if number is not None and not bearable(number):
            return ()
        theirs = or_(Assignment.unit_id.in_(units), Assignment.post_id.in_(posts))
        return await self.of(theirs, *(() if number is None else (Assignment.number == number,)))

    async def of_task(self, task_id: int) -> tuple[Standing, ...]:
        """Give how each unit stands with a task."""
        return await self.of(Assignment.task_id == task_id)

    async def within(self, reach: Allowed, posts: Collection[int]) -> tuple[Standing, ...]:
        """Give all that a person may see: `reach` of his right to see tasks, and what is given to his own posts."""
        return await self.of(within(reach, posts))

    async def counts(self, *where: ColumnElement[bool]) -> dict[int, TaskCounts]:
        """Count, for each task, how its units stand; tasks of which nothing is counted are left out."""
        rows = await self.session.execute(_DATES.where(*where))
        found = await evidence(self.session, *where)
        counts: dict[int, TaskCounts] = {}
        for row in rows:
            counted = self._count(row, found)
            if counted.given:
                counts[row.task_id] = counts.get(row.task_id, TaskCounts()) + counted
        return counts

    def _standing(self, row: Any, found: Evidence) -> Standing:
        assignment, task, document, unit, post = row
        facts = found.facts(assignment, self.measure.zone)
        return Standing(
            assignment=assignment,
            task=task,
            document=document,
            unit=unit,
            post=post,
            facts=facts,
            status=status(facts, self.measure.zone),
            deadline=deadline_state(facts, self.now, self.measure),
            answers=tuple(found.answers.get(assignment.id, ())),
            reviews=tuple(found.reviews.get(assignment.id, ())),
            request=found.requests.get(assignment.id),
        )

    def _count(self, row: Any, found: Evidence) -> TaskCounts:
        facts = found.facts(row, self.measure.zone)
        stands = status(facts, self.measure.zone)
        if stands in SET_ASIDE:
            return TaskCounts()
        is_owed = stands not in _NOT_OWED
        has_answered = last_of(found.answers.get(row.id, ())) is not None or row.id in found.requests
        return TaskCounts(
            given=1,
            silent=int(stands not in DONE and not has_answered),
            acknowledged=int(is_owed and has_answered),
            finished=int(stands is Status.AWAITING_ACCEPTANCE),
            accepted=int(stands in DONE),
            overdue=int(is_owed and deadline_state(facts, self.now, self.measure) is DeadlineState.OVERDUE),
        )


async def standings(session: AsyncSession, now: datetime, zone: ZoneInfo) -> Standings:
    """Read standings as of `now`, by the council's working days."""
    return Standings(session, now, Measure(zone, await working_calendar(session)))


def within(reach: Allowed, posts: Collection[int]) -> ColumnElement[bool]:
    """Give the condition that an assignment is within somebody's reach."""
    if reach.everything:
        return true()
    own = Assignment.post_id.in_(posts) if reach.himself else false()
    return or_(Assignment.unit_id.in_(reach.units), own)
