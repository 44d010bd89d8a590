"""What each bot has used of what its provider grants it: people whom it serves, and messages in the calendar month."""

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat, Consent
from models.enrolling import OPEN
from models.enrolments import Enrolment
from models.joining import CONSENT_IS_ASKED

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
