"""What asks for a tap and gets none in the time set for its kind: the letter goes on to the next address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.chasing import still_open
from models.darkness import dark_lanes
from models.failing import Failure, note_silent
from models.fallback import owe_on, ways_on
from models.meetings import Invitation, Meeting, MeetingState
from models.notices import Notice, NoticeUnit, awaited
from models.outbox import Listed, Parcel, ParcelState
from models.rules.windows import WorkingWindows
from models.settings import Council
from models.tasks import Assignment, Extension, Report
from models.urging import URGING, Urged, Urging

NO_ANSWER: Final = "no answer"
"""The reason of a letter that was sent to every address and answered by nobody."""

# what was sent longer ago is chased by other means
_REMEMBERED: Final = timedelta(days=14)
# a statement names so many letters at once
_TOGETHER: Final = 5000


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many working hours an answer is waited for, by the first word of the keys of what asks; 0: for ever."""

    hours: Mapping[str, int]
    windows: WorkingWindows
    now: datetime

    @property
    def since(self) -> datetime:
        """The moment before which nothing is looked at any more."""
        return self.now - _REMEMBERED

    def is_over(self, *kinds: str) -> ColumnElement[bool]:
        """Give the condition that a parcel of one of these kinds was sent so long ago that it goes on."""
        asked = [
            and_(
                Parcel.key.startswith(f"{kind}:"),
                Parcel.sent_at <= self.windows.back(self.now, timedelta(hours=self.hours[kind])),
            )
            for kind in kinds
            if self.hours[kind]
        ]
        return or_(*asked) if asked else Parcel.id.is_(None)


def waiting(council: Council, windows: WorkingWindows, now: datetime) -> Waiting:
    """Give the times that the council has set."""
    hours = {
        "notice": council.answer_hours_notice,
        "meeting": council.answer_hours_meeting,
        "given": council.answer_hours_given,
        URGING: council.answer_hours_urging,
    }
    return Waiting(hours, windows, now)


async def go_on_unanswered(session: AsyncSession, wait: Waiting) -> None:
    """Let what was not answered in time go on to the next address; who has no more is to be telephoned, once."""
    asking = (_notices(wait), _invitations(wait), _tasks(wait))
    found = sorted({parcel for asked in asking for parcel in await session.scalars(asked)})
    dark = [lane.key for lane in await dark_lanes(session)]
    for start in range(0, len(found), _TOGETHER):
        await _go_on(session, found[start : start + _TOGETHER], dark, wait.now)


async def _go_on(session: AsyncSession, parcels: Collection[int], dark: Collection[str], now: datetime) -> None:
    ways = await ways_on(session, Parcel.id.in_(parcels))
    # whose further addresses nothing gets through to waits until something does
    await owe_on(session, await ways_on(session, Parcel.id.in_(parcels), without=dark) if dark else ways, now)
    await note_silent(session, set(parcels).difference(way.parcel_id for way in ways), now)


def _copies(wait: Waiting, *kinds: str) -> Select[int]:
    """Select the last copies of what asks, sent to a person and open since so long that they go on."""
    later = aliased(Parcel)
    return select(Parcel.id).where(
        wait.is_over(*kinds),
        Parcel.sent_at > wait.since,
        Parcel.op == "send",
        Parcel.part == 0,
        Parcel.state == ParcelState.SENT,
        Parcel.person_id.is_not(None),
        ~exists().where(later.key == Parcel.key, later.step > Parcel.step),
        # one noted before waited to be sent
        ~exists().where(Failure.parcel_id == Parcel.id, Failure.at > Parcel.sent_at),
    )


def _notices(wait: Waiting) -> Select[int]:
    open_ones = (
        select(NoticeUnit.id)
        .join(Notice, Notice.id == NoticeUnit.notice_id)
        .where(*awaited(), or_(Notice.respond_by.is_(None), Notice.respond_by > wait.now))
    )
    return _copies(wait, "notice", URGING).where(_is_about(NoticeUnit, open_ones))


def _invitations(wait: Waiting) -> Select[int]:
    open_ones = (
        select(Invitation.id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.answer.is_(None), Meeting.state == MeetingState.CALLED, Meeting.starts_at > wait.now)
    )
    return _copies(wait, "meeting", URGING).where(_is_about(Invitation, open_ones))


def _tasks(wait: Waiting) -> Select[int]:
    """Select the letters that give tasks, or urge them, of none of which the unit has said anything since."""
    urged = select(Urged.assignment_id).join(Urging, Urging.id == Urged.urging_id).where(Urging.at > wait.since)
    asked = or_(Assignment.given_at > wait.since, Assignment.id.in_(urged))
    open_ones = select(Assignment.id).where(asked, still_open())
    kind = Assignment.__tablename__
    listing = select(Listed.parcel_id).where(Listed.subject_kind == kind, Listed.subject_id.in_(open_ones))
    about = or_(Parcel.id.in_(listing), _is_about(Assignment, open_ones))
    return _copies(wait, "given", URGING).where(about, ~is_answered())


def _is_about(table: type[Any], rows: Select[int]) -> ColumnElement[bool]:
    """Give the condition that a parcel is about one of these rows of a table."""
    return and_(Parcel.subject_kind == table.__tablename__, Parcel.subject_id.in_(rows))


def is_answered() -> ColumnElement[bool]:
    """Give the condition that a unit has said something of an assignment since a parcel about it, or of it, left."""
    return or_(_said_since(Report), _said_since(Extension))


def _said_since(table: type[Any]) -> ColumnElement[bool]:
    kind = Assignment.__tablename__
    listed = select(Listed.subject_id).where(Listed.parcel_id == Parcel.id, Listed.subject_kind == kind)
    listed = listed.correlate(Parcel)
    own = and_(Parcel.subject_kind == kind, Parcel.subject_id == table.assignment_id)
    about = or_(own, table.assignment_id.in_(listed))
    said: ColumnElement[bool] = exists().where(about, table.at >= Parcel.sent_at).correlate(Parcel)
    return said
