"""Annexes and notices as councils type them, made for a test: a letterhead, a heading row and these rows."""

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from openpyxl import Workbook

ISSUER = "HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG"
TASKS = (
    "TT",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Sản phẩm",
    "Thời gian hoàn thành",
    "Ghi chú",
)
NOTICE = (
    "TT",
    "Thành viên",
    "Chức danh trong Hội đồng",
    "Cơ quan, đơn vị, địa phương, cụm, khối được phân công theo dõi",
)
UNITS = (
    "Mã",
    "Tên cơ quan, đơn vị, địa phương",
    "Tên viết tắt",
    "Loại",
    "Cụm, khối thi đua",
    "Vai trò trong cụm, khối",
)
PEOPLE = ("Họ và tên", "Chức vụ", "Mã đơn vị", "Vai trò", "Điện thoại")


def annex(
    path: Path,
    *rows: Sequence[str],
    number: str = "05/KH-HĐTĐKT",
    day: str = "07 tháng 3 năm 2022",
    heading: Sequence[str] = TASKS,
) -> Path:
    """Write an annex or a notice (.xlsx); an empty number or day is left out."""
    book = Workbook()
    sheet = book.worksheets[0]
    head = (ISSUER, f"Số: {number}" if number else "", f"Nam Định, ngày {day}" if day else "")
    for line in filter(None, (*head, "KẾ HOẠCH" if heading is TASKS else "THÔNG BÁO")):
        sheet.append([line])
    for row in (heading, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def task(ref: str, title: str, lead: str, due: str, *, coordinating: str = "") -> tuple[str, ...]:
    """Give a row of an annex."""
    return (ref, title, lead, coordinating, "Báo cáo", due, "")


def notice_of_conclusions(path: Path, held: str, *rows: Sequence[str], day: str = "22 tháng 6 năm 2022") -> Path:
    """Write a notice of conclusions (.docx) of the meeting held on a day ("21/6/2022"), with its table of tasks."""
    paper = _conclusions(held, day)
    table = paper.add_table(0, len(TASKS))
    for row in (TASKS, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(str(path))
    return path


def conclusions_in_words(path: Path, held: str, *paragraphs: str, day: str = "22 tháng 6 năm 2022") -> Path:
    """Write a notice of conclusions (.docx) that assigns in paragraphs, with what closes such a notice."""
    paper = _conclusions(held, day)
    for line in (*paragraphs, "Thông báo để các cơ quan, đơn vị biết, thực hiện./.", "Nơi nhận:", "- Sở Nội vụ;"):
        paper.add_paragraph(line)
    paper.save(str(path))
    return path


def _conclusions(held: str, day: str) -> DocxDocument:
    paper = docx.Document()
    for line in (ISSUER, "Số: 06/TB-HĐTĐKT", f"Nam Định, ngày {day}", "THÔNG BÁO", "Kết luận phiên họp của Hội đồng"):
        paper.add_paragraph(line)
    paper.add_paragraph(f"Ngày {held}, Hội đồng họp phiên thứ hai. Chủ tịch Hội đồng kết luận, giao các nhiệm vụ sau:")
    return paper


def directory(path: Path, units: Sequence[Sequence[str]], people: Sequence[Sequence[str]] = ()) -> Path:
    """Write a directory (.xlsx)."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Đơn vị"
    for row in (UNITS, *units):
        sheet.append(list(row))
    if people:
        sheet = book.create_sheet("Đầu mối")
        for row in (PEOPLE, *people):
            sheet.append(list(row))
    book.save(path)
    return path
