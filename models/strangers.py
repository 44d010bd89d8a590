"""What is owed to a chat while nobody is known behind it: told by itself, and questions that close once answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Chat
from models.fallback import lane_of
from models.ids import new_id
from models.inserts import insert_new
from models.outbox import Letter, Parcel, ParcelState, Priority
from models.rules.text import Text


@dataclass(frozen=True, slots=True)
class Note:
    """What a chat is told: a reply as a letter keeps it; the same `key` owes it once. `person_id` is whom it serves."""

    said: dict[str, Any]
    key: str
    person_id: int | None = None


async def tell_chat(session: AsyncSession, chat: Chat, note: Note, now: datetime) -> None:
    """Owe this very chat a message, whoever is behind it, and not the first address of a person."""
    letter = await _letter(session, note.said, now)
    row = _row(chat, letter, now) | {"op": "send", "priority": int(Priority.URGENT)}
    row |= {"key": note.key, "person_id": note.person_id}
    await session.execute(insert_new(session, Parcel).values(**row).on_conflict_do_nothing())


async def close_question(session: AsyncSession, chat: Chat, asked_at: datetime, result: Text, now: datetime) -> None:
    """Owe an edit to the question that a chat was asked at a moment: its buttons close, the result stands on top.

    A question that has not arrived yet, or is closed, is left as it is.
    """
    shown = await session.scalar(
        select(Parcel)
        .where(
            Parcel.chat_id == chat.id,
            Parcel.created_at == asked_at,
            Parcel.op == "send",
            Parcel.key.startswith("in:"),
            Parcel.state == ParcelState.SENT,
            Parcel.closed.is_(False),
        )
        .order_by(Parcel.id.desc())
        .limit(1)
    )
    if shown is None or shown.content is None or not shown.content["choices"]:
        return
    shown.closed = True
    said = {"lines": shown.content["lines"], "choices": [], "card": None, "files": [], "result": result.as_json()}
    letter = await _letter(session, said, now)
    row = _row(chat, letter, now) | {
        "key": f"edit:{shown.id}:{letter}",
        "op": "edit",
        "priority": int(Priority.EDIT),
        "target_id": shown.id,
    }
    await session.execute(insert_new(session, Parcel).values(**row).on_conflict_do_nothing())


async def _letter(session: AsyncSession, said: dict[str, Any], now: datetime) -> int:
    letter = Letter(id=new_id(), kind="", content=said, params={}, created_at=now)
    session.add(letter)
    await session.flush()
    return letter.id


def _row(chat: Chat, letter_id: int, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "letter_id": letter_id,
        "chat_id": chat.id,
        "lane": lane_of(chat),
        "state": ParcelState.QUEUED,
        "not_before": now,
        "created_at": now,
    }
