"""When an address fails: the letter goes to the person's next one, and at last to the call list."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.groupchats import GroupChat
from models.grouping import end_group_chat
from models.ids import new_id
from models.inserts import insert_new
from models.joining import end_address
from models.outbox import Parcel, ParcelState
from models.pieces import PIECE, drop_pieces

_CARRIED_OVER = ("letter_id", "key", "op", "person_id", "priority", "subject_kind", "subject_id")


def lane_of(chat: Chat) -> str:
    """Name the lane that sends to a chat."""
    return f"{chat.channel}:{chat.bot}"


async def move_on(session: AsyncSession, parcel_id: int, now: datetime, *, unreachable: bool) -> bool:
    """Owe a parcel that failed to the person's next active address, as one step more of the same letter.

    The next address gets the whole letter: pieces that were still to come here are cancelled. `unreachable` ends the
    address that failed. Gives False where nobody gets it any more and somebody must hear of it: the letter stays on the
    call list. A group chat that takes no messages ends; that is told once.
    """
    parcel = (await session.scalars(select(Parcel).where(Parcel.id == parcel_id))).one()
    if parcel.person_id is None or parcel.chat_id is None:
        if unreachable and parcel.chat_id is not None:
            # whoever removed the assistant from it has been told of already
            return await end_group_chat(session, parcel.chat_id, now) is None
        return False
    if unreachable:
        await end_address(session, parcel.person_id, parcel.chat_id, AddressState.UNREACHABLE, now)
    await drop_pieces(session, parcel)
    chat = await _next_chat(session, parcel)
    if chat is None:
        return False
    row = {name: getattr(parcel, name) for name in _CARRIED_OVER} | {
        "id": new_id(),
        "step": parcel.step + 1,
        "kind": "" if parcel.kind == PIECE else parcel.kind,
        "chat_id": chat.id,
        "lane": lane_of(chat),
        "state": ParcelState.QUEUED,
        "not_before": max(now, parcel.not_before),
        "expires_at": parcel.expires_at,
        "created_at": now,
    }
    await session.execute(insert_new(session, Parcel).values(**row).on_conflict_do_nothing())
    return True


async def _next_chat(session: AsyncSession, parcel: Parcel) -> Chat | None:
    """Find the first active address that this letter has not been tried at."""
    tried = select(Parcel.chat_id).where(Parcel.key == parcel.key, Parcel.chat_id.is_not(None))
    return await session.scalar(
        select(Chat)
        .join(Address, Address.chat_id == Chat.id)
        .where(Address.person_id == parcel.person_id, Address.state == AddressState.ACTIVE, Chat.id.not_in(tried))
        .order_by(Address.preference, Address.id)
        .limit(1)
    )


async def move_chat_of(session: AsyncSession, parcel_id: int, external_id: str) -> None:
    """Follow the chat of a parcel to the name under which its provider carries it on."""
    chat = await session.scalar(select(Chat).join(Parcel, Parcel.chat_id == Chat.id).where(Parcel.id == parcel_id))
    if chat is not None:
        await move_chat(session, chat, external_id)


async def move_chat(session: AsyncSession, chat: Chat, external_id: str) -> None:
    """Carry a chat on under another name; where somebody has spoken there already, that chat takes its letters over."""
    there = await session.scalar(select(Chat).where(Chat.bot == chat.bot, Chat.external_id == external_id))
    if there is None:
        chat.external_id = external_id
        await session.flush()
        return
    if there.id == chat.id:
        return
    waiting = update(Parcel).where(Parcel.chat_id == chat.id, Parcel.state == ParcelState.QUEUED)
    await session.execute(waiting.values(chat_id=there.id))
    await session.execute(update(GroupChat).where(GroupChat.chat_id == chat.id).values(chat_id=there.id))
