"""Pauses of reminding: nothing falls on a silent day, nothing is lost, and what was put off is said once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.ladder import DEFAULTS, Audience, Urgency, parse
from models.rules.mornings import PAUSED, Spoken, spoken
from models.rules.pauses import PauseLine, Silence, put_off, read_span, split_pause_line, until_ended, wakes_on
from models.rules.reminders import Course
from models.rules.text import Refusal

TODAY = date(2022, 6, 9)
CALENDAR = Calendar()
FIRST = date(2022, 5, 1)
UNTIL = date(2022, 8, 31)
DAYS = st.dates(date(2022, 5, 15), date(2022, 7, 15))
SILENCES = st.lists(
    st.builds(lambda first, days: Silence(first, first + timedelta(days=days)), DAYS, st.integers(0, 12)), max_size=4
)
LADDER = parse(DEFAULTS[Urgency.NORMAL])


def laid(due: date) -> tuple[Spoken, ...]:
    return spoken(Course(due, FIRST), LADDER, CALENDAR, UNTIL)


@given(DAYS, SILENCES)
def test_nothing_is_said_on_a_silent_day_or_a_day_off(due: date, silences: list[Silence]) -> None:
    said = put_off(laid(due), silences, CALENDAR)
    assert not [each for each in said if any(silence.covers(each.day) for silence in silences)]
    assert all(CALENDAR.is_working(each.day) for each in said)


@given(DAYS, SILENCES)
def test_one_step_for_an_audience_and_morning(due: date, silences: list[Silence]) -> None:
    places = [(each.audience, each.day) for each in put_off(laid(due), silences, CALENDAR)]
    assert len(places) == len(set(places))


@given(DAYS, SILENCES)
def test_what_falls_on_other_days_stays_and_nothing_is_lost(due: date, silences: list[Silence]) -> None:
    before, after = laid(due), put_off(laid(due), silences, CALENDAR)
    outside = {each for each in before if not any(silence.covers(each.day) for silence in silences)}
    assert outside <= set(after)
    for each in before:
        later = [said for said in after if said.audience is each.audience and said.day >= each.day]
        assert later


@given(DAYS, SILENCES)
def test_putting_off_again_changes_nothing(due: date, silences: list[Silence]) -> None:
    once = put_off(laid(due), silences, CALENDAR)
    assert put_off(once, silences, CALENDAR) == once


def test_a_pause_over_the_deadline_is_said_once_on_the_first_working_day_after() -> None:
    silence = Silence(date(2022, 6, 10), date(2022, 6, 18))
    said = [each for each in put_off(laid(date(2022, 6, 14)), (silence,), CALENDAR) if each.audience is Audience.FOCAL]
    assert [(each.rung, each.day) for each in said][:4] == [
        ("T-7", date(2022, 6, 3)),
        ("T-3", date(2022, 6, 9)),
        (PAUSED, date(2022, 6, 20)),
        ("+7", date(2022, 6, 21)),
    ]


def test_the_chair_reads_what_was_put_off_in_his_next_digest() -> None:
    silence = Silence(date(2022, 6, 24), date(2022, 6, 29))
    said = [each for each in put_off(laid(date(2022, 6, 14)), (silence,), CALENDAR) if each.audience is Audience.CHAIR]
    assert [each.day for each in said][:2] == [date(2022, 7, 4), date(2022, 7, 11)]


def test_days_that_have_passed_are_not_paused_in_a_year() -> None:
    for said in ("5/6", "đến 5/6", "1/6 - 5/6"):
        with pytest.raises(Refusal):
            read_span(said, date(2022, 6, 9))


def test_silences_that_follow_on_each_other_are_one() -> None:
    chain = (Silence(date(2022, 6, 9), date(2022, 6, 10)), Silence(date(2022, 6, 13), date(2022, 6, 14)))
    assert wakes_on(date(2022, 6, 9), chain, CALENDAR) == date(2022, 6, 15)


def test_a_pause_that_was_ended_is_over_before_that_day() -> None:
    first, last = date(2022, 6, 10), date(2022, 6, 15)
    assert until_ended(first, last, None) == Silence(first, last)
    assert until_ended(first, last, date(2022, 6, 13)) == Silence(first, date(2022, 6, 12))
    assert until_ended(first, last, first) is None


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("từ 12/6 đến 15/6", 12, 15),
        ("12/6 - 15/6", 12, 15),
        ("12-15/6", 12, 15),
        ("12/6 đến 15/6", 12, 15),
        ("tu 12/6 den 15/6", 12, 15),
        ("đến hết ngày 15/6", 9, 15),
        ("12/6", 12, 12),
        ("hôm nay", 9, 9),
        ("từ 06/6 đến 15/6/2022", 9, 15),
    ],
)
def test_days_are_read_as_they_are_typed(said: str, first: int, last: int) -> None:
    assert read_span(said, TODAY) == Silence(date(2022, 6, first), date(2022, 6, last))


@pytest.mark.parametrize("said", ["mấy hôm", "hết bão", "", "từ 01/6/2022 đến 03/6/2022"])
def test_what_names_no_days_ahead_is_refused(said: str) -> None:
    with pytest.raises(Refusal):
        read_span(said, TODAY)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("VB, YY: từ 12/6 đến 15/6; bão số 2", PauseLine("VB, YY", "từ 12/6 đến 15/6", "bão số 2")),
        ("VB, YY từ 12/6 đến 15/6 vì bão số 2", PauseLine("VB, YY", "từ 12/6 đến 15/6", "bão số 2")),
        ("Cụm các huyện đến 15/6", PauseLine("Cụm các huyện", "đến 15/6")),
        ("VB", PauseLine("VB")),
        ("", PauseLine()),
    ],
)
def test_a_pause_in_one_line_is_cut_into_its_parts(line: str, parts: PauseLine) -> None:
    assert split_pause_line(line) == parts


@given(st.text(max_size=30))
def test_no_words_break_the_reading(said: str) -> None:
    split_pause_line(said)
    try:
        found = read_span(said, TODAY)
    except Refusal:
        return
    assert TODAY <= found.first <= found.last
