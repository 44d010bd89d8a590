"""The queue of a lane: claim what may leave, record what became of it. Batched statements, each within one lane."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import union_all

from models.fallback import give_up
from models.outbox import STILL_TO_COME, Parcel, ParcelState, Priority

UNSURE: Final = "unsure"
UNSURE_AGAIN: Final = timedelta(seconds=60)
# what is pushed without having been asked for goes out in working hours only
IN_WORKING_HOURS: Final = frozenset({Priority.REMINDER, Priority.BROADCAST})
# a parcel is sent once more after its outcome was unknown this many times
MOST_UNSURE: Final = 1

_parcel = cast("Table", Parcel.__table__)
_target = _parcel.alias("target")
_earlier = _parcel.alias("earlier")
# literally, or SQLite does not see that the partial indexes fit
_QUEUED: Final[ColumnElement[str]] = literal_column("'queued'")
_SENDING: Final[ColumnElement[str]] = literal_column("'sending'")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a lane could send at business time `now`: at most `limit`, of these priorities, to no chat in `busy`."""

    lane: str
    now: datetime
    limit: int
    priorities: Collection[Priority] = tuple(Priority)
    busy: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A parcel in the sender's hand."""

    id: int
    chat_id: int


async def is_anything_due(session: AsyncSession, wanted: Wanted) -> bool:
    """Tell whether a claim would find anything to do."""
    return bool(await _candidates(session, wanted, 1))


async def claim(session: AsyncSession, wanted: Wanted, epoch: int) -> list[Claimed]:
    """Take what may leave into `sending`: by priority, then by age, one parcel a chat.

    On the way parcels past their time expire, and edits whose card never left, or that a newer edit replaces, are
    cancelled. An edit waits for its card, a later part for the earlier ones.
    """
    rows = await _candidates(session, wanted, 2 * wanted.limit)
    late = {row.id for row in rows if row.expires_at is not None and row.expires_at <= wanted.now}
    moot = _moot_edits([row for row in rows if row.op == "edit" and row.id not in late])
    await _end(session, wanted.lane, late, ParcelState.EXPIRED)
    await _end(session, wanted.lane, moot, ParcelState.CANCELLED)
    chosen: dict[int, int] = {}
    for row in rows:
        if row.id not in late and row.id not in moot:
            chosen.setdefault(row.chat_id, row.id)
    first = list(chosen.values())[: wanted.limit]
    taken = await _into_sending(session, wanted.lane, epoch, first)
    return [Claimed(parcel_id, chat_id) for chat_id, parcel_id in chosen.items() if parcel_id in taken]


async def put_back_unsure(session: AsyncSession, lane: str, epoch: int, now: datetime) -> None:
    """Put back what senders of older epochs had in hand: it may have left, so it is sent once more, later and marked.

    What was in doubt before goes to another address, or on the call list. An edit is simply done again.
    """
    older = _of_older_epochs(lane, epoch)
    await session.execute(older.where(_parcel.c.op == "edit").values(state=ParcelState.QUEUED.value))
    again = {"unsure": _parcel.c.unsure + 1, "not_before": now + UNSURE_AGAIN}
    doubted = older.where(_parcel.c.unsure >= MOST_UNSURE).returning(_parcel.c.id)
    lost = (await session.scalars(doubted.values(state=ParcelState.DEAD.value, error=UNSURE, **again))).all()
    await session.execute(older.values(state=ParcelState.QUEUED.value, **again))
    await give_up(session, lost, now)


async def put_back(session: AsyncSession, lane: str, epoch: int) -> None:
    """Put back what senders of older epochs had in hand on a lane where the commit itself is the sending."""
    await session.execute(_of_older_epochs(lane, epoch).values(state=ParcelState.QUEUED.value))


