"""What the terminal shows of a document or a deadline before anything is stored."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from documents.limits import Unreadable
from documents.printing import as_json, refused_as_json
from documents.reading import read
from models.rules.calendar import Calendar
from models.rules.deadline import read as read_deadline
from models.rules.text import Refusal, Text, t

_ANCHORED: Final = frozenset({"wd", "wd-back", "days"})


def read_file(file: Path, say: Callable[[Text | str], str]) -> tuple[dict[str, Any], bool]:
    """Give what a document would yield, as the public JSON form has it, and whether it could be read at all."""
    if not file.is_file():
        raise Refusal(t("There is no file {name}; please look at its path.", name=str(file)))
    try:
        return as_json(read(file), read_deadline, say), True
    except Unreadable as refusal:
        return refused_as_json(refusal, say), False


def readings(table: Path) -> Iterator[str]:
    """Read the phrases of a table, a phrase and a date a line, and give a reading a line.

    The heading line, if there is one, is passed over. A fifth column as in examples/deadline_phrases.tsv tells the
    anchored kinds, whose date is the day of the event.
    """
    for line in _lines(table):
        phrase, _, rest = line.partition("\t")
        written, *more = rest.split("\t")
        try:
            day = date.fromisoformat(written.strip())
        except ValueError:
            if written.strip() == "document_date":
                continue
            raise Refusal(t("This line has no date after its phrase: {line}", line=line)) from None
        anchored = bool(more) and more[-1].strip() in _ANCHORED
        yield read_deadline(phrase, day, event=day if anchored else None, calendar=Calendar()).notation


def _lines(table: Path) -> list[str]:
    try:
        return table.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise Refusal(t("There is no file {name}; please look at its path.", name=str(table))) from None
    except (OSError, UnicodeDecodeError):
        raise Refusal(t("The file {name} holds no text that can be read.", name=str(table))) from None
