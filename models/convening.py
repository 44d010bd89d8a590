"""Meetings called: who is invited, what was answered, and when all are reminded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.audiences import Audience, posts_of, units_of
from models.base import HELD
from models.meetings import Conclusion, Invitation, Meeting, MeetingOpinion, MeetingState, Rsvp
from models.outbox import Parcel, ParcelState
from models.powers import Powers
from models.rules.calendar import Calendar
from models.rules.text import Refusal, t
from models.rules.windows import WorkingWindows
from models.urging import URGING

WAY_THERE: Final = timedelta(hours=1)
"""Whoever is reminded of a meeting needs so long at least to go there."""

LATELY: Final = timedelta(days=14)
"""For so long a meeting that was held stands among those to come."""

CONCLUDED_LATELY: Final = timedelta(days=92)
"""For so long it does where it concluded tasks: how far they are is read on its card."""

_NOT_INVITED: Final = t("Your unit is not invited to this meeting; the secretariat can tell who is.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to an invitation: the answer, the reason of an absence, the name and post of a substitute."""

    rsvp: Rsvp
    reason: str = ""
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class MeetingCounts:
    """How many were invited, and how many of them answered what."""

    invited: int = 0
    attend: int = 0
    absent: int = 0
    substitute: int = 0

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.invited - self.attend - self.absent - self.substitute


async def call_meeting(session: AsyncSession, meeting: Meeting, day: date) -> None:
    """Write a meeting with an invitation for each unit and seat that its audience means; raises Refusal for nobody."""
    audience = Audience.from_json(meeting.audience)
    units = (await session.scalars(units_of(audience, day))).all()
    posts = (await session.scalars(posts_of(audience, day))).all()
    if not units and not posts:
        raise Refusal(t("Nobody belongs to this audience today; please name others."))
    session.add(meeting)
    await session.flush()
    session.add_all(Invitation(meeting_id=meeting.id, unit_id=unit) for unit in units)
    session.add_all(Invitation(meeting_id=meeting.id, post_id=post) for post in posts)
    await session.flush()


def invited_of(powers: Powers) -> ColumnElement[bool]:
    """Give the condition that an invitation went to a unit or a seat that somebody answers for."""
    return or_(Invitation.unit_id.in_(powers.own_units), Invitation.post_id.in_(powers.posts))


async def invitations(session: AsyncSession, meeting_id: int, powers: Powers) -> list[Invitation]:
    """Read the invitations to a meeting that somebody answers for, their rows locked; raises Refusal for none."""
    found = await session.scalars(
        select(Invitation)
        .where(Invitation.meeting_id == meeting_id, invited_of(powers))
        .order_by(Invitation.id)
        .with_for_update(**HELD)
        .execution_options(populate_existing=True)
    )
    rows = list(found)
    if not rows:
        raise Refusal(_NOT_INVITED)
    return rows


async def own_invitation(session: AsyncSession, invitation_id: int, powers: Powers) -> Invitation:
    """Read an invitation that somebody answers for; raises Refusal for any other."""
    found = await session.scalar(select(Invitation).where(Invitation.id == invitation_id, invited_of(powers)))
    if found is None:
        raise Refusal(_NOT_INVITED)
    return found


async def to_be_answered(session: AsyncSession, meeting_id: int) -> Meeting:
    """Read the meeting that is answered, its row held, so that whoever moves it waits for the answer or it for him."""
    found = await session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    return found.one()


def answer(rows: Sequence[Invitation], said: Answer, by_id: int, now: datetime) -> None:
    """Record an answer in place of an older one."""
    for row in rows:
        row.answer, row.reason, row.substitute = said.rsvp, said.reason, said.substitute
        row.answered_at, row.answered_by = now, by_id


async def counts_of(session: AsyncSession, meetings: Collection[int]) -> dict[int, MeetingCounts]:
    """Count what was answered."""
    rows = await session.execute(
        select(
            Invitation.meeting_id,
            func.count(),
            *(func.count().filter(Invitation.answer == rsvp) for rsvp in (Rsvp.ATTEND, Rsvp.ABSENT, Rsvp.SUBSTITUTE)),
        )
        .where(Invitation.meeting_id.in_(meetings))
        .group_by(Invitation.meeting_id)
    )
    return {meeting: MeetingCounts(*counts) for meeting, *counts in rows}


def invited_so_far(meeting: Meeting) -> ColumnElement[bool]:
    """Give the condition that an invitation is to a meeting or to one in whose place it is held."""
    series = or_(Meeting.id == meeting.series, Meeting.series_id == meeting.series)
    return Invitation.meeting_id.in_(select(Meeting.id).where(series, Meeting.moves <= meeting.moves))


