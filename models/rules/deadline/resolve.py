"""From what a phrase says to the days it means."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from models.rules.deadline.parts import Instant, Part, Recurrence, Window, day_of
from models.rules.deadline.places import Doubt, Incomplete, Run, place, place_span
from models.rules.deadline.rounds import Habit, recurrence_of
from models.rules.deadline.sharing import shared, when_of
from models.rules.deadline.terms import MIDNIGHT, Bound, Item, Point, Schedule, Span, Stretch, When, Year

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The parts of a deadline; `is_period`: they are a stretch of data, over when it was written or named so."""

    parts: tuple[Part, ...]
    is_period: bool = False


@dataclass(frozen=True, slots=True)
class Resolver:
    """Places what is said in a document of the day `on`; `habit` says how "trước" is read and what comes round."""

    on: date
    habit: Habit

    def resolve(self, schedule: Schedule) -> Resolved:
        """Give what the schedule means; raises Doubt where it is not sure, Incomplete where it cannot be meant."""
        whole = shared(schedule)
        if whole.times is not None and whole.times != len(whole.items):
            raise Doubt
        return replace(self, habit=replace(self.habit, cycle=whole.cycle))._placed(whole.items)  # noqa: SLF001 - its own

    def _placed(self, items: tuple[Item, ...]) -> Resolved:
        parts = tuple(self._part(item) for listed in items for item in self._each(listed))
        _check_order(parts)
        return Resolved(parts, len(parts) == 1 and self._is_period(items[0], parts[0]))

    def _each(self, item: Item) -> tuple[Item, ...]:
        """Take the months of "ngày 15 các tháng 3, 6" one by one, unless they come round."""
        when = when_of(item)
        if self._comes_round(item) or isinstance(item, Span) or not isinstance(when, Stretch) or not when.months:
            return (item,)
        return tuple(replace(item, when=replace(when, months=(month,))) for month in when.months)

    def _part(self, item: Item) -> Part:
        if self._comes_round(item):
            return self._recurrence(item)
        return self._window(item) if isinstance(item, Span) else self._deadline(item)

    def _comes_round(self, item: Item) -> bool:
        when = when_of(item)
        if self.habit.cycle is not None or when is None:
            return True
        return isinstance(when, Stretch) and when.quarterly

    def _recurrence(self, item: Item) -> Recurrence:
        point = replace(item.end, bound=Bound.BY) if isinstance(item, Span) else item
        when = point.when
        said_once = isinstance(when, Stretch | type(None)) and isinstance(getattr(when, "which", None), Year)
        if said_once or point.again is not None or point.minute == MIDNIGHT:
            raise Doubt
        return recurrence_of(point, self.habit)

    def _deadline(self, point: Point) -> Part:
        part = self._once(point)
        if point.again is not None and not _agree(part, self._once(_in_the_year_of(part, point.again))):
            raise Doubt
        return part

    def _once(self, point: Point) -> Part:
        if point.when is None:
            raise Incomplete
        runs = place(point.when, self.on)
        if len(runs) != 1:
            raise Doubt
        part = self._stands(point, point.when, runs[0])
        if not _has_year(point.when) and _closes(part) < self.on:
            raise Doubt
        return part

    def _stands(self, point: Point, when: When, run: Run) -> Part:
        is_single = run.first == run.last
        if point.minute is not None:
            if not is_single:
                raise Doubt
            return _moment(run.last, point.minute)
        if point.bound is Bound.BEFORE:
            return self._before(when, run)
        if point.bound is Bound.BY_BEFORE or (point.bound is Bound.UNTIL and not is_single):
            raise Doubt
        return run.last if is_single or point.bound is Bound.BY else Window(run.first, run.last)

    def _before(self, when: When, run: Run) -> date:
        if isinstance(when, Stretch) and when.vague:
            raise Doubt
        is_single = run.first == run.last
        return run.last if is_single and not self.habit.before_is_exclusive else run.first - _DAY

    def _window(self, span: Span) -> Window:
        run = self._run(span)
        window = Window(_moment(run.first, span.start.minute), _moment(run.last, span.end.minute))
        if span.start.minute == MIDNIGHT:
            raise Doubt
        if _sortable(window.opens) >= _sortable(window.closes, ends=True):
            raise Incomplete
        return window

    def _run(self, span: Span) -> Run:
        start, end = span.start.when, span.end.when
        if start is None or end is None:
            raise Incomplete
        if isinstance(start, Stretch) and isinstance(end, Stretch) and start != end:
            return place_span(start, end, self.on)
        (first,), (last,) = place(start, self.on), place(end, self.on)
        return Run(first.first, last.last)

    def _is_period(self, item: Item, part: Part) -> bool:
        if not isinstance(item, Span) or not isinstance(part, Window):
            return False
        return item.is_data or day_of(part.closes) < self.on


def _moment(day: date, minute: int | None) -> Instant:
    if minute is None or minute == MIDNIGHT:
        return day
    return datetime.combine(day, time(*divmod(minute, 60)))


def _in_the_year_of(part: Part, again: Point) -> Point:
    if isinstance(again.when, Stretch) and again.when.which is None:
        return replace(again, when=replace(again.when, which=Year(_closes(part).year)))
    return again


def _agree(first: Part, again: Part) -> bool:
    """Say whether what stands in brackets says the same."""
    return again == (first.closes if isinstance(first, Window) and not isinstance(again, Window) else first)


def _has_year(when: When) -> bool:
    return not isinstance(when, Stretch) or isinstance(when.which, Year)


def _closes(part: Part) -> date:
    match part:
        case Window():
            return day_of(part.closes)
        case date():
            return day_of(part)
        case _:
            raise Doubt


def _sortable(instant: Instant, *, ends: bool = False) -> datetime:
    if isinstance(instant, datetime):
        return instant
    return datetime.combine(instant, time.max if ends else time.min)


def _check_order(parts: tuple[Part, ...]) -> None:
    """Refuse a list that goes back in time, names a day twice, or mixes what recurs with what does not."""
    recurring = [part for part in parts if isinstance(part, Recurrence)]
    if recurring:
        if len(set(parts)) != len(parts) or len(recurring) != len(parts):
            raise Doubt
        return
    ends = [
        _sortable(part.closes if isinstance(part, Window) else part, ends=True)
        for part in parts
        if isinstance(part, Window | date)
    ]
    if any(later <= earlier for earlier, later in pairwise(ends)):
        raise Doubt
