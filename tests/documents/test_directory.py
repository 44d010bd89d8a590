from pathlib import Path
from typing import Any

import pytest

from documents.directory import phone
from documents.reading import Sort, read
from documents.rows import PersonRow, UnitRow

UNITS = (
    "Mã",
    "Tên cơ quan, đơn vị, địa phương",
    "Tên viết tắt",
    "Loại",
    "Cụm, khối thi đua",
    "Vai trò trong cụm, khối",
)
PEOPLE = ("Họ và tên", "Chức vụ", "Mã đơn vị", "Vai trò", "Điện thoại")


def test_the_example_directory_is_read_whole(examples: Path) -> None:
    paper = read(examples / "danh-ba-vi-du.xlsx")
    assert paper.sort == Sort.DIRECTORY
    assert (len(paper.units), len(paper.people)) == (11, 12)
    assert paper.units[2] == UnitRow(
        4, "SCT", "Sở Công Thương", "SCT", "Sở, ban, ngành", "Khối thi đua các sở, ngành kinh tế", "Phó khối"
    )
    assert paper.people[1] == PersonRow(3, "Cán bộ STC (ví dụ)", "Chuyên viên", "STC", "Đầu mối", "0900000002")
    assert paper.questions == ()


def test_columns_in_any_order_below_blank_rows_keep_their_row_numbers(book: Any) -> None:
    path = book(
        Sheet1=[
            (),
            ("DANH SÁCH ĐƠN VỊ",),
            (),
            ("STT", "Cụm/Khối", "Tên đơn vị", "Mã ĐV"),
            (1, "Khối A", "Sở Y tế", "SYT"),
        ],
        Sheet2=[("Số điện thoại", "Đơn vị", "Họ tên", "Chức danh"), (), (912345678, "SYT", "Cán bộ A", "Chuyên viên")],
    )
    paper = read(path)
    assert paper.units == (UnitRow(5, "SYT", "Sở Y tế", group="Khối A"),)
    assert paper.people == (PersonRow(3, "Cán bộ A", "Chuyên viên", "SYT", phone="0912345678"),)


def test_the_officer_in_charge_of_each_unit_is_read_and_who_follows_it_is_not(book: Any) -> None:
    heading = ("Mã", "Tên đơn vị", "Thành viên theo dõi", "Chuyên viên phụ trách")
    paper = read(book(Sheet1=[heading, ("SYT", "Sở Y tế", "Giám đốc Sở Tài chính", "đ/c Quang")]))
    assert paper.units == (UnitRow(2, "SYT", "Sở Y tế", officer="đ/c Quang"),)


def test_what_is_wrong_with_a_row_is_asked_by_its_sheet_and_row(book: Any) -> None:
    path = book(
        **{
            "Đơn vị": [UNITS, ("SYT", "Sở Y tế"), ("SYT", "Sở Y"), ("STC", None), (None, "Sở Công Thương")],
            "Đầu mối": [
                PEOPLE,
                (None, "Chuyên viên", "SYT", "Đầu mối", None),
                ("Cán bộ B", None, "SXD", "Đầu mối", "12345"),
                ("Cán bộ C", None, None, "Đầu mối", None),
            ],
        }
    )
    assert [(question.ref, question.text.id) for question in read(path).questions] == [
        ("Đơn vị!2", "Row {row}: the code {code} stands more than once; keep one."),
        ("Đơn vị!3", "Row {row}: the code {code} stands more than once; keep one."),
        ("Đơn vị!4", "Row {row}: the unit {code} has no name; state it."),
        ("Đơn vị!5", "Row {row}: the unit {name} has no code; state it."),
        ("Đầu mối!2", "Row {row}: the person has no name; state it."),
        ("Đầu mối!3", "Row {row}: no unit has the code {code}; correct it."),
        ("Đầu mối!3", "Row {row}: {phone} is no telephone number; correct it."),
        ("Đầu mối!4", "Row {row}: {name} has no unit; state its code."),
    ]


def test_one_sheet_may_list_units_with_their_people(book: Any) -> None:
    path = book(
        DS=[
            ("Mã đơn vị", "Tên đơn vị", "Họ và tên đầu mối", "Chức vụ"),
            ("SYT", "Sở Y tế", "Cán bộ A", "Chuyên viên"),
            ("SYT", "Sở Y tế", "Cán bộ B", "Chuyên viên"),
        ]
    )
    paper = read(path)
    assert [unit.code for unit in paper.units] == ["SYT"]
    assert [person.name for person in paper.people] == ["Cán bộ A", "Cán bộ B"]
    assert paper.questions == ()


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("912345678", "0912345678"),
        ("(0228) 3 849 123", "02283849123"),
        ("chưa có; 0912 345 678", "0912345678"),
        ("12345", "12345"),
        ("chưa có", "chưa có"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_brought_to_its_digits(written: str, digits: str) -> None:
    assert phone(written) == digits
