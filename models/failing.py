"""Letters that reached nobody: noted when the last address has failed, told once to the officers in charge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.groupchats import GroupChat
from models.ids import new_id
from models.inserts import insert_new
from models.outbox import Parcel, ParcelState, Priority
from models.people import Group

TELLING: Final = "failures"
"""The first word of the key under which officers are told; what fails of that is not told again."""

_PUSHES: Final = (Priority.URGENT, Priority.REMINDER, Priority.BROADCAST)


class Failure(Base):
    """A parcel that reached nobody at any address; `told_at` once the officers are owed word of it.

    It may still wait on a lane on which nothing gets through: once it leaves, nothing has failed. Or it was sent to the
    last address and nobody has answered: the officers find that on the call list, and are told of it no further.
    """

    __tablename__ = "failure"

    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="CASCADE"), unique=True)
    at: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class LostGroup:
    """A group chat that takes no messages: its cluster or bloc, the reason as recorded, and whether it was given up."""

    name: str
    reason: str
    is_over: bool


async def note_failures(session: AsyncSession, parcels: Collection[int], now: datetime) -> None:
    """Note, each once, which of these parcels reached nobody; answers and edits are not missed by anybody else."""
    await _note(session, (Parcel.id.in_(parcels), Parcel.state == ParcelState.DEAD), now)


async def note_waiting(session: AsyncSession, where: tuple[ColumnElement[bool], ...], now: datetime) -> None:
    """Note, each once, that the parcels that a condition names wait in vain: their people are to be telephoned."""
    await _note(session, (*where, Parcel.id.not_in(select(Failure.parcel_id))), now)


async def note_silent(session: AsyncSession, parcels: Collection[int], now: datetime) -> None:
    """Note, each once, which of these parcels were answered by nobody; it counts as told with the letter itself."""
    sent = await session.execute(select(Parcel.id, Parcel.sent_at).where(Parcel.id.in_(parcels)))
    # what had been noted while it waited to be sent is noted anew
    noted = insert_new(session, Failure)
    anew = {"at": noted.excluded.at, "told_at": noted.excluded.told_at}
    await _insert(session, noted.on_conflict_do_update(index_elements=["parcel_id"], set_=anew), sent.all(), now)


async def _note(session: AsyncSession, where: tuple[ColumnElement[bool], ...], now: datetime) -> None:
    pushed = Parcel.op == "send", Parcel.priority.in_(_PUSHES), ~Parcel.key.startswith(TELLING)
    lost = await session.scalars(select(Parcel.id).where(*where, *pushed))
    noted = insert_new(session, Failure).on_conflict_do_nothing()
    await _insert(session, noted, [(parcel, None) for parcel in lost], now)


async def _insert(session: AsyncSession, noted: Any, failed: Sequence[Any], now: datetime) -> None:
    """Insert (parcel, told at) as noted now."""
    rows = [{"id": new_id(), "parcel_id": parcel, "at": now, "told_at": told_at} for parcel, told_at in failed]
    if rows:
        await session.execute(noted, rows)


async def untold(session: AsyncSession) -> Sequence[int]:
    """Name the parcels of which no officer has been told."""
    return (await session.scalars(select(Failure.parcel_id).where(Failure.told_at.is_(None)))).all()


async def was_told_since(session: AsyncSession, moment: datetime) -> bool:
    """Tell whether officers were told of failures after a moment."""
    return await session.scalar(select(Failure.id).where(Failure.told_at > moment).limit(1)) is not None


async def mark_told(session: AsyncSession, parcels: Collection[int], now: datetime) -> None:
    """Record that the officers are owed word of these parcels."""
    await session.execute(update(Failure).where(Failure.parcel_id.in_(parcels)).values(told_at=now))


async def lost_groups(session: AsyncSession, parcels: Collection[int]) -> tuple[LostGroup, ...]:
    """Read the group chats in which these parcels were not posted, each once."""
    rows = await session.execute(
        select(Group.name, Parcel.error, GroupChat.ended_at)
        .join(GroupChat, GroupChat.group_id == Group.id)
        .join(Parcel, Parcel.chat_id == GroupChat.chat_id)
        .where(Parcel.id.in_(parcels), Parcel.person_id.is_(None))
        .order_by(Group.name, GroupChat.id)
    )
    found = {name: LostGroup(name, reason, ended is not None) for name, reason, ended in rows}
    return tuple(found.values())
