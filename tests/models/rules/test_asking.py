from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.asking import (
    Asks,
    by_spoken,
    number_spoken,
    one_number,
    read_answer,
    read_number,
    read_options,
    read_respond_by,
    total,
)
from models.rules.text import Refusal

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 6, 9, 8, 0, tzinfo=ZONE).astimezone(UTC)


def test_options_are_parted_by_semicolons_and_lines() -> None:
    assert read_options(" Dự thi ; Không dự thi.") == ("Dự thi", "Không dự thi")
    assert read_options("A\nB\nC") == ("A", "B", "C")


@pytest.mark.parametrize("line", ["", "A", "A; a", ";".join("ABCDEFGHIJK"), f"A; {'b' * 61}"])
def test_too_few_too_many_equal_or_long_options_are_refused(line: str) -> None:
    with pytest.raises(Refusal):
        read_options(line)


@pytest.mark.parametrize(
    ("said", "number"),
    [("12", "12"), ("1.250", "1250"), ("12,5", "12.5"), ("1 250", "1250"), ("-3", "-3"), ("1.234.567,8", "1234567.8")],
)
def test_numbers_are_read_as_they_are_written_here(said: str, number: str) -> None:
    assert read_number(said) == Decimal(number)


@pytest.mark.parametrize("said", ["", "mười hai", "12 người", "1..2", "1,2,3", "NaN", "1e9", "∞"])
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(Refusal):
        read_number(said)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_number_spoken_is_read_again_as_itself(number: Decimal) -> None:
    assert read_number(number_spoken(number)) == number


@given(st.lists(st.integers(0, 10**9)))
def test_numbers_add_up(numbers: list[int]) -> None:
    assert total(number_spoken(Decimal(number)) for number in numbers) == sum(numbers)


def test_an_option_is_taken_without_its_accents() -> None:
    assert read_answer(Asks.OPTION, "khong du thi", ("Dự thi", "Không dự thi")) == "Không dự thi"
    with pytest.raises(Refusal):
        read_answer(Asks.OPTION, "có", ("Dự thi", "Không dự thi"))


def test_a_day_alone_lasts_until_its_end_and_an_hour_is_kept() -> None:
    day = read_respond_by("20/6", NOW, ZONE)
    assert day is not None
    assert day.astimezone(ZONE).strftime("%d/%m %H:%M") == "20/06 23:59"
    assert by_spoken(day, ZONE).id == "Please answer by the end of {day}."
    hour = read_respond_by("16h00 ngày 20/6", NOW, ZONE)
    assert hour == datetime(2022, 6, 20, 16, 0, tzinfo=ZONE)
    assert by_spoken(hour, ZONE).id == "Please answer by {time}."
    assert read_respond_by("không", NOW, ZONE) is None


@pytest.mark.parametrize("phrase", ["sớm", "8/6", "", "trước kỳ họp"])
def test_a_day_that_is_unclear_or_past_is_refused(phrase: str) -> None:
    with pytest.raises(Refusal):
        read_respond_by(phrase, NOW, ZONE)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("khoảng 12 hồ sơ", "12"),
        ("1250 người", "1.250"),
        ("đạt 12,5%", "12,5"),
        ("mười hai", None),
        ("từ 10 đến 12", None),
        ("1.2.3", None),
    ],
)
def test_one_number_is_found_in_a_line(said: str, number: str | None) -> None:
    assert one_number(said) == number
