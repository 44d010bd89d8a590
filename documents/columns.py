"""Tables known by the words of their heading row, in any order and in the wordings that offices use."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from documents.body import Body, Row, Table, label, said

Rules = Sequence[tuple[str, re.Pattern[str]]]
Enough = Callable[[AbstractSet[str]], bool]

_HEADING = 120  # characters; a longer cell is a text, no heading
_FIGURE = re.compile(r"\d+[.)]?", re.ASCII)
_INDEX_LETTERS = ("A", "B")
_FIRST_ROWS = 60  # a letterhead and a title may stand above the heading row of a sheet


@dataclass(frozen=True, slots=True)
class Wording:
    """The columns of one kind of table: rules on the bare words of a heading, first match wins, and which suffice."""

    rules: Rules
    enough: Enough

    def columns(self, row: Row) -> dict[str, int]:
        """Give the place of each column that the row names; the first of two alike."""
        found: dict[str, int] = {}
        if any(_FIGURE.fullmatch(text) for text in row.texts()):
            return found  # a row of the table, whose words may sound like headings
        for place, text in enumerate(row.texts()):
            name = self._name(text)
            if name and name not in found:
                found[name] = place
        return found

    def is_subheading(self, row: Row) -> bool:
        """Tell whether the row only names columns, as the second row of a heading of two does."""
        texts = [text for text in row.texts() if text]
        return len(texts) > 1 and all(self._name(text) for text in texts)

    def _name(self, text: str) -> str:
        words = label(text) if len(text) <= _HEADING else ""
        return next((name for name, pattern in self.rules if words and pattern.search(words)), "")


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a table below its heading, and where its columns stand."""

    title: str
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    width: int

    def cell(self, row: Row, name: str) -> str:
        """Give what the row says in that column; empty if there is no such column."""
        place = self.columns.get(name)
        return said(row.cells[place]) if place is not None and place < len(row.cells) else ""


def wording(enough: Enough, *rules: tuple[str, str]) -> Wording:
    """Make a wording of (column, pattern of its bare words) pairs."""
    return Wording(tuple((name, re.compile(pattern)) for name, pattern in rules), enough)


def listings(body: Body, words: Wording) -> Iterator[Listing]:
    """Give the tables under such a heading row; a table without one continues the table of its width before it."""
    before: Listing | None = None
    for table in body.tables():
        found = _listing(table, words)
        if found is None and before is not None and _width(table) == before.width:
            found = Listing(table.title, before.columns, table.rows, before.width)
        if found is not None:
            before = found
            yield found


def _listing(table: Table, words: Wording) -> Listing | None:
    for at, row in enumerate(table.rows[:_FIRST_ROWS]):
        columns = words.columns(row)
        below = table.rows[at + 1 :]
        heads = [row]
        if below and words.is_subheading(below[0]):
            columns |= words.columns(below[0])
            heads.append(below[0])
        if words.enough(columns.keys()):
            headings = {head.texts() for head in heads}
            rows = tuple(each for each in below if each.texts() not in headings and not _is_index(each))
            return Listing(table.title, columns, rows, len(row.cells))
    return None


def _is_index(row: Row) -> bool:
    """Tell the row "(1) (2) (3)", or "A B 1 2 3", that numbers the columns under a heading."""
    figures = [re.sub(r"[()\s]", "", text) for text in row.texts() if text]
    numbers = [int(figure) for figure in figures if re.fullmatch(r"\d{1,2}", figure, re.ASCII)]
    letters = sum(figure in _INDEX_LETTERS for figure in figures)
    counted = numbers == list(range(1, len(numbers) + 1))
    return counted and len(numbers) + letters == len(figures) and len(numbers) > len(_INDEX_LETTERS)


def _width(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)
