"""Which rungs fall on which assignments in a span of days: computed once for each deadline, as rows to be joined."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.days import working_calendar
from models.pauses import EVERYBODY, Quiet, Whose, quiet
from models.powers import standing_seats
from models.reminders import Snooze
from models.rules.calendar import Calendar, DayKind
from models.rules.extension import in_time
from models.rules.ladder import Audience, Ladder, parse
from models.rules.mornings import ASKED, Spoken, spoken
from models.rules.pauses import put_off
from models.rules.reminders import Course, Hold, ReportPeriod, undated_question_days
from models.rules.status import came_on_time, due_day
from models.settings import Council
from models.standing import Standing, standings
from models.tasks import Assignment, Extension, Report, Review, Said, Task

# a snooze matters until the day after its own on which offices work again: no holiday lasts longer
_LONGEST_BREAK: Final = timedelta(days=31)
_ALWAYS: Final = date(1970, 1, 1)

ANCHORED: Final = "ANCHOR:"
"""What stands in the reading of a deadline that waits for its event."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days `first` to `last`, both counted, as this council works and reminds; `zone` is the Council's.

    `quiet` says whose reminders are paused on which days; `standing` are the seats of the standing vice chair.
    """

    council: Council
    calendar: Calendar
    zone: ZoneInfo
    first: date
    last: date
    quiet: Quiet = field(default_factory=Quiet)
    standing: frozenset[int] = frozenset()

    def morning(self, day: date) -> datetime:
        """Give the moment of a day from which its reminders may be said (aware)."""
        return datetime.combine(day, time.fromisoformat(self.council.morning), self.zone)

    def within(self, said: Iterable[Spoken]) -> Iterator[Spoken]:
        """Give what falls in the span."""
        return (each for each in said if self.first <= each.day <= self.last)


@dataclass(frozen=True, slots=True)
class Laid:
    """One rung on one day for all assignments of a deadline and urgency, for one assignment, or for the undated ones.

    Only what was given before the day `falls` is reminded of, and only `whose` it is.
    """

    said: Spoken
    due: date | None = None
    urgency: str = ""
    assignment_id: int | None = None
    whose: Whose = EVERYBODY


async def span_of(session: AsyncSession, council: Council, zone: ZoneInfo, first: date, last: date) -> Span:
    """Read the calendar by which these days are planned, and what is paused."""
    paused = await quiet(session, first - _LONGEST_BREAK)
    standing = await standing_seats(session)
    return Span(council, await working_calendar(session), zone, first, last, paused, standing)


async def laid_by_deadline(session: AsyncSession, span: Span) -> list[Laid]:
    """Lay the ladder of each urgency in use on every deadline that there is."""
    dues = await _deadlines(session)
    urgencies = (await session.scalars(select(Task.urgency).distinct())).all()
    return [
        Laid(each, due, urgency, whose=whose)
        for due in dues
        for urgency in urgencies
        for each, whose in _shared(
            _plain(due, span.council.ladder(urgency), _marks(span.calendar), _horizon(span.last)), span, urgency
        )
    ]


def laid_undated(span: Span) -> list[Laid]:
    """Lay the days on which undated work is asked about."""
    since = min((each.first for silences, _ in span.quiet.groups() for each in silences), default=span.first)
    days = _asked_about(min(since, span.first) - timedelta(days=1), span)
    asked = tuple(Spoken(ASKED, day, day, Audience.FOCAL) for day in days)
    return [Laid(each, whose=whose) for each, whose in _shared(asked, span)]


def _shared(said: Sequence[Spoken], span: Span, urgency: str = "") -> Iterator[tuple[Spoken, Whose]]:
    """Give what falls in a span to those whose reminding is not paused, and to those for whom it was put off."""
    others = span.quiet.others(urgency)
    for each in span.within(said):
        yield each, others
    for silences, whose in span.quiet.groups(urgency):
        for each in span.within(put_off(said, silences, span.calendar)):
            yield each, whose


async def laid_singly(session: AsyncSession, span: Span) -> list[Laid]:
    """Lay the ladder of each assignment that goes its own way: snoozed, or to be completed by a day that was set."""
    snoozes = await _snoozes(session, span)
    chosen = {*snoozes, *await session.scalars(_returned())}
    if not chosen:
        return []
    reader = await standings(session, span.morning(span.first), span.zone)
    return [
        Laid(said, _runs_from(standing, span.zone)[0], assignment_id=standing.id)
        for standing in await reader.of(Assignment.id.in_(chosen))
        for said in span.within(course_of_one(standing, span, snoozes.get(standing.id)))
    ]


def course_of_one(standing: Standing, span: Span, snoozed_until: date | None) -> tuple[Spoken, ...]:
    """Lay the ladder of one assignment up to the last day of a span; nothing where nobody waits for its unit."""
    if not standing.awaits_unit or (standing.last is not None and standing.last.said == Said.NOT_OURS):
        return ()
    silences = span.quiet.of(standing.assignment, standing.task.urgency)
    return put_off(_course(standing, span, snoozed_until), silences, span.calendar)


def _course(standing: Standing, span: Span, snoozed_until: date | None) -> tuple[Spoken, ...]:
    due, given = _runs_from(standing, span.zone)
    if due is None:
        days = () if is_anchored(standing) else _asked_about(given, span)
        return tuple(Spoken(ASKED, day, day, Audience.FOCAL) for day in days)
    asked_at = standing.facts.extension_asked_at
    pending = asked_at is not None and in_time(asked_at, standing.due, span.zone)
    course = Course(due, given, Hold(snoozed_until, pending))
    return spoken(course, ladder_of(span.council, standing.task.urgency), span.calendar, span.last)


def is_anchored(standing: Standing) -> bool:
    """Tell whether the deadline waits for an event whose day is not known yet."""
    return standing.due is None and ANCHORED in standing.task.reading


async def snoozed_until(session: AsyncSession, assignment_id: int) -> date | None:
    """Read until which day the unit asked not to be reminded; None where it did not."""
    return await session.scalar(select(Snooze.until).where(Snooze.assignment_id == assignment_id))


def runs() -> ColumnElement[bool]:
    """Give the condition that an assignment is neither done before, suspended nor cancelled."""
    return and_(Assignment.done_before.is_(False), Assignment.suspended_at.is_(None), Assignment.cancelled_at.is_(None))


def is_silent(first: date) -> ColumnElement[bool]:
    """Give the condition that an assignment follows its ladder from a day on: no answer or snooze is in the way.

    A unit that says the task is not its own is left in peace until the secretariat has decided.
    """
    keeps = (
        _is_answered(),
        exists().where(Review.assignment_id == Assignment.id),
        exists().where(
            Extension.assignment_id == Assignment.id, Extension.approved.is_(None), Extension.at <= Assignment.due_at
        ),
        exists().where(Snooze.assignment_id == Assignment.id, Snooze.until >= first - _LONGEST_BREAK),
    )
    return and_(runs(), *(~kept for kept in keeps))


def _is_answered() -> ColumnElement[bool]:
    """Give the condition that an assignment was reported finished, or said last not to be the unit's own."""
    later = aliased(Report)
    more_since = exists().where(
        later.assignment_id == Report.assignment_id, later.replaced_at.is_(None), later.number > Report.number
    )
    return exists().where(
        Report.assignment_id == Assignment.id,
        Report.said.in_((Said.FINISHED, Said.NOT_OURS)),
        Report.replaced_at.is_(None),
        or_(Report.said == Said.FINISHED, ~more_since),
    )


