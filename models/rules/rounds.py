"""For which days something is to be given: what comes once, and of what comes round again the next."""

from datetime import date, timedelta

from models.rules.deadline import Due, Kind, Reading
from models.rules.deadline.parts import Recurrence, Window, day_of

_LONGEST_ROUND = timedelta(days=400)


def dues_once(reading: Reading) -> tuple[Due, ...]:
    """Give the deadlines of a reading that come once, in order; none where no date may be made yet."""
    if reading.kind in {Kind.NONE, Kind.AMBIGUOUS, Kind.ANCHORED}:
        return ()
    once = Reading.of(*(part for part in reading.parts if not isinstance(part, Recurrence))) if reading.parts else None
    return once.dues(date.min, _last(reading)) if once is not None and once.parts else ()


def _last(reading: Reading) -> date:
    closes = [part.closes if isinstance(part, Window) else part for part in reading.parts]
    return max((day_of(close) for close in closes if isinstance(close, date)), default=date.min)


def rounds(reading: Reading, since: date, today: date) -> tuple[Due, ...]:
    """Give the rounds from a day on, up to the first that is not over."""
    found: set[Due] = set()
    for part in (part for part in reading.parts if isinstance(part, Recurrence)):
        coming = Reading.of(part).dues(since, today + _LONGEST_ROUND)
        ahead = [due for due in coming if due.day >= today][:1]
        found.update(due for due in coming if due.day < today)
        found.update(ahead)
    return tuple(sorted(found, key=lambda due: due.day))
