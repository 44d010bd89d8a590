"""Drafts become assignments: whom a task means on the day, for which periods, due when, under which number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addressing import Addressee, hold_owners, parties_of
from models.assignments import end_of_day
from models.base import HELD
from models.ids import reserve_ids
from models.rules.deadline import Due, Reading
from models.rules.rounds import dues_once, rounds
from models.tasks import Assignment, Task

_FAR = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Giving:
    """When tasks are given, and what becomes of what was due before: done, or still to be done."""

    now: datetime
    zone: ZoneInfo
    past_is_done: bool = False

    @property
    def today(self) -> date:
        """The Council's calendar day."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Planned:
    """One assignment to be: a task for an addressee and one period of it."""

    task_id: int
    to: Addressee
    due: Due | None
    is_past: bool = False
    recurs: bool = False

    @property
    def period(self) -> str:
        """Name the period by its due day where the task has several."""
        return self.due.day.isoformat() if self.due is not None and self.recurs else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What giving would make, in the document's order; `coordinating`: the tasks of which each unit is told once."""

    tasks: tuple[Task, ...] = ()
    planned: tuple[Planned, ...] = ()
    coordinating: Mapping[Addressee, tuple[int, ...]] = field(default_factory=dict)

    @property
    def past_tasks(self) -> tuple[int, ...]:
        """Name the tasks of which something was due before."""
        return tuple(dict.fromkeys(one.task_id for one in self.planned if one.is_past))

    @property
    def leading(self) -> Mapping[Addressee, tuple[Planned, ...]]:
        """Give what each addressee gets."""
        found: dict[Addressee, list[Planned]] = defaultdict(list)
        for one in self.planned:
            found[one.to].append(one)
        return {to: tuple(mine) for to, mine in found.items()}

    @property
    def without_lead(self) -> tuple[Task, ...]:
        """Give the tasks that nobody known would get."""
        led = {one.task_id for one in self.planned}
        return tuple(task for task in self.tasks if task.id not in led)


async def planned(session: AsyncSession, task_ids: Sequence[int], giving: Giving) -> Plan:
    """Work out what giving these drafts would make; what was given already is left out."""
    drafts = list(
        await session.scalars(
            select(Task)
            .where(Task.id.in_(task_ids), Task.given_at.is_(None))
            .order_by(Task.document_id, Task.id)
            .with_for_update(**HELD)
            .execution_options(populate_existing=True)
        )
    )
    parties = await parties_of(session, [task.id for task in drafts], giving.today)
    rows: list[Planned] = []
    coordinating: dict[Addressee, list[int]] = defaultdict(list)
    for task in drafts:
        leads, others = parties[task.id]
        rows += (one for one in _periods(task, leads, giving))
        for to in others if leads else ():
            coordinating[to].append(task.id)
    return Plan(tuple(drafts), tuple(rows), {to: tuple(ids) for to, ids in coordinating.items()})


async def give(session: AsyncSession, plan: Plan, giving: Giving, by: int) -> int:
    """Make the assignments of a plan and mark its tasks given; give how many assignments there are now.

    Tasks that nobody known would get stay drafts.
    """
    without = {task.id for task in plan.without_lead}
    for task in plan.tasks:
        if task.id not in without:
            task.given_at, task.given_by = giving.now, by
    await session.flush()
    return await _insert(session, plan.planned, giving)


async def next_periods(session: AsyncSession, giving: Giving, since: date) -> tuple[Planned, ...]:
    """Work out the periods of given recurring tasks that come next and have no assignment yet.

    The next period of a task is given once the one before is over; those that fell due from `since` on are made up.
    Whoever's newest period is suspended or withdrawn gets no further one until that is resumed.
    """
    tasks = list(
        await session.scalars(
            select(Task).where(Task.given_at.is_not(None), Task.reading.contains("RRULE:")).order_by(Task.id)
        )
    )
    made, resting = await _made(session, [task.id for task in tasks])
    parties = await parties_of(session, [task.id for task in tasks], giving.today)
    return tuple(
        Planned(task.id, to, due, recurs=True)
        for task in tasks
        for due in rounds(Reading.parse(task.reading), since, giving.today)
        for to in parties[task.id][0]
        if (task.id, to, due.day.isoformat()) not in made and (task.id, to) not in resting
    )


