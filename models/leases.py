"""The lease of a lane: who sends, since which epoch; changed only by comparing with what was seen."""

from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import CursorResult, Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import Update

from models.ids import new_id
from models.inserts import insert_new
from models.outbox import Lane

_lane = cast("Table", Lane.__table__)
# made once: making it takes longer than running it
_BEAT: Final = (
    update(_lane)
    .where(_lane.c.key == bindparam("of"), _lane.c.owner == bindparam("by"), _lane.c.epoch == bindparam("since"))
    .values(beat=_lane.c.beat + 1)
)


@dataclass(frozen=True, slots=True)
class Lease:
    """A lane as it was seen: nobody holds it where `owner` is empty; `beat` moves while the owner lives."""

    owner: str
    epoch: int
    beat: int


async def lease_of(session: AsyncSession, lane: str) -> Lease:
    """Read the lease of a lane; a lane never seen before gets one that nobody holds."""
    columns = select(Lane.owner, Lane.epoch, Lane.beat).where(Lane.key == lane)
    row = (await session.execute(columns)).one_or_none()
    if row is None:
        free = insert_new(session, Lane).values(id=new_id(), key=lane, owner="", epoch=0, beat=0)
        await session.execute(free.on_conflict_do_nothing())
        row = (await session.execute(columns)).one()
    return Lease(*row)


async def take(session: AsyncSession, lane: str, seen: Lease, owner: str) -> bool:
    """Take the lane in a new epoch, `seen.epoch + 1`, if its lease is still as it was seen."""
    return await _changed(session, _as_seen(lane, seen).values(owner=owner, epoch=seen.epoch + 1, beat=0))


async def beat(session: AsyncSession, lane: str, owner: str, epoch: int) -> bool:
    """Show that the owner lives; False where the lane is not his any more."""
    result = await session.execute(_BEAT, {"of": lane, "by": owner, "since": epoch})
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE counts its rows
    return result.rowcount == 1


async def release(session: AsyncSession, lane: str, owner: str, epoch: int) -> bool:
    """Leave the lane to whoever comes next, at once; False where it was not the owner's any more."""
    mine = update(Lane).where(Lane.key == lane, Lane.owner == owner, Lane.epoch == epoch)
    return await _changed(session, mine.values(owner=""))


def _as_seen(lane: str, seen: Lease) -> Update:
    return update(Lane).where(
        Lane.key == lane, Lane.owner == seen.owner, Lane.epoch == seen.epoch, Lane.beat == seen.beat
    )


async def _changed(session: AsyncSession, statement: Update) -> bool:
    result = await session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE counts its rows
    return result.rowcount == 1
