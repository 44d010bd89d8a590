"""The tasks in which a unit coordinates (phối hợp): it knows of them, and is neither reminded nor counted."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addressing import parties_of
from models.tasks import Assignment, Party, Review, Task


async def coordinated(session: AsyncSession, units: Collection[int], day: date) -> list[Task]:
    """Give the tasks still running in which one of these units coordinates on a day, newest first."""
    if not units:
        return []
    accepted = select(Review.assignment_id).where(Review.accepted)
    running = select(Assignment.task_id).where(
        Assignment.cancelled_at.is_(None), Assignment.done_before.is_(False), Assignment.id.not_in(accepted)
    )
    others = select(Party.task_id).where(Party.leads.is_(False))
    rows = await session.scalars(
        select(Task)
        .where(Task.given_at.is_not(None), Task.id.in_(others), Task.id.in_(running))
        .order_by(Task.given_at.desc(), Task.id.desc())
    )
    tasks = list(rows)
    parties = await parties_of(session, [task.id for task in tasks], day)
    return [task for task in tasks if {to.unit_id for to in parties[task.id][1]} & set(units)]
