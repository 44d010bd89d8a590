"""What was heard last of a bot: where asking for updates goes on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.inbox import Inbound

# updates that came together may be stored in any order
_LAST = 1000


@dataclass(frozen=True, slots=True)
class Newest:
    """The names of the updates of a bot that were stored last, and when the last was."""

    update_ids: tuple[str, ...]
    heard_at: datetime


async def newest_updates(session: AsyncSession, channel: str, bot: str) -> Newest | None:
    """Find the newest updates of a bot; None where nothing was heard of it yet."""
    rows = (
        await session.execute(
            select(Inbound.update_id, Inbound.heard_at)
            .where(Inbound.bot == bot, Inbound.channel == channel)
            .order_by(Inbound.id.desc())
            .limit(_LAST)
        )
    ).all()
    return Newest(tuple(update_id for update_id, _ in rows), rows[0].heard_at) if rows else None
