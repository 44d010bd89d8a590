"""Which slots of the clock's jobs are done; each is recorded in the transaction of its effects."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.ids import new_id
from models.inserts import insert_new
from models.reminders import Slot

_KEPT: Final = timedelta(days=7)


async def last_slot(session: AsyncSession, job: str) -> datetime | None:
    """Read the latest slot of a job that was done; None where none was."""
    latest: datetime | None = await session.scalar(select(func.max(Slot.slot)).where(Slot.job == job))
    return latest


async def record_slot(session: AsyncSession, job: str, slot: datetime, now: datetime) -> bool:
    """Record that a slot is done; False where somebody else has done it already. Slots of last week are dropped."""
    row = insert_new(session, Slot).values(id=new_id(), job=job, slot=slot, done_at=now)
    recorded = await session.scalar(row.on_conflict_do_nothing().returning(Slot.id))
    if recorded is None:
        return False
    await session.execute(delete(Slot).where(Slot.job == job, Slot.slot < slot - _KEPT))
    return True
