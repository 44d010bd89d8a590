"""From tasks at a glance to the rows of the progress page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from models.addressing import Addressee
from models.answer_words import by_whom, in_short
from models.overview import Glance
from models.pauses import is_paused
from models.rules import spoken
from models.rules.status import DeadlineState, Facts, Measure, Status, deadline_state
from models.rules.status_words import DEADLINE_WORDS, STATUS_WORDS
from models.rules.text import t
from models.standing import Standing, TaskCounts
from pages.views import Status as Shown
from pages.views import TaskRow, Tone, Total, UnitRow
from pages.visit import Visit

_TONES: Final[dict[DeadlineState, Tone]] = {
    DeadlineState.IN_TIME: "in_time",
    DeadlineState.DUE_SOON: "due_soon",
    DeadlineState.OVERDUE: "overdue",
    DeadlineState.UNDATED: "undated",
}
_SETTLED: Final[dict[Status, Tone]] = {
    Status.DONE_ON_TIME: "done",
    Status.DONE_LATE: "done",
    Status.AWAITING_ACCEPTANCE: "waiting",
    Status.AWAITING_EXTENSION: "waiting",
    Status.TO_COMPLETE: "waiting",
    Status.SUSPENDED: "undated",
    Status.CANCELLED: "undated",
}


Paused = Mapping[Addressee, date]
"""Whose reminders are paused today, and until when."""


def task_row(
    come: Visit, measure: Measure, glance: Glance, units: Iterable[Standing] | None = None, paused: Paused | None = None
) -> TaskRow:
    """Show one task, with its units where it is unfolded."""
    counts = glance.counts
    return TaskRow(
        id=str(glance.task.id),
        title=glance.task.title,
        document=document_of(come, glance),
        deadline=_deadline(come, glance),
        status=_task_status(come, measure, glance),
        given=counts.given,
        done=counts.accepted,
        waiting=counts.finished,
        working=counts.acknowledged,
        silent=counts.silent,
        note=glance.task.phrase,
        units=None if units is None else tuple(unit_row(come, standing, paused or {}) for standing in units),
    )


def document_of(come: Visit, glance: Glance) -> str:
    """Name the document that a task is of."""
    if glance.document is None:
        return come.speak(t("given directly"))
    return come.speak(t("{number} of {day}", number=glance.document.number, day=glance.document.dated))


def _deadline(come: Visit, glance: Glance) -> str:
    if glance.due_on is None:
        return come.speak(t("no date"))
    return spoken.day(glance.due_on, come.frame.locale)


def _task_status(come: Visit, measure: Measure, glance: Glance) -> Shown:
    counts = glance.counts
    if not counts.given:
        return Shown(come.speak(t("set aside")), "undated")
    if counts.accepted == counts.given:
        return Shown(come.speak(t("done")), "done")
    if counts.accepted + counts.finished == counts.given:
        return Shown(come.speak(STATUS_WORDS[Status.AWAITING_ACCEPTANCE]), _SETTLED[Status.AWAITING_ACCEPTANCE])
    state = deadline_state(Facts(due=glance.due_at), come.desk.now(), measure)
    if counts.overdue:
        state = DeadlineState.OVERDUE
    elif state is DeadlineState.OVERDUE:
        state = DeadlineState.DUE_SOON  # the day has passed, but timely requests for more time hold all that is open
    return Shown(come.speak(DEADLINE_WORDS[state]), _TONES[state])


def unit_row(come: Visit, standing: Standing, paused: Paused) -> UnitRow:
    """Show how one unit stands."""
    return UnitRow(
        id=str(standing.id),
        unit=standing.whose,
        status=_status(come, standing),
        answer=_last(come, standing),
        reminded=_rests(come, standing, paused),
    )


def _rests(come: Visit, standing: Standing, paused: Paused) -> str:
    """Say until when the unit is not reminded, where it still owes something."""
    if not standing.awaits_unit or not is_paused(standing, paused):
        return ""
    to = Addressee(standing.assignment.unit_id, standing.assignment.post_id)
    return come.speak(t("reminders paused until {day}", day=paused[to]))


def _status(come: Visit, standing: Standing) -> Shown:
    word = come.speak(STATUS_WORDS[standing.status])
    if standing.status in _SETTLED:
        return Shown(word, _SETTLED[standing.status])
    return Shown(f"{word}, {come.speak(DEADLINE_WORDS[standing.deadline])}", _TONES[standing.deadline])


def _last(come: Visit, standing: Standing) -> str:
    last = standing.last
    if last is None:
        return ""
    about = {"name": by_whom(last), "time": last.at, "text": in_short(last)}
    if last.arrived_on is not None:
        return come.speak(t("{text}; recorded by {name} of the standing agency, {time}", **about))
    return come.speak(t("{name}, {time}: {text}", **about))


def totals(come: Visit, rows: Iterable[TaskCounts]) -> tuple[Total, ...]:
    """Add up the figures at the head of the list."""
    total = sum(rows, TaskCounts())
    figures: tuple[tuple[str, str, int, Tone | None], ...] = (
        ("given", come.speak(t("assignments")), total.given, None),
        ("done", come.speak(t("accepted")), total.accepted, "done"),
        ("waiting", come.speak(t("awaiting acceptance")), total.finished, "waiting"),
        ("silent", come.speak(t("not yet reported")), total.silent, None),
        ("overdue", come.speak(t("overdue")), total.overdue, "overdue"),
    )
    return tuple(Total(*figure) for figure in figures)
