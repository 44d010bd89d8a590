"""What becomes of a task that a unit says is not its own: given to another, or left with it."""

from dataclasses import dataclass

from sqlalchemy import select, update

from models.addressing import Addressee
from models.adjustments import Decided, Deciding, Done, answer_request, close_all, note
from models.assignments import Act, as_kept, held_all, next_number
from models.base import HELD
from models.days import working_calendar
from models.moving import stage_of
from models.rules.moving import Stage, is_too_near
from models.rules.status import Due, due_day
from models.rules.text import Refusal, t
from models.standing import Standing, standings
from models.tasks import Assignment, Party, Report, Said, Whom


@dataclass(frozen=True, slots=True)
class Handover:
    """To whom a task goes, until when it is due there, and why."""

    to: Addressee
    due: Due | None
    reason: str


async def reassign(act: Act, assignment_id: int, handover: Handover) -> Done:
    """Release a unit and give its assignment to another, under a number of its own; both are told.

    Rounds that come later go to the new unit too, where the document names the old one alone. Raises Refusal where
    nothing is open any more, the other has it already, or the deadline is too near to be met.
    """
    old = await _open(act, assignment_id)
    await require_time(act, handover.due)
    assignment = await _received(act, old, handover)
    releasing = Deciding.of(act, Decided.RELEASED, handover.reason)
    receiving = Deciding(act, Decided.RECEIVED, releasing.instruction, releasing.act_id)
    note(releasing, old, old.due, told=True, other_id=assignment.id)
    old.assignment.cancelled_at = act.at
    requests = () if old.request is None else (old.request,)
    for request in requests:
        answer_request(act, request, approved=False, reason=handover.reason)
    await act.session.flush()
    new = await (await standings(act.session, act.at, act.zone)).one(assignment.id)
    assert new is not None  # noqa: S101 - it was just written
    note(receiving, new, handover.due, told=True, other_id=old.id)
    await _lead_by(act, old, handover.to)
    await close_all(act, [old.assignment, assignment])
    both = (old.assignment, assignment)
    return Done(releasing.act_id, both, both, requests)


async def uphold(act: Act, assignment_id: int, reason: str) -> Done:
    """Leave a task with the unit that said it is not its own: its answer is set aside and reminders go on.

    Raises Refusal where that was decided already, or the unit has said something else since.
    """
    standing = await _open(act, assignment_id)
    require_disclaimed(standing)
    deciding = Deciding.of(act, Decided.UPHELD, reason)
    note(deciding, standing, standing.due, told=True)
    await _set_aside(act, standing.id)
    await close_all(act, [standing.assignment])
    return Done(deciding.act_id, (standing.assignment,), (standing.assignment,))


async def require_time(act: Act, due: Due | None) -> None:
    """Refuse a deadline that is past or nearer than one working day, which nobody new could meet."""
    if due is not None and is_too_near(due, act.today, act.zone, await working_calendar(act.session)):
        raise Refusal(
            t(
                "The deadline {day} is past or nearer than one working day; please set another date.",
                day=due_day(due, act.zone),
            )
        )


def require_disclaimed(standing: Standing) -> None:
    """Refuse to decide again what was decided, or what the unit has answered otherwise since."""
    if standing.last is None or standing.last.said != Said.NOT_OURS:
        raise Refusal(
            t("{unit} does not say any more that this is not its task; nothing is to be decided.", unit=standing.whose)
        )


async def _open(act: Act, assignment_id: int) -> Standing:
    found = await held_all(act, Assignment.id == assignment_id)
    if not found:
        raise Refusal(t("This task is no longer there; please send “nhiemvu” for your tasks."))
    if stage_of(found[0]) is not Stage.OPEN:
        raise Refusal(t("{unit} has nothing open here any more: {title}.", unit=found[0].whose, title=found[0].title))
    return found[0]


async def _received(act: Act, old: Standing, handover: Handover) -> Assignment:
    """Write the assignment of whoever takes over; one that was withdrawn from him before comes back."""
    to, task_id, period = handover.to, old.assignment.task_id, old.assignment.period
    theirs = Assignment.unit_id == to.unit_id if to.unit_id is not None else Assignment.post_id == to.post_id
    number = await next_number(act.session, unit_id=to.unit_id, post_id=to.post_id)
    assignment = await act.session.scalar(
        select(Assignment)
        .where(Assignment.task_id == task_id, Assignment.period == period, theirs)
        .with_for_update(**HELD)
        .execution_options(populate_existing=True)
    )
    if assignment is None:
        assignment = Assignment(task_id=task_id, period=period, number=number)
        assignment.unit_id, assignment.post_id = to.unit_id, to.post_id
        act.session.add(assignment)
    elif assignment.cancelled_at is None:
        raise Refusal(t("This unit has the task already; please choose another, or withdraw it from the first."))
    assignment.due_on, assignment.due_at = as_kept(handover.due, act.zone)
    assignment.opens_on, assignment.original_due_on = old.assignment.opens_on, assignment.due_on
    assignment.given_at, assignment.given_on = act.at, act.today
    assignment.cancelled_at = assignment.suspended_at = None
    await act.session.flush()
    await _set_aside(act, assignment.id)
    return assignment


async def _set_aside(act: Act, assignment_id: int) -> None:
    """Let the answer that a task is not the unit's own stand no longer; the row is kept."""
    await act.session.execute(
        update(Report)
        .where(Report.assignment_id == assignment_id, Report.said == Said.NOT_OURS, Report.replaced_at.is_(None))
        .values(replaced_at=act.at)
    )


async def _lead_by(act: Act, old: Standing, to: Addressee) -> None:
    """Let the new unit lead the rounds to come, where the old one leads by its own name."""
    whom = Whom.UNIT if to.unit_id is not None else Whom.POST
    theirs = (
        Party.unit_id == old.assignment.unit_id if old.unit is not None else Party.post_id == old.assignment.post_id
    )
    await act.session.execute(
        update(Party)
        .where(Party.task_id == old.task.id, Party.leads, Party.whom.in_((Whom.UNIT, Whom.POST)), theirs)
        .values(whom=whom, unit_id=to.unit_id, post_id=to.post_id)
    )
