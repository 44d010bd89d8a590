"""On time by reports and receipts in any order: what came first counts, an arrival by its day, not by its recording."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.evidence import Answered, Evidence, Reviewed
from models.rules.status import Status, status
from models.tasks import Said

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = date(2022, 6, 14)
MOMENTS = st.datetimes(datetime(2022, 6, 1), datetime(2022, 6, 30), timezones=st.just(ZONE))  # noqa: DTZ001
DAYS = st.dates(date(2022, 6, 1), date(2022, 6, 30))


@dataclass(slots=True)
class About:
    """An assignment due on a day."""

    id: int = 1
    due_on: date | None = DUE
    due_at: datetime | None = None
    done_before: bool = False
    suspended_at: datetime | None = None
    cancelled_at: datetime | None = None


def answer(number: int, at: datetime, arrived_on: date | None = None) -> Answered:
    """Give a report of completion, or the receipt of what arrived on a day."""
    return Answered(
        report_id=number,
        number=number,
        said=Said.FINISHED,
        step="",
        text="",
        percent=None,
        paper_number="",
        paper_date=None,
        at=at,
        by_id=1,
        by="Thu",
        replaces_id=None,
        replaced_at=None,
        arrived_on=arrived_on,
    )


CAME = st.lists(st.tuples(MOMENTS, st.none() | DAYS), min_size=1, max_size=5)
ACCEPTED = Reviewed(99, True, "", None, datetime(2022, 7, 1, tzinfo=ZONE))


def judged(answers: list[Answered], *, accepted: bool = True) -> Status:
    """Say where an assignment stands with these answers."""
    found = Evidence({1: answers}, {1: [ACCEPTED] if accepted else []}, {})
    return status(found.facts(About(), ZONE), ZONE)


def answers_of(came: list[tuple[datetime, date | None]]) -> list[Answered]:
    return [answer(number, at, day) for number, (at, day) in enumerate(came, 1)]


@given(CAME, st.randoms(use_true_random=False))
def test_what_came_first_is_judged_whatever_was_recorded_first(
    came: list[tuple[datetime, date | None]], chance: object
) -> None:
    first = min(at.date() if day is None else day for at, day in came)
    expected = Status.DONE_ON_TIME if first <= DUE else Status.DONE_LATE
    shuffled = list(came)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [judged(answers_of(came)), judged(answers_of(shuffled))] == [expected, expected]


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)), DAYS)
def test_the_day_of_recording_never_matters(at: datetime, later: timedelta, day: date) -> None:
    assert judged([answer(1, at, day)]) == judged([answer(1, at + later, day)])


@given(CAME, MOMENTS, DAYS)
def test_a_receipt_taken_back_leaves_no_trace(
    came: list[tuple[datetime, date | None]], at: datetime, day: date
) -> None:
    kept = answers_of(came)
    taken_back = replace(answer(len(came) + 1, at, day), replaced_at=at)
    assert judged([*kept, taken_back]) == judged(kept)
    assert judged([taken_back], accepted=False) is Status.NOT_STARTED


@given(MOMENTS, DAYS, DAYS)
def test_of_a_receipt_recorded_anew_the_newer_day_counts(at: datetime, wrong: date, right: date) -> None:
    older = replace(answer(1, at, wrong), replaced_at=at)
    newer = replace(answer(2, at, right), replaces_id=1)
    assert judged([older, newer]) == judged([answer(1, at, right)])


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_of_a_corrected_report_the_first_moment_counts(first: datetime, later: timedelta) -> None:
    older = replace(answer(1, first), replaced_at=first + later)
    newer = replace(answer(2, first + later), replaces_id=1)
    assert judged([older, newer]) == judged([answer(1, first)])


@given(DAYS)
def test_what_arrives_on_the_day_of_an_hour_is_in_time(day: date) -> None:
    at = datetime(2022, 6, 30, tzinfo=ZONE)
    hour = About(due_at=datetime(2022, 6, 14, 16, tzinfo=ZONE))
    found = Evidence({1: [answer(1, at, day)]}, {1: [ACCEPTED]}, {})
    assert (status(found.facts(hour, ZONE), ZONE) is Status.DONE_ON_TIME) == (day <= DUE)