async def put_back_astray(session: AsyncSession, lane: str, epoch: int, in_hand: Collection[int]) -> None:
    """Put back what this epoch claimed without the sender knowing, for the answer to its commit was lost."""
    await session.execute(
        update(_parcel)
        .where(_parcel.c.lane == lane, _parcel.c.state == _SENDING, _parcel.c.epoch == epoch)
        .where(_parcel.c.id.not_in(in_hand))
        .values(state=ParcelState.QUEUED.value, attempts=_parcel.c.attempts - 1)
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much of a lane is due, and since when."""

    lane: str
    count: int
    since: datetime


async def backlogs(session: AsyncSession, now: datetime) -> list[Backlog]:
    """Count what is due and has not left, lane by lane."""
    due = (
        select(_parcel.c.lane, func.count(), func.min(_parcel.c.not_before))
        .where(_parcel.c.state == _QUEUED, _parcel.c.not_before <= now)
        .group_by(_parcel.c.lane)
    )
    return [Backlog(*row) for row in await session.execute(due)]


async def _candidates(session: AsyncSession, wanted: Wanted, limit: int) -> Sequence[Any]:
    values: dict[str, Any] = {"lane": wanted.lane, "now": wanted.now, "most": limit}
    if wanted.busy:
        values["busy"] = list(wanted.busy)
    selecting = _selecting(frozenset(wanted.priorities), is_any_busy=bool(wanted.busy))
    rows: Sequence[Any] = (await session.execute(selecting, values)).all()
    return rows


@cache
def _selecting(priorities: frozenset[Priority], *, is_any_busy: bool) -> Select[Any]:
    """Select what may leave, priority by priority, so that what waits for its hour is never read through.

    Made once: making it takes longer than running it.
    """
    parts = [_of_priority(priority) for priority in sorted(priorities)]
    if is_any_busy:
        busy: BindParameter[Any] = bindparam("busy", expanding=True)
        parts = [part.where(_parcel.c.chat_id.not_in(busy)) for part in parts]
    found = union_all(*(select(part.limit(bindparam("most")).subquery()) for part in parts)).subquery()
    return select(found).order_by(found.c.priority, found.c.not_before, found.c.id).limit(bindparam("most"))


def _of_priority(priority: Priority) -> Select[Any]:
    columns = (_parcel.c[name] for name in ("id", "chat_id", "priority", "not_before", "op", "expires_at", "target_id"))
    return (
        select(*columns, _target.c.state.label("target_state"))
        .select_from(_parcel.outerjoin(_target, _target.c.id == _parcel.c.target_id))
        .where(
            _parcel.c.lane == bindparam("lane"),
            _parcel.c.state == _QUEUED,
            _parcel.c.priority == int(priority),
            _parcel.c.not_before <= bindparam("now"),
            or_(_parcel.c.op == "send", _target.c.state.not_in(STILL_TO_COME)),
            or_(_parcel.c.part == 0, ~_earlier_part_waits()),
        )
        .order_by(_parcel.c.not_before, _parcel.c.id)
    )


def _earlier_part_waits() -> ColumnElement[bool]:
    return exists().where(
        _earlier.c.key == _parcel.c.key,
        _earlier.c.step == _parcel.c.step,
        _earlier.c.part < _parcel.c.part,
        _earlier.c.state.in_(STILL_TO_COME),
    )


def _moot_edits(edits: Sequence[Any]) -> set[int]:
    newest: dict[int, int] = {}
    for row in edits:
        newest[row.target_id] = max(row.id, newest.get(row.target_id, 0))
    return {row.id for row in edits if row.target_state != ParcelState.SENT or row.id != newest[row.target_id]}


async def _end(session: AsyncSession, lane: str, parcels: Collection[int], state: ParcelState) -> None:
    if parcels:
        ending = update(_parcel).where(_NAMED).values(state=state.value)
        await session.execute(ending, {"parcels": list(parcels), "in_lane": lane})


async def _into_sending(session: AsyncSession, lane: str, epoch: int, parcels: Collection[int]) -> set[int]:
    if not parcels:
        return set()
    values = {"parcels": list(parcels), "in_lane": lane, "in_epoch": epoch}
    return set(await session.scalars(_TAKING, values))


# the comparison of the state is said so that SQLite does not see the partial index: it would read through all that
# wait, instead of finding each by its id
_NAMED: Final = and_(
    _parcel.c.id.in_(bindparam("parcels", expanding=True)),
    _parcel.c.lane == bindparam("in_lane"),
    _parcel.c.state.concat("") == ParcelState.QUEUED.value,
)
_TAKING: Final = (
    update(_parcel)
    .where(_NAMED)
    .values(state=ParcelState.SENDING.value, epoch=bindparam("in_epoch"), attempts=_parcel.c.attempts + 1)
    .returning(_parcel.c.id)
)


def _of_older_epochs(lane: str, epoch: int) -> Any:
    return update(_parcel).where(_parcel.c.lane == lane, _parcel.c.state == _SENDING, _parcel.c.epoch < epoch)
