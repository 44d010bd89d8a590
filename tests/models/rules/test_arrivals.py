from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.arrivals import Filing, Route, arrival_day, read_filing, route_of, same_paper
from models.rules.steps import Paper
from models.rules.text import Refusal

TODAY = date(2022, 6, 14)
PAPERS = st.builds(
    Paper,
    st.integers(1, 999).map(str) | st.integers(1, 999).map("{}/BC-SYT".format) | st.just("45/BC-STC"),
    st.none() | st.dates(date(2022, 5, 1), date(2022, 6, 14)),
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("văn bản giấy", Route.PAPER),
        ("đường bưu điện", Route.PAPER),
        ("ban giay", Route.PAPER),
        ("email", Route.EMAIL),
        ("hòm thư công vụ, e-mail", Route.EMAIL),
        ("thư", Route.EMAIL),
        ("hệ thống quản lý văn bản và điều hành", Route.SYSTEM),
        ("Trục liên thông văn bản quốc gia", Route.SYSTEM),
        ("he thong QLVB", Route.SYSTEM),
        ("bản giấy và email", None),
        ("về cho chị Thu", None),
        ("", None),
    ],
)
def test_a_route_is_told_by_its_usual_words(words: str, expected: Route | None) -> None:
    assert route_of(words) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SYT, STC, VB", Filing("SYT, STC, VB")),
        ("SYT; giấy", Filing("SYT", Route.PAPER)),
        ("SYT qua email đến 12/6", Filing("SYT", Route.EMAIL, date(2022, 6, 12))),
        (
            "Sở Y tế số 45/BC-SYT ngày 12/6 qua trục liên thông đến ngày 13/6",
            Filing("Sở Y tế", Route.SYSTEM, date(2022, 6, 13), Paper("45/BC-SYT", date(2022, 6, 12))),
        ),
        (
            "SYT, email, BC số 45/BC-SYT, ngày 12/6, đến hôm qua",
            Filing("SYT", Route.EMAIL, date(2022, 6, 13), Paper("45/BC-SYT", date(2022, 6, 12))),
        ),
        ("Sở Văn hóa, Thể thao và Du lịch; giấy", Filing("Sở Văn hóa, Thể thao và Du lịch", Route.PAPER)),
        ("Bưu điện tỉnh, giấy", Filing("Bưu điện tỉnh", Route.PAPER)),
        ("đến 20/12/2021", Filing(arrived_on=date(2021, 12, 20))),
        ("", Filing()),
    ],
)
def test_one_line_says_whose_papers_came_and_how(line: str, expected: Filing) -> None:
    assert read_filing(line, TODAY) == expected


@pytest.mark.parametrize("words", ["20/6", "15/6/2022", "30/2", "bao giờ"])
def test_a_day_to_come_or_no_day_is_refused(words: str) -> None:
    with pytest.raises(Refusal):
        arrival_day(words, TODAY)


@given(st.dates(TODAY - timedelta(days=150), TODAY))
def test_any_recent_day_is_read_without_its_year(day: date) -> None:
    assert arrival_day(f"{day.day}/{day.month}", TODAY) == day


@given(st.text(alphabet="SYTC,; 12/6-đếngiấyquaemlsốBV", max_size=40))
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        filing = read_filing(line, TODAY)
    except Refusal:
        return
    assert filing.arrived_on is None or filing.arrived_on <= TODAY


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Paper("123", None), Paper("123/BC-SYT", date(2022, 6, 12)), True),
        (Paper("045/bc-syt", None), Paper("45/BC-SYT", None), True),
        (Paper("45/BC-SYT", None), Paper("45/BC-STC", None), False),
        (Paper("45 / BC-SYT", date(2022, 6, 12)), Paper("45/BC-SYT", date(2022, 6, 12)), True),
        (Paper("45/BC-SYT", date(2022, 6, 12)), Paper("45/BC-SYT", date(2021, 6, 12)), False),
        (Paper("", None), Paper("", None), False),
    ],
)
def test_a_paper_is_known_by_number_and_day(one: Paper, other: Paper, *, same: bool) -> None:
    assert same_paper(one, other) is same


@given(PAPERS, PAPERS)
def test_being_the_same_paper_is_mutual(one: Paper, other: Paper) -> None:
    assert same_paper(one, other) == same_paper(other, one)
    assert same_paper(one, one)
