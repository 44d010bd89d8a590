"""What is to be chased: assignments near or past their day, and units that have not reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.rules.status import DeadlineState, due_day
from models.standing import Standing, Standings
from models.tasks import Assignment, Extension, Report, Review, Said, Task


@dataclass(frozen=True, slots=True)
class Chase:
    """What stands out among the open assignments of a day; one may stand in several lists.

    `next_day` is the next working day; what falls due on days off before it counts with it.
    """

    next_day: date
    overdue: tuple[Standing, ...]
    due_today: tuple[Standing, ...]
    due_next: tuple[Standing, ...]

    @property
    def now(self) -> tuple[Standing, ...]:
        """What is late or due today, each once."""
        return tuple({one.id: one for one in (*self.overdue, *self.due_today)}.values())


def still_open() -> ColumnElement[bool]:
    """Give the condition that an assignment was neither accepted nor set aside."""
    accepted = select(Review.assignment_id).where(Review.accepted)
    return and_(
        Assignment.done_before.is_(False),
        Assignment.suspended_at.is_(None),
        Assignment.cancelled_at.is_(None),
        Assignment.id.not_in(accepted),
    )


def is_unfinished() -> ColumnElement[bool]:
    """Give the condition that a unit still owes its report: none of completion stands since it was last sent back."""
    sent_back = aliased(Report)
    asked_since = exists().where(
        Review.assignment_id == Report.assignment_id,
        Review.accepted.is_(False),
        Review.report_id == sent_back.id,
        sent_back.number >= Report.number,
    )
    finished = exists().where(
        Report.assignment_id == Assignment.id,
        Report.said == Said.FINISHED,
        Report.replaced_at.is_(None),
        ~asked_since,
    )
    return and_(still_open(), ~finished)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A task of which reports are still owed, by its number in the order of giving; `due_on` is the nearest day."""

    number: int
    task: Task
    due_on: date | None
    count: int


async def awaited_tasks(read: Standings, *where: ColumnElement[bool]) -> tuple[Awaited, ...]:
    """Give the tasks of which reports are still owed, the nearest day first: what arrives is mostly theirs."""
    today = read.now.astimezone(read.measure.zone).date()
    rows = await read.session.execute(
        select(Assignment.task_id, func.min(Assignment.due_on), func.count())
        .where(is_unfinished(), *where)
        .group_by(Assignment.task_id)
    )
    owed = {task_id: (due_on, count) for task_id, due_on, count in rows}
    tasks = [(number, task) for number, task in await given_tasks(read.session, *where) if task.id in owed]
    found = (Awaited(number, task, *owed[task.id]) for number, task in tasks)
    return tuple(sorted(found, key=lambda one: (one.due_on is None, abs((one.due_on or today) - today), -one.number)))


def is_not_reported() -> ColumnElement[bool]:
    """Give the condition that a unit still owes its first report, as `is_unreported` tells it."""
    asks_for_time = select(Extension.assignment_id).where(Extension.approved.is_(None))
    return and_(still_open(), ~has_reported(), Assignment.id.not_in(asks_for_time))


def has_reported() -> ColumnElement[bool]:
    """Give the condition that a unit has reported more than that it received the task, and the task is still its."""
    told = select(Report.assignment_id).where(Report.replaced_at.is_(None), Report.said != Said.ACKNOWLEDGED)
    return and_(Assignment.cancelled_at.is_(None), Assignment.id.in_(told))


def is_unreported(standing: Standing) -> bool:
    """Tell whether a unit still owes its first report: it has said nothing, or only that it received the task."""
    last = standing.last
    return standing.awaits_unit and standing.request is None and (last is None or last.said == Said.ACKNOWLEDGED)


def is_overdue(standing: Standing) -> bool:
    """Tell whether something that must still come is late."""
    return standing.awaits_unit and standing.deadline is DeadlineState.OVERDUE


async def chase(read: Standings, *where: ColumnElement[bool]) -> Chase:
    """Sort the open assignments that are due by the next working day, as of the moment of `read`."""
    today = read.now.astimezone(read.measure.zone).date()
    next_day = read.measure.calendar.shift(today, 1)
    to_complete = select(Review.assignment_id).where(Review.complete_by <= next_day)
    near = or_(Assignment.due_on <= next_day, Assignment.id.in_(to_complete))
    found = [standing for standing in await read.of(still_open(), near, *where) if standing.awaits_unit]
    dated = [(due_day(standing.due, read.measure.zone), standing) for standing in found if standing.due is not None]
    return Chase(
        next_day,
        overdue=tuple(standing for standing in found if is_overdue(standing)),
        due_today=tuple(standing for day, standing in dated if day == today and not is_overdue(standing)),
        due_next=tuple(standing for day, standing in dated if today < day <= next_day),
    )


async def given_tasks(session: AsyncSession, *where: ColumnElement[bool]) -> Sequence[tuple[int, Task]]:
    """Read the tasks that were given and have assignments within reach, with their numbers in the order of giving.

    A number stays: what is given later comes behind.
    """
    number = func.row_number().over(order_by=(Task.given_at, Task.id)).label("number")
    numbered = select(Task.id, number).where(Task.given_at.is_not(None)).subquery()
    within = select(Assignment.task_id).where(*where)
    rows: Any = await session.execute(
        select(numbered.c.number, Task)
        .join(Task, Task.id == numbered.c.id)
        .where(Task.id.in_(within))
        .order_by(numbered.c.number)
    )
    return [(int(number), task) for number, task in rows]
