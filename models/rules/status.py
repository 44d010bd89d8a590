"""Where an assignment stands: computed from what was given, reported, reviewed and recorded, never stored."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.rules.calendar import Calendar

Due = datetime | date
"""A deadline: a moment counts exactly, a day counts to the end of that day in the council's zone."""


class Status(StrEnum):
    """What is spoken of an assignment (design of the state model: VPCP's two by two, with the provinces' steps)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    TO_COMPLETE = "to_complete"
    AWAITING_EXTENSION = "awaiting_extension"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class DeadlineState(StrEnum):
    """How an assignment stands to its deadline; UNDATED means that no deadline runs."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Return:
    """The unit was asked to complete its report: when, by when (if a day was set), and when what was asked came."""

    at: datetime
    complete_by: Due | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one assignment; all moments are aware.

    `started_at`: the first acknowledgement or progress report; `reported_at`: the first report of completion;
    `arrived_at`: the arrival on paper or by the document system that an officer recorded; `extension_asked_at`: the
    request that waits for a decision; `done_before`: the secretariat said that it was done before it was entered here.
    """

    due: Due | None = None
    started_at: datetime | None = None
    reported_at: datetime | None = None
    arrived_at: datetime | None = None
    returns: tuple[Return, ...] = ()
    accepted_at: datetime | None = None
    extension_asked_at: datetime | None = None
    suspended: bool = False
    cancelled: bool = False
    done_before: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """By what deadlines are judged: zone, calendar, and how many working days ahead a deadline is near."""

    zone: ZoneInfo
    calendar: Calendar
    soon: int = 3


def is_late(at: datetime, due: Due | None, zone: ZoneInfo) -> bool:
    """Tell whether `at` is after the deadline: a moment exactly, a day at its end in `zone`; undated is never late."""
    if due is None:
        return False
    if isinstance(due, datetime):
        return at > due
    return at >= datetime.combine(due + timedelta(days=1), time(), zone)


def due_day(due: Due, zone: ZoneInfo) -> date:
    """Give the local day of a deadline."""
    return due.astimezone(zone).date() if isinstance(due, datetime) else due


def first_in(facts: Facts) -> datetime | None:
    """Give when the work first came in: by report or by recorded arrival, whichever was earlier."""
    came = [at for at in (facts.reported_at, facts.arrived_at) if at is not None]
    return min(came, default=None)


def due_now(facts: Facts) -> Due | None:
    """Give the deadline that runs at present: the day set for completing while that is asked, otherwise the task's."""
    waiting = _open_return(facts)
    return waiting.complete_by or facts.due if waiting else facts.due


def status(facts: Facts, zone: ZoneInfo) -> Status:
    """Say where an assignment stands."""
    if facts.cancelled:
        return Status.CANCELLED
    if _is_done(facts):
        return Status.DONE_ON_TIME if came_on_time(facts, zone) else Status.DONE_LATE
    return Status.SUSPENDED if facts.suspended else _open_status(facts)


def came_on_time(facts: Facts, zone: ZoneInfo) -> bool:
    """Judge what came in: by the first report or recorded arrival, if each completion came by the day set for it.

    A completion that was asked for and then waived is judged at the acceptance. What was done before it was entered
    counts as on time; what has not come does not.
    """
    came = first_in(facts) or facts.accepted_at
    if facts.done_before or came is None:
        return facts.done_before
    return not is_late(came, facts.due, zone) and not any(
        _completed_late(asked, facts, zone) for asked in facts.returns
    )


def deadline_state(facts: Facts, now: datetime, measure: Measure) -> DeadlineState:
    """Say how an assignment stands to its deadline at `now`.

    What has come in is judged by when it came, not by when it is accepted; a request for extension made in time keeps
    an assignment from being overdue until it is decided; what came in time and must be completed by no set day is not
    overdue; what is undated, suspended or cancelled never is.
    """
    due = due_now(facts)
    if due is None or facts.suspended or facts.cancelled:
        return DeadlineState.UNDATED
    if _is_overdue(facts, due, now, measure.zone):
        return DeadlineState.OVERDUE
    if _is_in(facts):
        return DeadlineState.IN_TIME
    near = measure.calendar.shift(due_day(due, measure.zone), -measure.soon)
    return DeadlineState.IN_TIME if now.astimezone(measure.zone).date() < near else DeadlineState.DUE_SOON


def _open_status(facts: Facts) -> Status:
    if first_in(facts) is not None and _open_return(facts) is None:
        return Status.AWAITING_ACCEPTANCE
    if facts.extension_asked_at is not None:
        return Status.AWAITING_EXTENSION
    if facts.returns:
        return Status.TO_COMPLETE
    return Status.NOT_STARTED if facts.started_at is None else Status.IN_PROGRESS


def _is_done(facts: Facts) -> bool:
    return facts.done_before or facts.accepted_at is not None


def _is_in(facts: Facts) -> bool:
    return _is_done(facts) or (first_in(facts) is not None and _open_return(facts) is None)


def _open_return(facts: Facts) -> Return | None:
    last = max(facts.returns, key=lambda asked: asked.at, default=None)
    return last if last and not _is_done(facts) and _completed(last, facts) is None else None


def _completed(asked: Return, facts: Facts) -> datetime | None:
    """Give when what was asked came: by report, or as an arrival recorded after it was asked."""
    arrived = facts.arrived_at if facts.arrived_at and facts.arrived_at > asked.at else None
    came = [at for at in (asked.completed_at, arrived) if at is not None]
    return min(came, default=None)


def _completed_late(asked: Return, facts: Facts, zone: ZoneInfo) -> bool:
    came = _completed(asked, facts) or facts.accepted_at
    return came is not None and is_late(came, asked.complete_by, zone)


def _is_overdue(facts: Facts, due: Due, now: datetime, zone: ZoneInfo) -> bool:
    came_late = (first_in(facts) is not None or _is_done(facts)) and not came_on_time(facts, zone)
    return came_late or (_is_awaited(facts) and _has_passed(facts, due, now, zone))


def _is_awaited(facts: Facts) -> bool:
    """Tell whether something must still come by a known deadline: the work itself, or its completion by the day set."""
    asked = _open_return(facts)
    return not _is_in(facts) and (first_in(facts) is None or asked is None or asked.complete_by is not None)


def _has_passed(facts: Facts, due: Due, now: datetime, zone: ZoneInfo) -> bool:
    held = facts.extension_asked_at is not None and not is_late(facts.extension_asked_at, due, zone)
    return not held and is_late(now, due, zone)
