"""Write the example of an incoming register: run `.venv/bin/python examples/make_register.py`.

The units are those of the sample council; numbers, days and subjects are made up. The same tables give the same bytes.
"""

from datetime import date, timedelta
from itertools import cycle

import openpyxl
from make import GROUPS, cells, write
from openpyxl.styles import Alignment, Font

NAME = "../so-cong-van-den-vi-du.xlsx"
COLUMNS = ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày, tháng", "Tên loại và trích yếu nội dung văn bản",
           "Đơn vị hoặc người nhận", "Ghi chú")  # fmt: skip
SUBJECTS = ("Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2022",
            "Báo cáo kết quả sơ kết phong trào thi đua 6 tháng đầu năm",
            "BC sơ kết phong trào thi đua yêu nước 6 tháng đầu năm 2022")  # fmt: skip
DOUBTFUL = ("Báo cáo kết quả công tác thi đua, khen thưởng 6 tháng đầu năm", "Báo cáo 6 tháng đầu năm 2022")
OTHERS = (("Bộ Nội vụ", "2651/BNV-TĐKT", "V/v hướng dẫn tổng kết phong trào thi đua"),
          ("Ban Thi đua - Khen thưởng Trung ương", "1120/BTĐKT-VP", "V/v cung cấp số liệu khen thưởng 6 tháng đầu năm"),
          ("Công ty TNHH Sao Mai (ví dụ)", "18/CV-SM", "V/v giới thiệu sản phẩm khung, huy hiệu"),
          ("Văn phòng UBND tỉnh", "415/VP-VP7", "V/v mời dự họp giao ban tháng 6"))  # fmt: skip
FIRST, DUE = date(2022, 6, 8), date(2022, 6, 14)
COUNT = 40


def rows() -> list[tuple[object, ...]]:
    """Give the rows in the order of their coming."""
    units = [unit for _, table in GROUPS.values() for unit in cells(table)][:COUNT]
    listed = []
    for at, ((code, name, *_), subject) in enumerate(zip(units, cycle(SUBJECTS), strict=False)):
        # the last four come after the deadline
        arrived = FIRST + timedelta(days=at % 6) if at < COUNT - 4 else DUE + timedelta(days=1 + at % 2)
        symbol = "UBND" if name.startswith("UBND") else code
        said = DOUBTFUL[at // 20] if at in (7, 23) else subject
        listed.append((arrived, name, f"{31 + at}/BC-{symbol}", arrived - timedelta(days=1), said))
    for at, (sender, number, said) in enumerate(OTHERS):
        listed.append((FIRST + timedelta(days=at), sender, number, FIRST - timedelta(days=1), said))
    ordered = sorted(listed, key=lambda row: (row[0], row[2]))
    return [(_day(day), 201 + at, sender, number, _day(dated), said, "Ban TĐKT", "")
            for at, (day, sender, number, dated, said) in enumerate(ordered)]  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month}"


def register() -> None:
    """Write the book."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Văn bản đến"
    for line in ("SỞ NỘI VỤ TỈNH NAM ĐỊNH", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN (bản minh họa)", "Năm: 2022",
                 "Từ ngày 08/6/2022 đến ngày 20/6/2022"):  # fmt: skip
        sheet.append([line])
    sheet.append([])
    sheet.append(list(COLUMNS))
    sheet.append([f"({number})" for number in range(1, len(COLUMNS) + 1)])
    for row in rows():
        sheet.append(list(row))
    for column, width in zip("ABCDEFGH", (10, 8, 38, 18, 12, 60, 20, 12), strict=True):
        sheet.column_dimensions[column].width = width
    for cell in sheet[6]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    write(book, NAME)


if __name__ == "__main__":
    register()
