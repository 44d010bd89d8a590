import zipfile
from datetime import date
from pathlib import Path

import docx

from documents.codes import CodeRow, UnitPage, grouped, sheet, unit_sheet
from models.rules.text import Text
from models.rules.ways import ways_in

DAY = date(2022, 7, 9)
ROWS = (
    CodeRow("Sở Y tế", "Cán bộ A", "123456789012", DAY, "Chuyên viên"),
    CodeRow("Sở Y tế", "Cán bộ B", "223456789012", DAY),
    CodeRow("UBND huyện Ý Yên", "Cán bộ C", "323456789012", DAY),
)


def say(text: Text) -> str:
    return text.id.format(**text.values)


def test_each_unit_has_a_page_with_its_peoples_codes(tmp_path: Path) -> None:
    sheet(ROWS, lambda code: f"http://127.0.0.1:8080/vao?ma={code}", tmp_path / "ma.docx", say)
    document = docx.Document(str(tmp_path / "ma.docx"))
    lines = [paragraph.text.strip() for paragraph in document.paragraphs if paragraph.text.strip()]
    assert [line for line in lines if line[0].isdigit()] == ["1234 5678 9012", "2234 5678 9012", "3234 5678 9012"]
    assert lines[:3] == [
        "Sở Y tế",
        "Codes for joining the assistant of the Council for Emulation and Commendation",
        "Cán bộ A, Chuyên viên",
    ]
    assert lines.count("UBND huyện Ý Yên") == 1
    assert document.element.xml.count('w:br w:type="page"') == 1
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size.pt == 13
    with zipfile.ZipFile(tmp_path / "ma.docx") as package:
        assert len([name for name in package.namelist() if name.startswith("word/media/")]) == 3


def test_the_same_rows_make_a_sheet_for_nobody(tmp_path: Path) -> None:
    sheet((), str, tmp_path / "ma.docx", say)
    assert [paragraph.text for paragraph in docx.Document(str(tmp_path / "ma.docx")).paragraphs] == []


def test_codes_are_grouped_as_they_are_read_out() -> None:
    assert grouped("123456789012") == "1234 5678 9012"


def test_each_unit_has_a_letter_page_with_a_picture_for_every_way_in(tmp_path: Path) -> None:
    site = "http://127.0.0.1:8080"
    pages = [
        UnitPage(
            "Sở Y tế",
            "123456789012",
            DAY,
            3,
            ways_in(site, "123456789012", {"telegram": "https://t.me/dondoc_bot?start=123456789012"}),
        ),
        UnitPage(
            "UBND huyện Ý Yên",
            "223456789012",
            DAY,
            3,
            ways_in(site, "223456789012", {"telegram": "https://t.me/dondoc_bot?start=223456789012"}),
        ),
    ]
    unit_sheet(pages, "Sở Nội vụ", tmp_path / "thu.docx", say)
    document = docx.Document(str(tmp_path / "thu.docx"))
    lines = [paragraph.text.strip() for paragraph in document.paragraphs if paragraph.text.strip()]
    assert [line for line in lines if line[:4].isdigit()] == ["1234 5678 9012", "2234 5678 9012"]
    assert [line[:2] for line in lines].count("3.") == 2
    assert lines.count("Sở Nội vụ") == 2
    typed = [cell.text.split("\n")[1:] for cell in document.tables[0].rows[0].cells]
    assert typed == [["In a browser", f"{site}/signin"], ["By Telegram", "t.me/dondoc_bot"]]
    assert document.element.xml.count('w:br w:type="page"') == 1
    with zipfile.ZipFile(tmp_path / "thu.docx") as package:
        assert len([name for name in package.namelist() if name.startswith("word/media/")]) == 4
