"""The last messages of a bot's month: who is reached by another address meanwhile, who waits, who is telephoned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.darkness import go_elsewhere, waiting_on
from models.failing import note_waiting
from models.outbox import Parcel
from models.queue import IN_WORKING_HOURS

RESERVED: Final = "month used up"
"""The reason, as recorded, of a letter that went on because its bot keeps its last messages for what is urgent."""


@dataclass(frozen=True, slots=True)
class Spared:
    """What did not leave by a bot that is in its reserve: it `moved` to other addresses, or is `waiting`."""

    moved: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Spare:
    """How bots are spared at business time `now`: nothing goes on to the lanes `closed`; what was due by `call_before`
    is to be telephoned, but not to `officers`, who know.
    """

    now: datetime
    closed: Collection[str]
    call_before: datetime
    officers: Collection[int]


async def spare(session: AsyncSession, lane: str, how: Spare) -> Spared:
    """Let reminders and notices that wait on a lane go on to other addresses; the rest waits for the new month."""
    moved = await go_elsewhere(session, waiting_on(lane, IN_WORKING_HOURS, how.now), how.now, how.closed, RESERVED)
    others = Parcel.person_id.not_in(how.officers)
    await note_waiting(session, (*waiting_on(lane, IN_WORKING_HOURS, how.call_before), others), how.now)
    left = select(func.count()).select_from(Parcel).where(*waiting_on(lane, IN_WORKING_HOURS, how.now), others)
    return Spared(moved, await session.scalar(left) or 0)
