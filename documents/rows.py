"""What the council's documents yield, row by row: units, people, oversight and tasks, each as written."""

from dataclasses import dataclass
from datetime import date

from models.rules.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must decide before a row is taken in; `ref` names the row ("Đầu mối!5", "7"), or is empty."""

    ref: str
    text: Text


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the directory; `row` is its row in the sheet."""

    row: int
    code: str
    name: str
    short_name: str = ""
    kind: str = ""
    group: str = ""
    part: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the directory; `phone` holds digits only, or what was written if it is no telephone number."""

    row: int
    name: str
    post: str = ""
    unit: str = ""
    role: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A paper of the incoming register; a day that names no year, or cannot be read, is given as written."""

    row: int
    entry: str
    arrived: date | str
    sender: str
    number: str
    dated: date | str = ""
    subject: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class OversightRow:
    """Who follows what under Notice 01; `general` means everything (phụ trách chung).

    Posts, not persons, often hold the seat: then `member` and `post` are the same words.
    """

    ref: str
    member: str
    post: str
    role: str
    scopes: tuple[str, ...]
    general: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A task of a plan's annex, as written; `phrase` is the deadline in the document's words.

    `ref` is the number as printed, made unique in the document; `handing` how it is to be handed in.
    """

    ref: str
    text: str
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    deliverable: str = ""
    phrase: str = ""
    remark: str = ""
    handing: str = ""
    section: str = ""
    question: Text | None = None
