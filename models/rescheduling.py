"""A meeting is changed: moved to another day or hour, put off, cancelled, or told anew; older answers stay as given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import HELD
from models.meetings import Invitation, Meeting, MeetingChange, MeetingFile, MeetingState
from models.outbox import Parcel, ParcelState
from models.people import Person
from models.rules.meeting_changes import Effect, Facts, effect_of
from models.rules.text import Refusal, Text, t

PAPERS, MINUTES, CALENDAR = "papers", "minutes", "calendar"


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes a meeting, when and why."""

    by_id: int
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moving:
    """What a move does: how many were invited, how many answers become void, how many copies were not sent yet."""

    invited: int
    answered: int
    unsent: int


async def facts_of(session: AsyncSession, meeting: Meeting) -> Facts:
    """Give what an invitation says of a meeting."""
    papers = await files_of(session, meeting.id, PAPERS)
    said = {name: getattr(meeting, name) for name in ("starts_at", "place", "link", "number", "agenda")}
    return Facts(**said, papers=papers, is_held=meeting.state == MeetingState.CALLED)


async def files_of(session: AsyncSession, meeting_id: int, kind: str) -> tuple[int, ...]:
    """Give the ids of a meeting's files, oldest first."""
    found = await session.scalars(
        select(MeetingFile.file_id)
        .where(MeetingFile.meeting_id == meeting_id, MeetingFile.kind == kind)
        .order_by(MeetingFile.id)
    )
    return tuple(found)


async def handed_out(session: AsyncSession, meeting_id: int) -> tuple[int, ...]:
    """Give the ids of what goes along with an invitation: the papers, and the newest calendar file."""
    papers, calendars = [await files_of(session, meeting_id, kind) for kind in (PAPERS, CALENDAR)]
    return (*papers, *calendars[-1:])


async def standing_now(session: AsyncSession, meeting: Meeting) -> Meeting:
    """Give the meeting that stands now for a series: the newest."""
    series = (Meeting.id == meeting.series) | (Meeting.series_id == meeting.series)
    newest = await session.scalars(select(Meeting).where(series).order_by(Meeting.moves.desc()).limit(1))
    return newest.one()


async def how_it_stands(session: AsyncSession, meeting: Meeting) -> Text:
    """Say in a sentence what became of a meeting that was moved, put off or cancelled."""
    now = await standing_now(session, meeting) if meeting.state == MeetingState.MOVED else meeting
    match now.state:
        case MeetingState.CANCELLED:
            return t("The meeting “{title}” was cancelled at {time}.", title=now.title, time=now.changed_at)
        case MeetingState.POSTPONED:
            return t("The meeting “{title}” was put off; its day will be told.", title=now.title)
        case _:
            return t("The meeting “{title}” now starts at {time}.", title=now.title, time=now.starts_at)


async def held(session: AsyncSession, meeting_id: Any, version: Any = None) -> Meeting:
    """Find a meeting to be changed, its row locked.

    `version`: that which its officer was shown. Raises Refusal for one that was changed since, that was moved or
    cancelled, or that nobody ever called.
    """
    meeting = await session.get(Meeting, meeting_id, with_for_update=HELD, populate_existing=True)
    if meeting is None:
        raise Refusal(t("There is no such meeting any more; “hop” lists those to come."))
    over = meeting.state in {MeetingState.MOVED, MeetingState.CANCELLED}
    if over or version not in {None, meeting.version}:
        by = await session.get(Person, meeting.changed_by) if meeting.changed_by else None
        about = {
            "name": by.name if by else "",
            "time": meeting.changed_at,
            "now": await how_it_stands(session, meeting),
        }
        raise Refusal(t("{name} changed this meeting at {time}; nothing was changed again. {now}", **about))
    return meeting


async def moving_of(session: AsyncSession, meeting_id: int) -> Moving:
    """Count what a move would do to a meeting's invitations."""
    invited, answered = (
        await session.execute(
            select(func.count(), func.count(Invitation.answer)).where(Invitation.meeting_id == meeting_id)
        )
    ).one()
    rows = select(Invitation.id).where(Invitation.meeting_id == meeting_id)
    unsent = await session.scalar(
        select(func.count()).where(
            Parcel.subject_kind == Invitation.__tablename__,
            Parcel.subject_id.in_(rows),
            Parcel.op == "send",
            Parcel.state == ParcelState.QUEUED,
        )
    )
    return Moving(invited, answered, unsent or 0)


