"""When an address fails: the letter goes to the person's next one, and at last to the call list."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.ids import new_id
from models.inserts import insert_new
from models.joining import end_address
from models.outbox import Parcel, ParcelState

_CARRIED_OVER = ("letter_id", "key", "part", "op", "person_id", "priority", "kind", "subject_kind", "subject_id")


def lane_of(chat: Chat) -> str:
    """Name the lane that sends to a chat."""
    return f"{chat.channel}:{chat.bot}"


async def move_on(session: AsyncSession, parcel_id: int, now: datetime, *, unreachable: bool) -> bool:
    """Owe a parcel that failed to the person's next active address, as one step more of the same letter.

    `unreachable` ends the address that failed. Gives False where there is no further address: the letter stays on the
    call list.
    """
    parcel = (await session.scalars(select(Parcel).where(Parcel.id == parcel_id))).one()
    if parcel.person_id is None or parcel.chat_id is None:
        return False
    if unreachable:
        await end_address(session, parcel.person_id, parcel.chat_id, AddressState.UNREACHABLE, now)
    chat = await _next_chat(session, parcel)
    if chat is None:
        return False
    row = {name: getattr(parcel, name) for name in _CARRIED_OVER} | {
        "id": new_id(),
        "step": parcel.step + 1,
        "chat_id": chat.id,
        "lane": lane_of(chat),
        "state": ParcelState.QUEUED,
        "not_before": now,
        "expires_at": parcel.expires_at,
        "created_at": now,
    }
    await session.execute(insert_new(session, Parcel).values(**row).on_conflict_do_nothing())
    return True


async def _next_chat(session: AsyncSession, parcel: Parcel) -> Chat | None:
    """Find the first active address that this letter has not been tried at."""
    tried = select(Parcel.chat_id).where(
        Parcel.key == parcel.key, Parcel.part == parcel.part, Parcel.chat_id.is_not(None)
    )
    return await session.scalar(
        select(Chat)
        .join(Address, Address.chat_id == Chat.id)
        .where(Address.person_id == parcel.person_id, Address.state == AddressState.ACTIVE, Chat.id.not_in(tried))
        .order_by(Address.preference, Address.id)
        .limit(1)
    )
