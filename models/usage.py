"""What each bot has used of what its provider grants it: people whom it serves, and messages in the calendar month."""

from calendar import monthrange
from collections.abc import Collection
from datetime import datetime
from math import ceil
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat, Consent
from models.enrolling import OPEN
from models.enrolments import Enrolment
from models.joining import CONSENT_IS_ASKED
from models.outbox import Parcel, ParcelState, Priority, bot_of

Bot = tuple[str, str]
"""A bot by the names of its channel and its own."""

ANSWER: Final = "in:"
"""What the key of an answer begins with."""

# of a bot's month: fifty people get three answers each when all else is used up
_KEPT_BACK: Final = 0.05
# as long as a bot has sent little, each reminder is taken to bring half of another message
_USUAL, _WEIGHT = 0.5, 40

_HAS_LEFT: Final = Parcel.state.in_((ParcelState.SENT, ParcelState.SENDING))
_left_at: Final[ColumnElement[datetime]] = func.coalesce(Parcel.sent_at, Parcel.not_before)


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


def kept_back(granted: int) -> int:
    """Count the last messages of a month that are kept for answers and for what is urgent."""
    return ceil(granted * _KEPT_BACK)


async def messages_sent(session: AsyncSession, since: datetime, *where: ColumnElement[bool]) -> dict[Bot, int]:
    """Count, bot by bot, what has been sent since a moment: each piece, and what was sent twice twice.

    What may have left counts as sent; an edit is no message.
    """
    rows = await session.execute(
        select(Parcel.lane, func.sum(case((_HAS_LEFT, 1), else_=0) + Parcel.unsure))
        .where(Parcel.op == "send", or_(_HAS_LEFT, Parcel.unsure > 0), _left_at >= since, *where)
        .group_by(Parcel.lane)
    )
    return {bot_of(lane): int(count) for lane, count in rows}


async def brought_along(session: AsyncSession, since: datetime, until: datetime) -> dict[Bot, float]:
    """Give, bot by bot, how many more messages came in a time with each reminder or notice.

    These are the answers to what people say, the further pieces of what is long, and what was sent twice.
    """
    is_push = and_(Parcel.part == 0, Parcel.priority.in_((Priority.REMINDER, Priority.BROADCAST)))
    is_more = or_(Parcel.key.startswith(ANSWER), Parcel.part > 0)
    rows = await session.execute(
        select(
            Parcel.lane,
            func.sum(case((is_push, 1), else_=0)),
            func.sum(case((is_more, 1), else_=0) + Parcel.unsure),
        )
        .where(Parcel.op == "send", _HAS_LEFT, _left_at >= since, _left_at < until)
        .group_by(Parcel.lane)
    )
    return {bot_of(lane): _share(int(more), int(pushes)) for lane, pushes, more in rows}


def _share(more: int = 0, pushes: int = 0) -> float:
    return (more + _USUAL * _WEIGHT) / (pushes + _WEIGHT)


USUALLY_BROUGHT_ALONG: Final = _share()
"""What holds for a bot that has sent nothing yet."""


async def bots_of(session: AsyncSession, people: Collection[int] | Select[Any]) -> dict[int, Bot]:
    """Name the bot by which each of these people is written to; who has no address is left out."""
    rows = await session.execute(
        select(Address.person_id, Chat.channel, Chat.bot)
        .join(Chat, Chat.id == Address.chat_id)
        .where(Address.person_id.in_(people), Address.state == AddressState.ACTIVE)
        .order_by(Address.preference.desc(), Address.id.desc())
    )
    return {person: (channel, bot) for person, channel, bot in rows}
