"""What was heard last of a bot: where asking for updates goes on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.inbox import Inbound

# updates that came together may be stored in any order
_LAST = 1000


@dataclass(frozen=True, slots=True)
class Newest:
    """The highest number among the updates of a bot that were stored last, and when."""

    update_id: str
    heard_at: datetime


async def newest_update(session: AsyncSession, channel: str, bot: str) -> Newest | None:
    """Find the newest numbered update of a bot; None where nothing was heard of it yet."""
    last = (
        select(Inbound.update_id, Inbound.heard_at)
        .where(Inbound.bot == bot, Inbound.channel == channel)
        .order_by(Inbound.id.desc())
        .limit(_LAST)
        .subquery()
    )
    number = cast(last.c.update_id, BigInteger)
    row = (await session.execute(select(last).order_by(number.desc()).limit(1))).one_or_none()
    return Newest(*row) if row is not None else None
