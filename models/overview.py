"""All given tasks at a glance: their deadlines and counts, and which of them have changed."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.papers import Document
from models.people import Unit
from models.rules.spelling import fold
from models.standing import Standings, TaskCounts
from models.tasks import Assignment, Task


@dataclass(frozen=True, slots=True)
class Glance:
    """One task as the list shows it; `due_on` and `due_at` are its next deadline, or the last where all have passed."""

    task: Task
    document: Document | None
    due_on: date | None
    due_at: datetime | None
    counts: TaskCounts


async def glances(stands: Standings, seen: ColumnElement[bool], search: str = "") -> tuple[Glance, ...]:
    """List the tasks of which `seen` assignments exist, by deadline; `search` looks in task, document and unit."""
    where = (seen, await _matching(stands, seen, search)) if search else (seen,)

    def ahead(deadline: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
        return case((Assignment.due_at >= stands.now, deadline))

    rows = await stands.session.execute(
        select(
            Task,
            Document,
            func.coalesce(func.min(ahead(Assignment.due_on)), func.max(Assignment.due_on)),
            func.coalesce(func.min(ahead(Assignment.due_at)), func.max(Assignment.due_at)),
        )
        .join(Assignment, Assignment.task_id == Task.id)
        .outerjoin(Document, Document.id == Task.document_id)
        .where(*where)
        .group_by(Task.id, Document.id)
        .order_by(func.min(Assignment.due_on).is_(None), func.min(Assignment.due_on), Task.id)
    )
    counts = await stands.counts(seen)
    return tuple(
        Glance(task, document, due_on, due_at, counts.get(task.id, TaskCounts()))
        for task, document, due_on, due_at in rows
    )


async def _matching(stands: Standings, seen: ColumnElement[bool], search: str) -> ColumnElement[bool]:
    """Find the tasks in whose words, document or units the search occurs, typed with or without diacritics.

    Done here: an embedded store knows neither đ from Đ nor a letter without its marks.
    """
    rows = await stands.session.execute(
        select(Task.id, Task.title, Document.number, Document.subject, Unit.name, Unit.code)
        .join(Assignment, Assignment.task_id == Task.id)
        .outerjoin(Document, Document.id == Task.document_id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .where(seen)
        .distinct()
    )
    wanted, folded = fold(search), cache(fold)
    found = {task_id for task_id, *words in rows if any(wanted in folded(word) for word in words if word)}
    return Task.id.in_(found)


async def marks(session: AsyncSession, seen: ColumnElement[bool]) -> dict[int, int]:
    """Give for each task a number that grows with every change of its assignments."""
    rows = await session.execute(
        select(Assignment.task_id, func.sum(Assignment.version)).where(seen).group_by(Assignment.task_id)
    )
    return {task_id: int(mark) for task_id, mark in rows}


def changed(before: dict[int, int], now: dict[int, int]) -> set[int]:
    """Name the tasks whose mark has changed."""
    return {task_id for task_id, mark in now.items() if before.get(task_id) != mark}
