"""Word documents (.docx) as paragraphs and tables, read from the package itself.

Content controls and tracked insertions count as text, deletions and text boxes do not; the numbers that Word makes by
itself are printed where they stand. Headers, notes and shapes are kept aside, for the marks of secrecy.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from documents.body import Body, Paragraph, Row, Table, clean
from documents.limits import TOO_MANY_ROWS, TORN, Limits, package, part, unreadable
from documents.numbering import Numbering, attribute, numbering, whole

_MAIN, _NUMBERS = "word/document.xml", "word/numbering.xml"
_ASIDE = re.compile(r"word/(header|footer|footnotes|endnotes|comments|diagrams/data)\d*\.xml")
_PRINTED = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_UNSAID = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "txbxContent",
        "pict",
        "drawing",
        "object",
        "AlternateContent",
        "rPr",
        "pPr",
        "sdtPr",
    }
)
_WRAPPING = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


def read_word(path: Path, name: str, limits: Limits) -> Body:
    """Read a .docx of at most `limits`; raises Unreadable if it is torn."""
    with package(path, name, limits) as opened:
        root = _parsed(opened, _MAIN, name, limits)
        members = opened.namelist()
        numbers = _parsed(opened, _NUMBERS, name, limits) if _NUMBERS in members else None
        others = [_parsed(opened, member, name, limits) for member in members if _ASIDE.fullmatch(member)]
    body = next((element for element in root if _local(element) == "body"), None)
    if body is None:
        raise unreadable(TORN, name)
    reader = _Reader(numbering(numbers), limits, name)
    try:
        blocks = tuple(reader.blocks(body))
        aside = tuple(text for part_root in (root, *others) for text in _every_text(part_root))
    except RecursionError:  # elements nested thousands deep are nobody's document
        raise unreadable(TORN, name) from None
    return Body(blocks, aside)


class _Reader:
    """Walks one document's elements in order, counting its lists."""

    def __init__(self, lists: Numbering, limits: Limits, name: str) -> None:
        self._lists = lists
        self._limits = limits
        self._name = name

    def blocks(self, parent: Element) -> Iterator[Paragraph | Table]:
        """Give what stands in `parent`; a table within a table follows the one that holds it."""
        for element in _inside(parent):
            if _local(element) == "p":
                if text := clean(self._paragraph(element)):
                    yield Paragraph(text)
            elif _local(element) == "tbl":
                nested: list[Element] = []
                yield Table(tuple(self._rows(element, nested)))
                for table in nested:
                    yield from self.blocks(table)

    def _rows(self, table: Element, nested: list[Element]) -> Iterator[Row]:
        above: dict[int, str] = {}
        rows = (element for element in _inside(table) if _local(element) == "tr" and not _deleted(element))
        for number, element in enumerate(rows, start=1):
            if number > self._limits.rows:
                raise unreadable(TOO_MANY_ROWS, self._name, limit=self._limits.rows)
            cells = self._cells(element, above, nested)
            if any(cells):
                yield Row(number, tuple(cells))

    def _cells(self, row: Element, above: dict[int, str], nested: list[Element]) -> list[str]:
        properties = _child(row, "trPr")
        cells = [""] * min(_value(properties, "gridBefore"), self._limits.columns)
        for element in _inside(row):
            if _local(element) != "tc" or len(cells) >= self._limits.columns:
                continue
            properties = _child(element, "tcPr")
            text = self._cell(element, nested)
            merge = _child(properties, "vMerge")
            if merge is not None and attribute(merge, "val") != "restart":
                text = above.get(len(cells), text)
            above[len(cells)] = text
            cells += [text] + [""] * (min(_value(properties, "gridSpan", 1), self._limits.columns) - 1)
        return cells

    def _cell(self, cell: Element, nested: list[Element]) -> str:
        lines = []
        for element in _inside(cell):
            if _local(element) == "p":
                lines.append(self._paragraph(element))
            elif _local(element) == "tbl":
                holder = Element("holder")
                holder.append(element)
                nested.append(holder)
        return clean("\n".join(lines))

    def _paragraph(self, paragraph: Element) -> str:
        text = "".join(_said(paragraph))
        link = _child(_child(paragraph, "pPr"), "numPr")
        if link is None:
            return text
        number = _child(link, "numId")
        label = self._lists.label("" if number is None else attribute(number, "val"), _value(link, "ilvl"))
        return f"{label} {text}" if label else text


def _parsed(opened: ZipFile, member: str, name: str, limits: Limits) -> Element:
    try:
        return ET.fromstring(part(opened, member, name, limits))  # noqa: S314 - `part` refuses declared entities
    except (ET.ParseError, ValueError, LookupError):
        raise unreadable(TORN, name) from None


def _inside(parent: Element) -> Iterator[Element]:
    for element in parent:
        if _local(element) in _WRAPPING:
            yield from _inside(element)
        else:
            yield element


def _said(element: Element) -> Iterator[str]:
    for child in element:
        local = _local(child)
        if local == "t":
            yield child.text or ""
        elif local in _PRINTED:
            yield _PRINTED[local]
        elif local not in _UNSAID:
            yield from _said(child)


def _every_text(root: Element) -> Iterator[str]:
    for element in root.iter():
        local = _local(element)
        if local == "p":
            yield "".join(_said(element))
        elif local == "textpath":  # a watermark
            yield attribute(element, "string")


def _deleted(row: Element) -> bool:
    return _child(_child(row, "trPr"), "del") is not None


def _child(element: Element | None, local: str) -> Element | None:
    return None if element is None else next((child for child in element if _local(child) == local), None)


def _value(properties: Element | None, local: str, default: int = 0) -> int:
    child = _child(properties, local)
    return default if child is None else max(whole(attribute(child, "val"), default), default)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
