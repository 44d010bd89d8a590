"""Join codes on paper: a page for each unit, with a QR code and the twelve digits for each of its people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path

import segno
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from models.rules.text import Text, t

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


def grouped(code: str) -> str:
    """Write a code as it is read out: "1234 5678 9012"."""
    return " ".join(code[start : start + _DIGITS] for start in range(0, len(code), _DIGITS))


def _person(paper: Paper, row: CodeRow, url: str, say: Say) -> None:
    _line(paper, f"{row.name}, {row.post}" if row.post else row.name, bold=True)
    picture = BytesIO()
    segno.make(url, error="m").save(picture, kind="png", scale=8, border=4)
    picture.seek(0)
    holder = paper.add_paragraph()
    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    holder.add_run().add_picture(picture, width=_QR_WIDTH)
    _line(paper, grouped(row.code), bold=True, size=_LARGE)
    _line(paper, say(t("Scan the picture, or open {address} and type the code.", address=url)))
    _line(paper, say(t("For this person only, usable once, until {day}.", day=row.expires)))


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
