from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.spoken_hours import SpokenHour, spoken_hour

TODAY = date(2022, 6, 9)
AHEAD = {"nay": 0, "hôm nay": 0, "mai": 1, "ngày mai": 1, "ngay mai": 1, "ngày kia": 2}


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(sorted(AHEAD)))
def test_an_hour_of_a_near_day_is_read_as_typed(hour: int, minute: int, day: str) -> None:
    said = SpokenHour(TODAY + timedelta(days=AHEAD[day]), time(hour, minute))
    assert spoken_hour(f"{hour:02}h{minute:02} {day}", TODAY) == said


@given(st.integers(1, 6), st.sampled_from(["chiều", "chieu"]))
def test_an_hour_of_the_afternoon_is_one_hour_by_either_clock(hour: int, part: str) -> None:
    afternoon = SpokenHour(TODAY + timedelta(days=1), time(hour + 12), "chieu")
    assert spoken_hour(f"{hour}h {part} mai", TODAY) == spoken_hour(f"{hour + 12}h {part} mai", TODAY) == afternoon


@given(st.integers(1, 6))
def test_an_early_hour_in_one_figure_is_doubtful_and_in_two_is_not(hour: int) -> None:
    assert spoken_hour(f"{hour}h mai", TODAY) == SpokenHour(date(2022, 6, 10), time(hour), is_doubtful=True)
    assert spoken_hour(f"0{hour}h mai", TODAY) == SpokenHour(date(2022, 6, 10), time(hour))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("lúc 9 giờ 30 sáng mai", SpokenHour(date(2022, 6, 10), time(9, 30), "sang")),
        ("16h", SpokenHour(None, time(16))),
        ("sáng mai", SpokenHour(date(2022, 6, 10), None, "sang")),
        ("chiều", SpokenHour(None, None, "chieu")),
        ("mai", SpokenHour(date(2022, 6, 10))),
    ],
)
def test_what_is_not_said_is_left_open(phrase: str, said: SpokenHour) -> None:
    assert spoken_hour(phrase, TODAY) == said


@pytest.mark.parametrize(
    "phrase", ["", "15h sáng mai", "9h chiều nay", "25h mai", "8h75", "8h ngày 21/6", "khi nào tiện"]
)
def test_what_is_no_such_hour_or_says_more_is_not_read(phrase: str) -> None:
    assert spoken_hour(phrase, TODAY) is None


def test_an_hour_suits_the_part_of_the_day_in_which_it_lies() -> None:
    assert [SpokenHour(part=part).suits(time(14)) for part in ("", "sang", "chieu")] == [True, False, True]
