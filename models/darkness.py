"""Lanes on which nothing gets through: since when, and the letters that go on to another address meanwhile."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import HELD
from models.failing import TELLING, note_waiting
from models.fallback import owe_on, ways_on
from models.outbox import Lane, Parcel, ParcelState, Priority
from models.queue import IN_WORKING_HOURS
from models.rules.windows import WorkingWindows

DARK: Final = "lane dark"
"""The reason, as recorded, of a letter that went on because nothing got through where it was owed."""

LISTENED: Final = "listen:"
"""How the name begins under which it is known since when nothing is heard from a bot by asking."""
POSTED: Final = "hook:"
"""How the name begins under which it is known since when nothing of a bot arrives at our address."""

_LONGEST_REASON: Final = 300
# who looks only each minute, and tells in the next, has told within three minutes of the first that failed
_ALARMED_AFTER: Final = timedelta(minutes=1)
# so many letters of a lane go on at a time; the next follow a minute later
_TOGETHER: Final = 5000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long letters wait on a dark lane at business time `now`: `minutes` for another address, in `windows` for all
    that waits for these; `call_after` of working time until who has no other address is to be telephoned.
    """

    now: datetime
    windows: WorkingWindows
    minutes: int
    call_after: timedelta


async def note_dark(session: AsyncSession, lane: str, since: datetime | None, reason: str) -> None:
    """Record since when nothing gets through on a lane; None: something does again."""
    changed = update(Lane).where(Lane.key == lane).values(dark_since=since, dark_reason=reason[:_LONGEST_REASON])
    await session.execute(changed.execution_options(synchronize_session=False))


async def dark_since(session: AsyncSession, lane: str) -> datetime | None:
    """Read since when nothing gets through on a lane; None where something does, or nothing was tried."""
    return await session.scalar(select(Lane.dark_since).where(Lane.key == lane))


async def dark_lanes(session: AsyncSession) -> Sequence[Lane]:
    """Read the lanes on which nothing gets through at present, the longest so first."""
    return (await session.scalars(select(Lane).where(Lane.dark_since.is_not(None)).order_by(Lane.dark_since))).all()


async def to_alarm(session: AsyncSession, now: datetime) -> Sequence[Lane]:
    """Read, for change, the lanes that are dark for a minute and of which nobody has been told."""
    dark = Lane.dark_since <= now - _ALARMED_AFTER, Lane.alarmed_at.is_(None)
    return (await session.scalars(select(Lane).where(*dark).order_by(Lane.key).with_for_update(**HELD))).all()


async def alarms_over(session: AsyncSession) -> Sequence[Lane]:
    """Read, for change, the lanes of which somebody was told, and on which something gets through again."""
    over = Lane.dark_since.is_(None), Lane.alarmed_at.is_not(None)
    return (await session.scalars(select(Lane).where(*over).order_by(Lane.key).with_for_update(**HELD))).all()


async def leave_dark_lanes(session: AsyncSession, patience: Patience) -> int:
    """Let what waits on lanes that are dark for long enough go on to addresses on other lanes; give how much did.

    What was owed on the dark lane ends there in the same transaction, so that it is not sent there later. Whoever has
    no other address waits on, and is to be telephoned once it has lasted too long.
    """
    dark = {lane.key: lane.dark_since for lane in await dark_lanes(session) if lane.dark_since is not None}
    moved = 0
    for lane, since in dark.items():
        moved += await go_elsewhere(session, _alarms(lane), patience.now, set(dark))
        if priorities := _impatient(since, patience):
            waiting = waiting_on(lane, priorities, patience.now)
            moved += await go_elsewhere(session, waiting, patience.now, set(dark))
    call_before = patience.windows.back(patience.now, patience.call_after)
    lost = [waiting_on(lane, tuple(Priority), call_before) for lane, since in dark.items() if since <= call_before]
    for waiting in lost:
        await note_waiting(session, waiting, patience.now)
    return moved


def _alarms(lane: str) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that what tells officers of trouble waits on a lane: it goes on at once."""
    return Parcel.lane == lane, Parcel.state == ParcelState.QUEUED, Parcel.key.startswith(TELLING)


def _impatient(since: datetime, patience: Patience) -> Collection[Priority]:
    """Name the priorities of what goes on by now: what leaves in working hours only counts only these."""
    minutes = timedelta(minutes=patience.minutes)
    if since > patience.now - minutes:
        return ()
    is_working = patience.windows.is_open(patience.now) and since <= patience.windows.back(patience.now, minutes)
    return tuple(each for each in Priority if each not in IN_WORKING_HOURS or is_working)


def waiting_on(lane: str, priorities: Collection[Priority], due_by: datetime) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that a parcel to a person waits on a lane and was due by a moment, tried since or not."""
    was_tried = and_(or_(Parcel.attempts > 0, Parcel.error != ""), Parcel.created_at <= due_by)
    return (
        Parcel.lane == lane,
        Parcel.state == ParcelState.QUEUED,
        Parcel.priority.in_(priorities),
        or_(Parcel.not_before <= due_by, was_tried),
        Parcel.op == "send",
        Parcel.person_id.is_not(None),
    )


async def go_elsewhere(
    session: AsyncSession,
    where: tuple[ColumnElement[bool], ...],
    now: datetime,
    without: Collection[str],
    reason: str = DARK,
) -> int:
    """Let waiting parcels that a condition names go to addresses on no lane of `without`; give how many did.

    Where they waited they end for a reason in the same transaction. Who has no such address waits on.
    """
    ways = await ways_on(session, *where, without=without, most=_TOGETHER)
    if not ways:
        return 0
    ending = update(Parcel).where(Parcel.id.in_([way.parcel_id for way in ways]), Parcel.state == ParcelState.QUEUED)
    # what a sender takes at this very moment stays his
    ended = set(
        await session.scalars(
            ending.values(state=ParcelState.DEAD, error=reason)
            .returning(Parcel.id)
            .execution_options(synchronize_session=False)
        )
    )
    await owe_on(session, [way for way in ways if way.parcel_id in ended], now)
    return len(ended)
