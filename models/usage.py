"""What each bot has used of what its provider grants it: people whom it serves, and messages in the calendar month."""

from calendar import monthrange
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat, Consent
from models.enrolling import OPEN
from models.enrolments import Enrolment
from models.joining import CONSENT_IS_ASKED
from models.outbox import Parcel, ParcelState

Bot = tuple[str, str]
"""A bot by the names of its channel and its own."""


async def people_served(session: AsyncSession) -> dict[Bot, int]:
    """Count, bot by bot, the chats that are somebody's address, or whose person was let in to become reachable."""
    let_in = (
        select(Address.chat_id).where(Address.state == AddressState.ACTIVE),
        select(Consent.chat_id).where(Consent.chat_id.is_not(None), CONSENT_IS_ASKED),
        select(Enrolment.chat_id).where(Enrolment.state.in_(OPEN)),
    )
    rows = await session.execute(
        select(Chat.channel, Chat.bot, func.count())
        .where(or_(*(Chat.id.in_(chats) for chats in let_in)))
        .group_by(Chat.channel, Chat.bot)
    )
    return {(channel, bot): count for channel, bot, count in rows}


def month_of(now: datetime, zone: ZoneInfo) -> tuple[datetime, int]:
    """Give the first moment of the calendar month in this zone, and how many days of it are left, today counted."""
    local = now.astimezone(zone)
    first = datetime(local.year, local.month, 1, tzinfo=zone)
    return first, monthrange(local.year, local.month)[1] - local.day + 1


async def messages_sent(session: AsyncSession, since: datetime) -> dict[Bot, int]:
    """Count, bot by bot, what has been sent since a moment: each piece, and what was sent twice twice.

    What may have left counts as sent; an edit is no message.
    """
    has_left = Parcel.state.in_((ParcelState.SENT, ParcelState.SENDING))
    rows = await session.execute(
        select(Parcel.lane, func.sum(case((has_left, 1), else_=0) + Parcel.unsure))
        .where(
            Parcel.op == "send",
            or_(has_left, Parcel.unsure > 0),
            func.coalesce(Parcel.sent_at, Parcel.not_before) >= since,
        )
        .group_by(Parcel.lane)
    )
    found: dict[Bot, int] = {}
    for lane, count in rows:
        channel, _, bot = lane.partition(":")
        found[channel, bot] = int(count)
    return found


async def bots_of(session: AsyncSession, people: Collection[int]) -> dict[int, Bot]:
    """Name the bot by which each of these people is written to; who has no address is left out."""
    rows = await session.execute(
        select(Address.person_id, Chat.channel, Chat.bot)
        .join(Chat, Chat.id == Address.chat_id)
        .where(Address.person_id.in_(people), Address.state == AddressState.ACTIVE)
        .order_by(Address.preference.desc(), Address.id.desc())
    )
    return {person: (channel, bot) for person, channel, bot in rows}
