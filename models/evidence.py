"""What has been answered, reviewed and asked about assignments, and the facts by which their status is judged."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.people import Person
from models.rules.status import Due, Facts, Return
from models.tasks import Assignment, Extension, Receipt, Report, Review, Said

_LAST_MINUTE = time(23, 59)
_STARTS = frozenset({Said.ACKNOWLEDGED, Said.PROGRESS, Said.OBSTACLE})
# built once: building them takes longer than running them
_ANSWERS: Any = (
    select(
        Report.assignment_id,
        Report.id,
        Report.number,
        Report.said,
        Report.step,
        Report.text,
        Report.percent,
        Report.paper_number,
        Report.paper_date,
        Report.at,
        Report.by_id,
        Person.name,
        Report.replaces_id,
        Report.replaced_at,
        Report.route,
        Receipt.arrived_on,
        Receipt.entry,
    )
    .join(Assignment, Assignment.id == Report.assignment_id)
    .join(Person, Person.id == Report.by_id)
    .outerjoin(Receipt, Receipt.report_id == Report.id)
    .order_by(Report.assignment_id, Report.number, Report.id)
)
_REVIEWS: Any = (
    select(Review.assignment_id, Report.number, Review.accepted, Review.reason, Review.complete_by, Review.at)
    .join(Assignment, Assignment.id == Review.assignment_id)
    .join(Report, Report.id == Review.report_id)
    .order_by(Review.assignment_id, Review.at, Review.id)
)
_REQUESTS = (
    select(Extension).join(Assignment, Assignment.id == Extension.assignment_id).where(Extension.approved.is_(None))
)


class Dates(Protocol):
    """What an assignment itself says: its dates, and how it was set aside."""

    id: int
    due_on: date | None
    due_at: datetime | None
    done_before: bool
    suspended_at: datetime | None
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a unit as it was recorded; `by` is the name of the person who gave it.

    What an officer recorded as arrived has the day `arrived_on`, and the number under which it was entered (số đến).
    """

    report_id: int
    number: int
    said: Said
    step: str
    text: str
    percent: int | None
    paper_number: str
    paper_date: date | None
    at: datetime
    by_id: int
    by: str
    replaces_id: int | None
    replaced_at: datetime | None
    route: str = ""
    arrived_on: date | None = None
    entry: str = ""

    def came(self, zone: ZoneInfo) -> datetime:
        """Give when it came in: when it was said, or the beginning of the day on which it arrived."""
        return self.at if self.arrived_on is None else start_of(self.arrived_on, zone)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One decision of the secretariat about what was reported finished, by the number of that report."""

    number: int
    accepted: bool
    reason: str
    complete_by: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that came in about some assignments, by the assignment's id and in the order of its coming."""

    answers: Mapping[int, Sequence[Answered]]
    reviews: Mapping[int, Sequence[Reviewed]]
    requests: Mapping[int, Extension]

    def facts(self, about: Dates, zone: ZoneInfo) -> Facts:
        """Give the facts of one assignment.

        A finished report that was corrected to something else does not count, nor an arrival that was recorded anew or
        withdrawn; a corrected report keeps the moment at which it was first said.
        """
        answers = self.answers.get(about.id, ())
        reviews = self.reviews.get(about.id, ())
        finished = tuple(_finished(answers))
        request = self.requests.get(about.id)
        return Facts(
            due=due_of(about, zone),
            started_at=min((answer.at for answer in answers if answer.said in _STARTS), default=None),
            reported_at=min((answer.at for answer in finished if answer.arrived_on is None), default=None),
            arrived_at=min((answer.came(zone) for answer in finished if answer.arrived_on is not None), default=None),
            returns=tuple(_return(review, finished, zone) for review in reviews if not review.accepted),
            accepted_at=max((review.at for review in reviews if review.accepted), default=None),
            extension_asked_at=request.at if request else None,
            suspended=about.suspended_at is not None,
            cancelled=about.cancelled_at is not None,
            done_before=about.done_before,
        )


@dataclass(slots=True)
class _Kept:
    """Rows by assignment."""

    answers: dict[int, list[Answered]] = field(default_factory=lambda: defaultdict(list))
    reviews: dict[int, list[Reviewed]] = field(default_factory=lambda: defaultdict(list))


async def evidence(session: AsyncSession, *where: ColumnElement[bool]) -> Evidence:
    """Read what came in about the assignments for which `where` holds, in one query a table."""
    kept = _Kept()
    for row in await session.execute(_ANSWERS.where(*where)):
        kept.answers[row[0]].append(Answered(*row[1:]))
    # a review is of a report
    for row in await session.execute(_REVIEWS.where(*where)) if kept.answers else ():
        kept.reviews[row[0]].append(Reviewed(*row[1:]))
    waiting = await session.scalars(_REQUESTS.where(*where))
    return Evidence(dict(kept.answers), dict(kept.reviews), {request.assignment_id: request for request in waiting})


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Give the moment for which an arrival on a day counts, whose hour nobody wrote down: the first of that day."""
    return datetime.combine(day, time(), zone)


def due_of(about: Dates, zone: ZoneInfo) -> Due | None:
    """Give the deadline: its day where that runs to the end, its moment where the document names an hour."""
    if about.due_at is None or about.due_at.astimezone(zone).time() >= _LAST_MINUTE:
        return about.due_on
    return about.due_at


def last_of(answers: Iterable[Answered]) -> Answered | None:
    """Give the newest answer that stands, not counting those that were corrected."""
    standing = [answer for answer in answers if answer.replaced_at is None]
    return standing[-1] if standing else None


def _finished(answers: Sequence[Answered]) -> Iterator[Answered]:
    """Give the reports of completion that were not taken back by a correction, and the arrivals that stand."""
    corrections = {answer.replaces_id: answer for answer in answers if answer.replaces_id is not None}
    for answer in answers:
        end = answer
        while end.report_id in corrections:
            end = corrections[end.report_id]
        stands = answer.arrived_on is None or answer.replaced_at is None
        if answer.said == Said.FINISHED == end.said and stands:
            yield answer


def _return(review: Reviewed, finished: Sequence[Answered], zone: ZoneInfo) -> Return:
    later = [answer.came(zone) for answer in finished if answer.number > review.number]
    return Return(review.at, review.complete_by, min(later, default=None))
