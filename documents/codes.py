"""Codes on paper: a page for each unit, with QR codes and digits for each of its people, or for the unit itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path

import segno
from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from models.rules.text import Text, t
from models.rules.ways import Way

Say = Callable[[Text], str]
_FONT, _SIZE, _LARGE = "Times New Roman", Pt(13), Pt(20)
_QR_WIDTH = Cm(4.5)
_DIGITS = 4  # read out and typed in groups


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code to be handed to one person; `expires` is its last day."""

    unit: str
    name: str
    code: str
    expires: date
    post: str = ""


def sheet(rows: Sequence[CodeRow], url_for: Callable[[str], str], path: Path, say: Say) -> None:
    """Write the printable codes (.docx) to `path`: rows of one unit that follow each other share a page.

    `url_for` gives the address that a code's QR opens, `say` the sentences in the reader's language.
    """
    paper = Document()
    _dress(paper)
    for at, (unit, people) in enumerate(groupby(rows, key=lambda row: row.unit)):
        if at:
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _line(paper, unit, bold=True, size=_LARGE)
        _line(paper, say(t("Codes for joining the assistant of the Council for Emulation and Commendation")))
        for row in people:
            _person(paper, row, url_for(row.code), say)
    paper.save(str(path))


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The letter page of one unit: a code that `places` of its persons may use until its last day, and the ways in."""

    unit: str
    code: str
    last_day: date
    places: int
    ways: tuple[Way, ...]


def unit_sheet(pages: Sequence[UnitPage], agency: str, path: Path, say: Say) -> None:
    """Write the letter pages (.docx) to `path`, a page a unit, signed by the standing `agency` where it is named."""
    paper = Document()
    _dress(paper)
    for at, page in enumerate(pages):
        if at:
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        if agency:
            _line(paper, agency)
        _line(paper, page.unit, bold=True, size=_LARGE)
        _line(paper, say(t("Joining the assistant of the Council for Emulation and Commendation: the unit's own code")))
        _line(paper, grouped(page.code), bold=True, size=_LARGE)
        _ways(paper, page.ways, say)
        _steps(paper, page, say)
    paper.save(str(path))


def _ways(paper: Paper, ways: Sequence[Way], say: Say) -> None:
    """Draw the QR codes beside each other, each with what it is for and what can be typed instead."""
    table = paper.add_table(rows=1, cols=max(1, len(ways)))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, way in zip(table.rows[0].cells, ways, strict=False):
        holder = cell.paragraphs[0]
        holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
        holder.add_run().add_picture(_picture(way.address), width=_QR_WIDTH)
        for text, is_bold in ((say(way.label), True), (way.typed, False)):
            line = cell.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.add_run(text).bold = is_bold


def _steps(paper: Paper, page: UnitPage, say: Say) -> None:
    """Say how to join in three steps, and by when."""
    page_typed = page.ways[0].typed if page.ways else ""
    steps = (
        t("Scan one of the pictures, or open {address} and type the code.", address=page_typed),
        t("Agree to the keeping of your data; give your name, post and telephone number."),
        t("The standing agency confirms; from then on the unit's tasks come to you in that same place."),
    )
    for number, step in enumerate(steps, 1):
        paper.add_paragraph(f"{number}. {say(step)}")
    _line(paper, say(t("Please join by the end of {day}.", day=page.last_day)), bold=True)
    _line(paper, say(t("The code serves at most {places} persons of the unit; do not pass it on.", places=page.places)))


def grouped(code: str) -> str:
    """Write a code as it is read out: "1234 5678 9012"."""
    return " ".join(code[start : start + _DIGITS] for start in range(0, len(code), _DIGITS))


def _person(paper: Paper, row: CodeRow, url: str, say: Say) -> None:
    _line(paper, f"{row.name}, {row.post}" if row.post else row.name, bold=True)
    holder = paper.add_paragraph()
    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    holder.add_run().add_picture(_picture(url), width=_QR_WIDTH)
    _line(paper, grouped(row.code), bold=True, size=_LARGE)
    _line(paper, say(t("Scan the picture, or open {address} and type the code.", address=url)))
    _line(paper, say(t("For this person only, usable once, until {day}.", day=row.expires)))


def _picture(address: str) -> BytesIO:
    """Draw the QR code of an address."""
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=8, border=4)
    picture.seek(0)
    return picture


def _line(paper: Paper, text: str, *, bold: bool = False, size: Pt = _SIZE) -> None:
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.keep_with_next = True
    run = line.add_run(text)
    run.bold = bold
    run.font.size = size


def _dress(paper: Paper) -> None:
    """Set the page of Decree 30/2020/NĐ-CP: A4, its margins, Times New Roman 13."""
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, _SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    for section in paper.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin = section.bottom_margin = Cm(2)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
