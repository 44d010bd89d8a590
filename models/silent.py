"""Of what, and of whom, nothing at all was heard although an answer is to be expected by now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import TAKES_LETTERS, Address
from models.chasing import still_open
from models.inbox import Inbound
from models.laying import ANCHORED, ladder_of
from models.notices import Notice, NoticeUnit, awaited
from models.people import Post, Unit
from models.powers import holds_on
from models.rules.ladder import Urgency
from models.rules.permission import Role
from models.rules.reminders import ReportPeriod, begun_until, last_question_day
from models.settings import Council
from models.standing import Standing, Standings
from models.tasks import Assignment, Extension, Report, Task


def _was_asked(read: Standings, council: Council) -> ColumnElement[bool]:
    """Give the condition that an answer is to be expected by now: the ladder has begun, or the day has passed.

    Undated work counts once it has been asked about, what waits for an event or has not opened does not.
    """
    calendar, today = read.measure.calendar, read.now.astimezone(read.measure.zone).date()
    asked = last_question_day(today, ReportPeriod(council.report_months), calendar)
    anchored = select(Task.id).where(Task.reading.contains(ANCHORED))
    undated = and_(Assignment.due_on.is_(None), Assignment.given_on < asked, Assignment.task_id.not_in(anchored))
    near = (
        and_(
            Assignment.due_on <= begun_until(today, ladder_of(council, urgency), calendar),
            Assignment.task_id.in_(select(Task.id).where(Task.urgency == urgency)),
        )
        for urgency in Urgency
    )
    return and_(or_(undated, *near), or_(Assignment.opens_on.is_(None), Assignment.opens_on <= today))


def _is_silent(read: Standings, council: Council) -> ColumnElement[bool]:
    """Give the condition that a unit has said nothing at all of an open assignment of which it was asked."""
    return and_(
        still_open(),
        _was_asked(read, council),
        Assignment.id.not_in(select(Report.assignment_id).where(Report.replaced_at.is_(None))),
        Assignment.id.not_in(select(Extension.assignment_id).where(Extension.approved.is_(None))),
    )


async def count_silent(read: Standings, council: Council, *where: ColumnElement[bool]) -> int:
    """Count the assignments of which units have said nothing although their ladder has begun."""
    silent = select(func.count()).select_from(Assignment).where(_is_silent(read, council), *where)
    return await read.session.scalar(silent) or 0


async def silent_ones(
    read: Standings, council: Council, most: int, *where: ColumnElement[bool]
) -> tuple[Standing, ...]:
    """Give what `count_silent` counts, at most so many, the nearest deadline first."""
    query = select(Assignment.id).where(_is_silent(read, council), *where)
    order = (Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
    first = await read.session.scalars(query.order_by(*order).limit(most))
    return await read.of(Assignment.id.in_(first.all()))


@dataclass(frozen=True, slots=True)
class Quiet:
    """A unit from which nothing comes: `is_lost` where none of its focal points can be reached any more."""

    id: int
    name: str
    is_lost: bool


async def quiet_units(session: AsyncSession, now: datetime, day: date, days: int) -> tuple[Quiet, ...]:
    """List the units that were reached once and no longer are, and those that owe an answer and have been silent.

    Silent is of whom nothing has come by any channel, nor was recorded, for so many days (0: nobody is), and who was
    asked before.
    """
    lost = _has_address(day, Address.state.not_in(TAKES_LETTERS)), ~_has_address(day, Address.state.in_(TAKES_LETTERS))
    since = now - timedelta(days=days)
    silent = Unit.id.in_(_owing(since)), Unit.id.not_in(_heard(day, since))
    is_lost = and_(*lost)
    found = await session.execute(
        select(Unit.id, Unit.name, is_lost)
        .where(holds_on(Unit, day), or_(is_lost, *((and_(*silent),) if days else ())))
        .order_by(Unit.name)
    )
    return tuple(Quiet(id_, name, bool(lost)) for id_, name, lost in found)


def _has_address(day: date, state: ColumnElement[bool]) -> ColumnElement[bool]:
    """Give the condition that a focal point of a unit has an address in such a state."""
    held = Post.unit_id == Unit.id, Post.role == Role.FOCAL_POINT, holds_on(Post, day)
    return exists().where(*held, Address.person_id == Post.person_id, state)


def _owing(asked_before: datetime) -> Select[int | None]:
    """Select the units that were asked something before a moment and have not answered it."""
    said = select(Report.assignment_id).where(Report.replaced_at.is_(None))
    tasks = select(Assignment.unit_id).where(
        still_open(),
        Assignment.given_at < asked_before,
        or_(Assignment.opens_on.is_(None), Assignment.opens_on <= asked_before.date()),
        Assignment.id.not_in(said),
    )
    notices = (
        select(NoticeUnit.unit_id)
        .join(Notice, Notice.id == NoticeUnit.notice_id)
        .where(*awaited(), Notice.sent_at < asked_before)
    )
    both = tasks.union_all(notices).subquery()
    return select(both.c.unit_id).where(both.c.unit_id.is_not(None))


def _heard(day: date, since: datetime) -> Select[int | None]:
    """Select the units of which something was heard, or recorded, since a moment."""
    spoken = (
        select(Post.unit_id)
        .join(Address, Address.person_id == Post.person_id)
        .join(Inbound, Inbound.chat_id == Address.chat_id)
        .where(Post.role == Role.FOCAL_POINT, holds_on(Post, day), Inbound.heard_at >= since)
    )
    reported = select(Assignment.unit_id).join(Report, Report.assignment_id == Assignment.id).where(Report.at >= since)
    answered = select(NoticeUnit.unit_id).where(NoticeUnit.answered_at >= since)
    both = spoken.union_all(reported, answered).subquery()
    return select(both.c.unit_id).where(both.c.unit_id.is_not(None))
