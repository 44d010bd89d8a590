"""When an address fails: the letter goes to the person's next one, and at last to the call list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.addresses import TAKES_LETTERS, Address, AddressState, Chat
from models.failing import note_failures
from models.groupchats import GroupChat
from models.grouping import end_group_chat
from models.ids import new_id
from models.inserts import insert_new
from models.joining import end_address
from models.outbox import Parcel, ParcelState, lane_named
from models.pieces import PIECE, drop_pieces

_CARRIED_OVER: Final = ("letter_id", "key", "op", "person_id", "priority", "subject_kind", "subject_id")


def lane_of(chat: Chat) -> str:
    """Name the lane that sends to a chat."""
    return lane_named(chat.channel, chat.bot)


def _lane_of(chats: type[Chat]) -> ColumnElement[str]:
    """Give the same name of the chats that a statement reads."""
    return chats.channel + ":" + chats.bot


async def give_up(session: AsyncSession, parcels: Collection[int], now: datetime) -> None:
    """Let what failed for good where it was owed go to each person's next address, or else on the call list."""
    lost = [parcel for parcel in parcels if not await move_on(session, parcel, now, unreachable=False)]
    if lost:
        await note_failures(session, lost, now)


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
    ways = await ways_on(session, Parcel.id == parcel_id)
    await owe_on(session, ways, now)
    return bool(ways)


@dataclass(frozen=True, slots=True)
class WayOn:
    """A parcel whose letter can go on: `row` is what the next parcel of it is like, `parcel_id` the one there is."""

    parcel_id: int
    row: Mapping[str, Any]


async def ways_on(
    session: AsyncSession, *where: ColumnElement[bool], without: Collection[str] = (), most: int | None = None
) -> list[WayOn]:
    """Find the parcels, of those that a condition names, whose person has an active address not tried with the letter.

    `without` are lanes on which nothing gets through. Of whom there is no such address, nothing is given. At most
    `most` are given, the oldest.
    """
    chat = _next_chat(without)
    columns = [getattr(Parcel, name) for name in (*_CARRIED_OVER, "step", "kind", "not_before", "expires_at")]
    found = await session.execute(
        select(Parcel.id, Chat.id.label("chat_id"), _lane_of(Chat).label("lane"), *columns)
        .join(Chat, Chat.id == chat)
        .where(Parcel.op == "send", *where)
        .order_by(Parcel.id)
        .limit(most)
    )
    return [_way_on(dict(row)) for row in found.mappings()]


def _way_on(row: dict[str, Any]) -> WayOn:
    parcel_id, kind = row.pop("id"), row["kind"]
    # a piece says only its part: the next address gets the whole
    return WayOn(parcel_id, row | {"step": row["step"] + 1, "kind": "" if kind == PIECE else kind})


async def owe_on(session: AsyncSession, ways: Sequence[WayOn], now: datetime) -> None:
    """Owe letters to the next addresses, each once."""
    rows = [
        {**way.row, "id": new_id(), "state": ParcelState.QUEUED, "not_before": max(now, way.row["not_before"])}
        | {"created_at": now}
        for way in ways
    ]
    if rows:
        await session.execute(insert_new(session, Parcel).on_conflict_do_nothing(), rows)


def _next_chat(without: Collection[str]) -> Any:
    """Select the chat of a person's first active address that a letter of his has not been tried at."""
    before, there = aliased(Parcel), aliased(Chat)
    tried = select(before.chat_id).where(before.key == Parcel.key, before.chat_id.is_not(None)).correlate(Parcel)
    return (
        select(Address.chat_id)
        .join(there, there.id == Address.chat_id)
        .where(
            Address.person_id == Parcel.person_id,
            Address.state.in_(TAKES_LETTERS),
            _lane_of(there).not_in(without),
            Address.chat_id.not_in(tried),
        )
        .order_by(Address.preference, Address.id)
        .limit(1)
        .correlate(Parcel)
        .scalar_subquery()
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
