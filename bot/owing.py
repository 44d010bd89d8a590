"""From what a handler left to be sent, to letters and parcels, in the handler's own transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.render import CARD, RECHECK
from bot.waker import CHANGED, OUTBOX, will_wake
from handlers.kit import LISTING, Owed, Posted, Speaker, Spread, Subject
from models.addresses import TAKES_LETTERS, Address, Chat
from models.fallback import lane_of
from models.ids import new_id, reserve_ids
from models.inserts import insert_new
from models.outbox import Letter, Listed, Parcel, ParcelState, Priority
from models.subjects import also_touched

_ALIVE = (ParcelState.QUEUED, ParcelState.SENDING, ParcelState.SENT)
# messages that still show something to press, or will
_OPEN = select(
    Parcel.id, Parcel.state, Parcel.person_id, Parcel.chat_id, Parcel.lane, Parcel.subject_kind, Parcel.subject_id
).where(Parcel.op == "send", Parcel.closed.is_(False), Parcel.state.in_(_ALIVE))
NO_ADDRESS = "no address"


async def settle(session: AsyncSession, speaker: Speaker) -> None:
    """Write everything the speaker owes and edit the open cards of what he touched, and of what that is part of."""
    await session.flush()
    for owed in speaker.owed:
        await _owe(session, speaker.now, owed)
    for spread in speaker.spreads:
        await _spread(session, speaker.now, spread)
    for posted in speaker.posted:
        await _post(session, speaker.now, posted)
    if speaker.touched:
        await edit_cards(session, speaker.now, (*speaker.touched, *await also_touched(session, speaker.touched)))
    if speaker.owed or speaker.spreads or speaker.posted or speaker.touched:
        will_wake(session, OUTBOX)
    if speaker.touched:
        will_wake(session, CHANGED)


async def way_to(session: AsyncSession, person_id: int) -> Chat | None:
    """Find the chat of a person's first active address; None where nothing reaches him."""
    return await session.scalar(
        select(Chat)
        .join(Address, Address.chat_id == Chat.id)
        .where(Address.person_id == person_id, Address.state.in_(TAKES_LETTERS))
        .order_by(Address.preference, Address.id)
        .limit(1)
    )


async def _owe(session: AsyncSession, now: datetime, owed: Owed) -> None:
    key = f"{owed.key}:{owed.person_id}"
    if await session.scalar(select(Parcel.id).where(Parcel.key == key).limit(1)) is not None:
        return
    chat = await way_to(session, owed.person_id)
    letter_id = await _letter(session, now, owed)
    card = owed.reply.card if owed.reply else None
    row = insert_new(session, Parcel).values(
        id=new_id(),
        letter_id=letter_id,
        key=key,
        person_id=owed.person_id,
        chat_id=chat.id if chat else None,
        lane=lane_of(chat) if chat else "",
        priority=int(owed.priority),
        state=ParcelState.QUEUED if chat else ParcelState.DEAD,
        error="" if chat else NO_ADDRESS,
        kind=owed.letter or (CARD if card and owed.reply and not owed.reply.lines else ""),
        subject_kind=card.kind if card else "",
        subject_id=card.id if card else None,
        not_before=owed.not_before or now,
        expires_at=owed.expires_at,
        created_at=now,
    )
    await session.execute(row.on_conflict_do_nothing())


async def _post(session: AsyncSession, now: datetime, posted: Posted) -> None:
    """Owe a message to a group chat, once."""
    chat = await session.get_one(Chat, posted.chat_id)
    letter_id = await _letter(session, now, Owed(0, posted.key, posted.reply))
    row = insert_new(session, Parcel).values(
        id=new_id(),
        letter_id=letter_id,
        key=f"{posted.key}:g{chat.id}",
        chat_id=chat.id,
        lane=lane_of(chat),
        priority=int(posted.priority),
        state=ParcelState.QUEUED,
        not_before=posted.not_before or now,
        created_at=now,
    )
    await session.execute(row.on_conflict_do_nothing())


async def _letter(session: AsyncSession, now: datetime, owed: Owed | Spread) -> int:
    letter = Letter(
        id=new_id(),
        kind=owed.letter,
        content=owed.reply.as_json() if owed.reply else None,
        params=dict(owed.params),
        created_at=now,
    )
    session.add(letter)
    await session.flush()
    return letter.id


async def _spread(session: AsyncSession, now: datetime, spread: Spread) -> None:
    """Insert a parcel for each person the query names, to his first active address, in one statement."""
    whom = spread.rows.subquery()
    count = await session.scalar(select(func.count()).select_from(whom)) or 0
    if not count:
        return
    letter_id = await _letter(session, now, spread)
    columns = {**_same_for_all(letter_id, now, spread), **_each_his_own(whom, spread.key, reserve_ids(count))}
    rows = select(*columns.values()).select_from(whom).outerjoin(Chat, Chat.id == _first_chat(whom.c[0]))
    statement = insert_new(session, Parcel).from_select(list(columns), rows, include_defaults=False)
    await session.execute(statement.on_conflict_do_nothing())


