from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.extension import Proposal, in_time, propose
from models.rules.text import Refusal

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = Calendar()
DUE, TODAY = date(2022, 6, 14), date(2022, 6, 9)
DAYS = st.dates(date(2022, 1, 1), date(2023, 12, 31))


def refused(asked: date, due: date | None, today: date) -> str:
    with pytest.raises(Refusal) as caught:
        propose(asked, due, today, CALENDAR)
    return caught.value.text.id


def test_a_working_day_is_taken_as_asked() -> None:
    proposal = propose(date(2022, 6, 24), DUE, TODAY, CALENDAR)
    assert (proposal.days, proposal.is_settled) == ((date(2022, 6, 24),), True)


def test_a_saturday_is_answered_with_the_friday_before_or_the_monday_after() -> None:
    saturday = date(2022, 6, 25)
    proposal = propose(saturday, DUE, TODAY, CALENDAR)
    assert proposal == Proposal(saturday, (date(2022, 6, 24), date(2022, 6, 27)))
    assert not proposal.is_settled


def test_the_day_before_is_not_offered_if_it_extends_nothing() -> None:
    assert propose(date(2022, 6, 25), date(2022, 6, 24), TODAY, CALENDAR).days == (date(2022, 6, 27),)


def test_a_saturday_asked_for_on_that_saturday_is_answered_with_the_monday() -> None:
    assert propose(date(2022, 6, 25), DUE, date(2022, 6, 25), CALENDAR).days == (date(2022, 6, 27),)


def test_a_day_that_extends_nothing_or_is_past_is_refused_with_what_to_do() -> None:
    assert refused(DUE, DUE, TODAY).startswith("{asked} is not later than the present deadline")
    assert refused(date(2022, 6, 8), date(2022, 6, 1), TODAY).startswith("{asked} has passed")
    assert refused(date(2022, 6, 24), None, TODAY).startswith("This task has no deadline to extend")


def test_a_request_is_in_time_to_the_end_of_the_day_or_to_the_moment() -> None:
    evening = datetime(2022, 6, 14, 23, 30, tzinfo=ZONE)
    assert in_time(evening, DUE, ZONE)
    assert not in_time(evening, datetime(2022, 6, 14, 9, 0, tzinfo=UTC), ZONE)


@given(DAYS, DAYS, DAYS)
def test_every_day_offered_is_worked_later_than_the_deadline_and_not_past(asked: date, due: date, today: date) -> None:
    try:
        proposal = propose(asked, due, today, CALENDAR)
    except Refusal:
        assert asked <= due or asked < today
        return
    assert proposal.days
    assert all(CALENDAR.is_working(day) and day > due and day >= today for day in proposal.days)
    assert proposal.is_settled == CALENDAR.is_working(asked)
