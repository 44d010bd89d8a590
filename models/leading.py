"""What a unit that leads a cluster or bloc may see: the group's own tasks, and how its members stand with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.people import Group, Membership, Part, Unit
from models.powers import holds_on
from models.rules.alphabet import by_name
from models.tasks import Assignment, Party, Task, Whom


@dataclass(frozen=True, slots=True)
class Led:
    """A group that a unit leads on a day, or is deputy of; `members` are all its units, the leader's own too."""

    group_id: int
    name: str
    leader: str
    leader_id: int
    members: frozenset[int]

    def of_task(self, task_id: int) -> ColumnElement[bool]:
        """Give the condition on the members' assignments of one task."""
        return and_(Assignment.task_id == task_id, Assignment.unit_id.in_(self.members))


async def groups_led(session: AsyncSession, units: Collection[int], day: date) -> tuple[Led, ...]:
    """Read the groups that these units lead on a day."""
    rows = await session.execute(
        select(Group.id, Group.name, Unit.name, Unit.id)
        .join(Membership, Membership.group_id == Group.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Membership.unit_id.in_(units), Membership.part.in_((Part.LEADER, Part.DEPUTY)), holds_on(Membership, day)
        )
    )
    found = []
    for group_id, name, leader, leader_id in by_name(rows, lambda row: row[1]):
        members = await session.scalars(
            select(Membership.unit_id).where(Membership.group_id == group_id, holds_on(Membership, day))
        )
        found.append(Led(group_id, name, leader, leader_id, frozenset(members)))
    return tuple(found)


async def tasks_of(session: AsyncSession, group_id: int) -> tuple[Task, ...]:
    """Read the tasks that were given to a group as such, the newest first."""
    named = select(Party.task_id).where(Party.whom == Whom.GROUP, Party.group_id == group_id)
    found = await session.scalars(
        select(Task)
        .where(Task.id.in_(named), Task.given_at.is_not(None))
        .order_by(Task.given_at.desc(), Task.id.desc())
    )
    return tuple(found)
