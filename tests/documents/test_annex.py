import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from documents.reading import Sort, read
from documents.rows import Item

HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành", "Ghi chú")


def only(items: tuple[Item, ...]) -> Item:
    (item,) = items
    return item


def test_the_example_annex_is_read_whole(examples: Path) -> None:
    paper = read(examples / "phu-luc-ke-hoach-vi-du.docx")
    assert paper.sort == Sort.TASKS
    assert [item.ref for item in paper.items] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert paper.items[1] == Item(
        ref="2",
        text="Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm",
        lead=("Các cơ quan, đơn vị, địa phương",),
        deliverable="Báo cáo",
        phrase="Trước ngày 15/6",
        remark="Gửi bản mềm trước",
        section="CÔNG TÁC THAM MƯU",
    )
    assert paper.items[2].coordinating == ("Báo Nam Định", "Đài PT-TH tỉnh")
    assert paper.items[4].coordinating == ("Thành viên Hội đồng",)
    assert paper.items[6].lead == ("Sở Y tế", "Sở Tài chính", "UBND huyện Vụ Bản")
    assert [item.section for item in paper.items[4:6]] == ["TỔ CHỨC CÁC CUỘC HỌP", "THEO DÕI, ĐÔN ĐỐC; KIỂM TRA"]
    assert paper.questions == ()


def test_columns_are_known_by_their_words_in_any_order(tasks: Any) -> None:
    item = only(
        tasks(
            ("Thời hạn", "Đơn vị thực hiện", "STT", "Kết quả/Sản phẩm", "Hình thức gửi", "Nhiệm vụ", "Phối hợp"),
            ("Trước 15/6", "Sở Y tế", "1", "Báo cáo", "Qua trục liên thông", "Báo cáo sơ kết", "Sở Tài chính"),
        ).items
    )
    assert item == Item(
        "1", "Báo cáo sơ kết", ("Sở Y tế",), ("Sở Tài chính",), "Báo cáo", "Trước 15/6", handing="Qua trục liên thông"
    )


def test_a_heading_of_two_rows_and_a_row_of_column_numbers_are_no_tasks(book: Any) -> None:
    path = book(
        PL=[
            ("TT", "Nội dung", "Cơ quan thực hiện", None, "Thời gian"),
            (None, None, "Chủ trì", "Phối hợp", None),
            ("(1)", "(2)", "(3)", "(4)", "(5)"),
            ("1", "Việc A", "Sở Y tế", "Sở Tài chính", "Quý II"),
        ],
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
    )
    item = only(read(path).items)
    assert (item.lead, item.coordinating, item.phrase) == (("Sở Y tế",), ("Sở Tài chính",), "Quý II")


def test_as_above_repeats_the_cell_above_and_asks_where_nothing_is(tasks: Any) -> None:
    first, second, third = tasks(
        HEAD,
        ("1", "Việc A", "Sở Y tế", "- nt -", "Báo cáo", "Quý II", ""),
        ("2", "Việc B", "nt", "Sở Tài chính", "-nt-", "như trên", ""),
        ("3", "Việc C", "- nt -", "- nt -", "Báo cáo", "-nt-", ""),
    ).items
    assert first.question is not None
    assert (second.lead, second.deliverable, second.phrase) == (("Sở Y tế",), "Báo cáo", "Quý II")
    assert (third.lead, third.coordinating, third.phrase) == (("Sở Y tế",), ("Sở Tài chính",), "Quý II")


def test_wrapped_rows_continue_the_task_above(tasks: Any) -> None:
    item = only(
        tasks(
            HEAD,
            ("1", "Báo cáo sơ kết phong trào", "Sở Y tế", "", "Báo cáo", "Trước 15/6", ""),
            ("", "thi đua 6 tháng đầu năm", "", "", "", "", ""),
            ("", "", "Sở Tài chính", "", "", "và trước 05/12", ""),
        ).items
    )
    assert item.text == "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"
    assert item.lead == ("Sở Y tế", "Sở Tài chính")
    assert item.phrase == "Trước 15/6 và trước 05/12"


def test_numbers_that_begin_anew_in_each_section_stay_unique(tasks: Any) -> None:
    items = tasks(
        HEAD,
        ("I", "THAM MƯU", "", "", "", "", ""),
        ("1", "Việc A", "Sở Y tế", "", "", "Quý I", ""),
        ("2.", "Việc B", "Sở Y tế", "", "", "Quý I", ""),
        ("II.", "KIỂM TRA", "", "", "", "", ""),
        ("1", "Việc C", "Sở Y tế", "", "", "Quý I", ""),
        ("1", "Việc D", "Sở Y tế", "", "", "Quý I", ""),
        ("", "Việc E", "Sở Y tế", "", "", "Quý I", ""),
    ).items
    assert [item.ref for item in items] == ["1", "2", "II.1", "1 (2)", "1.1"]
    assert items[2].section == "KIỂM TRA"


