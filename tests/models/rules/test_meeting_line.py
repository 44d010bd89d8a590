from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.meeting_line import (
    MeetingLine,
    is_bare_name,
    read_place,
    read_start,
    split_meeting_line,
    start_spoken,
    taken_to_last,
)
from models.rules.text import Refusal, t
from models.rules.windows import WorkingWindows, parse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 6, 9, 1, 0, tzinfo=UTC)


def test_a_line_is_cut_into_its_four_parts_and_whom_may_hold_semicolons() -> None:
    line = "Họp Hội đồng phiên thứ hai; 14h00 ngày 20/6; Phòng họp số 2; thành viên Hội đồng; SYT"
    parts = MeetingLine("Họp Hội đồng phiên thứ hai", "14h00 ngày 20/6", "Phòng họp số 2", "thành viên Hội đồng; SYT")
    assert split_meeting_line(line) == parts
    assert split_meeting_line("Họp giao ban") == MeetingLine("Họp giao ban")


@given(st.text(max_size=200))
def test_any_line_is_cut_without_loss_of_its_first_part(line: str) -> None:
    assert ";" not in split_meeting_line(line).title


@pytest.mark.parametrize(
    "phrase",
    ["14h00 ngày 20/6", "14h ngày 20/6/2022", "vào hồi 14 giờ 00 ngày 20/6", "lúc 14:00 20/6", "từ 14h00 ngày 20/6"],
)
def test_the_start_is_read_by_the_councils_clock(phrase: str) -> None:
    assert read_start(phrase, NOW, ZONE) == datetime(2022, 6, 20, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("phrase", ["20/6", "chiều", "tháng 6", "14h00", "", "sáng mai", "3h mai", "15h sáng mai"])
def test_without_a_certain_hour_and_day_it_is_refused(phrase: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_start(phrase, NOW, ZONE)
    assert "gives no certain hour and day" in refused.value.text.id


@pytest.mark.parametrize(
    ("phrase", "start"),
    [
        ("8h sáng mai", datetime(2022, 6, 10, 1, tzinfo=UTC)),
        ("lúc 15h chiều nay", datetime(2022, 6, 9, 8, tzinfo=UTC)),
        ("vào 2h30 chiều ngày mai", datetime(2022, 6, 10, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_day_near_today_is_read_as_people_say_it(phrase: str, start: datetime) -> None:
    assert read_start(phrase, NOW, ZONE) == start


def test_an_hour_that_has_passed_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_start("07h30 ngày 09/6/2022", NOW, ZONE)
    assert refused.value.text.id == "{time} has passed; please give an hour that is still to come."


def test_a_place_fits_one_line() -> None:
    assert read_place("  Phòng họp  số 2 ") == "Phòng họp số 2"
    for place in ("", " ", "x" * 301):
        with pytest.raises(Refusal):
            read_place(place)


@pytest.mark.parametrize("said", ["Trần Văn B", "Bà Nguyễn Thị Thu Hà", "Hoa"])
def test_a_name_alone_says_no_post(said: str) -> None:
    assert is_bare_name(said)


@pytest.mark.parametrize(
    "said", ["Hoa, Phó Phòng", "Trần Văn B - Phó Phòng", "Phó Giám đốc Sở Trần Văn B", "B (Phó Phòng)"]
)
def test_a_name_with_a_post_is_taken_as_it_is(said: str) -> None:
    assert not is_bare_name(said)


def test_the_start_is_spoken_with_its_weekday() -> None:
    spoken = start_spoken(datetime(2022, 6, 20, 7, 0, tzinfo=UTC), ZONE)
    assert spoken.values["weekday"] == t("Monday")
    assert f"{spoken.values['hour']:%H:%M}" == "14:00"


@pytest.mark.parametrize(
    ("start", "until"),
    [
        ("2022-06-20 08:00", "2022-06-20 11:30"),
        ("2022-06-20 14:00", "2022-06-20 17:00"),
        ("2022-06-20 16:00", "2022-06-20 18:00"),
        ("2022-06-20 19:30", "2022-06-20 21:30"),
    ],
)
def test_a_meeting_is_under_way_to_the_end_of_its_half_day_and_two_hours_at_least(start: str, until: str) -> None:
    hours = WorkingWindows(parse("07:30-11:30,13:30-17:00"), Calendar({}, {}), ZONE)
    begins, ends = (datetime.fromisoformat(moment).replace(tzinfo=ZONE) for moment in (start, until))
    assert taken_to_last(begins, hours) == ends
