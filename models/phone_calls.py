"""Telephone calls of officers: who was called, whether he answered; and people to whom everything is told that way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, ForeignKey, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.addresses import Address, AddressState, Chat
from models.base import Base
from models.outbox import Parcel, ParcelState
from models.people import Person
from models.rules.text import Refusal, t

TELEPHONE: Final = "telephone"
"""The channel of what is told on the telephone; nothing sends on its lane, it waits for an officer's call."""

LANE: Final = f"{TELEPHONE}:"


class PhoneCall(Base):
    """An officer called somebody from the call list; unless he answered, he is called again on another day."""

    __tablename__ = "phone_call"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    answered: Mapped[bool]


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody was called in vain since he last answered, and when last."""

    count: int
    last: datetime


def is_told() -> ColumnElement[bool]:
    """Give the condition that the person of a parcel has answered a call since the parcel was owed."""
    return exists().where(
        PhoneCall.person_id == Parcel.person_id, PhoneCall.answered, PhoneCall.at >= Parcel.created_at
    )


async def tries_of(session: AsyncSession, people: Collection[int]) -> Mapping[int, Tries]:
    """Count the calls that these people have not answered, since the last that each did."""
    rows = await session.execute(
        select(PhoneCall.person_id, PhoneCall.at, PhoneCall.answered)
        .where(PhoneCall.person_id.in_(people))
        .order_by(PhoneCall.at, PhoneCall.id)
    )
    found: dict[int, Tries] = {}
    for person, at, answered in rows:
        if answered:
            found.pop(person, None)
        else:
            found[person] = Tries(found[person].count + 1 if person in found else 1, at)
    return found


async def record_call(session: AsyncSession, person_id: int, by_id: int, now: datetime, *, answered: bool) -> None:
    """Record a call; who answered was told all that waited for it."""
    session.add(PhoneCall(person_id=person_id, by_id=by_id, at=now, answered=answered))
    if answered:
        waiting = Parcel.person_id == person_id, Parcel.lane == LANE, Parcel.state == ParcelState.QUEUED
        told = {"state": ParcelState.SENT, "sent_at": now, "closed": True}
        telling = update(Parcel).where(*waiting).values(**told)
        await session.execute(telling.execution_options(synchronize_session=False))
    await session.flush()


async def prefer_telephone(session: AsyncSession, person: Person, now: datetime) -> None:
    """Let somebody be told by telephone before all his other addresses; raises Refusal where no number is known."""
    if not person.phone:
        raise Refusal(
            t("No telephone of {name} is known; please import it with the directory first.", name=person.name)
        )
    chat = await _chat_of(session, person)
    first = await session.scalar(select(func.min(Address.preference)).where(Address.person_id == person.id))
    known = await session.scalar(select(Address).where(Address.person_id == person.id, Address.chat_id == chat.id))
    address = known or Address(person_id=person.id, chat_id=chat.id)
    address.state, address.since, address.ended_at = AddressState.TELEPHONE, now, None
    address.preference = (first or 0) - 1
    session.add(address)
    await session.flush()


async def end_telephone(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Let somebody be written to again; what waits for a call stays on the list."""
    his = Address.person_id == person_id, Address.state == AddressState.TELEPHONE
    await session.execute(update(Address).where(*his).values(state=AddressState.LEFT, ended_at=now))


async def prefers_telephone(session: AsyncSession, person_id: int) -> bool:
    """Tell whether everything is told to somebody by telephone."""
    his = Address.person_id == person_id, Address.state == AddressState.TELEPHONE
    return await session.scalar(select(Address.id).where(*his).limit(1)) is not None


async def _chat_of(session: AsyncSession, person: Person) -> Chat:
    """Find or make the chat that stands for a person's telephone."""
    named = f"{person.id}"
    chat = await session.scalar(select(Chat).where(Chat.external_id == named, Chat.channel == TELEPHONE))
    if chat is None:
        chat = Chat(channel=TELEPHONE, bot="", external_id=named)
        session.add(chat)
        await session.flush()
    return chat
