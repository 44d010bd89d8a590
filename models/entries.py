"""What an import holds while it is reviewed: the rows of a document, whom they name, what differs from the store."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from models.rules.meeting_line import Held
from models.rules.text import Text

LEFT = "left"
"""A name that is kept as the document writes it and means nobody we know."""


class Sort(StrEnum):
    """What a document is to the council."""

    DIRECTORY = "directory"
    OVERSIGHT = "oversight"
    TASKS = "tasks"
    REGISTER = "register"


class Take(StrEnum):
    """How a row stands to what the store holds already."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody a written name may mean; `whom` is a `models.tasks.Whom`."""

    whom: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Target:
    """A name in a row and whom it means: a `models.tasks.Whom` with its id, LEFT, or (empty) nobody has said yet.

    A group without an id is one to be made.
    """

    written: str
    leads: bool = True
    whom: str = ""
    id: int | None = None
    name: str = ""
    nearest: tuple[Near, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether somebody must still say whom it means."""
        return not self.whom

    @property
    def meaning(self) -> tuple[bool, str, int | None, str]:
        """Give what makes two targets the same."""
        return (self.leads, self.whom, self.id, self.written)


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A row of a plan's annex; `reading` is the notation of its deadline, `candidates` those it may have meant."""

    ref: str
    title: str
    section: str = ""
    deliverable: str = ""
    hand_in: str = ""
    remark: str = ""
    phrase: str = ""
    reading: str = "NONE"
    candidates: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowEntry:
    """A row of Notice 01: the holder of a post follows units, groups, or everything."""

    ref: str
    member: str
    post: str
    role: str = ""
    targets: tuple[Target, ...] = ()

    @property
    def seat(self) -> str:
        """Give the title of the seat: notices name posts, and sometimes only people."""
        return self.post or self.member


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit of the directory, its group and part there, the `officer` in charge; `unknown`: one who is no officer."""

    ref: str
    code: str
    name: str
    short_name: str = ""
    kind: str = ""
    group: str = ""
    part: str = ""
    officer: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person of the directory: his post, the code of his unit and his role, as written."""

    ref: str
    name: str
    post: str = ""
    unit: str = ""
    role: str = ""
    phone: str = ""


class Left(StrEnum):
    """Why a paper of the incoming register is left alone."""

    NO = ""
    SENDER = "sender"
    TASK = "task"
    ANSWERED = "answered"
    TWICE = "twice"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class ArrivalEntry:
    """A paper of the incoming register; days in ISO form, or empty where none can be read.

    `senders`: ids of the units that its sender may mean; `assignment`: which one it answers, once that is sure or said,
    and `of` what that is called; `nearest`: those that it may answer. `ahead`: the day of arrival in the book that is
    still to come, and so cannot be one.
    """

    ref: str
    sender: str
    number: str
    arrived: str = ""
    dated: str = ""
    subject: str = ""
    entry: str = ""
    route: str = ""
    senders: tuple[int, ...] = ()
    assignment: int | None = None
    of: str = ""
    nearest: tuple[Near, ...] = ()
    left: str = Left.NO
    ahead: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether somebody must still say what it answers."""
        return not self.left and self.assignment is None


Entry = TaskEntry | FollowEntry | UnitEntry | PersonEntry | ArrivalEntry
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (TaskEntry, FollowEntry, UnitEntry, PersonEntry, ArrivalEntry)
}
# known by their rows alone: they bear no number and no day
UNNUMBERED = frozenset({Sort.DIRECTORY, Sort.REGISTER})


@dataclass(frozen=True, slots=True)
class Row:
    """One entry under review.

    `was`: what the store holds under the same name; `doubt`: what the reader asks; `decided`: "keep", "drop" or
    "apply" once somebody has said so.
    """

    position: int
    entry: Entry
    take: Take = Take.NEW
    was: Entry | None = None
    doubt: Text | None = None
    decided: str = ""

    @property
    def targets(self) -> tuple[Target, ...]:
        """Give the names that the row holds."""
        return self.entry.targets if isinstance(self.entry, TaskEntry | FollowEntry) else ()

    @property
    def counts(self) -> bool:
        """Tell whether carrying out would change something by this row."""
        if self.take is Take.NEW:
            return self.decided != "drop"
        return self.decided == {Take.CHANGED: "apply", Take.GONE: "drop"}.get(self.take, "-")

    def as_json(self) -> dict[str, Any]:
        """Give the form in which a draft keeps the row."""
        return {
            "entry": _entry_as_json(self.entry),
            "take": self.take,
            "was": _entry_as_json(self.was) if self.was else None,
            "doubt": self.doubt.as_json() if self.doubt else None,
            "decided": self.decided,
        }

    @classmethod
    def from_json(cls, position: int, stored: Mapping[str, Any]) -> "Row":
        """Read back what `as_json` gave."""
        return cls(
            position,
            _entry_from_json(stored["entry"]),
            Take(stored["take"]),
            _entry_from_json(stored["was"]) if stored["was"] else None,
            Text.from_json(stored["doubt"]) if stored["doubt"] else None,
            stored["decided"],
        )


@dataclass(frozen=True, slots=True)
class Head:
    """What the document says of itself; `document_id` is set where the store knows it already.

    `meetings`: those whose conclusions it may be, its tasks the only one's; `left_out`: paragraphs that assign nothing.
    """

    sort: Sort
    name: str
    number: str = ""
    dated: date | None = None
    issuer: str = ""
    kind: str = ""
    subject: str = ""
    supersedes: str = ""
    document_id: int | None = None
    meetings: tuple[Held, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def meeting(self) -> Held | None:
        """Give the meeting to which its tasks belong; None where there is none, or it must be asked which."""
        return self.meetings[0] if len(self.meetings) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """Give the form in which a draft keeps the heading."""
        return {**asdict(self), "dated": self.dated.isoformat() if self.dated else None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Head":
        """Read back what `as_json` gave."""
        dated = date.fromisoformat(stored["dated"]) if stored["dated"] else None
        meetings = tuple(Held(**one) for one in stored.get("meetings", ()))
        read = {"dated": dated, "meetings": meetings, "left_out": tuple(stored.get("left_out", ()))}
        return cls(**{**stored, "sort": Sort(stored["sort"]), **read})


@dataclass(frozen=True, slots=True)
class Review:
    """A document under review: its heading and its rows, in order."""

    head: Head
    rows: tuple[Row, ...] = field(default=())

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the store holds all of it already."""
        return all(row.take is Take.SAME for row in self.rows)

    def with_rows(self, *changed: Row) -> "Review":
        """Give the review with these rows in the place of those at the same positions."""
        new = {row.position: row for row in changed}
        return replace(self, rows=tuple(new.get(row.position, row) for row in self.rows))


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "$": type(entry).__name__}


def _entry_from_json(stored: Mapping[str, Any]) -> Entry:
    fields = {name: value for name, value in stored.items() if name != "$"}
    if "targets" in fields:
        fields["targets"] = tuple(_target(target) for target in fields["targets"])
    if "candidates" in fields:
        fields["candidates"] = tuple(fields["candidates"])
    if "nearest" in fields:
        fields["nearest"] = tuple(Near(**near) for near in fields["nearest"])
        fields["senders"] = tuple(fields["senders"])
    entry: Entry = _KINDS[stored["$"]](**fields)
    return entry


def _target(stored: Mapping[str, Any]) -> Target:
    return Target(**{**stored, "nearest": tuple(Near(**near) for near in stored["nearest"])})