async def _made(
    session: AsyncSession, task_ids: Sequence[int]
) -> tuple[set[tuple[int, Addressee, str]], set[tuple[int, Addressee]]]:
    """Read which periods there are, and of which tasks whose newest period is suspended or withdrawn."""
    set_aside = or_(Assignment.suspended_at.is_not(None), Assignment.cancelled_at.is_not(None))
    rows = await session.execute(
        select(Assignment.task_id, Assignment.unit_id, Assignment.post_id, Assignment.period, set_aside)
        .where(Assignment.task_id.in_(task_ids))
        .order_by(Assignment.period)
    )
    made, newest = set(), {}
    for task_id, unit_id, post_id, period, rests in rows:
        to = Addressee(unit_id, post_id)
        made.add((task_id, to, period))
        newest[task_id, to] = bool(rests)
    return made, {key for key, rests in newest.items() if rests}


async def give_periods(session: AsyncSession, periods: Sequence[Planned], giving: Giving) -> int:
    """Make the assignments of coming periods."""
    return await _insert(session, periods, giving)


def _periods(task: Task, leads: Iterable[Addressee], giving: Giving) -> list[Planned]:
    reading = Reading.parse(task.reading)
    dues: list[Due | None] = [*dues_once(reading), *rounds(reading, giving.today, giving.today)]
    several = len(dues) > 1 or "RRULE:" in task.reading
    return [
        Planned(task.id, to, due, _is_past(due, giving), several)
        for due in sorted(dues, key=lambda due: due.day if due else _FAR) or [None]
        for to in leads
    ]


def _is_past(due: Due | None, giving: Giving) -> bool:
    due_at = _due_at(due, giving.zone)
    return due_at is not None and due_at < giving.now


def _due_at(due: Due | None, zone: ZoneInfo) -> datetime | None:
    if due is None:
        return None
    return end_of_day(due.day, zone) if due.time is None else datetime.combine(due.day, due.time, zone)


async def _insert(session: AsyncSession, plan: Sequence[Planned], giving: Giving) -> int:
    """Insert assignments in one statement, numbered within each unit and post."""
    numbers = await _next_numbers(session, [one.to for one in plan])
    first = reserve_ids(len(plan)) + 1
    rows: list[dict[str, Any]] = []
    for at, one in enumerate(plan):
        rows.append(_row(first + at, one, numbers[one.to], giving))
        numbers[one.to] += 1
    if rows:
        await session.execute(insert(Assignment), rows, execution_options={"render_nulls": True})
    return len(rows)


def _row(row_id: int, one: Planned, number: int, giving: Giving) -> dict[str, Any]:
    due = one.due
    return {
        "id": row_id,
        "task_id": one.task_id,
        "unit_id": one.to.unit_id,
        "post_id": one.to.post_id,
        "period": one.period,
        "number": number,
        "opens_on": due.opens if due else None,
        "due_on": due.day if due else None,
        "due_at": _due_at(due, giving.zone),
        "original_due_on": due.day if due else None,
        "given_at": giving.now,
        "given_on": giving.today,
        "done_before": one.is_past and giving.past_is_done,
        "suspended_at": None,
        "cancelled_at": None,
        "version": 1,
    }


async def _next_numbers(session: AsyncSession, addressees: Iterable[Addressee]) -> dict[Addressee, int]:
    """Give the next number of each series; their units and posts are held, so that nobody else numbers meanwhile."""
    wanted = set(addressees)
    units = sorted(to.unit_id for to in wanted if to.unit_id is not None)
    posts = sorted(to.post_id for to in wanted if to.post_id is not None)
    await hold_owners(session, wanted)
    rows = await session.execute(
        select(Assignment.unit_id, Assignment.post_id, func.max(Assignment.number))
        .where(or_(Assignment.unit_id.in_(units), Assignment.post_id.in_(posts)))
        .group_by(Assignment.unit_id, Assignment.post_id)
    )
    newest = {Addressee(unit_id, post_id): number for unit_id, post_id, number in rows}
    return {to: newest.get(to, 0) + 1 for to in wanted}
