from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.meeting_changes import (
    Effect,
    Facts,
    effect_of,
    read_link,
    read_new_start,
    split_link,
    split_reason,
)
from models.rules.text import Refusal

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 6, 9, 1, tzinfo=UTC)
WAS = datetime(2022, 6, 20, 14, tzinfo=ZONE)

moments = st.datetimes(datetime(2022, 6, 10), datetime(2022, 6, 12), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
words = st.sampled_from(["", "Phòng 1", "Phòng 2"])
meetings = st.builds(
    Facts,
    starts_at=moments,
    place=words,
    link=words,
    number=words,
    agenda=words,
    papers=st.sampled_from([(), (1,), (1, 2)]),
    is_held=st.booleans(),
)


@given(meetings)
def test_no_change_is_never_told(meeting: Facts) -> None:
    assert effect_of(meeting, replace(meeting)) is Effect.NOTHING


@given(meetings, meetings)
def test_a_meeting_asks_again_only_for_a_new_day_or_hour(before: Facts, after: Facts) -> None:
    new_time = before.starts_at != after.starts_at or not before.is_held
    assert (effect_of(before, after) is Effect.ASKED_AGAIN) == (after.is_held and new_time and before != after)


@given(meetings, st.sampled_from(["place", "link", "number", "agenda"]))
def test_whatever_else_is_new_is_told_while_answers_stand(meeting: Facts, name: str) -> None:
    held = replace(meeting, is_held=True)
    change: dict[str, Any] = {name: "another"}
    effect = effect_of(held, replace(held, **change))
    assert effect is Effect.TOLD


def test_every_fact_of_an_invitation_matters() -> None:
    meeting = Facts(WAS)
    other = Facts(WAS + timedelta(hours=1), "a", "b", "c", "d", (1,), is_held=False)
    for each in fields(Facts):
        changed = replace(meeting, **{each.name: getattr(other, each.name)})
        assert effect_of(meeting, changed) is not Effect.NOTHING


@pytest.mark.parametrize(
    ("phrase", "start"),
    [
        ("08h00 ngày 21/6", "2022-06-21T08:00"),
        ("08h00", "2022-06-20T08:00"),
        ("8 giờ 30", "2022-06-20T08:30"),
        ("sang 9h", "2022-06-20T09:00"),
        ("21/6", "2022-06-21T14:00"),
        ("ngày 21/6/2022", "2022-06-21T14:00"),
        ("vào 7h30 ngày 22/6", "2022-06-22T07:30"),
        ("8h sáng mai", "2022-06-10T08:00"),
        ("8h mai", "2022-06-10T08:00"),
        ("15h chiều nay", "2022-06-09T15:00"),
        ("3h chiều", "2022-06-20T15:00"),
        ("sang chiều mai", "2022-06-10T14:00"),
        ("ngày mai", "2022-06-10T14:00"),
        ("15h ngày 21/6", "2022-06-21T15:00"),
        ("8h sáng ngày 21/6", "2022-06-21T08:00"),
    ],
)
def test_what_is_not_said_of_the_new_time_stays(phrase: str, start: str) -> None:
    read = read_new_start(phrase, WAS, NOW, ZONE)
    assert read.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M") == start


@pytest.mark.parametrize(
    "phrase",
    [
        *("tuần sau", "đầu tháng 7", "trước 21/6", "", "8h00 ngày 08/6/2022", "08/6/2022", "hôm nào đó"),
        *("sáng mai", "3h mai", "15h sáng mai", "7h sáng nay"),
    ],
)
def test_a_time_that_is_vague_or_past_is_refused(phrase: str) -> None:
    with pytest.raises(Refusal):
        read_new_start(phrase, WAS, NOW, ZONE)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(10, 30))
def test_hour_and_day_are_read_as_typed(hour: int, minute: int, day: int) -> None:
    read = read_new_start(f"{hour:02}h{minute:02} ngày {day}/6", WAS, NOW, ZONE).astimezone(ZONE)
    assert (read.hour, read.minute, read.day, read.month) == (hour, minute, day, 6)


def test_a_reason_may_follow_the_time() -> None:
    assert split_reason("08h00; lý do: đồng chí Chủ tịch bận.") == ("08h00", "đồng chí Chủ tịch bận")
    assert split_reason("08h00 ngày 21/6; họp Tỉnh ủy") == ("08h00 ngày 21/6", "họp Tỉnh ủy")
    assert split_reason("08h00") == ("08h00", "")


@given(
    st.sampled_from(["08h00", "8h sáng mai", "15h00 ngày 21/6", "21/6", "chieu mai"]),
    st.sampled_from([" vì ", " vi ", ", do ", "; ", "; vì ", "; lý do: ", " với lý do ", ", lí do: ", " VÌ LÝ DO "]),
    st.sampled_from(["trùng lịch", "trung lich", "đồng chí Chủ tịch bận; họp sau", "mưa bão vì áp thấp"]),
)
def test_a_reason_is_cut_off_at_its_first_word(phrase: str, because: str, reason: str) -> None:
    assert split_reason(f"{phrase}{because}{reason}.") == (phrase, reason)


def test_an_address_is_taken_whole_or_refused() -> None:
    assert read_link(" https://hop.example.gov.vn/a?b=1 ") == "https://hop.example.gov.vn/a?b=1"
    for line in ("hop.example", "https://a b", "javascript:x", ""):
        with pytest.raises(Refusal):
            read_link(line)


def test_the_address_of_a_hybrid_meeting_is_cut_out_of_its_place() -> None:
    place = "Phòng họp số 2 và điểm cầu các huyện, https://hop.example.gov.vn/15."
    assert split_link(place) == ("Phòng họp số 2 và điểm cầu các huyện", "https://hop.example.gov.vn/15")
    assert split_link("https://hop.example.gov.vn/15") == ("", "https://hop.example.gov.vn/15")
    assert split_link("Phòng họp số 2") == ("Phòng họp số 2", "")
