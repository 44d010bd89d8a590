from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.deadline import Asked, TaskLine, find_extension, split_task_line, task_lines
from models.rules.text import Refusal

TODAY = date(2022, 6, 9)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("xin gia hạn đến 25/6 vì chờ kinh phí", Asked(date(2022, 6, 25), None, "chờ kinh phí")),
        ("xin gia han den 25/6 vi cho kinh phi", Asked(date(2022, 6, 25), None, "cho kinh phi")),
        ("Xin gia hạn đến ngày 25/6/2022, lý do: chờ số liệu.", Asked(date(2022, 6, 25), None, "chờ số liệu")),
        ("đề nghị gia hạn đến hết ngày 25/6 do thiếu số liệu", Asked(date(2022, 6, 25), None, "thiếu số liệu")),
        ("vì chờ kinh phí, xin gia hạn đến 25/6", Asked(date(2022, 6, 25), None, "chờ kinh phí")),
        ("Dạ, đơn vị xin gia hạn đến 24/6 vì ốm", Asked(date(2022, 6, 24), None, "ốm")),
        ("gia hạn đến 16h00 ngày 25/6 vì họp", Asked(date(2022, 6, 25), time(16), "họp")),
        ("xin lùi hạn sang ngày 25/6", Asked(date(2022, 6, 25), None, "")),
        ("25/6 vì chờ số liệu", Asked(date(2022, 6, 25), None, "chờ số liệu")),
        ("trước ngày 25/6", Asked(date(2022, 6, 24), None, "")),
        ("05/01", Asked(date(2023, 1, 5), None, "")),
        ("đến cuối tháng 6 vì Sở chưa gửi, xin cảm ơn", Asked(date(2022, 6, 30), None, "Sở chưa gửi, xin cảm ơn")),
    ],
)
def test_day_and_reason_are_found(text: str, asked: Asked) -> None:
    assert find_extension(text, TODAY) == asked


@pytest.mark.parametrize(
    "text",
    [
        *(
            "không xin gia hạn đến 25/6",
            "xin gia hạn đến 31/6",
            "xin gia hạn đến 25/6 hoặc 27/6",
            "xin gia hạn",
            "vì",
            "",
        ),
        *("xin gia hạn đến 25/6 được không?", "xin gia hạn 3 ngày", "đã gửi ngày 12/6", "xin gia hạn đến tháng 7"),
        *("xin gia hạn đến khoảng 25/6 vì bận", "xin gia hạn thêm ít ngày"),
    ],
)
def test_what_is_not_surely_asked_for_is_not_guessed(text: str) -> None:
    assert find_extension(text, TODAY) is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "giaoviec SYT, STC: Báo cáo sơ kết 6 tháng; hạn 16h00 ngày 20/6",
            TaskLine("SYT, STC", "Báo cáo sơ kết 6 tháng", "16h00 ngày 20/6"),
        ),
        ("Sở Y tế: Rà soát; tổng hợp; trước ngày 20/6.", TaskLine("Sở Y tế", "Rà soát; tổng hợp", "trước ngày 20/6")),
        ("/giaoviec SYT: Nộp: biểu 1; 20/6", TaskLine("SYT", "Nộp: biểu 1", "20/6")),
        ("Giao việc SYT: Rà soát, hạn 20/6", TaskLine("SYT", "Rà soát", "20/6")),
        ("SYT: Rà soát. Hạn: 20/6", TaskLine("SYT", "Rà soát", "20/6")),
        ("SYT: Rà soát; hạn cuối 20/6", TaskLine("SYT", "Rà soát", "hạn cuối 20/6")),
        ("SYT: Rà soát; thường xuyên", TaskLine("SYT", "Rà soát", "thường xuyên")),
        ("SYT: Rà soát; sớm", TaskLine("SYT", "Rà soát", "sớm")),
        ("SYT: Rà soát; thời gian sớm nhất.", TaskLine("SYT", "Rà soát", "thời gian sớm nhất")),
        ("SYT: Rà soát; khẩn trương", TaskLine("SYT", "Rà soát", "khẩn trương")),
    ],
)
def test_a_task_line_is_cut_into_its_parts(line: str, parts: TaskLine) -> None:
    assert split_task_line(line) == parts


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("Báo cáo sơ kết; hạn 20/6", "No unit"),
        (": Báo cáo; hạn 20/6", "No unit"),
        ("", "No unit"),
        ("SYT: ; hạn 20/6", "No task"),
        ("SYT: Rà soát", "No deadline"),
        ("SYT: Rà soát; hạn", "No deadline"),
        ("SYT: Rà soát a; rà soát b", "No deadline"),
        ("SYT: Rà soát a; sớm báo cáo", "No deadline"),
    ],
)
def test_a_part_that_is_missing_is_named(line: str, missing: str) -> None:
    with pytest.raises(Refusal) as refused:
        split_task_line(line)
    assert refused.value.text.id.startswith(missing)


def test_the_example_is_that_of_the_place_where_the_line_is_typed() -> None:
    with pytest.raises(Refusal) as refused:
        split_task_line("SYT: Rà soát", example="SYT: Rà soát; 25/6")
    assert refused.value.text.values == {"example": "SYT: Rà soát; 25/6"}


@given(st.text(max_size=200))
def test_any_line_is_cut_or_refused(line: str) -> None:
    try:
        parts = split_task_line(line)
    except Refusal:
        return
    assert parts.units
    assert parts.task
    assert parts.deadline


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("SYT: Báo cáo; 25/6", ("SYT: Báo cáo; 25/6",)),
        ("1. SYT: A; 25/6\n2) STC:  B; 30/6\n\n- VB: C; 1/7", ("SYT: A; 25/6", "STC: B; 30/6", "VB: C; 1/7")),
        ("  \n", ("",)),
    ],
)
def test_tasks_written_a_line_each_are_parted(said: str, lines: tuple[str, ...]) -> None:
    assert task_lines(said) == lines
