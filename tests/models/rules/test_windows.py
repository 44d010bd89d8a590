from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar, DayKind
from models.rules.text import Refusal
from models.rules.windows import Span, Window, WorkingWindows, parse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SPANS = parse("07:30-11:30,13:30-17:00")
OFFICE = WorkingWindows(SPANS, Calendar({date(2026, 1, 10): DayKind.WORKING}), ZONE)
MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2026, 12, 31), timezones=st.just(ZONE))  # noqa: DTZ001


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_hours_are_read_with_spaces_dashes_and_h() -> None:
    assert parse(" 7h30 – 11:30, 13:30-17h00") == (Span(time(7, 30), time(11, 30)), Span(time(13, 30), time(17)))


@pytest.mark.parametrize(
    "text", ["", "07:30", "07:30-25:00", "11:30-07:30", "13:30-17:00,07:30-11:30", "07:30-11:30,11:00-12:00", "a-b"]
)
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(text)
    assert caught.value.text.values["text"] == text


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2022-06-09T07:29:59", False),
        ("2022-06-09T07:30", True),
        ("2022-06-09T11:30", False),
        ("2022-06-09T13:30", True),
        ("2022-06-11T08:00", False),
        ("2022-09-02T08:00", False),
        ("2026-01-10T08:00", True),
    ],
)
def test_windows_are_open_in_office_hours_of_working_days(moment: str, is_open: bool) -> None:  # noqa: FBT001
    assert OFFICE.is_open(local(moment)) == is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2022-06-09T08:15", "2022-06-09T08:15"),
        ("2022-06-09T06:00", "2022-06-09T07:30"),
        ("2022-06-09T12:00", "2022-06-09T13:30"),
        ("2022-06-10T17:00", "2022-06-13T07:30"),
        ("2022-01-28T18:00", "2022-02-07T07:30"),
    ],
)
def test_what_is_pushed_outside_hours_waits_for_the_next_opening(moment: str, opening: str) -> None:
    assert OFFICE.next_opening(local(moment)) == local(opening)


@pytest.mark.parametrize(
    ("event", "opens", "closes"),
    [
        ("2022-06-13T07:30", "2022-06-10T13:30", "2022-06-10T17:00"),
        ("2022-06-13T14:00", "2022-06-13T13:30", "2022-06-13T14:00"),
        ("2022-06-13T08:00", "2022-06-13T07:30", "2022-06-13T08:00"),
        ("2022-02-04T09:00", "2022-01-28T13:30", "2022-01-28T17:00"),
    ],
)
def test_the_last_window_before_an_event(event: str, opens: str, closes: str) -> None:
    assert OFFICE.last_window_before(local(event)) == Window(local(opens), local(closes))


def test_an_hours_notice_takes_an_earlier_window() -> None:
    window = OFFICE.last_window_before(local("2022-06-13T08:00"), timedelta(hours=1))
    assert window.opens == local("2022-06-10T13:30")


def test_a_reminder_of_a_meeting_moves_before_it_never_after() -> None:
    meeting = local("2022-06-13T07:30")
    assert OFFICE.before_event(local("2022-06-12T19:00"), meeting) == local("2022-06-10T13:30")
    assert OFFICE.before_event(local("2022-06-10T06:00"), meeting) == local("2022-06-10T07:30")


def test_the_morning_of_a_day_is_given_in_utc() -> None:
    assert OFFICE.morning(date(2022, 6, 9)) == datetime(2022, 6, 9, 0, 30, tzinfo=UTC)


@given(MOMENTS)
def test_an_opening_is_open_never_early_and_stays(moment: datetime) -> None:
    opening = OFFICE.next_opening(moment)
    assert (OFFICE.is_open(opening), opening >= moment, opening.tzinfo) == (True, True, UTC)
    assert OFFICE.next_opening(opening) == opening


@given(MOMENTS)
def test_no_window_opens_between_the_last_one_and_the_event(event: datetime) -> None:
    window = OFFICE.last_window_before(event)
    assert (OFFICE.is_open(window.opens), window.opens < window.closes <= event) == (True, True)
    after = OFFICE.next_opening(max(window.closes, window.opens))
    assert after >= event or OFFICE.is_open(event)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=12)))
def test_what_precedes_an_event_is_sent_in_a_window_before_it(event: datetime, lead: timedelta) -> None:
    sent = OFFICE.before_event(event - lead, event)
    assert (OFFICE.is_open(sent), sent < event) == (True, True)


@pytest.mark.parametrize(
    ("moment", "hours", "since"),
    [
        ("2022-06-09T10:00", 2, "2022-06-09T08:00"),
        ("2022-06-09T14:30", 2, "2022-06-09T10:30"),
        ("2022-06-13T08:00", 4, "2022-06-10T13:30"),
        ("2022-06-12T12:00", 1, "2022-06-10T16:00"),
        ("2022-06-09T10:00", 10, "2022-06-08T07:30"),
    ],
)
def test_working_hours_are_counted_back(moment: str, hours: int, since: str) -> None:
    assert OFFICE.back(local(moment), timedelta(hours=hours)) == local(since)


@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=3)))
def test_as_much_is_counted_back_as_was_open(moment: datetime, opening: timedelta) -> None:
    since = OFFICE.back(moment, opening)
    later = OFFICE.back(moment, opening / 2)
    assert (since < later <= moment, since.tzinfo) == (True, UTC)
    assert OFFICE.back(later, opening - opening / 2) == since
