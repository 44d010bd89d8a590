"""A document as read, printed as one JSON object: what `dondoc read FILE --json` shows."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from documents.limits import Unreadable
from documents.reading import Paper
from documents.rows import Item, RegisterRow
from models.rules.text import Text, t

_ASK = "AMBIGUOUS"  # a person must be asked


class HasNotation(Protocol):
    """A deadline as read, able to write itself down."""

    @property
    def notation(self) -> str:
        """Write the reading down in the notation of `examples/README.md`."""
        ...


ReadDeadline = Callable[[str, date], HasNotation]
Say = Callable[[Text], str]


def as_json(paper: Paper, reading: ReadDeadline, say: Say) -> dict[str, Any]:
    """Give the document's heading, rows and questions; `reading` reads a phrase on the document's date.

    An incoming register has its papers under "register" besides, each with its days as read, or as written. Without
    a date of the document, or without a phrase, nothing is read: the reading is AMBIGUOUS.
    """
    head = paper.heading
    return {
        "number": head.number or None,
        "date": head.dated.isoformat() if head.dated else None,
        "kind": head.kind or None,
        "issuer": head.issuer or None,
        "subject": head.subject or None,
        "supersedes": "; ".join(cited.number for cited in head.supersedes) or None,
        "secret": False,
        "items": [_item(item, head.dated, reading, say) for item in paper.items],
        "oversight": [
            {"member": row.member, "post": row.post, "role": row.role, "scopes": list(row.scopes)}
            for row in paper.oversight
        ],
        "questions": [say(question.text) for question in paper.questions],
        **({"register": [_paper(row) for row in paper.register]} if paper.register else {}),
    }


def refused_as_json(refusal: Unreadable, say: Say) -> dict[str, Any]:
    """Give the same object for a file that was not taken in: `secret` tells why, the sentence is its only question."""
    blank = dict.fromkeys(("number", "date", "kind", "issuer", "subject", "supersedes"))
    return {**blank, "secret": refusal.secret, "items": [], "oversight": [], "questions": [say(refusal.text)]}


def _paper(row: RegisterRow) -> dict[str, Any]:
    days = {"arrived": row.arrived, "dated": row.dated}
    said = {name: day.isoformat() if isinstance(day, date) else day for name, day in days.items()}
    named = {"sender": row.sender, "number": row.number, "subject": row.subject, "route": row.route}
    return {"ref": str(row.row), "entry": row.entry, **said, **named}


def _item(item: Item, on: date | None, reading: ReadDeadline, say: Say) -> dict[str, Any]:
    notation = reading(item.phrase, on).notation if item.phrase and on else _ASK
    question = item.question
    if question is None and notation == _ASK:
        question = t(
            "Row {ref}: the deadline “{phrase}” cannot be read for certain; state the date.",
            ref=item.ref,
            phrase=item.phrase,
        )
    return {
        "ref": item.ref,
        "text": item.text,
        "lead": list(item.lead),
        "coordinating": list(item.coordinating),
        "deliverable": item.deliverable,
        "phrase": item.phrase,
        "reading": notation,
        "question": None if question is None else say(question),
    }