def _returned() -> Select[Any]:
    """Select the assignments that were sent back to be completed and not accepted since."""
    later = aliased(Review)
    accepted = exists().where(later.assignment_id == Review.assignment_id, later.accepted.is_(True))
    return select(Review.assignment_id).where(Review.accepted.is_(False), ~accepted).distinct()


async def _snoozes(session: AsyncSession, span: Span) -> dict[int, date]:
    rows = await session.execute(
        select(Snooze.assignment_id, Snooze.until).where(Snooze.until >= span.first - _LONGEST_BREAK)
    )
    return dict(rows.all())


async def _deadlines(session: AsyncSession) -> list[date]:
    """Read every deadline that there is, by leaps over the index rather than through all assignments."""
    first = select(func.min(Assignment.due_on).label("due")).cte("deadline", recursive=True)
    following = select(func.min(Assignment.due_on)).where(Assignment.due_on > first.c.due).scalar_subquery()
    each = first.union_all(select(following).where(first.c.due.is_not(None)))
    found = await session.scalars(select(each.c.due).where(each.c.due.is_not(None)))
    return [due for due in found if due is not None]


def _runs_from(standing: Standing, zone: ZoneInfo) -> tuple[date | None, date]:
    """Give the deadline that is reminded of, and the day after which: of the giving, or of the request to complete.

    What came in time and is to be completed by no set day has no deadline any more.
    """
    last = max(standing.facts.returns, key=lambda asked: asked.at, default=None)
    given = last.at.astimezone(zone).date() if last else standing.assignment.given_on
    due = standing.due
    if due is None or (last and last.complete_by is None and came_on_time(standing.facts, zone)):
        return None, given
    return due_day(due, zone), given


def _asked_about(given: date, span: Span) -> tuple[date, ...]:
    return undated_question_days(given, ReportPeriod(span.council.report_months), span.calendar, span.last)


_Marks = tuple[tuple[date, DayKind], ...]


def _marks(calendar: Calendar) -> _Marks:
    return tuple(sorted(calendar.days_off.items()))


def _horizon(last: date) -> date:
    """Give a day to which ladders are laid at once, the same for many spans: the end of the next month or so."""
    return date(last.year + last.month // 11, (last.month + 1) % 12 + 1, 1)


@lru_cache(maxsize=8192)
def _plain(due: date, ladder: str, marks: _Marks, until: date) -> tuple[Spoken, ...]:
    return spoken(Course(due, _ALWAYS), _ladder(ladder), Calendar(dict(marks)), until)


def ladder_of(council: Council, urgency: str) -> Ladder:
    """Give the ladder that a council has set for an urgency."""
    return _ladder(council.ladder(urgency))


@lru_cache(maxsize=16)
def _ladder(text: str) -> Ladder:
    return parse(text)
