"""When an assignment is reminded of: the ladder's rungs laid on working days, and the limits of politeness."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from models.rules.calendar import Calendar
from models.rules.ladder import Audience, DayUnit, Ladder, Rung

_WEEK = timedelta(days=7)
_AGAIN = "again"
_FOCAL = frozenset({Audience.FOCAL})
_CLOSING_DAY = 14
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps the ladder back: the unit asked for silence until a day, or its timely request for extension waits.

    `extension_pending` is for requests that `extension.in_time` finds in time; a late one holds nothing.
    """

    snoozed_until: date | None = None
    extension_pending: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One assignment as the ladder sees it; without `due` it is undated, or waits for the event it is anchored to."""

    due: date | None
    given: date
    hold: Hold = Hold()


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: its rung's key, the working day on which it is sent, whom it reaches, and what is left on that day.

    `days_left` are calendar days and `working_days_left` working days to the deadline, negative when it has passed.
    """

    rung: str
    day: date
    audience: frozenset[Audience]
    days_left: int
    working_days_left: int


class ReportPeriod(IntEnum):
    """How often undated work is asked about, in months that divide the year."""

    MONTH = 1
    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12


def steps(course: Course, ladder: Ladder, calendar: Calendar, until: date) -> tuple[Step, ...]:
    """Lay the ladder's rungs on days up to and with `until`, one step a day at most, in the order of days.

    A rung on a day off moves earlier up to the deadline, later after it. Rungs on or before the day of giving are left
    out: the giving itself says it. Of rungs on one day the last remains, for all whom any of them reaches. A snooze
    silences what comes before its day and reminds on that day, but never passes the morning on which it is due.
    """
    if course.due is None or course.hold.extension_pending:
        return ()
    planned: dict[date, Step] = {}
    for day, rung, key in sorted(_rungs(course.due, ladder, calendar, until), key=_order):
        merged = rung.audience | (planned[day].audience if day in planned else frozenset())
        planned[day] = _step(key, day, merged, course.due, calendar)
    spoken = _snoozed(planned, course.due, course.hold, calendar)
    return tuple(step for day, step in sorted(spoken.items()) if course.given < day <= until)


def begun_until(today: date, ladder: Ladder, calendar: Calendar) -> date:
    """Give the last deadline whose ladder has begun by `today`: of what falls due later nobody has been reminded yet.

    What falls due today or fell due earlier has begun, whatever rungs the council has set.
    """
    ahead = [rung for rung in ladder.rungs if rung.every is None and rung.offset <= 0]
    return max([today, *(_last_begun(rung, today, calendar) for rung in ahead)])


def last_question_day(today: date, period: ReportPeriod, calendar: Calendar) -> date:
    """Give the newest day, `today` at the latest, on which undated work was asked about."""
    return undated_question_days(date(today.year - 2, 1, 1), period, calendar, today)[-1]


def undated_question_days(given: date, period: ReportPeriod, calendar: Calendar, until: date) -> tuple[date, ...]:
    """Give the days, once a reporting period, on which undated work is asked about, after `given` up to `until`.

    It is asked on the day on which the period's figures close (the 14th of its last month: Decree 09/2019, Art. 12), on
    the working day before if that is off.
    """
    months = range(given.year * _MONTHS + given.month - 1, until.year * _MONTHS + until.month)
    closing = (date(month // _MONTHS, month % _MONTHS + 1, _CLOSING_DAY) for month in months)
    days = (calendar.previous_working(day) for day in closing if day.month % period == 0)
    return tuple(day for day in days if given < day <= until)


def within_budget(sent: Collection[date], today: date, a_week: int) -> bool:
    """Tell whether one more push about an assignment may go to a person today.

    `sent`: the local days of earlier pushes. None may be on the same day, and fewer than `a_week` in the seven days
    that end today.
    """
    recent = [day for day in sent if today - _WEEK < day <= today]
    return today not in recent and len(recent) < a_week


_Laid = tuple[date, Rung, str]


def _rungs(due: date, ladder: Ladder, calendar: Calendar, until: date) -> Iterator[_Laid]:
    for rung in ladder.rungs:
        if rung.every is None:
            yield _day(rung, rung.offset, due, calendar), rung, rung.key
            continue
        offset = rung.offset
        while (day := _day(rung, offset, due, calendar)) <= until:
            yield day, rung, f"+{offset}"
            offset += rung.every


def _day(rung: Rung, offset: int, due: date, calendar: Calendar) -> date:
    if rung.unit is DayUnit.WORKING:
        return calendar.shift(calendar.previous_working(due), offset)
    day = due + timedelta(days=offset)
    return calendar.previous_working(day) if offset <= 0 else calendar.next_working(day)


def _last_begun(rung: Rung, today: date, calendar: Calendar) -> date:
    """Invert `_day`: give the last deadline of which a rung before it falls on `today` or earlier."""
    is_working = rung.unit is DayUnit.WORKING
    after = calendar.shift(calendar.previous_working(today), 1 - rung.offset if is_working else 1)
    return after - timedelta(days=1 if is_working else 1 + rung.offset)


def _order(laid: _Laid) -> tuple[date, bool, int]:
    day, rung, _ = laid
    return day, rung.every is not None, rung.offset


def _step(key: str, day: date, audience: frozenset[Audience], due: date, calendar: Calendar) -> Step:
    return Step(key, day, audience, (due - day).days, calendar.working_days_between(day, due))


def _snoozed(planned: dict[date, Step], due: date, hold: Hold, calendar: Calendar) -> dict[date, Step]:
    if hold.snoozed_until is None:
        return planned
    last_morning = calendar.previous_working(due)
    wake = min(calendar.next_working(hold.snoozed_until), last_morning)
    spoken = {day: step for day, step in planned.items() if day >= wake}
    return {wake: _step(_AGAIN, wake, _FOCAL, due, calendar)} | spoken
