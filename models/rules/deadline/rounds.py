"""Recurring deadlines: what is asked every week, month, quarter or year."""

from dataclasses import dataclass
from datetime import time

from models.rules.deadline.parts import LAST_DAY, Every, Recurrence
from models.rules.deadline.places import Doubt, Incomplete
from models.rules.deadline.terms import MIDNIGHT, Bound, Cycle, Point, Stretch, Weekday

_LONGEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = 12
_WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Habit:
    """How the council reads: whether the day after "trước" is left out, and how often the phrase says it comes."""

    before_is_exclusive: bool
    cycle: Cycle | None = None


def recurrence_of(point: Point, habit: Habit) -> Recurrence:
    """Give the recurrence of the last compliant day; raises Doubt and Incomplete."""
    at = _time_of(point)
    match point.when:
        case None:
            return _daily(habit, at)
        case Weekday():
            return _weekly(point, point.when, habit, at)
        case Stretch():
            months, day = _last_compliant(point, point.when, habit, at)
            _check(point.when, habit)
            return Recurrence(Every.YEAR if months else Every.MONTH, months, day, at=at)
        case _:
            raise Doubt


def _daily(habit: Habit, at: time | None) -> Recurrence:
    if habit.cycle is not Cycle.DAY or at is None:
        raise Incomplete
    return Recurrence(Every.DAY, at=at)


def _weekly(point: Point, when: Weekday, habit: Habit, at: time | None) -> Recurrence:
    if habit.cycle is not Cycle.WEEK or when.weeks is not None:
        raise Doubt
    back = _is_left_out(point, habit, at, vague=False)
    return Recurrence(Every.WEEK, weekdays=((when.day - back) % _WEEKDAYS,), at=at)


def _last_compliant(point: Point, when: Stretch, habit: Habit, at: time | None) -> tuple[tuple[int, ...], int]:
    if not when.is_single and (at is not None or point.bound is Bound.UNTIL):
        raise Doubt
    back = _is_left_out(point, habit, at, vague=when.vague)
    if back or (point.bound is Bound.BEFORE and at is None and not when.is_single):
        return _day_before(when)
    months = tuple(month + when.length - 1 for month in when.months)
    if when.closes != LAST_DAY and any(when.closes > _LONGEST[month - 1] for month in months):
        raise Incomplete
    return months, when.closes


def _is_left_out(point: Point, habit: Habit, at: time | None, *, vague: bool) -> bool:
    if at is not None or point.bound not in {Bound.BEFORE, Bound.BY_BEFORE}:
        return False
    if vague or point.bound is Bound.BY_BEFORE:
        raise Doubt
    return habit.before_is_exclusive


def _day_before(when: Stretch) -> tuple[tuple[int, ...], int]:
    if when.opens < 0:
        raise Doubt
    if any(when.opens > _LONGEST[month - 1] for month in when.months):
        raise Incomplete
    if when.opens > 1:
        return when.months, when.opens - 1
    return tuple(sorted((month - 2) % _MONTHS + 1 for month in when.months)), LAST_DAY


def _check(when: Stretch, habit: Habit) -> None:
    """Refuse what does not come round as often as is said."""
    if when.weekday is not None:
        raise Doubt
    fits = {
        Cycle.YEAR: bool(when.months),
        Cycle.QUARTER: when.quarterly,
        Cycle.MONTH: not when.months,
        None: when.quarterly,
    }
    if not fits.get(habit.cycle, False):
        raise Doubt if when.months or when.following else Incomplete


def _time_of(point: Point) -> time | None:
    if point.minute is None or point.minute == MIDNIGHT:
        return None
    return time(*divmod(point.minute, 60))
