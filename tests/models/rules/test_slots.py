from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.slots import latest_slot

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
RHYTHMS = st.sampled_from([1, 5, 10, 15, 30, 60, 1440])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "minutes", "slot"),
    [
        ("2022-06-09T07:25:30", 10, "2022-06-09T07:20"),
        ("2022-06-09T07:30:00", 10, "2022-06-09T07:30"),
        ("2022-06-09T07:29:59.999999", 30, "2022-06-09T07:00"),
    ],
)
def test_a_rhythm_lies_on_whole_multiples(now: str, minutes: int, slot: str) -> None:
    assert latest_slot(moment(now), ZONE, minutes=minutes) == moment(slot)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2022-06-09T07:29:59", "2022-06-08T07:30"),
        ("2022-06-09T07:30:00", "2022-06-09T07:30"),
        ("2022-06-09T23:59:59", "2022-06-09T07:30"),
        ("2022-06-10T00:00:00", "2022-06-09T07:30"),
    ],
)
def test_a_daily_time_is_the_council_s_own(now: str, slot: str) -> None:
    assert latest_slot(moment(now), ZONE, at=time(7, 30)) == moment(slot)


@pytest.mark.parametrize("when", [{}, {"minutes": 10, "at": time(7, 30)}, {"minutes": 0}])
def test_something_recurs_in_one_way(when: dict[str, int | time]) -> None:
    with pytest.raises(ValueError, match="either"):
        latest_slot(moment("2022-06-09T07:30"), ZONE, **when)  # type: ignore[arg-type]


@given(MOMENTS, RHYTHMS)
def test_a_slot_is_never_ahead_and_never_a_whole_rhythm_behind(now: datetime, minutes: int) -> None:
    behind = now - latest_slot(now, ZONE, minutes=minutes)
    assert timedelta() <= behind < timedelta(minutes=minutes)


@given(MOMENTS, MOMENTS, RHYTHMS)
def test_slots_never_go_back(one: datetime, other: datetime, minutes: int) -> None:
    earlier, later = sorted([one, other])
    assert latest_slot(earlier, ZONE, minutes=minutes) <= latest_slot(later, ZONE, minutes=minutes)
