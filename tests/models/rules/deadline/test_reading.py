from datetime import date, datetime, time

import pytest

from models.rules.calendar import Calendar
from models.rules.deadline import Due, Kind, Reading, read

YEAR = (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("notation", "kind", "due"),
    [
        ("2022-06-14", Kind.DATE, date(2022, 6, 14)),
        ("2022-06-14T16:00", Kind.MOMENT, datetime(2022, 6, 14, 16)),  # noqa: DTZ001 - by the council's clock
        ("2022-04-01..2022-06-30", Kind.WINDOW, date(2022, 6, 30)),
        ("2022-06-14|2022-12-04", Kind.SEVERAL, None),
        ("RRULE:FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0", Kind.RECURRENCE, None),
        ("RRULE:FREQ=DAILY;BYHOUR=16;BYMINUTE=30", Kind.RECURRENCE, None),
        ("ANCHOR:-3wd", Kind.ANCHORED, None),
        ("NONE", Kind.NONE, None),
        ("AMBIGUOUS", Kind.AMBIGUOUS, None),
    ],
)
def test_a_notation_is_read_back(notation: str, kind: Kind, due: date | None) -> None:
    reading = Reading.parse(notation)
    assert (reading.notation, reading.kind, reading.due) == (notation, kind, due)


NO_NOTATION = (
    *(
        "",
        "15/6/2022",
        "2022-6-15",
        "2022-06-31",
        "2022-06-14|",
        "2022-06-14..",
        "ANCHOR:3wd",
        "none",
        "NONE|2022-06-14",
    ),
    *("RRULE:", "RRULE:FREQ=YEARLY", "RRULE:FREQ=MONTHLY;COUNT=3", "RRULE:FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1"),
)


@pytest.mark.parametrize("notation", NO_NOTATION)
def test_what_is_no_notation_is_refused(notation: str) -> None:
    with pytest.raises(ValueError):
        Reading.parse(notation)


def test_the_last_month_of_each_quarter_comes_four_times_a_year() -> None:
    reading = read("Chậm nhất ngày 20 của tháng cuối quý", date(2022, 3, 7))
    assert reading.notation == "RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"
    assert [due.day for due in reading.dues(*YEAR)] == [date(2022, month, 20) for month in (3, 6, 9, 12)]


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    dues = Reading.parse("RRULE:FREQ=MONTHLY;BYMONTHDAY=30").dues(date(2022, 1, 31), date(2022, 3, 31))
    assert [due.day for due in dues] == [date(2022, 2, 28), date(2022, 3, 30)]


def test_the_last_day_of_february_follows_the_year() -> None:
    dues = Reading.parse("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1").dues(date(2023, 1, 1), date(2024, 12, 31))
    assert [due.day for due in dues] == [date(2023, 2, 28), date(2024, 2, 29)]


def test_a_weekly_deadline_keeps_its_hour() -> None:
    dues = Reading.parse("RRULE:FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0").dues(date(2022, 6, 6), date(2022, 6, 17))
    assert dues == (Due(date(2022, 6, 10), time(16)), Due(date(2022, 6, 17), time(16)))


def test_a_window_says_when_it_opens() -> None:
    assert Reading.parse("2022-04-01..2022-06-30").dues(*YEAR) == (Due(date(2022, 6, 30), None, date(2022, 4, 1)),)


def test_only_what_falls_within_the_span_is_due() -> None:
    several = Reading.parse("2021-12-04|2022-06-14T16:00|2023-01-01")
    assert several.dues(*YEAR) == (Due(date(2022, 6, 14), time(16)),)


@pytest.mark.parametrize("notation", ["NONE", "AMBIGUOUS", "ANCHOR:+10d"])
def test_what_names_no_day_is_never_due(notation: str) -> None:
    assert Reading.parse(notation).dues(*YEAR) == ()


def test_an_anchored_deadline_moves_with_its_event() -> None:
    before = Reading.parse("ANCHOR:-2wd")
    assert before.at_event(date(2022, 5, 5), Calendar()).notation == "2022-04-29"
    assert before.at_event(date(2022, 5, 6), Calendar()).notation == "2022-05-04"


def test_a_term_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert Reading.parse("ANCHOR:+7d").at_event(date(2026, 4, 19), Calendar()).notation == "2026-04-28"


def test_days_before_an_event_are_not_moved() -> None:
    assert Reading.parse("ANCHOR:-3d").at_event(date(2022, 6, 15), None).notation == "2022-06-12"


def test_working_days_wait_for_a_calendar() -> None:
    anchored = Reading.parse("ANCHOR:-2wd")
    assert anchored.at_event(date(2022, 5, 5), None) == anchored
