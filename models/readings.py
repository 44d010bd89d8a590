"""Whether what was sent has been seen: told by channels that know when a message is on the reader's screen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Integer, Subquery, and_, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.base import Base
from models.contacts import Party, parties
from models.outbox import Parcel, ParcelState

T = TypeVar("T", bound=Base)


@dataclass(frozen=True, slots=True)
class Readings:
    """How many people something was sent to; of how many the channel tells what they see; how many have seen it."""

    people: int = 0
    told_of: int = 0
    seen: int = 0

    @property
    def unseen(self) -> int:
        """How many are known not to have seen it."""
        return self.told_of - self.seen

    @property
    def unknown(self) -> int:
        """Of how many nothing is known."""
        return self.people - self.told_of


async def mark_read(session: AsyncSession, person_id: int, messages: Collection[str], now: datetime) -> None:
    """Record that messages to a person, named by their provider's ids, have been seen; the first time counts."""
    unread = Parcel.tells_reading & Parcel.read_at.is_(None)
    mine = update(Parcel).where(Parcel.person_id == person_id, Parcel.provider_id.in_(messages), Parcel.op == "send")
    await session.execute(mine.where(unread).values(read_at=now).execution_options(synchronize_session=False))


async def readings(session: AsyncSession, table: type[Any], *where: ColumnElement[bool]) -> Readings:
    """Count who has seen what was sent about rows that name a unit or a post: `NoticeUnit`, `Invitation`."""
    each = _each_one(table, where)
    row = await session.execute(select(func.count(), func.sum(each.c.is_told_of), func.count(each.c.read_at)))
    people, told_of, seen = row.one()
    return Readings(people, told_of or 0, seen)


async def have_not_seen(
    session: AsyncSession, table: type[Any], day: date, *where: ColumnElement[bool]
) -> tuple[Party, ...]:
    """Read the units and seats behind which somebody is known not to have seen what was sent, with these people."""
    each = _each_one(table, where)
    unseen = select(each.c.person_id).where(each.c.is_told_of == 1, each.c.read_at.is_(None))
    people = set(await session.scalars(unseen))
    found = await parties(session, table, day, *where) if people else ()
    both = ((party, tuple(each for each in party.contacts if each.id in people)) for party in found)
    return tuple(replace(party, contacts=contacts) for party, contacts in both if contacts)


async def with_news(
    session: AsyncSession, whole: type[T], part: InstrumentedAttribute[int], since: datetime | None, until: datetime
) -> Sequence[T]:
    """Read what was sent whose copies arrived, or were seen, in a span of time; `part` is how its rows name it."""
    table: Any = part.class_
    moments: tuple[Any, ...] = (Parcel.sent_at, Parcel.read_at)
    within = [and_(moment <= until, *([moment > since] if since is not None else [])) for moment in moments]
    about = and_(Parcel.subject_kind == table.__tablename__, Parcel.subject_id == table.id, Parcel.op == "send")
    found = await session.scalars(
        select(whole).where(whole.id.in_(select(part).join(Parcel, about).where(or_(*within))))
    )
    return found.all()


def _each_one(table: type[Any], where: Collection[ColumnElement[bool]]) -> Subquery:
    """Select each person to whom something was sent about some rows; he has seen it once he has seen one message."""
    return (
        select(
            Parcel.person_id,
            func.max(cast(Parcel.tells_reading, Integer)).label("is_told_of"),
            func.max(Parcel.read_at).label("read_at"),
        )
        .where(
            Parcel.subject_kind == table.__tablename__,
            Parcel.subject_id.in_(select(table.id).where(*where)),
            Parcel.op == "send",
            Parcel.state == ParcelState.SENT,
            Parcel.person_id.is_not(None),
        )
        .group_by(Parcel.person_id)
        .subquery()
    )
