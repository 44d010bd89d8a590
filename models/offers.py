"""What the chats of a bot are shown to be sayable: whose chat each is, and what he was shown last."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.people import Person


@dataclass(frozen=True, slots=True)
class Offered:
    """A chat and its person; `digest` is that of what he was shown last, "" where it was nothing yet."""

    id: int
    external_id: str
    digest: str
    person_id: int
    locale: str


async def offered_chats(session: AsyncSession, channel: str, bot: str, *, new_only: bool) -> Sequence[Offered]:
    """Read the chats of a bot that serve somebody; `new_only`: those that were shown nothing yet."""
    where = [Chat.offered == ""] if new_only else []
    rows = await session.execute(
        select(Chat.id, Chat.external_id, Chat.offered, Person.id, Person.locale)
        .join(Address, Address.chat_id == Chat.id)
        .join(Person, Person.id == Address.person_id)
        .where(Chat.channel == channel, Chat.bot == bot, Address.state == AddressState.ACTIVE, *where)
        .order_by(Chat.id)
    )
    return [Offered(*row) for row in rows]


async def note_offered(session: AsyncSession, chat_id: int, digest: str) -> None:
    """Note what a chat was shown."""
    await session.execute(update(Chat).where(Chat.id == chat_id).values(offered=digest))
