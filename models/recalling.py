"""Notices called back: held for a moment before they leave, taken back while unsent, corrected once they have gone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.broadcasts import copy_key
from models.contacts import standing_behind
from models.groupchats import GroupChat
from models.notices import Notice, NoticeUnit, rows_of
from models.outbox import HAS_LEFT, MAY_BE_STOPPED, Parcel, ParcelState
from models.rules.text import Refusal, t
from models.urging import stop_held

HOLD: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of taking back: people and group chats whom it did not reach any more, and people whom it had."""

    stopped: int
    gone: int


async def take_back(session: AsyncSession, notice: Notice, day: date, now: datetime) -> TakenBack:
    """Stop all copies that have not left; rows behind which nobody got one no longer count as asked.

    Raises Refusal where nothing is left to stop.
    """
    waiting = select(Parcel.id).where(*_copies(notice.id), Parcel.state == ParcelState.QUEUED, Parcel.part == 0)
    is_waiting = await session.scalar(waiting.limit(1)) is not None
    if notice.withdrawn_at is not None or (not is_waiting and await is_gone(session, notice.id)):
        raise Refusal(
            t("The whole notice has gone out or was taken back already; what has gone can be corrected (Đính chính).")
        )
    stopped = await _stop(session, notice.id, ParcelState.CANCELLED)
    gone = select(Parcel.person_id).where(*_copies(notice.id), HAS_LEFT, Parcel.person_id.is_not(None))
    behind = standing_behind(NoticeUnit, day, NoticeUnit.notice_id == notice.id).subquery()
    reached = select(behind.c.row_id).where(behind.c.person_id.in_(gone))
    # a fan-out wrote each copy for one row of its person
    own = select(Parcel.subject_id).where(*_copies(notice.id), HAS_LEFT)
    await session.execute(
        update(NoticeUnit)
        .where(NoticeUnit.notice_id == notice.id, NoticeUnit.id.not_in(reached), NoticeUnit.id.not_in(own))
        .values(withdrawn_at=now)
        .execution_options(synchronize_session=False)
    )
    notice.withdrawn_at = now
    await session.flush()
    left = await session.scalar(select(func.count(gone.subquery().c.person_id.distinct())))
    return TakenBack(stopped, left or 0)


async def leave_out(session: AsyncSession, notice: Notice, now: datetime) -> bool:
    """Count no longer whom a notice by answer was not sent, for he had answered; tell whether there is any."""
    copies = select(Parcel.subject_id).where(*_copies(notice.id), Parcel.part == 0)
    stopped = copies.where(Parcel.state == ParcelState.CANCELLED)
    owed = copies.where(Parcel.state != ParcelState.CANCELLED)
    found = await session.execute(
        update(NoticeUnit)
        .where(*rows_of(notice.id), NoticeUnit.answered_at.is_(None))
        .where(NoticeUnit.id.in_(stopped), NoticeUnit.id.not_in(owed))
        .values(withdrawn_at=now)
        .returning(NoticeUnit.id)
        .execution_options(synchronize_session=False)
    )
    return bool(found.all())


async def let_go(session: AsyncSession, notice: Notice, leaves_at: datetime, now: datetime) -> None:
    """Let a held notice leave; `leaves_at` is when offices are open, `now` if they are."""
    held = (Parcel.state == ParcelState.QUEUED, Parcel.not_before > now)
    for copies in (_copies(notice.id), await _posted(session, notice.id)):
        await session.execute(update(Parcel).where(*copies, *held).values(not_before=now))
    notice.sent_at = leaves_at
    await session.flush()


async def is_gone(session: AsyncSession, notice_id: int) -> bool:
    """Tell whether a copy of a notice has left for anybody."""
    gone = select(Parcel.id).where(*_copies(notice_id), HAS_LEFT).limit(1)
    return await session.scalar(gone) is not None


async def repeat_rows(session: AsyncSession, first: Notice, correction: Notice) -> None:
    """Give a correction the very units and seats of the notice that it corrects."""
    rows = await session.scalars(select(NoticeUnit).where(*rows_of(first.id)).order_by(NoticeUnit.id))
    session.add_all(NoticeUnit(notice_id=correction.id, unit_id=row.unit_id, post_id=row.post_id) for row in rows.all())
    await session.flush()


def same_recipients(first_id: int, correction_id: int) -> Any:
    """Select (person, row) of a correction for exactly those whom copies of the first were owed to."""
    old, new = aliased(NoticeUnit), aliased(NoticeUnit)
    place = or_(new.unit_id == old.unit_id, new.post_id == old.post_id)
    return (
        select(Parcel.person_id, func.min(new.id).label("row_id"))
        .join(old, old.id == Parcel.subject_id)
        .join(new, and_(new.notice_id == correction_id, place))
        .where(*_copies(first_id), Parcel.state != ParcelState.CANCELLED, Parcel.person_id.is_not(None))
        .group_by(Parcel.person_id)
    )


