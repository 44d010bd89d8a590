"""How much is done: the counts of a report, and the rate that divides by what was due."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from models.rules.status import DeadlineState, Status

Key = TypeVar("Key", bound=Hashable)

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Counts:
    """Assignments counted as agencies report them: done (on time, late), not done (in time, overdue), and set aside."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    set_aside: int = 0

    @property
    def done(self) -> int:
        """All that is done."""
        return self.done_on_time + self.done_late

    @property
    def total(self) -> int:
        """All that was given, without what is suspended or cancelled."""
        return self.done + self.open_in_time + self.open_overdue

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of what was due: `done` finished and `overdue` not, of `due` together."""

    done: int
    overdue: int

    @property
    def due(self) -> int:
        """What was due: all that is done and all that is overdue; what still has time does not count."""
        return self.done + self.overdue

    def percent_done(self, places: int = 2) -> Decimal | None:
        """Give the finished share in percent, rounded half up; None where nothing was due."""
        return _percent(self.done, self.due, places)

    def percent_overdue(self, places: int = 2) -> Decimal | None:
        """Give the overdue share in percent, rounded half up; None where nothing was due."""
        return _percent(self.overdue, self.due, places)


def completion(counts: Counts) -> Rate:
    """Divide what is done by what was due, as the Government Office does; we round where its tables cut off."""
    return Rate(counts.done, counts.open_overdue)


def count(status: Status, state: DeadlineState) -> Counts:
    """Count one assignment; what waits for acceptance is not done yet, and is overdue only if it came late."""
    match status:
        case Status.DONE_ON_TIME:
            return Counts(done_on_time=1)
        case Status.DONE_LATE:
            return Counts(done_late=1)
        case Status.SUSPENDED | Status.CANCELLED:
            return Counts(set_aside=1)
        case _:
            return Counts(open_overdue=1) if state is DeadlineState.OVERDUE else Counts(open_in_time=1)


def unit_counts(rows: Iterable[tuple[Key, Status, DeadlineState]]) -> dict[Key, Counts]:
    """Count assignments for each key (a unit, cluster, bloc or member), keys in the order in which they first come."""
    counts: dict[Key, Counts] = {}
    for key, status, state in rows:
        counts[key] = counts.get(key, Counts()) + count(status, state)
    return counts


def _percent(part: int, whole: int, places: int) -> Decimal | None:
    if not whole:
        return None
    return (_HUNDRED * part / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
