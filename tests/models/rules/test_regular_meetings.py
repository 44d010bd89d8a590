from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.regular_meetings import Quarter, announces_meeting, quarters_of

ROMAN = ("I", "II", "III", "IV")


@pytest.mark.parametrize(
    ("title", "is_meeting"),
    [
        ("Họp Hội đồng phiên thứ nhất", True),
        ("Tổ chức phiên họp định kỳ của Hội đồng Thi đua, khen thưởng tỉnh", True),
        ("03 cuộc họp định kỳ của Hội đồng dự kiến tổ chức vào quý II. Quý III và quý IV năm 2022", True),
        ("Triệu tập cuộc họp Hội đồng quý IV", True),
        ("Chuẩn bị tài liệu họp Hội đồng", False),
        ("Họp cụm thi đua các huyện, thành phố", False),
        ("Báo cáo kết quả các cuộc họp Hội đồng", False),
        ("Tổng hợp ý kiến của Hội đồng", False),
    ],
)
def test_only_a_row_that_is_a_meeting_of_the_council_announces_one(title: str, *, is_meeting: bool) -> None:
    assert announces_meeting(title) is is_meeting


@pytest.mark.parametrize(
    ("title", "phrase", "quarters"),
    [
        ("Họp Hội đồng phiên thứ nhất", "Quý II", ["2022Q2"]),
        ("03 cuộc họp của Hội đồng vào quý II. Quý III và quý IV năm 2022", "", ["2022Q2", "2022Q3", "2022Q4"]),
        ("Họp Hội đồng", "Quý II, III, IV/2022", ["2022Q2", "2022Q3", "2022Q4"]),
        ("Họp Hội đồng", "quý 2 và quý 4 năm 2023", ["2023Q2", "2023Q4"]),
        ("Họp Hội đồng", "", []),
    ],
)
def test_quarters_are_read_as_they_are_written(title: str, phrase: str, quarters: list[str]) -> None:
    assert [one.code for one in quarters_of(title, phrase, 2022, None)] == quarters


@given(st.sets(st.integers(1, 4), min_size=1), st.integers(2020, 2040), st.sampled_from([", ", " và ", "; quý ", "/"]))
def test_any_list_of_quarters_is_read(numbers: set[int], year: int, between: str) -> None:
    said = between.join(ROMAN[number - 1] for number in sorted(numbers))
    read = quarters_of("Họp Hội đồng", f"Quý {said} năm {year}", 1999, None)
    assert read == tuple(Quarter(year, number) for number in sorted(numbers))


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_row_with_a_day_belongs_to_the_quarter_of_that_day(day: date) -> None:
    (quarter,) = quarters_of("Họp Hội đồng", "", 1999, day)
    assert quarter.year == day.year
    assert (quarter.last_day.month - 2) <= day.month <= quarter.last_day.month
    assert day <= quarter.last_day
