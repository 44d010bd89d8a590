"""What is said once for several dates: the year and the month at the end of a list, the word "trước" at its start."""

from dataclasses import replace

from models.rules.deadline.places import Doubt, Incomplete
from models.rules.deadline.terms import (
    Bound,
    Cycle,
    Item,
    Nearby,
    Point,
    Schedule,
    Span,
    Stretch,
    Weekday,
    When,
    Which,
    Year,
)

_YEAR = 12


def shared(schedule: Schedule) -> Schedule:
    """Give every deadline its own month, year and bound; raises Doubt and Incomplete where they contradict."""
    # "ngày 15 tháng 6, năm 2022" is one day, not a day and a year
    if len(schedule.items) > 1 and any(_is_a_year(item) for item in schedule.items):
        raise Incomplete
    items = _with_bounds(_with_dates(schedule.items))
    cycles = {cycle for item in items if (cycle := _cycle_of(item)) is not None}
    if schedule.cycle is not None:
        cycles.add(schedule.cycle)
    if len(cycles) > 1:
        raise Doubt
    return Schedule(items, cycles.pop() if cycles else None, schedule.times)


def when_of(item: Item) -> When | None:
    """Give the day, or the last day, that the item names."""
    return item.when if isinstance(item, Point) else item.end.when


def _is_a_year(item: Item) -> bool:
    when = when_of(item)
    return isinstance(when, Stretch) and when.length == _YEAR


def _cycle_of(item: Item) -> Cycle | None:
    which = _which_of(when_of(item))
    return which if isinstance(which, Cycle) else None


def _which_of(when: When | None) -> Which | None:
    return None if when is None or isinstance(when, Nearby) else when.which


def _with_dates(items: tuple[Item, ...]) -> tuple[Item, ...]:
    later: When | None = None
    dated: list[Item] = []
    for item in reversed(items):
        own = _dated(item, later)
        later = when_of(own)
        dated.append(own)
    return tuple(reversed(dated))


def _dated(item: Item, later: When | None) -> Item:
    if isinstance(item, Point):
        return replace(item, when=_completed(item.when, later))
    end = replace(item.end, when=_completed(item.end.when, later))
    start = _completed(item.start.when, end.when)
    # a range may begin in the year before: which year its first day is of is seen when it is placed
    if isinstance(item.start.when, Stretch) and item.start.when.months and isinstance(_which_of(start), Year):
        start = item.start.when
    return replace(item, end=end, start=replace(item.start, when=start))


def _completed(when: When | None, later: When | None) -> When | None:
    """Give a date the month and the year of the one after it, where it has none of its own."""
    if when is None or isinstance(when, Nearby) or when.which is not None or later is None:
        return when
    which = _which_of(later)
    if isinstance(when, Weekday) or isinstance(later, Weekday):
        return replace(when, which=which)
    if isinstance(later, Stretch) and not when.months and not when.following:
        if not later.is_single:
            return when if later.months else replace(when, which=which)
        return replace(when, months=later.months, which=which, quarterly=later.quarterly)
    return replace(when, which=which)


def _with_bounds(items: tuple[Item, ...]) -> tuple[Item, ...]:
    stands: Bound | None = None
    bounded: list[Item] = []
    for item in items:
        if isinstance(item, Span):
            _forbid(stands is Bound.BEFORE)
            bounded.append(item)
            continue
        _forbid(bool(bounded) and item.bound not in {None, stands, Bound.IN if stands is None else stands})
        stands = item.bound or stands
        # "trước ngày 15/6 và tháng 9": whether the month is meant to be over before it begins, nobody can tell
        longer = isinstance(item.when, Stretch) and not item.when.is_single
        _forbid(longer and item.bound is None and stands is Bound.BEFORE)
        bounded.append(replace(item, bound=stands))
    return tuple(bounded)


def _forbid(contradiction: bool) -> None:  # noqa: FBT001 - a condition is what it takes
    if contradiction:
        raise Doubt