async def opinions_on(session: AsyncSession, meeting: Meeting) -> int:
    """Count the opinions that were sent in writing to a meeting; a move leaves them standing."""
    rows = select(func.count()).select_from(MeetingOpinion).join(Invitation).where(invited_so_far(meeting))
    return await session.scalar(rows) or 0


async def coming(session: AsyncSession, now: datetime, powers: Powers | None = None) -> Sequence[Meeting]:
    """Read the meetings still to come or put off, of all or of what somebody answers for, the nearest first."""
    held = and_(Meeting.state == MeetingState.CALLED, Meeting.starts_at > now)
    open_ = or_(held, Meeting.state == MeetingState.POSTPONED)
    query = select(Meeting).where(Meeting.called_at.is_not(None), open_).order_by(Meeting.starts_at)
    if powers is not None:
        query = query.where(Meeting.id.in_(select(Invitation.meeting_id).where(invited_of(powers))))
    return (await session.scalars(query)).all()


async def held_lately(session: AsyncSession, now: datetime) -> Sequence[Meeting]:
    """Read the meetings that began in the last days, or concluded tasks of late, the newest first."""
    concluded = and_(Meeting.id.in_(select(Conclusion.meeting_id)), Meeting.starts_at > now - CONCLUDED_LATELY)
    query = select(Meeting).where(
        Meeting.state == MeetingState.CALLED,
        Meeting.starts_at <= now,
        or_(concluded, Meeting.starts_at > now - LATELY),
    )
    return (await session.scalars(query.order_by(Meeting.starts_at.desc()))).all()


async def begun_between(session: AsyncSession, after: datetime, until: datetime) -> Sequence[Meeting]:
    """Read the meetings that began after one moment and until another."""
    began = (Meeting.state == MeetingState.CALLED, Meeting.starts_at > after, Meeting.starts_at <= until)
    return (await session.scalars(select(Meeting).where(*began).order_by(Meeting.starts_at))).all()


def unanswered(meeting_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that an invitation to a meeting has no answer yet."""
    return Invitation.meeting_id == meeting_id, Invitation.answer.is_(None)


def not_urged_since(moment: datetime) -> ColumnElement[bool]:
    """Give the condition that no urging was owed for an invitation after a moment."""
    urged = select(Parcel.id).where(
        Parcel.subject_kind == Invitation.__tablename__,
        Parcel.subject_id == Invitation.id,
        Parcel.key.startswith(f"{URGING}:"),
        Parcel.state != ParcelState.CANCELLED,
        Parcel.created_at >= moment,
    )
    return ~urged.exists()


def to_be_reminded(meeting_id: int) -> ColumnElement[bool]:
    """Give the condition that whoever was invited to a meeting did not say that he is absent."""
    here = or_(Invitation.answer.is_(None), Invitation.answer != Rsvp.ABSENT)
    return and_(Invitation.meeting_id == meeting_id, here)


def reminder_moment(meeting: Meeting, hours: WorkingWindows) -> datetime | None:
    """Give when all are reminded: the last working window before the start that leaves time to go there.

    Where it was called later than that, the last window before the start; None where it was called later still.
    """
    windows = (hours.last_window_before(meeting.starts_at, notice) for notice in (WAY_THERE, timedelta(0)))
    opening = (window.opens for window in windows)
    return next((moment for moment in opening if meeting.called_at is not None and moment > meeting.called_at), None)


def papers_due(meeting: Meeting, calendar: Calendar, days: int, zone: ZoneInfo) -> date | None:
    """Give the day by which papers are sent, so many working days ahead; None where it was called too late for that."""
    day = calendar.shift(meeting.starts_at.astimezone(zone).date(), -days)
    if meeting.called_at is None or day < meeting.called_at.astimezone(zone).date():
        return None
    return day


async def not_yet_reminded(session: AsyncSession, now: datetime) -> Sequence[Meeting]:
    """Read the meetings still to come of which nobody was reminded."""
    return (
        await session.scalars(
            select(Meeting).where(
                Meeting.called_at.is_not(None),
                Meeting.state == MeetingState.CALLED,
                Meeting.reminded_at.is_(None),
                Meeting.starts_at > now,
            )
        )
    ).all()


async def mark_reminded(session: AsyncSession, meeting_id: int, now: datetime) -> None:
    """Record that all were reminded; the version stays, so that the officers' buttons stay good."""
    await session.execute(
        update(Meeting)
        .where(Meeting.id == meeting_id)
        .values(reminded_at=now)
        .execution_options(synchronize_session=False)
    )
