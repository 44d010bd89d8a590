"""A person's conversation as a browser shows it: what he said and what was sent to him, each card as last edited."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.ids import read_id
from models.inbox import Inbound
from models.outbox import Parcel, ParcelState

MINE: Final = "i"
THEIRS: Final = "p"
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a conversation.

    `key` names it for good ("p12", "i34"); `shown_id` is the parcel whose content is shown, so whose buttons are
    pressed: an edit where there is one. `changed_at` is when that content came. `content` is a parcel's content, or
    {"text", "files"} of the person's own message; `client_id` is the mark he sent it with. `unread`: whoever sent it
    waits to be told that it was seen.
    """

    key: str
    id: int
    moment: datetime
    changed_at: datetime
    mine: bool
    shown_id: int
    content: dict[str, Any]
    state: str = ""
    client_id: str = ""
    unread: bool = False

    @property
    def place(self) -> tuple[datetime, int]:
        """Where the message stands in the conversation."""
        return self.moment, self.id


async def chats_of(session: AsyncSession, chat: Chat) -> tuple[int, ...]:
    """Name the chats whose messages belong together: all of the same person on this channel, or this one alone."""
    person = (
        select(Address.person_id)
        .where(Address.chat_id == chat.id, Address.state != AddressState.LEFT)
        .limit(1)
        .scalar_subquery()
    )
    found = await session.scalars(
        select(Chat.id)
        .join(Address, Address.chat_id == Chat.id)
        .where(Address.person_id == person, Address.state != AddressState.LEFT, Chat.channel == chat.channel)
    )
    return tuple(sorted({chat.id, *found}))


async def before(
    session: AsyncSession, chats: Collection[int], place: tuple[datetime, int] | None, limit: int
) -> list[Entry]:
    """Read the last `limit` messages before a place (or the newest), oldest first."""
    sent, heard = _sent(chats), _heard(chats)
    if place is not None:
        moment, entry_id = place
        sent = sent.where(or_(Parcel.sent_at < moment, and_(Parcel.sent_at == moment, Parcel.id < entry_id)))
        heard = heard.where(or_(Inbound.heard_at < moment, and_(Inbound.heard_at == moment, Inbound.id < entry_id)))
    parcels = list(await session.scalars(sent.order_by(Parcel.sent_at.desc(), Parcel.id.desc()).limit(limit)))
    inbounds = list(await session.scalars(heard.order_by(Inbound.heard_at.desc(), Inbound.id.desc()).limit(limit)))
    entries = [*await _entries(session, parcels), *_own(inbounds)]
    return sorted(entries, key=lambda entry: entry.place)[-limit:]


async def since(session: AsyncSession, chats: Collection[int], moment: datetime) -> list[Entry]:
    """Read what was said, sent or edited at or after a moment, in the order of its coming; the newest, if too much."""
    edited = select(Parcel.target_id).where(
        Parcel.chat_id.in_(chats), Parcel.op == "edit", Parcel.state == ParcelState.SENT, Parcel.sent_at >= moment
    )
    sent = _sent(chats).where(or_(Parcel.sent_at >= moment, Parcel.id.in_(edited)))
    parcels = list(await session.scalars(sent.order_by(Parcel.sent_at.desc()).limit(_MOST)))
    heard = _heard(chats).where(Inbound.heard_at >= moment)
    inbounds = list(await session.scalars(heard.order_by(Inbound.heard_at.desc()).limit(_MOST)))
    entries = [*await _entries(session, parcels), *_own(inbounds)]
    return sorted(entries, key=lambda entry: (entry.changed_at, entry.id))


async def entry_of(session: AsyncSession, chats: Collection[int], key: str) -> Entry | None:
    """Read one message by its name; None where it is not of these chats."""
    row_id = read_id(key[1:])
    if row_id is None:
        return None
    if key.startswith(MINE):
        inbounds = await session.scalars(_heard(chats).where(Inbound.id == row_id))
        return next(iter(_own(inbounds.all())), None)
    parcels = await session.scalars(_sent(chats).where(Parcel.id == row_id))
    return next(iter(await _entries(session, parcels.all())), None)


def _sent(chats: Collection[int]) -> Any:
    return select(Parcel).where(Parcel.chat_id.in_(chats), Parcel.op == "send", Parcel.state == ParcelState.SENT)


def _heard(chats: Collection[int]) -> Any:
    """Select what the person wrote or sent; presses show by what they changed."""
    return select(Inbound).where(Inbound.chat_id.in_(chats), Inbound.raw["text"].as_string().is_not(None))


async def _entries(session: AsyncSession, parcels: Sequence[Parcel]) -> list[Entry]:
    edits = await session.scalars(
        select(Parcel)
        .where(
            Parcel.target_id.in_([parcel.id for parcel in parcels]),
            Parcel.op == "edit",
            Parcel.state == ParcelState.SENT,
        )
        .order_by(Parcel.sent_at, Parcel.id)
    )
    newest = {edit.target_id: edit for edit in edits if edit.content}
    return [_entry(parcel, newest.get(parcel.id, parcel)) for parcel in parcels if parcel.content]


def _entry(parcel: Parcel, shown: Parcel) -> Entry:
    moment = parcel.sent_at or parcel.created_at
    return Entry(
        key=f"{THEIRS}{parcel.id}",
        id=parcel.id,
        moment=moment,
        changed_at=shown.sent_at or moment,
        mine=False,
        shown_id=shown.id,
        content=shown.content or {},
        unread=parcel.tells_reading and parcel.read_at is None,
    )


def _own(inbounds: Sequence[Inbound]) -> list[Entry]:
    return [
        Entry(
            key=f"{MINE}{inbound.id}",
            id=inbound.id,
            moment=inbound.heard_at,
            changed_at=inbound.heard_at,
            mine=True,
            shown_id=inbound.id,
            content={"text": inbound.raw.get("text", ""), "files": inbound.raw.get("files", [])},
            state=inbound.outcome,
            client_id=inbound.update_id.rpartition(":")[2],
        )
        for inbound in inbounds
        if inbound.raw
    ]
