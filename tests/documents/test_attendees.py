from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from documents.attendees import Attendee, attendee_list
from models.rules.text import t

AT = datetime(2022, 6, 9, 7, 40, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_what_people_write_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    listed = [Attendee("=cmd()", t("Attends"), "Lan", AT, "+1", present=True), Attendee("Sở Y tế", t("Not answered"))]
    attendee_list(t("Họp"), listed)(path, lambda text: text.id)
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[4]] == ["n", "s", "s", "s", "s", "s", "s"]
    assert [cell.value for cell in sheet[4]] == [1, "=cmd()", "Attends", "Lan", "07:40 09/06/2022", "+1", "x"]
    assert sheet.cell(5, 2).value == "Sở Y tế"
