"""What a document says, whatever form it came in: paragraphs and tables in the order of the paper."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from models.rules.spelling import fold

Cell = str | date | datetime

_GONE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]")
_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; its lines are parted by newlines."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something; `number` is its place in the sheet or table, from 1.

    A cell merged downwards is repeated in each row, one merged sideways stands once, in its first column.
    """

    number: int
    cells: tuple[Cell, ...]

    def texts(self) -> tuple[str, ...]:
        """Give the cells as they are said."""
        return tuple(said(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or a sheet under its title; `unread` names cells whose formula was never computed."""

    rows: tuple[Row, ...]
    title: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A whole document: its blocks, and beside them every text that is not read as content (headers, notes, shapes)."""

    blocks: tuple[Paragraph | Table, ...]
    aside: tuple[str, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Give the tables in order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def everything(self) -> Iterator[str]:
        """Give all that is written anywhere in the file; the cells of a row also joined, as a label and its value."""
        yield from self.aside
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield block.title
                for row in block.rows:
                    texts = row.texts()
                    yield from texts
                    yield ": ".join(filter(None, texts))


def clean(text: str) -> str:
    """Compose the letters (NFC), make every space plain, drop soft hyphens, control characters and empty lines."""
    plain = _GONE.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROLS.sub("", plain.replace("\v", "\n").replace("\f", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def label(text: str) -> str:
    """Bring a heading to its bare words (lower case, no diacritics, no punctuation), to be compared with others."""
    return " ".join(re.sub(r"[^\w\s/%]", " ", fold(text)).split())


def said(cell: Cell) -> str:
    """Say a cell's value: a date as the council writes it (07/3/2022), a moment with its hour first."""
    if isinstance(cell, datetime):
        day = said(cell.date())
        return day if cell.time() == time() else f"{cell:%Hh%M} ngày {day}"
    if isinstance(cell, date):
        month = f"{cell.month:02d}" if cell.month < 3 else str(cell.month)  # noqa: PLR2004 - January and February
        return f"{cell.day:02d}/{month}/{cell.year}"
    return cell
