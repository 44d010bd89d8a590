"""Tasks suspended, resumed and withdrawn, for one unit, some or all: who has it open is told, the others are not."""

from collections.abc import Sequence

from models.adjustments import Decided, Deciding, Done, answer_request, close_all, note
from models.assignments import Act, move_deadline
from models.moving import stage_of
from models.rules.moving import Stage
from models.rules.status import Due
from models.standing import Standing

_CONCERNS = {
    Decided.SUSPENDED: frozenset({Stage.OPEN}),
    Decided.RESUMED: frozenset({Stage.SUSPENDED}),
    Decided.WITHDRAWN: frozenset({Stage.OPEN, Stage.SUSPENDED}),
}


def concerned(found: Sequence[Standing], decided: Decided) -> tuple[Standing, ...]:
    """Give those of these assignments that a decision concerns; what has come in stays as it is."""
    return tuple(standing for standing in found if stage_of(standing) in _CONCERNS[decided])


async def suspend(act: Act, found: Sequence[Standing], instruction: object) -> Done:
    """Suspend open assignments, their rows being held: nothing is awaited, reminded of or counted."""
    deciding = Deciding.of(act, Decided.SUSPENDED, instruction)
    theirs = concerned(found, Decided.SUSPENDED)
    for standing in theirs:
        note(deciding, standing, standing.due, told=True)
        standing.assignment.suspended_at = act.at
    return await _done(deciding, theirs)


async def resume(act: Act, found: Sequence[Standing], instruction: object, to: Due | None = None) -> Done:
    """Resume suspended assignments with the deadline as it was, or with a new one."""
    deciding = Deciding.of(act, Decided.RESUMED, instruction)
    theirs = concerned(found, Decided.RESUMED)
    for standing in theirs:
        note(deciding, standing, to or standing.due, told=True)
        standing.assignment.suspended_at = None
        if to is not None:
            await move_deadline(act, standing, to)
    return await _done(deciding, theirs)


async def withdraw(act: Act, found: Sequence[Standing], instruction: object) -> Done:
    """Withdraw assignments for good; a request for more time that waits is answered with it."""
    deciding = Deciding.of(act, Decided.WITHDRAWN, instruction)
    theirs = concerned(found, Decided.WITHDRAWN)
    for standing in theirs:
        note(deciding, standing, standing.due, told=True)
        standing.assignment.cancelled_at = act.at
        if standing.request is not None:
            answer_request(act, standing.request, approved=False, reason=deciding.instruction)
    return await _done(deciding, theirs)


async def _done(deciding: Deciding, theirs: Sequence[Standing]) -> Done:
    assignments = tuple(standing.assignment for standing in theirs)
    await close_all(deciding.act, assignments)
    requests = tuple(standing.request for standing in theirs if standing.request is not None)
    return Done(deciding.act_id, assignments, assignments, requests)
