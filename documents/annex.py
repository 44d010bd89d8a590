"""The annex of a plan: a table whose rows are tasks with lead and coordinating units, deliverables and deadlines."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from documents.body import Body, Row
from documents.columns import Listing, listings, wording
from documents.naming import says_as_above, units_of
from documents.rows import Item
from models.rules.text import Text, t
from models.rules.units import Named

TASKS = wording(
    lambda found: (
        "text" in found
        and bool({"lead", "phrase"} & found)
        and len({"ref", "lead", "coordinating", "deliverable", "phrase"} & found) > 1
    ),
    ("ref", r"^(stt|tt|so tt|so thu tu|thu tu|so)$"),
    ("remark", r"^ghi chu"),
    ("handing", r"^(hinh thuc|cach thuc|phuong thuc|noi nhan)"),
    ("follower", r"thanh vien|theo doi|lanh dao|don vi tinh|kinh phi"),
    ("lead", r"chu tri"),
    ("coordinating", r"phoi hop"),
    ("phrase", r"thoi gian|thoi han|thoi diem|^han\b|\bhan (cuoi|hoan|nop|gui|bao)|tien do|ngay hoan thanh"),
    ("text", r"^(noi dung|nhiem vu|cong viec|ten |hoat dong|dau viec|viec )"),
    ("deliverable", r"san pham|ket qua|dau ra"),
    ("lead", r"co quan|don vi|thuc hien|trach nhiem|phan cong"),
    ("text", r"noi dung|nhiem vu|cong viec"),
)
_COLUMNS = ("text", "lead", "coordinating", "deliverable", "phrase", "remark", "handing")
_SECTION_NUMBER = re.compile(r"^([IVXLC]+|[A-ZĐ])$")
_SECTION_TITLE = re.compile(r"^\(?([IVXLC]+|[A-ZĐ])\s?[.)/-]\s*(\S.*)$", re.DOTALL)
_COORDINATES = re.compile(r"^\s*(?:cơ quan |đơn vị )?phối hợp\s*:\s*", re.IGNORECASE)
_LEADS = re.compile(r"^\s*(?:cơ quan |đơn vị )?chủ trì\s*:\s*", re.IGNORECASE)
_POINT = re.compile(r"^[-–+•*]\s*")


def annex(body: Body, names: Sequence[Named] = ()) -> tuple[Item, ...] | None:
    """Read the tasks of every task table in the document's order; None if there is no such table.

    A row of a Roman number or of one title only heads a section; "- nt -" repeats the cell above; a row without number
    that fills other cells only continues the row above. What a row lacks is its question.
    """
    reader = _Reader()
    tables = list(listings(body, TASKS))
    for table in tables:
        for at, row in enumerate(table.rows):
            following = table.rows[at + 1] if at + 1 < len(table.rows) else None
            reader.take(table, row, following)
    units = cache(partial(units_of, names=names))  # the same few units lead most rows
    return tuple(_item(written, units) for written in reader.rows) if tables else None


@dataclass(slots=True)
class _Written:
    """One task as its cells say it, while rows that continue it may follow."""

    ref: str
    section: str
    cells: dict[str, str]


class _Reader:
    """Reads task rows in order, knowing the section and the row above."""

    def __init__(self) -> None:
        self.rows: list[_Written] = []
        self._section = self._section_number = self._printed = ""
        self._unnumbered = 0
        self._in_section: set[str] = set()
        self._refs: Counter[str] = Counter()

    def take(self, table: Listing, row: Row, following: Row | None) -> None:
        """Take the next row in: a section, a continuation of the task above, or a task."""
        printed = table.cell(row, "ref").strip(" .)(")
        cells = {column: table.cell(row, column) for column in _COLUMNS}
        texts = [text for text in row.texts() if text]
        bare = not any(text for column, text in cells.items() if column != "text")
        if _heads_section(printed, cells["text"], texts, bare=bare) or (bare and _has_parts(table, printed, following)):
            self._begin(printed, texts)
        elif not printed and self.rows and _continues(cells["text"], bare=bare):
            self._extend(cells)
        elif any(cells.values()):
            self._add(printed, cells)

    def _begin(self, printed: str, texts: Sequence[str]) -> None:
        title = next((text for text in texts if text.strip(" .)(") != printed), printed)
        match = _SECTION_TITLE.match(title)
        self._section_number = (match.group(1) if match else "") if printed in {"", title} else printed
        self._section = (match.group(2) if match else title).rstrip(":")
        self._in_section = set()

    def _extend(self, cells: Mapping[str, str]) -> None:
        above = self.rows[-1].cells
        for column, text in cells.items():
            if text and not says_as_above(text) and text != above[column]:
                above[column] = f"{above[column]}{' ' if column == 'text' else chr(10)}{text}".strip()

    def _add(self, printed: str, cells: Mapping[str, str]) -> None:
        above = self.rows[-1].cells if self.rows else {}
        said = {column: above.get(column, text) if says_as_above(text) else text for column, text in cells.items()}
        self.rows.append(_Written(self._ref(printed), self._section, said))

    def _ref(self, printed: str) -> str:
        """Make the printed number unique: one that begins anew in a section takes the section's before it."""
        self._unnumbered = 0 if printed else self._unnumbered + 1
        self._printed = printed or self._printed
        ref = printed or f"{self._printed}.{self._unnumbered}".lstrip(".")
        if ref in self._refs and ref not in self._in_section and self._section_number:
            ref = f"{self._section_number}.{ref}"
        self._in_section.add(printed or ref)
        while ref in self._refs:
            self._refs[ref] += 1
            ref = f"{ref} ({self._refs[ref]})"
        self._refs[ref] = 1
        return ref


