"""Notices sent out: whom they went to, who has received and answered them, who is silent."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.audiences import Audience, posts_of, units_of
from models.base import HELD
from models.notices import Notice, NoticeFile, NoticeUnit, rows_of
from models.outbox import STILL_TO_COME, Parcel, ParcelState
from models.people import Post
from models.powers import Powers, holds_on
from models.rules.asking import Asks
from models.rules.permission import Role
from models.rules.text import Refusal, t

LISTED: Final = 10
"""So many of the newest notices officers see in a list."""


@dataclass(frozen=True, slots=True)
class NoticeCounts:
    """How a notice stands: units and seats it went to, how many have answered; people owed and sent a copy.

    `waiting`: people whose copy has yet to leave.
    """

    owed: int = 0
    answered: int = 0
    people: int = 0
    arrived: int = 0
    waiting: int = 0

    @property
    def failed(self) -> int:
        """How many people no copy reached at any address."""
        return max(self.people - self.arrived - self.waiting, 0)

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.owed - self.answered


async def send_notice(session: AsyncSession, notice: Notice, day: date, files: Iterable[int] = ()) -> None:
    """Write a notice with a row for each unit and seat that its audience means on a day; raises Refusal for nobody."""
    audience = Audience.from_json(notice.audience)
    units = (await session.scalars(units_of(audience, day))).all()
    posts = (await session.scalars(posts_of(audience, day))).all()
    if not units and not posts:
        raise Refusal(t("Nobody belongs to this audience today; please name others."))
    session.add(notice)
    await session.flush()
    if notice.each_person:
        units, posts = await _each_person(session, units, posts, day)
    session.add_all(NoticeUnit(notice_id=notice.id, unit_id=unit) for unit in units)
    session.add_all(NoticeUnit(notice_id=notice.id, post_id=post) for post in posts)
    await add_files(session, notice, files)


async def _each_person(
    session: AsyncSession, units: Sequence[int], posts: Sequence[int], day: date
) -> tuple[Sequence[int], Sequence[int]]:
    """Part units into the posts of their focal points, of whom each answers, and those that nobody answers for yet."""
    focal = (Post.role == Role.FOCAL_POINT, Post.person_id.is_not(None), Post.unit_id.in_(units), holds_on(Post, day))
    held = (await session.execute(select(Post.id, Post.unit_id).where(*focal).order_by(Post.id))).all()
    served = {unit for _, unit in held}
    both = dict.fromkeys((*posts, *(post for post, _ in held)))
    return [unit for unit in units if unit not in served], list(both)


async def add_files(session: AsyncSession, notice: Notice, files: Iterable[int]) -> None:
    """Let files go with a notice."""
    session.add_all(NoticeFile(notice_id=notice.id, file_id=file) for file in files)
    await session.flush()


def copy_key(notice_id: int) -> str:
    """Name the matter under which the copies of a notice are owed."""
    return f"notice:{notice_id}"


async def files_of(session: AsyncSession, notice_id: int) -> tuple[int, ...]:
    """Read the ids of the files that go with a notice."""
    query = select(NoticeFile.file_id).where(NoticeFile.notice_id == notice_id).order_by(NoticeFile.id)
    return tuple(await session.scalars(query))


def held_by(powers: Powers) -> ColumnElement[bool]:
    """Give the condition that a row went to a unit or a seat that somebody answers for."""
    return or_(NoticeUnit.unit_id.in_(powers.own_units), NoticeUnit.post_id.in_(powers.posts))


async def receive(session: AsyncSession, notice_id: int, powers: Powers, by_id: int, now: datetime) -> list[NoticeUnit]:
    """Answer a notice for all that a person answers for; give the rows, each with whoever answered it first."""
    found = await session.scalars(
        select(NoticeUnit)
        .where(*rows_of(notice_id), held_by(powers))
        .order_by(NoticeUnit.id)
        .with_for_update(**HELD)
        .execution_options(populate_existing=True)
    )
    rows = list(found)
    for row in rows:
        if row.answered_at is None:
            row.answered_at, row.answered_by = now, by_id
    await session.flush()
    return rows


async def own_rows(
    session: AsyncSession, powers: Powers, limit: int, now: datetime
) -> Sequence[tuple[NoticeUnit, Notice]]:
    """Read the newest notices that went by now to what a person answers for, each once."""
    rows = await session.execute(
        select(NoticeUnit, Notice)
        .join(Notice, Notice.id == NoticeUnit.notice_id)
        .where(held_by(powers), NoticeUnit.withdrawn_at.is_(None), Notice.sent_at <= now)
        .order_by(Notice.sent_at.desc(), Notice.id.desc(), NoticeUnit.id)
        .limit(4 * limit)
    )
    first: dict[int, tuple[NoticeUnit, Notice]] = {}
    for row, notice in rows:
        first.setdefault(notice.id, (row, notice))
    return list(first.values())[:limit]


async def newest(session: AsyncSession, limit: int) -> Sequence[Notice]:
    """Read the newest notices of all officers."""
    query = select(Notice).where(Notice.sent_at.is_not(None)).order_by(Notice.sent_at.desc(), Notice.id.desc())
    return (await session.scalars(query.limit(limit))).all()


async def counts_of(session: AsyncSession, notices: Collection[int]) -> dict[int, NoticeCounts]:
    """Count how notices stand."""
    rows = await session.execute(
        select(NoticeUnit.notice_id, func.count(), func.count(NoticeUnit.answered_at))
        .where(NoticeUnit.notice_id.in_(notices), NoticeUnit.withdrawn_at.is_(None))
        .group_by(NoticeUnit.notice_id)
    )
    copies = await session.execute(_copies(notices))
    people = {notice: (owed, arrived, waiting) for notice, owed, arrived, waiting in copies}
    return {notice: NoticeCounts(owed, done, *people.get(notice, (0, 0, 0))) for notice, owed, done in rows}


def _copies(notices: Collection[int]) -> Select[int, int, int, int]:
    is_copy = or_(false(), *(Parcel.key.startswith(f"{copy_key(notice)}:") for notice in notices))
    about = and_(Parcel.subject_id == NoticeUnit.id, Parcel.subject_kind == NoticeUnit.__tablename__)
    return (
        select(
            NoticeUnit.notice_id,
            func.count(Parcel.person_id.distinct()),
            func.count(case((Parcel.state == ParcelState.SENT, Parcel.person_id)).distinct()),
            func.count(case((Parcel.state.in_(STILL_TO_COME), Parcel.person_id)).distinct()),
        )
        .join(Parcel, about)
        .where(
            NoticeUnit.notice_id.in_(notices),
            Parcel.op == "send",
            Parcel.part == 0,
            is_copy,
            Parcel.state != ParcelState.CANCELLED,
        )
        .group_by(NoticeUnit.notice_id)
    )


def silent(notice_id: int, since: datetime | None = None) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that a row has not answered a notice, and was not urged after a moment."""
    conditions: list[ColumnElement[bool]] = [*rows_of(notice_id), NoticeUnit.answered_at.is_(None)]
    if since is not None:
        conditions.append(or_(NoticeUnit.urged_at.is_(None), NoticeUnit.urged_at < since))
    return tuple(conditions)


async def mark_urged(session: AsyncSession, rows: Collection[int], now: datetime) -> None:
    """Record that rows were urged; their version stays, so that the buttons they were sent stay good."""
    await session.execute(
        update(NoticeUnit)
        .where(NoticeUnit.id.in_(rows))
        .values(urged_at=now)
        .execution_options(synchronize_session=False)
    )


async def left_between(session: AsyncSession, since: datetime | None, until: datetime) -> Sequence[Notice]:
    """Read the notices that left in a span of time."""
    after = [Notice.sent_at > since] if since is not None else []
    return (await session.scalars(select(Notice).where(Notice.sent_at <= until, *after))).all()


async def awaited_by_day(session: AsyncSession, now: datetime) -> Sequence[Notice]:
    """Read the notices that have left, are answered until a day still to come, and stand."""
    query = select(Notice).where(
        Notice.sent_at <= now,
        Notice.respond_by >= now,
        Notice.corrected_at.is_(None),
        Notice.asks != Asks.NOTHING,
    )
    return (await session.scalars(query.order_by(Notice.id))).all()
