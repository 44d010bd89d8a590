"""What a phrase says, before it is known which days are meant."""

from dataclasses import dataclass
from enum import Enum, auto

MIDNIGHT = 24 * 60
"""24h00 in minutes: the end of the day, so the whole day counts."""


class Bound(Enum):
    """How a deadline stands to the day that it names."""

    IN = auto()
    BY = auto()  # chậm nhất, muộn nhất, hạn cuối, đến hết: the day counts
    UNTIL = auto()  # đến: a day counts; of a month nobody can tell whether its first or its last day is meant
    BEFORE = auto()  # trước: the day does not count
    BY_BEFORE = auto()  # chậm nhất trước: nobody can tell, unless an hour is named


class Cycle(Enum):
    """What a deadline comes round with."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    QUARTER = auto()
    YEAR = auto()


@dataclass(frozen=True, slots=True)
class Year:
    """A year by its number, or so many years after the document's."""

    number: int
    relative: bool = False


Which = Year | Cycle


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day or a run of days of a month, quarter, half-year or year.

    `months`: where it opens, none where "the month" is left unsaid; `opens`, `closes`: days of the first and of the
    last of its `length` months, -1 the month's last; `vague`: the days are our convention, not written;
    `following`: of the month after one that is not named; `weekday`: the day of the week beside it (Monday is 0).
    """

    months: tuple[int, ...]
    opens: int
    closes: int
    length: int = 1
    which: Which | None = None
    vague: bool = False
    quarterly: bool = False
    following: bool = False
    weekday: int | None = None

    @property
    def is_single(self) -> bool:
        """Say whether it is one day."""
        return self.length == 1 and self.opens == self.closes


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (Monday is 0), of every week or of the week so many after this one."""

    day: int
    weeks: int | None = None
    which: Which | None = None


@dataclass(frozen=True, slots=True)
class Nearby:
    """A day so many days after the document's: today, tomorrow."""

    days: int


When = Stretch | Weekday | Nearby


@dataclass(frozen=True, slots=True)
class Point:
    """One deadline: when, how it stands to that, at which minute of the day, and the same said again in brackets."""

    when: When | None
    bound: Bound | None = None
    minute: int | None = None
    again: "Point | None" = None


@dataclass(frozen=True, slots=True)
class Span:
    """From one point to another, both counted; `is_data`: it is said to be the period of the data."""

    start: Point
    end: Point
    is_data: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """So many days from an event; `event` is its day where the phrase names it."""

    days: int
    working: bool
    event: Stretch | None = None


Item = Point | Span


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that one phrase asks: its deadlines, and how often they come."""

    items: tuple[Item, ...]
    cycle: Cycle | None = None
    times: int | None = None


class Undated(Enum):
    """The phrase says that no date can be set."""

    UNDATED = auto()


Meaning = Schedule | Count | Undated
