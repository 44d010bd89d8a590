"""Excel workbooks (.xlsx) as tables: the visible sheets, computed values, dates as dates, merged cells resolved."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from documents.body import Body, Cell, Row, Table, clean
from documents.limits import BROKEN_ZIP, TOO_MANY_ROWS, TORN, Limits, package, part, unreadable
from documents.numbering import attribute

# what openpyxl lets through when a part of the book is not what the format says
_BROKEN_BOOK = (
    *BROKEN_ZIP,
    SyntaxError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    InvalidFileException,
)
_ASIDE = re.compile(r"xl/(sharedStrings|comments\d*|threadedComments/\w+|drawings/drawing\d+)\.xml")
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|.)')
_REPEATS = 200_000  # cells that the merged ranges of a sheet may fill
_NAMED = 5  # cells named in the question about formulas
_WHOLE_DAY = time()


@dataclass(slots=True)
class _Layout:
    """What the values alone do not tell of a sheet: merged ranges, formulas never computed, printed headers."""

    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first row, last row; from 1
    unread: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    last: int = 0  # the last row that holds a value


def read_excel(path: Path, name: str, limits: Limits) -> Body:
    """Read an .xlsx of at most `limits`; raises Unreadable if it is torn or a sheet is too long."""
    with package(path, name, limits) as opened:
        try:
            sheets = _sheets(opened, name, limits)
            layouts = {title: _layout(part(opened, member, name, limits)) for title, member, _ in sheets}
            aside = [
                text
                for member in opened.namelist()
                if _ASIDE.fullmatch(member)
                for text in _texts(part(opened, member, name, limits))
            ]
            shown = [title for title, _, visible in sheets if visible]
            tables = tuple(_tables(path, name, limits, {title: layouts[title] for title in shown}))
        except _BROKEN_BOOK:
            raise unreadable(TORN, name) from None
    aside += [text for layout in layouts.values() for text in layout.aside]
    return Body(tables, (*aside, *layouts))


def _tables(path: Path, name: str, limits: Limits, layouts: dict[str, _Layout]) -> Iterator[Table]:
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of decorations that it does not keep
        # by its bytes: openpyxl would judge a path by its ending, and kept files have none
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for title, layout in layouts.items():
            if layout.last > limits.rows:
                raise unreadable(TOO_MANY_ROWS, name, limit=limits.rows)
            rows = _rows(book[title], layout.last, limits.columns)
            _repeat(rows, layout)
            yield Table(tuple(_row(number, values) for number, values in rows.items()), title, tuple(layout.unread))


def _rows(sheet: Any, last: int, columns: int) -> dict[int, list[Cell]]:
    rows = {}
    if last:
        for number, cells in enumerate(sheet.iter_rows(max_row=last, max_col=columns), start=1):
            values = [_value(cell.value, cell.number_format or "") for cell in cells]
            if any(values):
                rows[number] = values
    return rows


def _row(number: int, values: list[Cell]) -> Row:
    last = max(index for index, value in enumerate(values) if value)
    return Row(number, tuple(values[: last + 1]))


def _repeat(rows: dict[int, list[Cell]], layout: _Layout) -> None:
    """Repeat what is merged downwards, in the rows that say something of their own."""
    filled = 0
    for column, first, last in layout.merged:
        top = rows.get(first)
        for number in range(first + 1, min(last, layout.last) + 1):
            filled += 1
            if filled > _REPEATS:
                return
            if top is not None and number in rows and column <= len(top):
                rows[number][column - 1] = top[column - 1]


def _value(value: object, form: str) -> Cell:
    """Bring a value to what the sheet shows: dates stay dates, figures keep the zeros that their format prints."""
    match value:
        case None | bool():
            return ""
        case datetime() if value.time() == _WHOLE_DAY:
            return value.date()
        case datetime() | date():
            return value
        case time():
            return f"{value:%Hh%M}"
        case int() | float() if form.endswith("%"):
            return f"{value * 100:g}%"
        case int() | float() if value == int(value):
            return str(int(value)).zfill(len(form)) if re.fullmatch("0{2,20}", form) else str(int(value))
        case _:
            return clean(str(value))


def _sheets(opened: ZipFile, name: str, limits: Limits) -> list[tuple[str, str, bool]]:
    """List the worksheets in order: title, member of the package, whether it is shown."""
    links = {
        attribute(link, "Id"): attribute(link, "Target")
        for link in _parsed(part(opened, "xl/_rels/workbook.xml.rels", name, limits))
    }
    found = []
    for element in _parsed(part(opened, "xl/workbook.xml", name, limits)).iter():
        if _local(element) == "sheet":
            target = links[attribute(element, "id")]
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in member:
                found.append((attribute(element, "name"), member, attribute(element, "state") in {"", "visible"}))
    return found


def _layout(content: bytes) -> _Layout:
    layout = _Layout()
    for _, element in ET.iterparse(BytesIO(content)):  # noqa: S314 - `part` refuses declared entities
        match _local(element):
            case "c":
                _note_cell(element, layout)
            case "row":
                element.clear()
            case "mergeCell":
                column, first, _, last = range_boundaries(attribute(element, "ref"))
                if column is not None and first is not None and last is not None and last > first:
                    layout.merged.append((column, first, last))
            case "oddHeader" | "evenHeader" | "firstHeader" | "oddFooter" | "evenFooter" | "firstFooter":
                layout.aside.append(_HEADER_CODES.sub(" ", element.text or ""))
    return layout


def _note_cell(cell: Element, layout: _Layout) -> None:
    said = {_local(child): child for child in cell}
    if "is" in said:
        layout.aside.append(_joined(said["is"]))
    if "is" in said or ("v" in said and said["v"].text):
        place = re.search(r"\d+$", attribute(cell, "r"), re.ASCII)
        layout.last = max(layout.last, int(place.group()) if place else 0)
    elif "f" in said and len(layout.unread) < _NAMED:
        layout.unread.append(attribute(cell, "r"))


def _texts(content: bytes) -> Iterator[str]:
    """Give the texts of one part: each shared string, comment or drawn paragraph in one piece."""
    for element in _parsed(content).iter():
        if _local(element) in {"si", "text", "p"}:
            yield _joined(element)


def _joined(element: Element) -> str:
    return "".join(child.text or "" for child in element.iter() if _local(child) == "t")


def _parsed(content: bytes) -> Element:
    return ET.fromstring(content)  # noqa: S314 - `part` refuses declared entities


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
