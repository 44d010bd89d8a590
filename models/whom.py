"""Who is behind a unit, a post or the secretariat on a day: the persons that letters go to."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.people import Post
from models.powers import holds_on
from models.rules.permission import Role
from models.tasks import Assignment


async def holders(session: AsyncSession, role: Role, day: date) -> tuple[int, ...]:
    """Name the persons who hold a role on a day: the secretariat, the operators."""
    found = await session.scalars(
        select(Post.person_id)
        .where(Post.role == role, Post.person_id.is_not(None), holds_on(Post, day))
        .distinct()
        .order_by(Post.person_id)
    )
    return tuple(person for person in found if person is not None)


async def focal_points(session: AsyncSession, units: Collection[int], day: date) -> tuple[tuple[int, int], ...]:
    """Name (unit, person) for every focal point of these units on a day."""
    rows = await session.execute(focal_points_of(day).where(Post.unit_id.in_(units)))
    return tuple((unit, person) for unit, person in rows.all())


def focal_points_of(day: date) -> Any:
    """Select (unit, person) for every focal point on a day, to be narrowed or joined."""
    return select(Post.unit_id, Post.person_id).where(
        Post.role == Role.FOCAL_POINT, Post.person_id.is_not(None), Post.unit_id.is_not(None), holds_on(Post, day)
    )


def serving_several(day: date) -> Any:
    """Select the persons who are focal points of more than one unit on a day."""
    units = func.count(Post.unit_id.distinct())
    return (
        select(Post.person_id)
        .where(Post.role == Role.FOCAL_POINT, Post.person_id.is_not(None), holds_on(Post, day))
        .group_by(Post.person_id)
        .having(units > 1)
    )


async def behind(session: AsyncSession, assignment: Assignment, day: date) -> tuple[int, ...]:
    """Name the persons who answer for an assignment on a day: the unit's focal points, or the holder of the post."""
    if assignment.unit_id is not None:
        return tuple(person for _, person in await focal_points(session, [assignment.unit_id], day))
    holder = await session.scalar(select(Post.person_id).where(Post.id == assignment.post_id, holds_on(Post, day)))
    return (holder,) if holder is not None else ()
