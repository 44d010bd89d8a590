"""What an officer is told at once, merged: what follows within minutes of one message becomes the next, all in one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.outbox import Letter, Parcel, ParcelState

_GATHERED: Final = timedelta(minutes=5)
_REMEMBERED: Final = 50
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Merged:
    """A kind of letter of which several become one message.

    `about` names what a letter is about among its params; `told` names, among the arguments of a message's buttons, all
    that the message has told.
    """

    kind: str
    about: str
    told: str


async def next_moment(session: AsyncSession, merged: Merged, person_id: int, now: datetime) -> datetime:
    """Give the moment from which somebody is told again: some minutes after he was told last, or now."""
    last: datetime | None = await session.scalar(
        select(func.max(Parcel.sent_at)).where(
            Parcel.person_id == person_id, Parcel.kind == merged.kind, Parcel.sent_at > now - _GATHERED
        )
    )
    return last + _GATHERED if last is not None else now


async def to_be_told(session: AsyncSession, merged: Merged, person_id: int, about: int) -> list[int]:
    """Name all that a message about something is to tell; nothing where an earlier one has told that."""
    told = await _told(session, merged, person_id)
    if about in told:
        return []
    waiting = await _letters(session, merged, person_id, ParcelState.QUEUED, ParcelState.SENDING)
    return sorted({about, *waiting} - told)


async def _told(session: AsyncSession, merged: Merged, person_id: int) -> set[int]:
    contents = await session.scalars(
        select(Parcel.content)
        .where(
            Parcel.person_id == person_id,
            Parcel.kind == merged.kind,
            Parcel.state.in_((ParcelState.SENT, ParcelState.SENDING)),
        )
        .order_by(Parcel.id.desc())
        .limit(_REMEMBERED)
    )
    calls = (choice["call"] for content in contents if content for choice in content["choices"])
    by_buttons = {each for call in calls for each in call["args"].get(merged.told, ())}
    return by_buttons | await _letters(session, merged, person_id, ParcelState.SENT)


async def _letters(session: AsyncSession, merged: Merged, person_id: int, *states: ParcelState) -> set[int]:
    params = await session.scalars(
        select(Letter.params)
        .join(Parcel, Parcel.letter_id == Letter.id)
        .where(Parcel.person_id == person_id, Parcel.kind == merged.kind, Parcel.state.in_(states))
        .order_by(Parcel.id.desc())
        .limit(_MOST)
    )
    return {about[merged.about] for about in params}