def _heads_section(printed: str, text: str, texts: Sequence[str], *, bare: bool) -> bool:
    alone = len(set(texts)) == 1
    if not bare and not alone:
        return False
    if _SECTION_NUMBER.match(printed) and (text or alone):
        return True
    return alone and (not text or text.isupper() or text.endswith(":") or _SECTION_TITLE.match(text) is not None)


def _has_parts(table: Listing, printed: str, following: Row | None) -> bool:
    """Tell a row "1" that only heads the rows "1.1", "1.2"."""
    return bool(printed) and following is not None and table.cell(following, "ref").startswith(f"{printed}.")


def _continues(text: str, *, bare: bool) -> bool:
    return text[:1].islower() if bare else not text


def _item(written: _Written, units: Callable[[str], tuple[str, ...]]) -> Item:
    cells = written.cells
    lead, coordinating = (units(text) for text in _sides(cells["lead"], cells["coordinating"]))
    return Item(
        ref=written.ref,
        text=_one_line(cells["text"]),
        lead=lead,
        coordinating=coordinating,
        deliverable=_one_line(cells["deliverable"]),
        phrase=_one_line(cells["phrase"]),
        remark=_one_line(cells["remark"]),
        handing=_one_line(cells["handing"]),
        section=_one_line(written.section),
        question=_question(written.ref, cells, lead),
    )


def _sides(lead: str, coordinating: str) -> tuple[str, str]:
    """Part who leads from who coordinates; a lead cell may name both ("Chủ trì: …", "Phối hợp: …")."""
    leading: list[str] = []
    joining: list[str] = []
    into = leading
    for line in (_POINT.sub("", line) for line in lead.split("\n")):
        if _COORDINATES.match(line):
            into = joining
        elif _LEADS.match(line):
            into = leading
        into.append(_LEADS.sub("", _COORDINATES.sub("", line)))
    joining += [_COORDINATES.sub("", _POINT.sub("", line)) for line in coordinating.split("\n")]
    return "\n".join(filter(None, leading)), "\n".join(filter(None, joining))


def _question(ref: str, cells: Mapping[str, str], lead: Sequence[str]) -> Text | None:
    if any(says_as_above(text) for text in cells.values()):
        return t("Row {ref} says “as above”, but nothing stands above it; state what is meant.", ref=ref)
    if not cells["text"]:
        return t("Row {ref} does not say what is to be done; state the task.", ref=ref)
    if not lead:
        return t("Row {ref} names no lead unit; state who leads the task.", ref=ref)
    if not cells["phrase"]:
        return no_deadline(ref)
    return None


def no_deadline(ref: str) -> Text:
    """Ask for the deadline that a row does not have."""
    return t("Row {ref} has no deadline; state one, or that there is none.", ref=ref)


def _one_line(text: str) -> str:
    return " ".join(text.split())
