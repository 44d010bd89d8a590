"""Which days of the calendar are meant: the year that a date leaves unsaid, the last day of a month, a weekday."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.deadline.terms import Nearby, Stretch, Weekday, When, Year

_NEAR_PAST = timedelta(days=31)
_FAR = timedelta(days=92)
_WEEK = 7


class Doubt(Exception):  # noqa: N818 - it is no error: a person is asked
    """The words can be read, but not surely."""


class Incomplete(Exception):  # noqa: N818 - it is no error: this is not what was meant
    """The words cannot be read in this way: a day without a month, a day that the month does not have."""


@dataclass(frozen=True, slots=True)
class Run:
    """The days from the first to the last, both counted."""

    first: date
    last: date


def place(when: When, on: date) -> tuple[Run, ...]:
    """Give the days meant in a document of the day `on`; where no year is said, the next that are not over by then.

    Raises Doubt and Incomplete.
    """
    if isinstance(when, Nearby):
        day = on + timedelta(days=when.days)
        return (Run(day, day),)
    if isinstance(when, Weekday):
        if when.weeks is None:
            raise Incomplete
        day = on + timedelta(days=when.day - on.weekday() + _WEEK * when.weeks)
        return (Run(day, day),)
    return tuple(_run(replace(when, months=(month,)), on) for month in _months(when, on))


def place_span(start: Stretch, end: Stretch, on: date) -> Run:
    """Give the days from one stretch to another; without a year the nearer of those just over and those to come."""
    if isinstance(end.which, Year):
        return _ending(start, end, _number(end.which, on))
    if isinstance(start.which, Year):
        return _beginning(start, end, _number(start.which, on))
    runs = [_ending(start, end, year) for year in (on.year - 1, on.year, on.year + 1)]
    over = max((run for run in runs if run.last < on), key=lambda run: run.last, default=None)
    coming = min((run for run in runs if run.last >= on), key=lambda run: run.last, default=None)
    if coming is None or over is None:
        raise Doubt
    to_wait, gone = coming.first - on, on - over.last
    if gone <= _NEAR_PAST and to_wait > _FAR:
        return over
    if to_wait >= gone:
        raise Doubt
    return coming


def _beginning(start: Stretch, end: Stretch, year: int) -> Run:
    first = _exact(start, year).first
    last = _exact(end, year).last
    return Run(first, last if first <= last else _exact(end, year + 1).last)


def _ending(start: Stretch, end: Stretch, year: int) -> Run:
    last = _exact(end, year).last
    if isinstance(start.which, Year):
        first = _exact(start, start.which.number).first
    else:
        first = _exact(start, year).first
        if first > last:
            first = _exact(start, year - 1).first
    if first > last:
        raise Incomplete
    return Run(first, last)


def _months(when: Stretch, on: date) -> tuple[int, ...]:
    if when.months:
        return when.months
    if when.following:
        raise Doubt
    if when.which == Year(0, relative=True):
        return (on.month,)
    raise Incomplete


def _run(stretch: Stretch, on: date) -> Run:
    if isinstance(stretch.which, Year):
        return _on_weekday(_exact(stretch, _number(stretch.which, on)), stretch)
    # a month that is over is next year's; only then is its last day next year's too (29/2)
    is_over = _month(stretch) + stretch.length - 1 < on.month
    run = None if is_over else _exact(stretch, on.year)
    if run is None or run.last < on:
        run = _exact(stretch, on.year + 1)
    return _on_weekday(run, stretch)


def _on_weekday(run: Run, stretch: Stretch) -> Run:
    if stretch.weekday is not None and run.first.weekday() != stretch.weekday:
        raise Doubt
    return run


def _number(year: Year, on: date) -> int:
    return on.year + year.number if year.relative else year.number


def _exact(stretch: Stretch, year: int) -> Run:
    """Place the stretch in that year."""
    month = _month(stretch)
    return Run(_day(year, month, stretch.opens), _day(year, month + stretch.length - 1, stretch.closes))


def _month(stretch: Stretch) -> int:
    if len(stretch.months) != 1:
        raise Incomplete
    return stretch.months[0]


def _day(year: int, month: int, day: int) -> date:
    longest = monthrange(year, month)[1]
    if day > longest:
        raise Incomplete
    return date(year, month, day if day > 0 else longest + 1 + day)
