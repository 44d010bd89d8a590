"""Which of a person's addresses is tried first: a chat of his, or his telephone, which an officer calls."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import TAKES_LETTERS, Address, AddressState, Chat
from models.people import Person
from models.phone_calls import TELEPHONE
from models.rules.text import Refusal, t


async def in_order(session: AsyncSession, person_id: int) -> Sequence[Chat]:
    """List where a person is written to or called, what is tried first at the head."""
    found = await session.scalars(
        select(Chat)
        .join(Address, Address.chat_id == Chat.id)
        .where(Address.person_id == person_id, Address.state.in_(TAKES_LETTERS))
        .order_by(Address.preference, Address.id)
    )
    return found.all()


async def prefer(session: AsyncSession, person_id: int, chat_id: int) -> Chat:
    """Let an address of a person be tried before his others; raises Refusal where it takes no letters any more."""
    chat = next((chat for chat in await in_order(session, person_id) if chat.id == chat_id), None)
    if chat is None:
        raise Refusal(t("This chat no longer serves the person; nothing was changed."))
    mine = Address.person_id == person_id, Address.chat_id == chat_id
    await session.execute(update(Address).where(*mine).values(preference=await _before_all(session, person_id)))
    return chat


async def prefer_telephone(session: AsyncSession, person: Person, now: datetime) -> None:
    """Let somebody be told by telephone before all his other addresses; raises Refusal where no number is known."""
    if not person.phone:
        raise Refusal(
            t("No telephone of {name} is known; please import it with the directory first.", name=person.name)
        )
    chat = await _telephone_of(session, person)
    known = await session.scalar(select(Address).where(Address.person_id == person.id, Address.chat_id == chat.id))
    address = known or Address(person_id=person.id, chat_id=chat.id)
    address.preference = await _before_all(session, person.id)
    address.state, address.since, address.ended_at = AddressState.TELEPHONE, now, None
    session.add(address)
    await session.flush()


async def end_telephone(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Let somebody be written to again; what waits for a call stays on the list."""
    his = Address.person_id == person_id, Address.state == AddressState.TELEPHONE
    await session.execute(update(Address).where(*his).values(state=AddressState.LEFT, ended_at=now))


async def _before_all(session: AsyncSession, person_id: int) -> int:
    first = await session.scalar(select(func.min(Address.preference)).where(Address.person_id == person_id))
    return (first or 0) - 1


async def _telephone_of(session: AsyncSession, person: Person) -> Chat:
    """Find or make the chat that stands for a person's telephone."""
    named = f"{person.id}"
    chat = await session.scalar(select(Chat).where(Chat.external_id == named, Chat.channel == TELEPHONE))
    if chat is None:
        chat = Chat(channel=TELEPHONE, bot="", external_id=named)
        session.add(chat)
        await session.flush()
    return chat
