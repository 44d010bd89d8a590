"""What waits for a decision of the secretariat: reports of completion, and requests for more time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import Act, hold, raise_version
from models.people import Post, Unit
from models.powers import holds_on
from models.reminders import Nudge
from models.rules.permission import Role
from models.rules.status import Status, first_in
from models.standing import Standing, Standings, standings
from models.tasks import Assignment, Extension, Report, ReportFile, Review, Said, Task


@dataclass(frozen=True, slots=True)
class Requested:
    """A request for more time that waits, with the task and the unit or post that asks.

    `number` is the task's number with that unit; `unit_id` is empty where a post asks.
    """

    request: Extension
    whose: str
    title: str
    number: int
    unit_id: int | None


async def waiting(read: Standings, *where: ColumnElement[bool]) -> tuple[Standing, ...]:
    """Give the assignments whose reports of completion wait, those that came first at the head."""
    finished = select(Report.assignment_id).where(Report.said == Said.FINISHED, Report.replaced_at.is_(None))
    accepted = select(Review.assignment_id).where(Review.accepted)
    found = await read.of(
        Assignment.id.in_(finished), Assignment.id.not_in(accepted), Assignment.cancelled_at.is_(None), *where
    )
    waits = [standing for standing in found if standing.status is Status.AWAITING_ACCEPTANCE]
    return tuple(sorted(waits, key=lambda standing: first_in(standing.facts) or read.now))


async def disclaimed(read: Standings) -> tuple[Standing, ...]:
    """Give the assignments of which the unit said last that they are not its task."""
    said = select(Report.assignment_id).where(Report.said == Said.NOT_OURS, Report.replaced_at.is_(None))
    found = await read.of(Assignment.id.in_(said), Assignment.cancelled_at.is_(None))
    return tuple(each for each in found if each.last is not None and each.last.said == Said.NOT_OURS)


async def requests_waiting(session: AsyncSession) -> list[Requested]:
    """Give the requests for more time that wait, the oldest first; what was accepted needs no more time."""
    accepted = select(Review.assignment_id).where(Review.accepted)
    rows = await session.execute(
        select(Extension, func.coalesce(Unit.name, Post.title), Task.title, Assignment.number, Assignment.unit_id)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .join(Task, Task.id == Assignment.task_id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(Post, Post.id == Assignment.post_id)
        .where(Extension.approved.is_(None), Assignment.id.not_in(accepted), Assignment.cancelled_at.is_(None))
        .order_by(Extension.at, Extension.id)
    )
    return [Requested(*row) for row in rows]


async def files_of(session: AsyncSession, assignment_id: int) -> tuple[int, ...]:
    """Name the files handed in with the answers of an assignment that stand, oldest first."""
    found = await session.scalars(
        select(ReportFile.file_id)
        .join(Report, Report.id == ReportFile.report_id)
        .where(Report.assignment_id == assignment_id, Report.replaced_at.is_(None))
        .order_by(ReportFile.id)
    )
    return tuple(found)


async def files_of_answer(session: AsyncSession, report_id: int) -> tuple[int, ...]:
    """Name the files handed in with one answer, oldest first."""
    found = select(ReportFile.file_id).where(ReportFile.report_id == report_id).order_by(ReportFile.id)
    return tuple(await session.scalars(found))


async def accept_together(act: Act, seen: Mapping[int, int]) -> tuple[Standing, ...]:
    """Accept many reports at once: `seen` names, for each assignment, the report that was looked at.

    Gives what was accepted; an assignment that changed since, or was decided by somebody else, is left as it is.
    """
    theirs = Assignment.id.in_(seen)
    await hold(act.session, theirs)
    found = await waiting(await standings(act.session, act.at, act.zone), theirs)
    same = tuple(each for each in found if each.finished and each.finished.report_id == seen[each.id])
    ids = [each.id for each in same]
    act.session.add_all(
        Review(assignment_id=each, report_id=seen[each], accepted=True, at=act.at, by_id=act.by_id) for each in ids
    )
    await act.session.execute(
        update(Nudge).where(Nudge.assignment_id.in_(ids), Nudge.closed_at.is_(None)).values(closed_at=act.at)
    )
    for each in same:
        raise_version(each.assignment)
    await act.session.flush()
    return same


def behind_all(assignments: Collection[Assignment], day: date) -> Any:
    """Select (person, nothing) for everybody who answers for one of these assignments on a day."""
    units = [row.unit_id for row in assignments if row.unit_id is not None]
    posts = [row.post_id for row in assignments if row.post_id is not None]
    answers = or_(and_(Post.role == Role.FOCAL_POINT, Post.unit_id.in_(units)), Post.id.in_(posts))
    return (
        select(Post.person_id, cast(null(), BigInteger))
        .where(Post.person_id.is_not(None), holds_on(Post, day), answers)
        .distinct()
    )
