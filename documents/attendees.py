"""The list of those invited to a meeting and what they answered, as a workbook (.xlsx) for the secretariat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from models.rules.text import Text, t

MEDIA: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS: Final = (
    (t("No."), 6),
    (t("Agency, unit, locality"), 36),
    (t("Answer"), 40),
    (t("Answered by"), 22),
    (t("Answered at"), 18),
    (t("Written opinion"), 50),
    (t("Present at the meeting"), 14),
)
_HEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Attendee:
    """One unit or seat that was invited; `at`: local to the Council; `present`: ticked as such at the meeting."""

    name: str
    answer: Text
    by: str = ""
    at: datetime | None = None
    opinion: Text | str = ""
    present: bool = False


def attendee_list(head: Text, listed: Sequence[Attendee]) -> Callable[[Path, Callable[[Text], str]], None]:
    """Give what writes the list under its heading."""
    return lambda path, say: _write(head, listed, path, say)


def _write(head: Text, listed: Sequence[Attendee], path: Path, say: Callable[[Text], str]) -> None:
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.cell(1, 1, say(head)).font = Font(bold=True)
    for place, (title, width) in enumerate(_COLUMNS, 1):
        sheet.cell(_HEAD, place, say(title)).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, one in enumerate(listed, 1):
        opinion = one.opinion if isinstance(one.opinion, str) else say(one.opinion)
        at = one.at.strftime("%H:%M %d/%m/%Y") if one.at else ""
        present = "x" if one.present else ""
        cells: tuple[int | str, ...] = (number, one.name, say(one.answer), one.by, at, opinion, present)
        for place, value in enumerate(cells, 1):
            cell = sheet.cell(_HEAD + number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"  # what people write is never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 1)
    book.save(path)
