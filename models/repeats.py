"""Where a letter may have arrived before it is sent to another address."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.outbox import Parcel, ParcelState, bot_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """A copy of the same letter at another address: by which channel, and when it was sent; None: it may have left."""

    channel: str
    sent_at: datetime | None


async def sent_before(session: AsyncSession, parcel: Parcel) -> Earlier | None:
    """Find the newest copy of a letter that was sent, or may have been, before it goes to a further address."""
    sent = Parcel.state == ParcelState.SENT
    may_have_left = and_(Parcel.state == ParcelState.DEAD, Parcel.unsure > 0)
    row = (
        await session.execute(
            select(Parcel.lane, Parcel.sent_at)
            .where(Parcel.key == parcel.key, Parcel.step < parcel.step, or_(sent, may_have_left))
            .order_by(sent.desc(), Parcel.step.desc(), Parcel.part)
            .limit(1)
        )
    ).one_or_none()
    return Earlier(bot_of(row.lane)[0], row.sent_at) if row is not None else None
