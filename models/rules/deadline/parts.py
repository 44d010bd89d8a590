"""What a deadline is made of once it is read: days, moments, windows, recurrences, counts from an event."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_DAY = -1
LONGEST_MONTH = 31
Instant = date | datetime
"""The last compliant day, or the last compliant moment by the council's clock (without a zone)."""


class Every(StrEnum):
    """How often a recurring deadline comes, by its RRULE name."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when something may be handed in; both ends count."""

    opens: Instant
    closes: Instant

    @property
    def notation(self) -> str:
        """Write it `A..B`."""
        return f"{instant_notation(self.opens)}..{instant_notation(self.closes)}"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A last compliant day that comes again; `day` is a day of the month (-1 its last), `weekdays` count from Monday 0.

    A day of the month that a shorter month lacks is its last day.
    """

    every: Every
    months: tuple[int, ...] = ()
    day: int | None = None
    weekdays: tuple[int, ...] = ()
    at: time | None = None

    @property
    def notation(self) -> str:
        """Write it as an RRULE (RFC 5545)."""
        fields = [f"FREQ={self.every}"]
        if self.months:
            fields.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.day is not None:
            fields.append(f"BYMONTHDAY={self.day}")
        if self.weekdays:
            fields.append("BYDAY=" + ",".join(WEEKDAYS[day] for day in self.weekdays))
        if self.at is not None:
            fields.append(f"BYHOUR={self.at.hour};BYMINUTE={self.at.minute}")
        return "RRULE:" + ";".join(fields)


@dataclass(frozen=True, slots=True)
class Anchor:
    """So many days after an event, or (negative) before it; `working` counts working days only."""

    days: int
    working: bool

    @property
    def notation(self) -> str:
        """Write it `ANCHOR:-3wd` or `ANCHOR:+10d`."""
        return f"ANCHOR:{self.days:+d}{'wd' if self.working else 'd'}"


Part = date | datetime | Window | Recurrence | Anchor


def instant_notation(instant: Instant) -> str:
    """Write a day as `YYYY-MM-DD`, a moment as `YYYY-MM-DDTHH:MM`."""
    return instant.isoformat(timespec="minutes") if isinstance(instant, datetime) else instant.isoformat()


def day_of(instant: Instant) -> date:
    """Give the day of a day or of a moment."""
    return instant.date() if isinstance(instant, datetime) else instant
