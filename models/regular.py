"""The regular meetings that the year's plan wants and that nobody has called yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.audiences import Audience, Circle
from models.base import HELD
from models.meetings import Meeting, MeetingState
from models.papers import Document
from models.people import Person
from models.rules.deadline import Reading
from models.rules.regular_meetings import Quarter, announces_meeting, quarters_of
from models.rules.rounds import dues_once
from models.rules.text import Refusal, t
from models.tasks import Task

# a moved meeting has another in its place
_STANDING = (MeetingState.CALLED, MeetingState.POSTPONED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A meeting that a row of a plan wants in a quarter."""

    task_id: int
    title: str
    quarter: Quarter
    number: str


async def proposals(session: AsyncSession, today: date) -> tuple[Proposal, ...]:
    """Give the regular meetings of this quarter and of those to come that have not been called, the nearest first."""
    rows = await session.execute(
        select(Task, Document).join(Document, Document.id == Task.document_id).order_by(Task.id)
    )
    wanted = [
        Proposal(task.id, task.title, quarter, document.number)
        for task, document in rows
        if announces_meeting(task.title)
        for quarter in quarters_of(task.title, task.phrase, document.dated.year, _due(task.reading))
        if quarter.last_day >= today
    ]
    called = await _called(session, [one.task_id for one in wanted])
    left = [one for one in wanted if (one.task_id, one.quarter.code) not in called]
    return tuple(sorted(left, key=lambda one: (one.quarter, one.task_id)))


async def may_be_regular(session: AsyncSession, wanted: Proposal, zone: ZoneInfo) -> tuple[Meeting, ...]:
    """Give the meetings of all members in a quarter, called beside the plan, of which one may be the regular one."""
    opens = datetime.combine(wanted.quarter.first_day, time(), zone)
    closes = datetime.combine(wanted.quarter.last_day + timedelta(days=1), time(), zone)
    found = await session.scalars(
        select(Meeting)
        .where(
            Meeting.task_id.is_(None),
            Meeting.state == MeetingState.CALLED,
            Meeting.called_at.is_not(None),
            Meeting.starts_at >= opens,
            Meeting.starts_at < closes,
        )
        .order_by(Meeting.starts_at)
    )
    return tuple(one for one in found if Audience.from_json(one.audience).has(Circle.MEMBERS, Circle.EVERYBODY))


async def require_not_called(session: AsyncSession, task_id: int | None, quarter: str) -> None:
    """Hold the row of the plan whose meeting is called; raises Refusal where another officer has called it."""
    if task_id is None:
        return
    await session.get(Task, task_id, with_for_update=HELD)
    others = await session.execute(
        select(Meeting, Person)
        .join(Person, Person.id == Meeting.by_id)
        .where(
            Meeting.task_id == task_id,
            Meeting.quarter == quarter,
            Meeting.state.in_(_STANDING),
        )
        .limit(1)
    )
    for other, by in others:
        about = {"name": by.name, "time": other.called_at, "title": other.title}
        raise Refusal(t("{name} called “{title}” at {time} already; “hop” shows it. Nothing was sent twice.", **about))


async def _called(session: AsyncSession, tasks: Sequence[int]) -> set[tuple[int | None, str]]:
    rows = await session.execute(
        select(Meeting.task_id, Meeting.quarter).where(Meeting.task_id.in_(tasks), Meeting.state.in_(_STANDING))
    )
    return {(task_id, quarter) for task_id, quarter in rows}


def _due(reading: str) -> date | None:
    dues = dues_once(Reading.parse(reading))
    return dues[-1].day if dues else None
