"""Telephone calls of officers: who was called, and whether he answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, ForeignKey, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.failing import Failure
from models.outbox import Parcel, ParcelState

TELEPHONE: Final = "telephone"
"""The channel of what is told on the telephone; nothing sends on its lane, it waits for an officer's call."""

LANE: Final = f"{TELEPHONE}:"

SUMMARIES: Final = frozenset({"homnay", "tally", "week"})
"""Letters of these kinds sum up a day or a week for whoever works with it: nobody is telephoned about them."""


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
    """Record a call; who answered was told all that waited for it, and is not sent it any more."""
    session.add(PhoneCall(person_id=person_id, by_id=by_id, at=now, answered=answered))
    if answered:
        in_vain = and_(exists().where(Failure.parcel_id == Parcel.id), Parcel.kind.not_in(SUMMARIES))
        waiting = Parcel.person_id == person_id, Parcel.state == ParcelState.QUEUED, or_(Parcel.lane == LANE, in_vain)
        told = {"lane": LANE, "state": ParcelState.SENT, "sent_at": now, "closed": True}
        telling = update(Parcel).where(*waiting).values(**told)
        await session.execute(telling.execution_options(synchronize_session=False))
    await session.flush()


async def has_called(session: AsyncSession, by_id: int, at: datetime) -> bool:
    """Tell whether an officer recorded an answered call at this moment: what else he recorded then was said in it."""
    made = select(PhoneCall.id).where(PhoneCall.by_id == by_id, PhoneCall.at == at, PhoneCall.answered)
    return await session.scalar(made.limit(1)) is not None