async def stop_urging(session: AsyncSession, key: str) -> bool:
    """Let an urging of the silent reach nobody, nor count; `key` is what it is owed under. False where it has left."""
    if not await stop_held(session, key):
        return False
    mine = Parcel.key.startswith(f"{key}:")
    at, rows = select(func.max(Parcel.created_at)).where(mine), select(Parcel.subject_id).where(mine)
    about = select(NoticeUnit.notice_id).where(NoticeUnit.id.in_(rows))
    forgotten = update(NoticeUnit).where(NoticeUnit.notice_id.in_(about), NoticeUnit.urged_at == at.scalar_subquery())
    await session.execute(forgotten.values(urged_at=None).execution_options(synchronize_session=False))
    return True


async def same_groups(session: AsyncSession, first_id: int) -> tuple[int, ...]:
    """Name the group chats in which a notice was posted, or would have been."""
    posted = await _posted(session, first_id)
    found = await session.scalars(select(Parcel.chat_id).where(*posted, Parcel.state != ParcelState.CANCELLED))
    return tuple(chat for chat in found if chat is not None)


async def stop_unsent(session: AsyncSession, notice_id: int) -> int:
    """Let no further copy of a notice leave that is being corrected; give how many were stopped."""
    return await _stop(session, notice_id, ParcelState.EXPIRED)


async def corrections_to_close(session: AsyncSession, now: datetime) -> list[tuple[Notice, Notice]]:
    """Find the notices whose correction has left, each with the correction."""
    first = aliased(Notice)
    found = await session.execute(
        select(first, Notice)
        .join(first, first.id == Notice.corrects_id)
        .where(Notice.sent_at <= now, Notice.withdrawn_at.is_(None), first.corrected_at.is_(None))
    )
    return [(one, correction) for one, correction in found]


async def close_corrected(session: AsyncSession, first: Notice, correction: Notice) -> list[NoticeUnit]:
    """End a notice whose correction leaves: nobody is reminded of it any more; give its rows, whose cards close."""
    first.corrected_at = correction.sent_at
    rows = list(await session.scalars(select(NoticeUnit).where(*rows_of(first.id)).order_by(NoticeUnit.id)))
    await session.execute(
        update(Parcel)
        .where(
            Parcel.subject_kind == NoticeUnit.__tablename__,
            Parcel.subject_id.in_(select(NoticeUnit.id).where(NoticeUnit.notice_id == first.id)),
            Parcel.op == "send",
            Parcel.part == 0,
            Parcel.state == ParcelState.QUEUED,
        )
        .values(state=ParcelState.CANCELLED)
        .execution_options(synchronize_session=False)
    )
    # who answered the first reads on his card, too, that it was corrected
    answered = update(Parcel).where(*_copies(first.id), Parcel.state == ParcelState.SENT, Parcel.closed)
    await session.execute(answered.values(closed=False).execution_options(synchronize_session=False))
    await session.flush()
    return rows


async def is_corrected(session: AsyncSession, notice_id: int) -> bool:
    """Tell whether a correction of a notice was sent and not taken back."""
    query = select(Notice.id).where(Notice.corrects_id == notice_id, Notice.withdrawn_at.is_(None))
    return await session.scalar(query.limit(1)) is not None


async def _stop(session: AsyncSession, notice_id: int, state: ParcelState) -> int:
    copies = _copies(notice_id)
    people = select(func.count(Parcel.person_id.distinct())).where(*copies, Parcel.part == 0, MAY_BE_STOPPED)
    stopped = await session.scalar(people) or 0
    for which in (copies, await _posted(session, notice_id)):
        stopping = update(Parcel).where(*which, Parcel.part == 0, MAY_BE_STOPPED)
        await session.execute(stopping.values(state=state).execution_options(synchronize_session=False))
    return stopped


def _copies(notice_id: int) -> tuple[ColumnElement[bool], ...]:
    rows = select(NoticeUnit.id).where(NoticeUnit.notice_id == notice_id)
    return (
        Parcel.subject_kind == NoticeUnit.__tablename__,
        Parcel.subject_id.in_(rows),
        Parcel.op == "send",
        Parcel.key.startswith(f"{copy_key(notice_id)}:"),
    )


async def _posted(session: AsyncSession, notice_id: int) -> tuple[ColumnElement[bool], ...]:
    chats = (await session.scalars(select(GroupChat.chat_id).distinct())).all()
    return (Parcel.key.in_([f"{copy_key(notice_id)}:g{chat}" for chat in chats]), Parcel.op == "send")
