from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.rules.calendar import Calendar, DayKind

PLAIN = Calendar()
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
KINDS = st.dictionaries(st.dates(date(2022, 1, 1), date(2022, 12, 31)), st.sampled_from(DayKind), max_size=20)
NEW_YEAR_SWAP = Calendar(
    {date(2026, 1, 2): DayKind.OFF, date(2026, 1, 10): DayKind.WORKING},
    {date(2026, 1, 2): "Nghỉ Tết Dương lịch (hoán đổi)", date(2026, 1, 10): "Làm bù ngày 02/01/2026"},
)


def weekdays_off(first: date, last: date) -> list[int]:
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    return [day.day for day in days if day.weekday() < 5 and not PLAIN.is_working(day)]


@pytest.mark.parametrize(
    ("first", "last", "off"),
    [
        (date(2022, 1, 24), date(2022, 2, 11), [31, 1, 2, 3, 4]),
        (date(2023, 1, 16), date(2023, 1, 31), [20, 23, 24, 25, 26]),
        (date(2024, 2, 1), date(2024, 2, 20), [8, 9, 12, 13, 14]),
        (date(2025, 1, 20), date(2025, 2, 10), [27, 28, 29, 30, 31]),
        (date(2026, 2, 9), date(2026, 2, 27), [16, 17, 18, 19, 20]),
        (date(2027, 2, 1), date(2027, 2, 15), [4, 5, 8, 9, 10]),
    ],
)
def test_the_library_knows_the_weekdays_of_lunar_new_year(first: date, last: date, off: list[int]) -> None:
    assert weekdays_off(first, last) == off


@pytest.mark.parametrize(
    ("year", "off"),
    [(2022, [1, 2]), (2023, [1, 4]), (2024, [2, 3]), (2025, [1, 2]), (2026, [1, 2])],
)
def test_national_day_takes_a_second_day_that_differs_by_year(year: int, off: list[int]) -> None:
    assert weekdays_off(date(year, 9, 1), date(year, 9, 10)) == off


def test_the_day_of_culture_is_off_from_its_first_year() -> None:
    assert [PLAIN.is_working(date(year, 11, 24)) for year in (2023, 2025, 2026)] == [True, True, False]


@pytest.mark.parametrize("saturday", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)])
def test_a_swapped_saturday_is_worked(saturday: date) -> None:
    assert PLAIN.is_working(saturday)


def test_the_library_lacks_the_swap_at_new_year_and_the_council_corrects_it() -> None:
    swapped = [date(2026, 1, 2), date(2026, 1, 10)]
    assert [PLAIN.is_working(day) for day in swapped] == [True, False]
    assert [NEW_YEAR_SWAP.is_working(day) for day in swapped] == [False, True]


def test_names_come_from_the_council_first_and_then_from_the_library() -> None:
    days = [date(2026, 1, 10), date(2026, 2, 17), date(2026, 8, 31), date(2026, 8, 5)]
    assert [NEW_YEAR_SWAP.name_of(day) for day in days] == [
        "Làm bù ngày 02/01/2026",
        "Tết Nguyên Đán",
        "Ngày nghỉ (thay cho ngày 22/08/2026)",
        "",
    ]


def test_ten_working_days_skip_the_day_of_receipt_and_the_compensatory_days() -> None:
    assert PLAIN.shift(date(2022, 4, 25), 10) == date(2022, 5, 11)


def test_counting_back_skips_the_day_of_the_event() -> None:
    assert PLAIN.shift(date(2022, 5, 5), -2) == date(2022, 4, 29)


def test_a_saturday_lies_between_friday_and_monday() -> None:
    saturday = date(2022, 6, 25)
    assert (PLAIN.previous_working(saturday), PLAIN.next_working(saturday)) == (date(2022, 6, 24), date(2022, 6, 27))


def test_a_year_without_announcement_is_not_official() -> None:
    assert [PLAIN.official(year) for year in (2022, 2026, 2027)] == [True, True, False]


def test_a_local_day_off_does_not_make_a_year_official_but_restated_holidays_do() -> None:
    local = Calendar({date(2027, 3, 3): DayKind.OFF})
    restated = Calendar({date(2027, 2, 5): DayKind.OFF, date(2027, 2, 8): DayKind.OFF})
    assert (local.official(2027), restated.official(2027), restated.official(2028)) == (False, True, False)


def test_a_year_beyond_the_library_still_has_its_weekends() -> None:
    assert [PLAIN.is_working(date(9999, 12, day)) for day in (24, 25, 31)] == [True, False, True]


@given(DAYS, st.integers(-40, 40))
def test_a_shift_lands_on_a_working_day_and_counts_back(day: date, count: int) -> None:
    assume(count)
    landed = PLAIN.shift(day, count)
    assert PLAIN.is_working(landed)
    assert PLAIN.working_days_between(day, landed) == count or count < 0
    assert PLAIN.shift(landed, 0) == landed


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_shifts_add_up(day: date, one: int, two: int) -> None:
    assert PLAIN.shift(PLAIN.shift(day, one), two) == PLAIN.shift(day, one + two)


@given(DAYS, DAYS)
def test_counting_there_and_back_is_the_same_count(one: date, two: date) -> None:
    assert PLAIN.working_days_between(one, two) == -PLAIN.working_days_between(two, one)


@given(KINDS, st.dates(date(2022, 1, 1), date(2022, 12, 31)))
def test_the_councils_own_day_decides(own: dict[date, DayKind], day: date) -> None:
    expected = own[day] is DayKind.WORKING if day in own else PLAIN.is_working(day)
    assert Calendar(own).is_working(day) == expected
