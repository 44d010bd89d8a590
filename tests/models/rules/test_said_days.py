from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.deadline import read
from models.rules.said_days import HALF_A_YEAR, names_year, passed_lately, still_to_come
from models.rules.text import Refusal

TODAY = date(2022, 6, 9)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("5/6/2023", True), ("05-06-23", True), ("2023-06-05", True), ("ngày 5 tháng 6 năm 2023", True),
        ("tháng 3/2023", True), ("cuối quý I năm sau", True), ("quy 1 nam toi", True), ("tháng 3 sang năm", True),
        ("5/6", False), ("12/6 - 15/6", False), ("16h00 ngày 20/6", False), ("cuối năm", False),
    ],
)  # fmt: skip
def test_words_that_say_the_year_are_told_from_those_that_do_not(words: str, expected: bool) -> None:  # noqa: FBT001
    assert names_year(words) is expected


@pytest.mark.parametrize(
    ("words", "today", "passed"),
    [
        ("5/6", TODAY, date(2022, 6, 5)),
        ("16h00 ngày 5/6", TODAY, date(2022, 6, 5)),
        ("hết tháng 3", TODAY, date(2022, 3, 31)),
        ("5/6/2023", TODAY, None),
        ("9/6", TODAY, None),
        ("20/6", TODAY, None),
        ("20/12", TODAY, None),
        ("20/1", date(2022, 12, 20), None),
        ("5/6", date(2022, 12, 20), None),
        ("28/12", date(2023, 1, 5), date(2022, 12, 28)),
        ("20/12", date(2023, 2, 5), None),
        ("29/2", date(2024, 3, 5), date(2024, 2, 29)),
    ],
)
def test_a_day_without_its_year_is_past_where_it_lies_little_behind(
    words: str, today: date, passed: date | None
) -> None:
    due = read(words, today).due
    if due is None:
        return
    day = date(due.year, due.month, due.day)
    assert passed_lately(day, words, today) == passed


@given(today=DAYS, behind=st.integers(1, HALF_A_YEAR.days - 1))
def test_no_day_of_the_last_half_year_becomes_next_years(today: date, behind: int) -> None:
    said = today - timedelta(days=behind)
    words = f"{said.day}/{said.month}"
    due = read(words, today).due
    if said.year < today.year or due is None:
        return
    with pytest.raises(Refusal) as caught:
        still_to_come(date(due.year, due.month, due.day), words, today)
    assert caught.value.text.values["day"] == said


@given(today=DAYS, ahead=st.integers(0, HALF_A_YEAR.days - 1))
def test_every_day_of_the_next_half_year_is_taken(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert still_to_come(day, f"{day.day}/{day.month}", today) == day


@given(today=DAYS, day=DAYS)
def test_a_day_with_its_year_is_taken_as_it_is(today: date, day: date) -> None:
    assert still_to_come(day, f"{day.day}/{day.month}/{day.year}", today) == day
