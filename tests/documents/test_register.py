from datetime import date
from pathlib import Path
from typing import Any

import pytest

from documents.limits import Unreadable
from documents.reading import Sort, read
from documents.rows import RegisterRow

FIRST = date(2022, 6, 8)
BOOK = (
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu",
    "Ngày tháng",
    "Tên loại và trích yếu nội dung",
    "Đơn vị hoặc người nhận",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)


def test_the_example_register_is_read_whole(examples: Path) -> None:
    paper = read(examples / "so-cong-van-den-vi-du.xlsx")
    assert paper.sort == Sort.REGISTER
    assert len(paper.register) == 44
    assert paper.register[1] == RegisterRow(
        9,
        "202",
        date(2022, 6, 8),
        "Sở Nội vụ",
        "31/BC-SNV",
        date(2022, 6, 7),
        "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2022",
    )


def test_the_columns_of_the_decree_are_known_and_its_days_get_the_year_of_the_book(book: Any) -> None:
    path = book(
        So=[
            ("UBND TỈNH",),
            ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",),
            ("Năm: 2022",),
            BOOK,
            tuple(f"({number})" for number in range(1, 11)),
            ("08/6", 15, "Sở Y tế", "45/BC-SYT", "07/6", "Báo cáo sơ kết", "Ban TĐKT", "09/6", "", ""),
            ('"', 16, "Sở Tài chính", "46/BC-STC", "- nt -", "Báo cáo sơ kết", "Ban TĐKT", "", "", ""),
        ]
    )
    assert read(path).register == (
        RegisterRow(6, "15", FIRST, "Sở Y tế", "45/BC-SYT", date(2022, 6, 7), "Báo cáo sơ kết"),
        RegisterRow(7, "16", FIRST, "Sở Tài chính", "46/BC-STC", date(2022, 6, 7), "Báo cáo sơ kết"),
    )


@pytest.mark.parametrize(
    "heading",
    [
        ("STT", "Số đến", "Ngày đến", "Nơi gửi", "Số ký hiệu", "Ngày văn bản", "Trích yếu", "Hình thức", "Độ khẩn"),
        (
            "TT",
            "Số VB đến",
            "Ngày nhận",
            "Cơ quan ban hành",
            "Số hiệu",
            "Ngày ban hành",
            "Nội dung",
            "Phương thức gửi",
            "",
        ),
        (
            "",
            "Số đến",
            "Thời gian đến",
            "Đơn vị gửi",
            "Số/Ký hiệu",
            "Ngày VB",
            "Trích yếu nội dung",
            "Kênh nhận",
            "Hạn xử lý",
        ),
    ],
)
def test_registers_of_document_systems_are_known_by_their_own_words(book: Any, heading: tuple[str, ...]) -> None:
    row = (
        1,
        215,
        date(2022, 6, 13),
        "Sở Y tế",
        "45/BC-SYT",
        date(2022, 6, 12),
        "Báo cáo sơ kết",
        "Trục liên thông",
        "",
    )
    paper = read(book(Sheet1=[heading, row]))
    assert paper.sort == Sort.REGISTER
    assert paper.register == (
        RegisterRow(
            2, "215", date(2022, 6, 13), "Sở Y tế", "45/BC-SYT", date(2022, 6, 12), "Báo cáo sơ kết", "Trục liên thông"
        ),
    )


def test_the_kind_of_a_paper_stands_before_its_subject(book: Any) -> None:
    heading = ("Số đến", "Ngày đến", "Nơi gửi", "Số ký hiệu", "Loại văn bản", "Trích yếu")
    rows = [
        (1, "13/6/2022", "Sở Y tế", "45/BC-SYT", "Báo cáo", "Sơ kết 6 tháng"),
        (2, "13/6/2022", "Sở Y tế", "46/BC-SYT", "Báo cáo", "Báo cáo quý II"),
        (3, "", "", "", "", "Cộng: 2 văn bản"),
    ]
    assert [each.subject for each in read(book(Sheet1=[heading, *rows])).register] == [
        "Báo cáo Sơ kết 6 tháng",
        "Báo cáo quý II",
    ]


def test_a_register_with_a_secret_paper_is_refused(book: Any) -> None:
    heading = ("Số đến", "Ngày đến", "Nơi gửi", "Số ký hiệu", "Trích yếu", "Độ mật")
    with pytest.raises(Unreadable) as refused:
        read(book(Sheet1=[heading, (1, "13/6/2022", "Công an tỉnh", "45/BC-CA", "Báo cáo", "MẬT")]))
    assert refused.value.secret
    read(book(Sheet1=[heading, (1, "13/6/2022", "Công an tỉnh", "45/BC-CA", "Báo cáo", "Thường")]))


def test_an_annex_is_no_register(examples: Path) -> None:
    for name in ("phu-luc-ke-hoach-vi-du.docx", "danh-ba-vi-du.xlsx"):
        with pytest.raises(Unreadable):
            read(examples / name, as_=Sort.REGISTER)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13/6/22", date(2022, 6, 13)),
        ("13.06.2022", date(2022, 6, 13)),
        ("13/6", "13/6"),
        ("30/2/2022", "30/2/2022"),
        ("hôm nọ", "hôm nọ"),
        ("", ""),
    ],
)
def test_a_day_without_a_year_or_that_is_none_stays_as_written(book: Any, written: str, expected: date | str) -> None:
    heading = ("Số đến", "Ngày đến", "Nơi gửi", "Số ký hiệu", "Trích yếu")
    (row,) = read(book(Sheet1=[heading, (1, written, "Sở Y tế", "45/BC-SYT", "Sơ kết")])).register
    assert row.arrived == expected
