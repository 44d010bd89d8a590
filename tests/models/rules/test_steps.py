from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.steps import Paper, Step, Yield, read_paper, read_percent, steps_after, yield_of
from models.rules.text import Refusal

TODAY = date(2022, 6, 14)


@pytest.mark.parametrize(
    ("deliverable", "title", "expected"),
    [
        ("Báo cáo", "Sơ kết phong trào", Yield.PAPER),
        ("Bao cao", "", Yield.PAPER),
        ("Công văn; danh sách", "", Yield.PAPER),
        ("", "Báo cáo sơ kết phong trào thi đua 6 tháng", Yield.PAPER),
        ("Tỷ lệ hộ đạt chuẩn (%)", "", Yield.MEASURED),
        ("Tỷ lệ", "Báo cáo tỷ lệ đăng ký", Yield.MEASURED),
        ("Hội nghị", "Báo cáo điển hình tại hội nghị", Yield.OTHER),
        ("", "", Yield.OTHER),
    ],
)
def test_what_a_task_yields_is_told_by_its_deliverable(deliverable: str, title: str, expected: Yield) -> None:
    assert yield_of(deliverable, title) is expected


def test_the_steps_still_ahead_follow_the_last_one() -> None:
    assert steps_after("") == (Step.DRAFTING, Step.SUBMITTED, Step.SENT)
    assert steps_after("drafting") == (Step.SUBMITTED, Step.SENT)
    assert steps_after("sent") == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("45/BC ngày 12/6", Paper("45/BC", date(2022, 6, 12))),
        ("45/BC-SYT", Paper("45/BC-SYT", None)),
        ("Số: 45 / BC-SYT, ngày 12 tháng 6 năm 2022.", Paper("45/BC-SYT", date(2022, 6, 12))),
        ("so 45 ngay 12-6", Paper("45", date(2022, 6, 12))),
        ("101/BC-UBND ngày 30/12", Paper("101/BC-UBND", date(2021, 12, 30))),
        ("45/BC ngày 14/6", Paper("45/BC", TODAY)),
    ],
)
def test_a_paper_is_read_from_one_line(line: str, expected: Paper) -> None:
    assert read_paper(line, TODAY) == expected


@pytest.mark.parametrize("line", ["", "đã gửi rồi", "12/6", "ngày 12/6", "45/BC hôm nọ", "45/BC ngày 15/6/2022"])
def test_a_line_that_names_no_paper_is_refused(line: str) -> None:
    with pytest.raises(Refusal):
        read_paper(line, TODAY)


@given(st.text(max_size=40))
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        paper = read_paper(line, TODAY)
    except Refusal:
        return
    assert paper.number
    assert paper.day is None or paper.day <= TODAY


def test_a_percentage_is_a_number_from_0_to_100() -> None:
    assert [read_percent(line) for line in ("0", " 60 % ", "100%")] == [0, 60, 100]
    for line in ("101", "-5", "sáu mươi", "60,5"):
        with pytest.raises(Refusal):
            read_percent(line)
