"""Deadlines moved by an instruction or by a document's newer version: foreseen first, then carried out in one act."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.adjustments import Adjustment, Decided, Deciding, Done, answer_request, close_all, note
from models.assignments import Act, held_all, move_deadline
from models.papers import Document
from models.rules.deadline import Reading
from models.rules.moving import Fate, Held, Outcome, Stage, meets, outcome
from models.rules.rounds import dues_once
from models.rules.status import Due, Status, due_day
from models.standing import Standing, Standings, standings
from models.tasks import Assignment, Extension, Review, Task


@dataclass(frozen=True, slots=True)
class Move:
    """Where a deadline is moved to (None: there is none any more), and whether days granted to one unit give way."""

    to: Due | None
    shorten: bool = False


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One assignment, and what a move makes of it."""

    standing: Standing
    outcome: Outcome

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        return self.outcome.fate


def stage_of(standing: Standing) -> Stage:
    """Say how far an assignment is, as far as a decision about its task concerns it."""
    if standing.status is Status.SUSPENDED:
        return Stage.SUSPENDED
    return Stage.OPEN if standing.awaits_unit else Stage.OVER


async def foresee(read: Standings, found: Sequence[Standing], move: Move) -> tuple[Foreseen, ...]:
    """Say what a move makes of each of these assignments; nothing is changed."""
    alone = await granted_alone(read.session, found)
    return tuple(
        Foreseen(standing, outcome(_held(standing, alone), move.to, read.measure.zone, shorten=move.shorten))
        for standing in found
    )


def mark_of(foreseen: Sequence[Foreseen]) -> int:
    """Give a number that differs where a preview no longer says what a move would do."""
    said = sorted((each.standing.id, each.fate.value, str(each.standing.due)) for each in foreseen)
    return crc32(repr(said).encode())


async def move(act: Act, foreseen: Sequence[Foreseen], move: Move, instruction: object) -> Done:
    """Move what `foresee` has found to be moved, its rows being held; history is kept, requests made moot answered.

    Reminders laid for the old day are closed, those of the new one follow by the plan.
    """
    deciding = Deciding.of(act, Decided.MOVED, instruction)
    moved = [each for each in foreseen if each.fate is Fate.MOVED]
    requests = []
    for each in moved:
        note(deciding, each.standing, move.to, told=each.outcome.told)
        await move_deadline(act, each.standing, move.to)
        if (request := each.standing.request) is not None:
            _settle(deciding, request, move.to)
            requests.append(request)
    await close_all(act, [each.standing.assignment for each in moved])
    return Done(
        deciding.act_id,
        tuple(each.standing.assignment for each in moved if each.outcome.told),
        tuple(each.standing.assignment for each in moved),
        tuple(requests),
        tuple(each.standing.whose for each in foreseen if each.fate is Fate.KEPT),
    )


async def redate(act: Act, task_ids: Collection[int]) -> tuple[Done, ...]:
    """Move what was given once to what its document now says, an act for each task whose deadline changed.

    Tasks with several periods keep those that were given. The instruction is the document itself.
    """
    rows = await act.session.execute(
        select(Task, Document.number).outerjoin(Document, Document.id == Task.document_id).where(Task.id.in_(task_ids))
    )
    done = []
    for task, number in rows.all():
        dues = dues_once(Reading.parse(task.reading))
        if len(dues) > 1:
            continue
        to = Move(_due(dues[0], act) if dues else None)
        ids = await act.session.scalars(
            select(Assignment.id).where(
                Assignment.task_id == task.id, Assignment.period == "", Assignment.cancelled_at.is_(None)
            )
        )
        found = await held_all(act, Assignment.id.in_(ids.all()))
        foreseen = await foresee(await standings(act.session, act.at, act.zone), found, to)
        done.append(await move(act, foreseen, to, number or task.title))
    return tuple(done)


async def granted_alone(session: AsyncSession, found: Collection[Standing]) -> frozenset[int]:
    """Name the assignments whose running deadline was granted to their unit alone and not moved by decision since.

    Such is the day of an approved extension, and the day set for completing a report.
    """
    ids = [standing.id for standing in found]
    approved = await _last(session, Extension, Extension.decided_at, ids, Extension.approved.is_(True))
    returned = await _last(session, Review, Review.at, ids, Review.complete_by.is_not(None))
    changed = Adjustment.new_due_at.is_distinct_from(Adjustment.old_due_at)
    moved = await _last(session, Adjustment, Adjustment.at, ids, changed)
    alone = set()
    for standing in found:
        to_complete = standing.due != standing.facts.due
        given = [at for at in (approved.get(standing.id), returned.get(standing.id) if to_complete else None) if at]
        if given and (standing.id not in moved or moved[standing.id] < max(given)):
            alone.add(standing.id)
    return frozenset(alone)


async def _last(
    session: AsyncSession, table: Any, moment: Any, ids: Collection[int], *where: ColumnElement[bool]
) -> dict[int, datetime]:
    rows = await session.execute(
        select(table.assignment_id, func.max(moment))
        .where(table.assignment_id.in_(ids), *where)
        .group_by(table.assignment_id)
    )
    return {assignment_id: at for assignment_id, at in rows if at is not None}


def _held(standing: Standing, alone: Collection[int]) -> Held:
    return Held(standing.due, stage_of(standing), granted=standing.id in alone)


def _settle(deciding: Deciding, request: Extension, to: Due | None) -> None:
    """Answer a request that the new deadline already fulfils; any other waits, against the new deadline."""
    zone = deciding.act.zone
    if to is None or meets(to, request.asked_on, zone):
        answer_request(deciding.act, request, approved=True, reason=deciding.instruction)
    else:
        request.old_due_on = due_day(to, zone)


def _due(due: Any, act: Act) -> Due:
    """Give a deadline as it is read: a day, or a moment by the council's clock."""
    return due.day if due.time is None else datetime.combine(due.day, due.time, act.zone)
