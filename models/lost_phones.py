"""A telephone is lost: the chats that a person had on it end at once, with all that lets in or waits to be sent."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.audit import AuditEntry
from models.fallback import give_up
from models.inbox import Prompt
from models.joining import Kind, Mint, end_address, end_ways_in
from models.outbox import Parcel, ParcelState
from models.people import Person


async def chats_in_use(session: AsyncSession, person_id: int) -> Sequence[tuple[Address, Chat]]:
    """List the chats that serve a person, or did until they could no longer be reached; the first is tried first."""
    rows = await session.execute(
        select(Address, Chat)
        .join(Chat, Chat.id == Address.chat_id)
        .where(Address.person_id == person_id, Address.state != AddressState.LEFT)
        .order_by(Address.preference, Address.id)
    )
    return [(address, chat) for address, chat in rows]


async def end_chats(session: AsyncSession, mint: Mint, person_id: int, chats: Collection[int]) -> int:
    """End chats of a person, with the browser sessions, links and questions in them; give how many were ended.

    What waits to be sent to them goes to his next chat, or on the call list.
    """
    ended = 0
    for chat_id in chats:
        if await end_address(session, person_id, chat_id, AddressState.LEFT, mint.now) is not None:
            ended += 1
    await session.execute(update(Chat).where(Chat.id.in_(chats)).values(ended_at=mint.now))
    await session.execute(delete(Prompt).where(Prompt.chat_id.in_(chats)))
    await end_ways_in(session, mint, person_id, Kind.LINK)
    await _turn_away(session, mint, person_id, chats)
    session.add(
        AuditEntry(
            at=mint.now,
            person_id=mint.by,
            channel="",
            command="lost_phone",
            outcome="ended",
            subject_kind=Person.__tablename__,
            subject_id=person_id,
        )
    )
    await session.flush()
    return ended


async def _turn_away(session: AsyncSession, mint: Mint, person_id: int, chats: Collection[int]) -> None:
    waiting = list(
        await session.scalars(
            select(Parcel).where(
                Parcel.person_id == person_id, Parcel.chat_id.in_(chats), Parcel.state == ParcelState.QUEUED
            )
        )
    )
    for parcel in waiting:
        parcel.state = ParcelState.CANCELLED if parcel.op == "edit" else ParcelState.DEAD
        parcel.error = "telephone lost"
    await session.flush()
    await give_up(session, [parcel.id for parcel in waiting if parcel.state == ParcelState.DEAD], mint.now)


async def is_ended(session: AsyncSession, chat: Chat) -> bool:
    """Tell whether a chat has been ended since it was looked at."""
    return await session.scalar(select(Chat.ended_at).where(Chat.id == chat.id)) is not None
