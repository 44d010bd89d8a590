"""The directory as documents and officers call it: every unit, group and seat by its names."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.people import Group, Membership, Post, Unit
from models.powers import holds_on
from models.rules.alphabet import by_name
from models.rules.permission import Role
from models.rules.units import Named, Sort
from models.tasks import Whom

WHOM_OF = {Sort.UNIT: Whom.UNIT, Sort.GROUP: Whom.GROUP, Sort.POST: Whom.POST}


async def kinds_of(session: AsyncSession, day: date) -> Mapping[Named, tuple[Named, ...]]:
    """Read the kinds of the directory of a day, each with its units: “Sở, ban, ngành” with every department."""
    units = await session.execute(
        select(Unit.kind, Unit.id, Unit.name, Unit.short_name, Unit.code)
        .where(Unit.kind != "", holds_on(Unit, day))
        .order_by(Unit.kind, Unit.id)
    )
    found: dict[str, list[Named]] = {}
    for kind, id_, name, short_name, code in units:
        found.setdefault(kind, []).append(Named(id_, name, short_name, code))
    return {Named(number, kind, sort=Sort.KIND): tuple(of) for number, (kind, of) in enumerate(found.items())}


async def directory_names(session: AsyncSession, day: date, *, posts: bool = False) -> tuple[Named, ...]:
    """Read the names of the units and groups of a day, and of the council members' seats where asked, each with its id.

    A group stands as long as it has a member, or is too new to have had one.
    """
    units = await session.execute(
        select(Unit.id, Unit.name, Unit.short_name, Unit.code).where(holds_on(Unit, day)).order_by(Unit.id)
    )
    has_ended = select(Membership.id).where(Membership.group_id == Group.id)
    groups = await session.execute(
        select(Group.id, Group.name)
        .where(~has_ended.exists() | has_ended.where(holds_on(Membership, day)).exists())
        .order_by(Group.id)
    )
    named = [Named(*row) for row in units]
    named += [Named(id_, name, sort=Sort.GROUP) for id_, name in groups]
    if posts:
        seats = await session.execute(
            select(Post.id, Post.title)
            .where(Post.role.in_((Role.COUNCIL_MEMBER, Role.CHAIR)), Post.title != "", holds_on(Post, day))
            .order_by(Post.id)
        )
        named += [Named(id_, title, sort=Sort.POST) for id_, title in seats]
    return tuple(named)


async def unit_names(session: AsyncSession, units: Collection[int | None]) -> tuple[str, ...]:
    """Read the names of these units in the order of the alphabet."""
    found = await session.scalars(select(Unit.name).where(Unit.id.in_([unit for unit in units if unit is not None])))
    return tuple(by_name(found, str))
