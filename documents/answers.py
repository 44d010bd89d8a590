"""The answers to a notice as a table (.xlsx): unit, who answered, when, what, and a column for how it was taken up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from models.rules.text import Text, t

Say = Callable[[Text], str]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = {"A": 5, "B": 36, "C": 24, "D": 18, "E": 60, "F": 40}
_FONT = "Times New Roman"
_HEAD_ROW = 4


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line: `at` is local time, None where nobody has answered."""

    party: str
    by: str
    at: datetime | None
    said: str


def print_answers(title: str, stand: Text, rows: Sequence[AnswerRow], path: Path, say: Say) -> None:
    """Write the table to `path`; `title` is the notice, `stand` says as of when."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say(t("Answers"))
    sheet["A1"], sheet["A2"] = title, say(stand)
    sheet["A1"].data_type = "s"
    sheet["A1"].font = Font(name=_FONT, size=13, bold=True)
    sheet["A2"].font = Font(name=_FONT, size=12, italic=True)
    heads = (t("No."), t("Unit"), t("Answered by"), t("At"), t("Opinion"), t("Taken up / explained"))
    for column, head in enumerate(heads, 1):
        sheet.cell(_HEAD_ROW, column, say(head)).font = Font(name=_FONT, size=12, bold=True)
    for number, row in enumerate(rows, 1):
        at = row.at.strftime("%H:%M %d/%m/%Y") if row.at else ""
        sheet.cell(_HEAD_ROW + number, 1, number).font = Font(name=_FONT, size=12)
        for column, words in enumerate((row.party, row.by, at, row.said), 2):
            cell = sheet.cell(_HEAD_ROW + number, column, words or None)
            cell.font = Font(name=_FONT, size=12)
            if words:
                cell.data_type = "s"  # what people wrote is never a formula
    side = Side(style="thin")
    for cells in sheet.iter_rows(min_row=_HEAD_ROW, max_row=_HEAD_ROW + len(rows), max_col=len(heads)):
        for framed in cells:
            framed.border = Border(left=side, right=side, top=side, bottom=side)
            framed.alignment = Alignment(wrap_text=True, vertical="top")
    for column_name, width in _WIDTHS.items():
        sheet.column_dimensions[column_name].width = width
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    book.save(path)
