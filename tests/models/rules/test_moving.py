"""What a moved deadline does to each assignment: a pure rule, tried on every kind of assignment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.moving import Fate, Held, MoveLine, Outcome, Stage, ends, is_too_near, outcome, split_move_line
from models.rules.status import Due

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = st.dates(date(2022, 1, 1), date(2022, 12, 31))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(ZONE))
DUES = st.one_of(st.none(), DAYS, MOMENTS)
HELD = st.builds(Held, DUES, st.sampled_from(Stage), st.booleans())


@given(HELD, DUES)
def test_a_day_granted_to_one_unit_is_never_shortened_silently(held: Held, to: Due | None) -> None:
    after = outcome(Held(held.due, held.stage, granted=True), to, ZONE)
    assert ends(after.due, ZONE) >= ends(held.due, ZONE)


@given(held=HELD, to=DUES, shorten=st.booleans())
def test_a_unit_is_told_if_and_only_if_it_is_open_and_its_deadline_changed(
    held: Held, to: Due | None, *, shorten: bool
) -> None:
    after = outcome(held, to, ZONE, shorten=shorten)
    changed = ends(after.due, ZONE) != ends(held.due, ZONE)
    assert after.told == (changed and held.stage is Stage.OPEN)


@given(held=HELD, to=DUES, shorten=st.booleans())
def test_moving_again_to_the_same_day_changes_nothing(held: Held, to: Due | None, *, shorten: bool) -> None:
    once = outcome(held, to, ZONE, shorten=shorten)
    twice = outcome(Held(once.due, held.stage, held.granted and once.fate is not Fate.MOVED), to, ZONE, shorten=shorten)
    assert (ends(twice.due, ZONE), twice.told) == (ends(once.due, ZONE), False)
    assert twice.fate is not Fate.MOVED


@given(held=HELD, to=DUES, shorten=st.booleans())
def test_what_is_over_stays_as_it_was(held: Held, to: Due | None, *, shorten: bool) -> None:
    over = Held(held.due, Stage.OVER, held.granted)
    assert outcome(over, to, ZONE, shorten=shorten) == Outcome(Fate.OVER, held.due)


@given(HELD, DUES)
def test_an_express_choice_moves_everything_that_is_not_over(held: Held, to: Due | None) -> None:
    after = outcome(held, to, ZONE, shorten=True)
    assert held.stage is Stage.OVER or ends(after.due, ZONE) == ends(to, ZONE)


def test_a_day_and_its_last_hour_differ_and_no_deadline_is_the_latest() -> None:
    day = date(2022, 6, 14)
    assert ends(datetime(2022, 6, 14, 16, tzinfo=ZONE), ZONE) < ends(day, ZONE) < ends(None, ZONE)


@pytest.mark.parametrize(
    ("due", "near"),
    [("2022-06-09", True), ("2022-06-10", False), ("2022-06-08", True), ("2022-06-12", False), (None, False)],
)
def test_a_deadline_nearer_than_one_working_day_is_too_near_for_somebody_new(due: str | None, *, near: bool) -> None:
    day = date.fromisoformat(due) if due else None
    assert is_too_near(day, date(2022, 6, 9), ZONE, Calendar()) is near


def test_friday_evening_is_too_near_for_sunday() -> None:
    assert is_too_near(date(2022, 6, 12), date(2022, 6, 10), ZONE, Calendar())


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("SYT, STC: 30/6; CV số 123/UBND-VP", MoveLine("SYT, STC", "30/6", "CV số 123/UBND-VP")),
        ("SYT: 16:30 ngày 30/6; CV 123", MoveLine("SYT", "16:30 ngày 30/6", "CV 123")),
        ("sang 30/6 theo Công văn số 123", MoveLine("", "30/6", "Công văn số 123")),
        ("SYT sang 30/6 theo ý kiến Chủ tịch", MoveLine("SYT", "30/6", "ý kiến Chủ tịch")),
        ("30/6", MoveLine("", "30/6")),
        (": 30/6; CV 123", MoveLine("", "30/6", "CV 123")),
        ("", MoveLine()),
    ],
)
def test_a_move_in_one_line_is_cut_into_its_parts(line: str, parts: MoveLine) -> None:
    assert split_move_line(line) == parts


@given(st.text(max_size=40))
def test_no_line_breaks_the_cutting(line: str) -> None:
    parts = split_move_line(line)
    assert all(len(part) <= len(line) for part in (parts.units, parts.until, parts.instruction))


@given(DAYS, st.integers(1, 40))
def test_later_is_always_enough_time(today: date, ahead: int) -> None:
    calendar = Calendar()
    assert not is_too_near(calendar.shift(today, ahead), today, ZONE, calendar)
    assert is_too_near(today - timedelta(days=ahead), today, ZONE, calendar)
