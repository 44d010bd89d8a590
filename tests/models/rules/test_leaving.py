from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.leaving import next_window, read_leaving
from models.rules.text import Refusal
from models.rules.windows import WorkingWindows, parse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = WorkingWindows(parse("07:30-11:30,13:30-17:00"), Calendar({}, {}), ZONE)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE).astimezone(UTC)


NOW = at("2022-06-09 08:00")  # a Thursday


@pytest.mark.parametrize(
    ("phrase", "moment"),
    [
        ("15h chiều mai", "2022-06-10 15:00"),
        ("15h chieu mai", "2022-06-10 15:00"),
        ("3h chiều mai", "2022-06-10 15:00"),
        ("lúc 9 giờ 30 sáng mai", "2022-06-10 09:30"),
        ("sáng mai", "2022-06-10 07:30"),
        ("chiều nay", "2022-06-09 13:30"),
        ("16h", "2022-06-09 16:00"),
        ("14:05 hôm nay", "2022-06-09 14:05"),
        ("08:00 ngày 14/6", "2022-06-14 08:00"),
        ("8h sáng ngày 14/6", "2022-06-14 08:00"),
        ("12h00 ngày 14/6", "2022-06-14 13:30"),
        ("8h00 ngày 12/6", "2022-06-13 07:30"),
        ("giờ làm việc kế tiếp", "2022-06-09 13:30"),
    ],
)
def test_a_moment_is_read_and_moved_into_office_hours(phrase: str, moment: str) -> None:
    assert read_leaving(phrase, NOW, HOURS) == at(moment)


@pytest.mark.parametrize("phrase", ["ngay", "Gửi ngay", "bây giờ"])
def test_at_once_is_no_moment(phrase: str) -> None:
    assert read_leaving(phrase, NOW, HOURS) is None


@pytest.mark.parametrize("phrase", ["7h sáng nay", "mai", "khi nào tiện", "25h mai", "", "8h00 ngày 14/6/2023"])
def test_what_has_passed_is_unclear_or_far_away_is_refused(phrase: str) -> None:
    with pytest.raises(Refusal):
        read_leaving(phrase, NOW, HOURS)


def test_the_next_office_hours_of_an_afternoon_are_tomorrow_and_of_a_friday_on_monday() -> None:
    assert next_window(at("2022-06-09 14:00"), HOURS) == at("2022-06-10 07:30")
    assert next_window(at("2022-06-10 16:59"), HOURS) == at("2022-06-13 07:30")
    assert next_window(at("2022-06-09 12:00"), HOURS) == at("2022-06-09 13:30")


@given(st.datetimes(min_value=datetime(2022, 1, 3), max_value=datetime(2022, 12, 20)))  # noqa: DTZ001 - given a zone
def test_the_next_office_hours_are_open_and_later_unless_they_open_now(moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    opening = next_window(now, HOURS)
    assert HOURS.is_open(opening)
    assert opening > now or not HOURS.is_open(now)
    assert opening.astimezone(ZONE).time() in {time(7, 30), time(13, 30)}


@given(
    st.datetimes(min_value=datetime(2022, 1, 3), max_value=datetime(2022, 11, 20)),  # noqa: DTZ001 - given a zone
    st.integers(0, 23),
    st.integers(0, 59),
)
def test_an_hour_of_tomorrow_never_leaves_before_it_nor_outside_office_hours(
    moment: datetime, hour: int, minute: int
) -> None:
    now = moment.replace(tzinfo=UTC)
    leaves = read_leaving(f"{hour}h{minute:02} ngày mai", now, HOURS)
    assert leaves is not None
    assert HOURS.is_open(leaves)
    tomorrow = now.astimezone(ZONE).date() + timedelta(days=1)
    assert leaves >= datetime.combine(tomorrow, time(hour, minute), ZONE)


def test_a_day_that_has_just_passed_is_not_taken_for_next_years() -> None:
    with pytest.raises(Refusal) as caught:
        read_leaving("7h ngày 8/6", NOW, HOURS)
    said = "{day} has passed. Please write a day after today, or the whole year if next year is meant."
    assert (caught.value.text.id, caught.value.text.values) == (said, {"day": date(2022, 6, 8)})
