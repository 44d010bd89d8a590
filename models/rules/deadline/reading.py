"""How a deadline phrase is read: one frozen value that writes itself down and reads itself back."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from models.rules.deadline.expansion import occurrences
from models.rules.deadline.notation import part_of
from models.rules.deadline.parts import Anchor, Instant, Part, Recurrence, Window, day_of, instant_notation

TimeOfDay = time
"""The hour of a `Due`, by the council's clock; named apart because the field is called `time`."""


class WorkingCalendar(Protocol):
    """What the counting of working days asks of the council's calendar."""

    def shift(self, day: date, working_days: int) -> date:
        """Count working days from a day that itself does not count; negative goes back."""
        ...

    def next_working(self, day: date) -> date:
        """Give the day itself if it is worked, otherwise the first working day after it."""
        ...


class Kind(StrEnum):
    """What sort of deadline a phrase names."""

    DATE = "date"
    MOMENT = "moment"
    WINDOW = "window"
    SEVERAL = "several"
    RECURRENCE = "recurrence"
    ANCHORED = "anchored"
    NONE = "none"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """One day on which something is due, the hour if one is set, and the day from which it may be handed in."""

    day: date
    time: TimeOfDay | None = None
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A deadline as read. `is_period`: a stretch of data already over when it was written, never a deadline."""

    kind: Kind
    parts: tuple[Part, ...] = ()
    is_period: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, *parts: Part, is_period: bool = False) -> "Reading":
        """Make the reading of these parts."""
        kind = _kind_of(parts[0]) if len(parts) == 1 else Kind.SEVERAL
        return cls(kind, parts, is_period)

    @classmethod
    def parse(cls, notation: str) -> "Reading":
        """Read back what `notation` gave; raises ValueError for anything else."""
        if notation in {NONE.notation, AMBIGUOUS.notation}:
            return NONE if notation == NONE.notation else AMBIGUOUS
        return cls.of(*(part_of(part) for part in notation.split("|")))

    @property
    def notation(self) -> str:
        """Write the reading down in the notation of `examples/README.md`."""
        return "|".join(_notation_of(part) for part in self.parts) or self.kind.upper()

    @property
    def due(self) -> Instant | None:
        """Give the last compliant day or moment (by the council's clock) of a single deadline; None for any other."""
        if self.is_period or len(self.parts) != 1:
            return None
        part = self.parts[0]
        if isinstance(part, Window):
            return part.closes
        return None if isinstance(part, Recurrence | Anchor) else part

    def dues(self, first: date, last: date) -> tuple[Due, ...]:
        """Give every due day from `first` to `last`, both counted, in order."""
        if self.is_period:
            return ()
        found = {due for part in self.parts for due in _dues_of(part, first, last) if first <= due.day <= last}
        return tuple(sorted(found, key=lambda due: (due.day, due.time or time.max)))

    def at_event(self, event: date, calendar: WorkingCalendar | None) -> "Reading":
        """Count an anchored deadline from the day of its event; it stays anchored where no calendar can count it.

        The event's day does not count (Civil Code 2015, Art. 147); a term after it that ends on a day off ends on the
        next working day (Art. 148); a term before it is not moved.
        """
        part = self.parts[0] if self.parts else None
        if not isinstance(part, Anchor):
            return self
        day = count_from(event, part, calendar)
        return self if day is None else Reading.of(day)


NONE = Reading(Kind.NONE)
AMBIGUOUS = Reading(Kind.AMBIGUOUS)


def count_from(event: date, anchor: Anchor, calendar: WorkingCalendar | None) -> date | None:
    """Count days from an event; None where that takes a calendar and none is given."""
    if anchor.working:
        return calendar.shift(event, anchor.days) if calendar else None
    day = event + timedelta(days=anchor.days)
    if anchor.days < 0:
        return day
    return calendar.next_working(day) if calendar else None


def _kind_of(part: Part) -> Kind:
    match part:
        case datetime():
            return Kind.MOMENT
        case date():
            return Kind.DATE
        case Window():
            return Kind.WINDOW
        case Recurrence():
            return Kind.RECURRENCE
        case Anchor():
            return Kind.ANCHORED


def _notation_of(part: Part) -> str:
    return instant_notation(part) if isinstance(part, date) else part.notation


def _dues_of(part: Part, first: date, last: date) -> tuple[Due, ...]:
    match part:
        case Recurrence():
            return tuple(Due(day, part.at) for day in occurrences(part, first, last))
        case Window():
            return (Due(day_of(part.closes), _time_of(part.closes), day_of(part.opens)),)
        case Anchor():
            return ()
        case _:
            return (Due(day_of(part), _time_of(part)),)


def _time_of(instant: Instant) -> time | None:
    return instant.time() if isinstance(instant, datetime) else None