def _first_chat(person: ColumnElement[Any]) -> Any:
    """Select the chat of a person's first active address."""
    return (
        select(Address.chat_id)
        .where(Address.person_id == person, Address.state.in_(TAKES_LETTERS))
        .order_by(Address.preference, Address.id)
        .limit(1)
        .scalar_subquery()
    )


def _same_for_all(letter_id: int, now: datetime, spread: Spread) -> dict[str, Any]:
    """Give the columns of a fanned-out parcel that are the same for everybody."""
    return {
        "letter_id": literal(letter_id, BigInteger),
        "step": literal(0, Integer),
        "part": literal(0, Integer),
        "op": literal("send", String),
        "priority": literal(int(spread.priority), Integer),
        "kind": literal(spread.letter, String),
        "subject_kind": literal(spread.subject_kind, String),
        "closed": literal(value=False),
        "attempts": literal(0, Integer),
        "unsure": literal(0, Integer),
        "epoch": literal(0, Integer),
        "provider_id": literal("", String),
        "not_before": literal(spread.not_before or now, Parcel.not_before.type),
        "created_at": literal(now, Parcel.created_at.type),
    }


def _each_his_own(whom: Subquery, key: str, ids_after: int) -> dict[str, Any]:
    """Give the columns of a fanned-out parcel that differ from person to person; without a chat it is dead."""
    person, subject = whom.c[0], whom.c[1]
    nowhere = Chat.id.is_(null())
    return {
        "id": literal(ids_after, BigInteger) + func.row_number().over(order_by=person),
        "key": literal(f"{key}:", String) + cast(person, String),
        "person_id": person,
        "subject_id": cast(subject, BigInteger),
        "chat_id": Chat.id,
        "lane": func.coalesce(Chat.channel + ":" + Chat.bot, ""),
        "state": case((nowhere, ParcelState.DEAD.value), else_=ParcelState.QUEUED.value),
        "error": case((nowhere, NO_ADDRESS), else_=""),
    }


async def edit_cards(session: AsyncSession, now: datetime, subjects: Collection[Subject]) -> None:
    """Owe an edit to every open card of these subjects and to every message that lists one; older edits are replaced.

    A card that still waits in the queue is redrawn when it is claimed instead; a listing is composed then anyway.
    """
    cards = (await session.execute(_OPEN.where(_about(Parcel, subjects)))).all()
    listing = select(Listed.parcel_id).where(_about(Listed, subjects))
    listings = (await session.execute(_OPEN.where(Parcel.id.in_(listing)))).all()
    if waiting := [card.id for card in cards if card.state == ParcelState.QUEUED]:
        await session.execute(update(Parcel).where(Parcel.id.in_(waiting)).values(kind=RECHECK))
    edited = {card.id: (card, CARD) for card in cards if card.state != ParcelState.QUEUED}
    edited |= {each.id: (each, LISTING) for each in listings}
    if edited:
        await _edit(session, now, edited)


def _about(table: type[Parcel | Listed], subjects: Collection[Subject]) -> ColumnElement[bool]:
    """Give the condition that a row names one of these subjects."""
    kinds: dict[str, list[int]] = {}
    for subject in subjects:
        kinds.setdefault(subject.kind, []).append(subject.id)
    return or_(*(and_(table.subject_kind == kind, table.subject_id.in_(ids)) for kind, ids in kinds.items()))


async def _edit(session: AsyncSession, now: datetime, edited: Mapping[int, tuple[Any, str]]) -> None:
    older = update(Parcel).where(Parcel.target_id.in_(list(edited)), Parcel.state == ParcelState.QUEUED)
    await session.execute(older.values(state=ParcelState.CANCELLED))
    letter_id = new_id()
    letter = {"id": letter_id, "kind": "", "content": None, "params": {}, "created_at": now}
    await session.execute(insert(Letter), [letter])
    edits = [_edit_row(letter_id, now, card, kind) for card, kind in edited.values()]
    await session.execute(insert(Parcel), edits)


def _edit_row(letter_id: int, now: datetime, card: Any, kind: str) -> dict[str, Any]:
    edit_id = new_id()
    return {
        "id": edit_id,
        "letter_id": letter_id,
        "key": f"edit:{card.id}:{edit_id}",
        "op": "edit",
        "person_id": card.person_id,
        "chat_id": card.chat_id,
        "lane": card.lane,
        "priority": int(Priority.EDIT),
        "kind": kind,
        "subject_kind": card.subject_kind,
        "subject_id": card.subject_id,
        "target_id": card.id,
        "not_before": now,
        "created_at": now,
    }
