from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.status import (
    DeadlineState,
    Facts,
    Measure,
    Return,
    Status,
    came_on_time,
    deadline_state,
    due_now,
    is_late,
    status,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MEASURE = Measure(ZONE, Calendar())
DUE = date(2022, 6, 14)
GIVEN = Facts(due=DUE)
MOMENTS = st.datetimes(datetime(2022, 5, 1), datetime(2022, 8, 1), timezones=st.just(ZONE))  # noqa: DTZ001
MAYBE = st.none() | MOMENTS
RETURNS = st.lists(st.builds(Return, MOMENTS, st.none() | st.just(date(2022, 6, 20)), MAYBE), max_size=2).map(tuple)
FACTS = st.builds(
    Facts,
    due=st.none() | st.just(DUE) | MOMENTS,
    started_at=MAYBE,
    reported_at=MAYBE,
    arrived_at=MAYBE,
    returns=RETURNS,
    accepted_at=MAYBE,
    extension_asked_at=MAYBE,
    suspended=st.booleans(),
    cancelled=st.booleans(),
    done_before=st.booleans(),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-{text}").replace(tzinfo=ZONE)


RETURNED = Facts(due=DUE, reported_at=at("06-14T10:00"), returns=(Return(at("06-15T09:00"), date(2022, 6, 17)),))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (GIVEN, Status.NOT_STARTED),
        (replace(GIVEN, started_at=at("06-09T08:00")), Status.IN_PROGRESS),
        (replace(GIVEN, reported_at=at("06-09T08:00")), Status.AWAITING_ACCEPTANCE),
        (replace(GIVEN, arrived_at=at("06-09T08:00")), Status.AWAITING_ACCEPTANCE),
        (replace(GIVEN, extension_asked_at=at("06-09T08:00")), Status.AWAITING_EXTENSION),
        (replace(GIVEN, suspended=True), Status.SUSPENDED),
        (replace(GIVEN, cancelled=True, accepted_at=at("06-09T08:00")), Status.CANCELLED),
        (replace(GIVEN, done_before=True), Status.DONE_ON_TIME),
        (RETURNED, Status.TO_COMPLETE),
        (replace(RETURNED, extension_asked_at=at("06-16T08:00")), Status.AWAITING_EXTENSION),
        (replace(RETURNED, arrived_at=at("06-16T08:00")), Status.AWAITING_ACCEPTANCE),
    ],
)
def test_the_status_follows_from_what_happened(facts: Facts, expected: Status) -> None:
    assert status(facts, ZONE) == expected


def test_a_day_counts_to_its_end_in_the_councils_zone() -> None:
    last, first = datetime(2022, 6, 14, 16, 59, 59, tzinfo=UTC), datetime(2022, 6, 14, 17, 0, tzinfo=UTC)
    assert [is_late(moment, DUE, ZONE) for moment in (last, first)] == [False, True]


def test_a_moment_counts_exactly() -> None:
    due = at("06-20T16:00")
    assert [is_late(moment, due, ZONE) for moment in (due, due + timedelta(seconds=1))] == [False, True]


@pytest.mark.parametrize(
    ("reported", "arrived", "expected"),
    [
        ("06-14T23:59", None, Status.DONE_ON_TIME),
        ("06-15T00:00", None, Status.DONE_LATE),
        ("06-16T08:00", "06-13T15:00", Status.DONE_ON_TIME),
        ("06-10T08:00", "06-20T15:00", Status.DONE_ON_TIME),
        (None, "06-20T15:00", Status.DONE_LATE),
    ],
)
def test_on_time_is_judged_by_what_came_first_not_by_acceptance(
    reported: str | None, arrived: str | None, expected: Status
) -> None:
    moments = [at(text) if text else None for text in (reported, arrived)]
    facts = Facts(due=DUE, reported_at=moments[0], arrived_at=moments[1], accepted_at=at("07-01T08:00"))
    assert status(facts, ZONE) == expected


@pytest.mark.parametrize(
    ("completed", "expected"),
    [("06-17T16:00", Status.DONE_ON_TIME), ("06-18T08:00", Status.DONE_LATE), (None, Status.DONE_LATE)],
)
def test_a_completion_must_come_by_the_day_set(completed: str | None, expected: Status) -> None:
    asked = replace(RETURNED.returns[0], completed_at=at(completed) if completed else None)
    facts = replace(RETURNED, returns=(asked,), accepted_at=at("06-20T08:00"))
    assert status(facts, ZONE) == expected


def test_while_a_completion_is_asked_its_own_day_runs() -> None:
    assert due_now(RETURNED) == date(2022, 6, 17)
    days = [at("06-16T08:00"), at("06-18T08:00")]
    assert [deadline_state(RETURNED, now, MEASURE) for now in days] == [DeadlineState.DUE_SOON, DeadlineState.OVERDUE]


def test_a_completion_asked_for_without_a_day_makes_nothing_overdue() -> None:
    facts = replace(RETURNED, returns=(Return(at("06-15T09:00")),))
    assert deadline_state(facts, at("07-15T08:00"), MEASURE) == DeadlineState.DUE_SOON


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("06-08T08:00", DeadlineState.IN_TIME),
        ("06-09T08:00", DeadlineState.DUE_SOON),
        ("06-14T23:59", DeadlineState.DUE_SOON),
        ("06-15T00:00", DeadlineState.OVERDUE),
    ],
)
def test_a_deadline_is_near_three_working_days_ahead(now: str, expected: DeadlineState) -> None:
    assert deadline_state(GIVEN, at(now), MEASURE) == expected


def test_what_waits_for_acceptance_is_overdue_only_if_it_came_late() -> None:
    reports = [at("06-14T10:00"), at("06-15T10:00")]
    states = [deadline_state(replace(GIVEN, reported_at=came), at("06-30T08:00"), MEASURE) for came in reports]
    assert states == [DeadlineState.IN_TIME, DeadlineState.OVERDUE]


def test_only_a_request_made_in_time_keeps_an_assignment_from_being_overdue() -> None:
    asked = [at("06-14T16:00"), at("06-15T08:00")]
    states = [deadline_state(replace(GIVEN, extension_asked_at=when), at("06-16T08:00"), MEASURE) for when in asked]
    assert states == [DeadlineState.DUE_SOON, DeadlineState.OVERDUE]


@given(FACTS, MOMENTS)
def test_without_a_deadline_nothing_is_overdue(facts: Facts, now: datetime) -> None:
    undated = replace(facts, due=None, returns=())
    assert deadline_state(undated, now, MEASURE) == DeadlineState.UNDATED


@given(FACTS)
def test_what_is_done_late_did_not_come_on_time(facts: Facts) -> None:
    said = status(facts, ZONE)
    if said in {Status.DONE_LATE, Status.DONE_ON_TIME}:
        assert (said is Status.DONE_ON_TIME) == came_on_time(facts, ZONE)


@given(FACTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_what_is_overdue_stays_so_until_something_happens(facts: Facts, now: datetime, later: timedelta) -> None:
    if deadline_state(facts, now, MEASURE) is DeadlineState.OVERDUE:
        assert deadline_state(facts, now + later, MEASURE) is DeadlineState.OVERDUE


@given(FACTS, MOMENTS, st.dates(date(2022, 5, 1), date(2022, 8, 1)))
def test_a_later_deadline_never_makes_anything_overdue(facts: Facts, now: datetime, due: date) -> None:
    one, two = replace(facts, due=due), replace(facts, due=due + timedelta(days=9))
    if deadline_state(two, now, MEASURE) is DeadlineState.OVERDUE:
        assert deadline_state(one, now, MEASURE) is DeadlineState.OVERDUE
