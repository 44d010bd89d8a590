"""What meetings concluded: the meeting that a notice of conclusions means, its tasks, and how far they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.inbox import Prompt
from models.meetings import Conclusion, Meeting, MeetingState
from models.rules.meeting_line import Held
from models.standing import TaskCounts, standings
from models.tasks import Assignment, Task

TYPED: Final = "hop.ketluan.ghi"
"""The command that takes a conclusion typed in a line: what a chat that is asked for conclusions is asked with."""


@dataclass(frozen=True, slots=True)
class Concluding:
    """One task that a meeting concluded, and how its units stand."""

    task: Task
    counts: TaskCounts

    @property
    def is_done(self) -> bool:
        """Tell whether every unit to which it was given has done it."""
        return 0 < self.counts.given == self.counts.accepted


def held_on(meeting: Meeting, zone: ZoneInfo) -> Held:
    """Name a meeting by its title and local day."""
    return Held(meeting.id, meeting.title, meeting.starts_at.astimezone(zone).date().isoformat())


async def meetings_meant(
    session: AsyncSession, days: Collection[date], invitations: Collection[str], now: datetime, zone: ZoneInfo
) -> tuple[Held, ...]:
    """Find the meetings held that a notice of conclusions names by the number of an invitation, else by their day."""
    held = (Meeting.state == MeetingState.CALLED, Meeting.starts_at <= now)
    named = await session.scalars(select(Meeting).where(*held, Meeting.number.in_(invitations)).order_by(Meeting.id))
    found = named.all()
    if not found and days:
        starts = (datetime.combine(day, time(), zone) for day in days)
        on_day = or_(
            *(and_(Meeting.starts_at >= start, Meeting.starts_at < start + timedelta(days=1)) for start in starts)
        )
        found = (await session.scalars(select(Meeting).where(*held, on_day).order_by(Meeting.starts_at))).all()
    return tuple(held_on(meeting, zone) for meeting in found)


async def asked_for(session: AsyncSession, chat_id: int, now: datetime, zone: ZoneInfo) -> Held | None:
    """Give the meeting whose conclusions a chat is being asked for, where it is."""
    prompt = await session.scalar(select(Prompt).where(Prompt.chat_id == chat_id, Prompt.expires_at > now))
    if prompt is None or prompt.call["command"] != TYPED:
        return None
    return held_on(await session.get_one(Meeting, prompt.call["args"]["meeting"]), zone)


async def conclude(
    session: AsyncSession, meeting_id: int, tasks: Sequence[int], by_id: int | None, now: datetime
) -> None:
    """Keep tasks as conclusions of a meeting; those of it already stay as they are.

    On the terminal, which is nobody's (`by_id` None), they are entered for whoever called the meeting.
    """
    by_id = (await session.get_one(Meeting, meeting_id)).by_id if by_id is None else by_id
    known = set(await session.scalars(select(Conclusion.task_id).where(Conclusion.meeting_id == meeting_id)))
    session.add_all(
        Conclusion(meeting_id=meeting_id, task_id=task, at=now, by_id=by_id) for task in tasks if task not in known
    )
    await session.flush()


async def tasks_of_document(session: AsyncSession, document_id: int) -> Sequence[int]:
    """Name the tasks of a document, in its order."""
    return (await session.scalars(select(Task.id).where(Task.document_id == document_id).order_by(Task.id))).all()


async def meetings_of(session: AsyncSession, tasks: Collection[int]) -> Sequence[Meeting]:
    """Read the meetings that concluded some tasks."""
    concluded = select(Conclusion.meeting_id).where(Conclusion.task_id.in_(tasks))
    return (await session.scalars(select(Meeting).where(Meeting.id.in_(concluded)).order_by(Meeting.id))).all()


async def conclusions(session: AsyncSession, meeting_id: int, now: datetime, zone: ZoneInfo) -> tuple[Concluding, ...]:
    """Read what a meeting concluded, in the order in which it was entered."""
    query = select(Task).join(Conclusion, Conclusion.task_id == Task.id).where(Conclusion.meeting_id == meeting_id)
    tasks = (await session.scalars(query.order_by(Conclusion.id))).all()
    if not tasks:
        return ()
    counts = await (await standings(session, now, zone)).counts(Assignment.task_id.in_([task.id for task in tasks]))
    return tuple(Concluding(task, counts.get(task.id, TaskCounts())) for task in tasks)
