from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

from documents.body import Row, Table
from documents.excel import read_excel
from documents.limits import DEFAULT_LIMITS, Limits, Unreadable

FOUR = datetime(2022, 6, 5, 16, 0)  # noqa: DTZ001 - a sheet knows no zones


def tables(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[Table]:
    return list(read_excel(path, path.name, limits).tables())


def test_values_come_as_the_sheet_shows_them(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "S"
    sheet.append([1, 2.0, 2.5, True, date(2022, 6, 5), FOUR, time(7, 30), " a\u00a0b ", 0.5, 900])
    sheet["I1"].number_format = "0%"
    sheet["J1"].number_format = "0000000"
    workbook.save(tmp_path / "a.xlsx")
    assert tables(tmp_path / "a.xlsx") == [
        Table(
            (
                Row(
                    1,
                    (
                        "1",
                        "2",
                        "2.5",
                        "",
                        date(2022, 6, 5),
                        FOUR,
                        "07h30",
                        "a b",
                        "50%",
                        "0000900",
                    ),
                ),
            ),
            "S",
        )
    ]
    assert tables(tmp_path / "a.xlsx")[0].rows[0].texts()[4:6] == ("05/6/2022", "16h00 ngày 05/6/2022")


def test_blank_rows_are_left_out_and_row_numbers_kept(book: Any) -> None:
    assert tables(book(S=[(), (), ("a",), (), ("b", None)])) == [Table((Row(3, ("a",)), Row(5, ("b",))), "S")]


def test_merged_ranges_repeat_downwards_and_stand_once_across(book: Any) -> None:
    path = book(S=[("dọc", "x"), (None, "y"), ("ngang", None, "z"), (None, None, None)], merged=("A1:A2", "A3:B4"))
    assert tables(path)[0].rows == (Row(1, ("dọc", "x")), Row(2, ("dọc", "y")), Row(3, ("ngang", "", "z")))


def test_a_formula_never_computed_is_named(book: Any) -> None:
    assert tables(book(S=[("a", "=1+1")]))[0].unread == ("B1",)


def test_hidden_sheets_are_not_read_but_their_texts_are_known(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "hiện"
    hidden = workbook.create_sheet("ẩn")
    hidden["A1"] = "giấu"
    hidden.sheet_state = "hidden"
    hidden.oddHeader = HeaderFooterItem(center=_HeaderFooterPart("đầu trang"))
    workbook.save(tmp_path / "a.xlsx")
    body = read_excel(tmp_path / "a.xlsx", "a.xlsx", DEFAULT_LIMITS)
    assert [row.cells for table in body.tables() for row in table.rows] == [("hiện",)]
    assert {"giấu", "ẩn"} <= set(body.aside)
    assert any("đầu trang" in text for text in body.aside)


def test_a_sheet_that_is_too_long_is_refused(book: Any) -> None:
    path = book(S=[(n,) for n in range(12)])
    with pytest.raises(Unreadable) as refused:
        tables(path, Limits(rows=10))
    assert refused.value.text.id == (
        "The file {name} has a table of more than {limit} rows; split it and send the parts one by one."
    )


def test_a_merged_range_over_the_whole_sheet_costs_nothing(book: Any, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "S"
    sheet["A1"] = "a"
    sheet.merged_cells.add("A1:XFD1048576")
    sheet.merged_cells.add("B1:B1048576")
    workbook.save(tmp_path / "a.xlsx")
    assert tables(tmp_path / "a.xlsx")[0].rows == (Row(1, ("a",)),)
