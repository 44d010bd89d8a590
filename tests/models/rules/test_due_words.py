"""Deadlines said in words, and what an unclear phrase may have meant."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.deadline import AMBIGUOUS, NONE, Reading
from models.rules.due_words import candidates, in_words, is_said_in_full, said_deadline
from models.rules.rounds import dues_once, rounds
from models.rules.text import Text

ON = date(2022, 3, 7)


def spoken(text: object) -> str:
    """English as the catalogue's keys have it."""
    if isinstance(text, Text):
        return text.id.format(**{name: spoken(value) for name, value in text.values.items()})
    return ", ".join(map(spoken, text)) if isinstance(text, tuple) else str(text)


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("2022-06-14", "by the end of 2022-06-14"),
        ("2022-06-20T16:00", "by 16:00:00 on 2022-06-20"),
        ("2022-04-01..2022-06-30", "from 2022-04-01 to the end of 2022-06-30"),
        ("2022-06-14|2022-12-04", "by the end of 2022-06-14, by the end of 2022-12-04"),
        ("RRULE:FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=20", "day 20 of the months 3, 6 each year"),
        ("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "the last day of the months 12 each year"),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "the last day of each month"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TH", "every week on Thursday"),
        ("ANCHOR:-5wd", "5 working days before the event"),
        ("ANCHOR:+10d", "10 days after the event"),
        ("NONE", "no deadline"),
    ],
)
def test_a_reading_is_said_in_words(notation: str, words: str) -> None:
    assert spoken(in_words(Reading.parse(notation))) == words


@pytest.mark.parametrize(
    ("phrase", "notations"),
    [
        ("chậm nhất trước ngày 15/6", ["2022-06-14", "2022-06-15"]),
        ("ngày 20/6 hoặc 30/6", ["2022-06-20", "2022-06-30"]),
        ("hằng quý", ["RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"]),
        ("theo quy định", []),
    ],
)
def test_an_unclear_phrase_is_met_with_what_it_may_mean(phrase: str, notations: list[str]) -> None:
    assert [reading.notation for reading in candidates(phrase, ON)] == notations


@pytest.mark.parametrize("said", ["không hạn", "Không có hạn.", "khong han"])
def test_no_deadline_can_be_typed(said: str) -> None:
    assert said_deadline(said, ON) == NONE


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_deadline_or_asked_again(said: str) -> None:
    reading = said_deadline(said, ON)
    assert reading == AMBIGUOUS or Reading.parse(reading.notation) == reading


@given(st.dates(date(2022, 1, 1), date(2030, 12, 31)))
def test_of_what_comes_round_exactly_one_lies_ahead(today: date) -> None:
    monthly = Reading.parse("RRULE:FREQ=MONTHLY;BYMONTHDAY=31")
    ahead = [due for due in rounds(monthly, today, today) if due.day >= today]
    assert len(ahead) == 1
    assert (ahead[0].day - today).days < 31


@given(st.dates(date(2022, 1, 1), date(2030, 1, 1)), st.integers(0, 23))
def test_what_comes_once_keeps_its_day(day: date, hour: int) -> None:
    reading = Reading.of(datetime.combine(day, time(hour)))
    assert [due.day for due in dues_once(reading)] == [day]


@pytest.mark.parametrize(
    ("phrase", "is_in_full"),
    [
        ("Chậm nhất 16h00 ngày 20/6/2022", True),
        ("chậm nhất hết ngày 14/6/2022.", True),
        ("Trước ngày 14/6/2022", False),
        ("Chậm nhất ngày 14/6", False),
        ("", False),
    ],
)
def test_a_deadline_written_as_it_is_said_needs_no_reading_beside_it(phrase: str, *, is_in_full: bool) -> None:
    assert is_said_in_full(phrase) is is_in_full
