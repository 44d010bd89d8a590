"""The incoming register (sổ đăng ký văn bản đến): a row for each paper, with its number, sender and day of arrival.

Source: Decree 30/2020/NĐ-CP, annex IV: Ngày đến, Số đến, Tác giả, Số ký hiệu, Ngày tháng, Tên loại và trích yếu nội
dung, Đơn vị hoặc người nhận, Ghi chú. Registers of document systems name the columns in their own ways and add others.
Days in the book bear no year; the book does ("Năm: 2022").
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from documents.body import Body, Cell, Row, label
from documents.columns import Listing, listings, wording
from documents.naming import says_as_above
from documents.rows import RegisterRow

REGISTER = wording(
    lambda found: {"arrived", "sender", "number"} <= found and bool({"subject", "entry"} & found),
    (
        "elsewhere",
        r"^(stt|tt)$|nguoi nhan|don vi (nhan|xu ly)|noi nhan|chuyen|ky nhan|han |do (khan|mat)|ghi chu|nguoi ky",
    ),
    ("arrived", r"ngay (van ban |vb )?den|ngay (tiep )?nhan|thoi gian (den|nhan)"),
    ("entry", r"^so (van ban |vb )?den|^so thu tu den"),
    ("sender", r"tac gia|noi (gui|ban hanh|phat hanh)|(co quan|don vi).*(ban hanh|gui|phat hanh)|^(co quan|don vi)$"),
    ("dated", r"ngay (thang )?(cua )?(van ban|vb|ban hanh|ky|phat hanh)|^ngay thang|^ngay vb"),
    ("route", r"hinh thuc|phuong thuc|kenh"),
    ("number", r"so.{0,4}ky hieu|^ky hieu|^so (van ban|hieu|vb)|^so$"),
    ("subject", r"trich yeu|noi dung"),
    ("kind", r"loai"),
)
_REPEATED = ("arrived", "dated", "sender", "number", "subject", "route")
_YEAR = re.compile(r"\bnam\s*:?\s*(20\d\d)\b")
_DAY_OF_BOOK = re.compile(r"\b\d{1,2}/\d{1,2}/(20\d\d)\b")
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?")


def register(body: Body) -> tuple[RegisterRow, ...] | None:
    """Read the rows of the register, its days with the year of the book; None if there is none."""
    found = list(listings(body, REGISTER))
    if not found:
        return None
    year = _year(body)
    return tuple(row for each in found for row in _rows(each, year))


def _rows(listing: Listing, year: str) -> Iterator[RegisterRow]:
    above: dict[str, str] = {}
    for row in listing.rows:
        cells = {name: _said(listing, row, name, above) for name in _REPEATED}
        if not (cells["sender"] and (cells["number"] or cells["subject"])):
            continue
        kind, subject = listing.cell(row, "kind"), cells["subject"]
        yield RegisterRow(
            row=row.number,
            entry=listing.cell(row, "entry"),
            arrived=_day(listing, row, "arrived", cells["arrived"], year),
            sender=cells["sender"],
            number=cells["number"],
            dated=_day(listing, row, "dated", cells["dated"], year),
            subject=subject if not kind or label(subject).startswith(label(kind)) else f"{kind} {subject}",
            route=cells["route"],
        )


def _said(listing: Listing, row: Row, name: str, above: dict[str, str]) -> str:
    """Give what a cell says; a sign for "as above" repeats the row before."""
    text = " ".join(listing.cell(row, name).split())
    if says_as_above(text) or text in {'"', "”", "〃"}:
        return above.get(name, "")
    above[name] = text
    return text


def _day(listing: Listing, row: Row, name: str, text: str, year: str) -> date | str:
    """Read a day with the book's year where the cell names none; as written where that is none."""
    place = listing.columns.get(name)
    cell: Cell = row.cells[place] if place is not None and place < len(row.cells) else ""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(text)
    if found is None or not (found[3] or year):
        return text
    try:
        return date(int(found[3] or year) + 2000 * (len(found[3] or year) < len("2000")), int(found[2]), int(found[1]))
    except ValueError:
        return text


def _year(body: Body) -> str:
    """Find the year that the book names above its rows; empty where it names none, or two."""
    above = [text for table in body.tables() for row in table.rows[:12] for text in row.texts()]
    years = {year for text in above for year in _YEAR.findall(label(text))}
    years = years or {year for text in above if "tu ngay" in label(text) for year in _DAY_OF_BOOK.findall(text)}
    return years.pop() if len(years) == 1 else ""