async def require_effect(session: AsyncSession, meeting: Meeting, **changes: Any) -> Effect:
    """Work out what a change means to those invited; raises Refusal where everything would stay as it is."""
    before = await facts_of(session, meeting)
    effect = effect_of(before, replace(before, **changes))
    if effect is Effect.NOTHING:
        raise Refusal(t("This is how the meeting stands already; nothing was changed and nobody is told."))
    return effect


async def move(session: AsyncSession, meeting: Meeting, starts_at: datetime, change: Change) -> Meeting:
    """Let a meeting be held at another time: a new one in its place, the same invited, nobody's answer carried over."""
    kept = ("title", "place", "audience", "number", "link", "agenda", "task_id", "quarter")
    new = Meeting(
        **{name: getattr(meeting, name) for name in kept},
        starts_at=starts_at,
        created_at=meeting.created_at,
        called_at=change.at,
        by_id=change.by_id,
        replaces_id=meeting.id,
        series_id=meeting.series,
        was_start=meeting.starts_at,
        moves=meeting.moves + 1,
        sequence=meeting.sequence + 1,
        reason=change.reason,
    )
    _mark(meeting, MeetingState.MOVED, change)
    session.add(new)
    await session.flush()
    rows = await session.scalars(select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id))
    session.add_all(Invitation(meeting_id=new.id, unit_id=row.unit_id, post_id=row.post_id) for row in rows)
    keep_files(session, new, PAPERS, await files_of(session, meeting.id, PAPERS), change)
    await session.flush()
    return new


async def call_off(session: AsyncSession, meeting: Meeting, state: MeetingState, change: Change) -> MeetingChange:
    """Put a meeting off without a day, or cancel it."""
    meeting.sequence, meeting.reason = meeting.sequence + 1, change.reason
    _mark(meeting, state, change)
    return await _note(session, meeting, str(state), ("", change.reason), change)


async def amend(session: AsyncSession, meeting: Meeting, field: str, said: str, change: Change) -> MeetingChange:
    """Change what an invitation says besides its time: `place`, `link`, `number` or `agenda`."""
    was = getattr(meeting, field)
    setattr(meeting, field, said)
    meeting.sequence += 1
    _mark(meeting, meeting.state, change)
    return await _note(session, meeting, field, (was, said), change)


async def add_files(
    session: AsyncSession, meeting: Meeting, kind: str, files: Sequence[int], change: Change
) -> MeetingChange:
    """Keep files with a meeting that was called, and note it among its changes."""
    keep_files(session, meeting, kind, files, change)
    _mark(meeting, meeting.state, change)
    return await _note(session, meeting, kind, ("", str(len(files))), change)


def keep_files(session: AsyncSession, meeting: Meeting, kind: str, files: Sequence[int], change: Change) -> None:
    """Keep files with a meeting."""
    session.add_all(
        MeetingFile(meeting_id=meeting.id, file_id=file_id, kind=kind, at=change.at, by_id=change.by_id)
        for file_id in files
    )


async def is_superseded(session: AsyncSession, change: MeetingChange) -> bool:
    """Tell whether a later change of the same kind was made, which says all that this one would."""
    later = select(MeetingChange.id).where(
        MeetingChange.meeting_id == change.meeting_id, MeetingChange.kind == change.kind, MeetingChange.id > change.id
    )
    return await session.scalar(later.limit(1)) is not None


async def knows_of(session: AsyncSession, meeting_id: int, person_id: int, moment: datetime) -> bool:
    """Tell whether a person's invitation had left by a moment; one that waits says by itself how things stand."""
    key = f"meeting:{meeting_id}:{person_id}"
    rows = (await session.execute(select(Parcel.state, Parcel.sent_at).where(Parcel.key == key))).all()
    left = [sent for state, sent in rows if state in {ParcelState.SENT, ParcelState.SENDING}]
    return not rows or any(sent is None or sent <= moment for sent in left)


def _mark(meeting: Meeting, state: MeetingState, change: Change) -> None:
    meeting.state, meeting.changed_at, meeting.changed_by = state, change.at, change.by_id


async def _note(
    session: AsyncSession, meeting: Meeting, kind: str, was_and_now: tuple[str, str], change: Change
) -> MeetingChange:
    was, now = was_and_now
    row = MeetingChange(meeting_id=meeting.id, kind=kind, was=was, now=now, at=change.at, by_id=change.by_id)
    session.add(row)
    await session.flush()
    return row