def test_a_number_that_only_heads_its_parts_is_a_section(tasks: Any) -> None:
    items = tasks(
        HEAD,
        ("1", "Công tác tham mưu", "", "", "", "", ""),
        ("1.1", "Việc A", "Sở Y tế", "", "", "Quý I", ""),
        ("Tháng 6:", "", "", "", "", "", ""),
        ("1.2", "Việc B", "Sở Y tế", "", "", "Quý I", ""),
    ).items
    assert [(item.ref, item.section) for item in items] == [("1.1", "Công tác tham mưu"), ("1.2", "Tháng 6")]


def test_what_a_row_lacks_is_asked(tasks: Any) -> None:
    items = tasks(
        HEAD,
        ("1", "Việc A", "", "", "Báo cáo", "Quý I", ""),
        ("2", "Việc B", "Sở Y tế", "", "", "", ""),
        ("3", "", "Sở Y tế", "", "", "Quý I", ""),
    ).items
    assert [item.question.id for item in items] == [
        "Row {ref} names no lead unit; state who leads the task.",
        "Row {ref} has no deadline; state one, or that there is none.",
        "Row {ref} does not say what is to be done; state the task.",
    ]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Sở Y tế, Sở Tài chính", ("Sở Y tế", "Sở Tài chính")),
        ("Sở Y tế và Sở Tài chính", ("Sở Y tế", "Sở Tài chính")),
        ("- Sở Y tế\n- Sở Tài chính", ("Sở Y tế", "Sở Tài chính")),
        ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("Sở Thông tin\nvà Truyền thông", ("Sở Thông tin và Truyền thông",)),
        ("Khối thi đua các sở, ngành kinh tế", ("Khối thi đua các sở, ngành kinh tế",)),
        ("Các cơ quan, đơn vị, địa phương", ("Các cơ quan, đơn vị, địa phương",)),
        ("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh", ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh")),
    ],
)
def test_a_cell_of_several_units_is_parted_only_between_names(tasks: Any, cell: str, units: tuple[str, ...]) -> None:
    assert only(tasks(HEAD, ("1", "Việc A", cell, "", "", "Quý I", "")).items).lead == units


def test_one_column_may_name_both_lead_and_coordinating(tasks: Any) -> None:
    item = only(
        tasks(
            ("TT", "Nội dung", "Cơ quan chủ trì, phối hợp", "Thời gian"),
            ("1", "Việc A", "Chủ trì: Sở Y tế\nPhối hợp: Sở Tài chính; Công an tỉnh", "Quý I"),
        ).items
    )
    assert (item.lead, item.coordinating) == (("Sở Y tế",), ("Sở Tài chính", "Công an tỉnh"))


def test_dates_of_a_sheet_are_said_as_the_council_writes_them(book: Any) -> None:
    path = book(PL=[HEAD, (1, "Việc A", "Sở Y tế", None, "Báo cáo", date(2022, 6, 5), None)])
    assert only(read(path).items).phrase == "05/6/2022"


def test_a_table_continues_on_the_next_page_with_and_without_its_heading(tasks: Any) -> None:
    def row(number: str) -> tuple[str, ...]:
        return (number, f"Việc {number}", "Sở Y tế", "", "", "Quý I", "")

    paper = tasks(
        HEAD, row("1"), after=("", [HEAD, row("2")], "", [row("3"), row("4")], [("KT. CHỦ TỊCH", "Nơi nhận")])
    )
    assert [item.ref for item in paper.items] == ["1", "2", "3", "4"]


def test_decomposed_letters_and_odd_spaces_read_as_plain_ones(tasks: Any) -> None:
    plain = tasks(HEAD, ("1", "Báo cáo sơ kết", "Sở Y tế", "", "Báo cáo", "Trước ngày 15/6", ""))
    odd = [unicodedata.normalize("NFD", cell).replace(" ", "\u00a0") for cell in HEAD]
    cells = ("1", "Báo\u00a0cáo  sơ\u00ad kết", "Sở Y\u200b tế", "", "Báo cáo ", "Trước ngày\u00a015/6", "")
    assert tasks(odd, [unicodedata.normalize("NFD", cell) for cell in cells]).items == plain.items


def test_three_hundred_rows_are_read(word: Any) -> None:
    rows = [
        (str(n), f"Nhiệm vụ số {n}", "Sở Y tế; Sở Tài chính", "- nt -", "Báo cáo", "Trước 15/6", "")
        for n in range(1, 301)
    ]
    items = read(word([HEAD, *rows])).items
    assert len(items) == 300
    assert items[299].phrase == "Trước 15/6"
