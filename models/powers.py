"""What a person may touch today: the roles of his posts, with the units each role reaches."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.papers import Oversight
from models.people import Dated, Membership, Part, Post, Unit
from models.rules.permission import Role
from models.rules.units import words
from models.settings import council


@dataclass(frozen=True, slots=True)
class Powers:
    """The roles a person holds today, the ids of the units each reaches, and the ids of his posts."""

    roles: Mapping[Role, frozenset[int]] = field(default_factory=lambda: {Role.STRANGER: frozenset()})
    posts: frozenset[int] = frozenset()

    @property
    def own_units(self) -> frozenset[int]:
        """The units that the person answers for."""
        return self.roles.get(Role.FOCAL_POINT, frozenset())


def holds_on(table: type[Dated], day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Give the condition that a dated row holds on a day."""
    return and_(table.valid_from <= day, or_(table.valid_to.is_(None), table.valid_to >= day))


_POSTS = select(Post.person_id, Post.id, Post.role, Post.unit_id).where(
    Post.person_id.in_(bindparam("people", expanding=True)), holds_on(Post, bindparam("day", type_=Date))
)


async def powers_of(session: AsyncSession, person_id: int, day: date) -> Powers:
    """Read the roles that a person's posts give him on a day."""
    return (await each_ones_powers(session, (person_id,), day))[person_id]


async def each_ones_powers(session: AsyncSession, people: Collection[int], day: date) -> dict[int, Powers]:
    """Read the roles that each person's posts give him on a day, by his id."""
    held: dict[int | None, list[Any]] = {person_id: [] for person_id in people}
    for person_id, *post in await session.execute(_POSTS, {"people": list(people), "day": day}) if people else ():
        held[person_id].append(post)
    led = await _led(session, {post[2] for posts in held.values() for post in posts if post[2] is not None}, day)
    return {person_id: await _powers(session, held[person_id], led, day) for person_id in people}


async def _led(session: AsyncSession, units: Collection[int], day: date) -> dict[int, frozenset[int]]:
    """Read which other units are members of the groups that each of these units leads on a day, or is deputy of."""
    leads, member = aliased(Membership), aliased(Membership)
    rows = (
        await session.execute(
            select(leads.unit_id, member.unit_id)
            .join(member, member.group_id == leads.group_id)
            .where(
                leads.unit_id.in_(units),
                leads.part.in_((Part.LEADER, Part.DEPUTY)),
                member.unit_id != leads.unit_id,
                holds_on(leads, day),
                holds_on(member, day),
            )
        )
        if units
        else ()
    )
    found: dict[int, set[int]] = {}
    for leader, unit in rows:
        found.setdefault(leader, set()).add(unit)
    return {leader: frozenset(members) for leader, members in found.items()}


async def _powers(
    session: AsyncSession, posts: Collection[Any], led: Mapping[int, frozenset[int]], day: date
) -> Powers:
    roles: dict[Role, frozenset[int]] = {}
    for _, role, unit_id in posts:
        own = frozenset({unit_id}) if unit_id is not None and role == Role.FOCAL_POINT else frozenset[int]()
        roles[Role(role)] = roles.get(Role(role), frozenset()) | own
        if role == Role.FOCAL_POINT and (members := led.get(unit_id)):
            roles[Role.GROUP_LEADER] = roles.get(Role.GROUP_LEADER, frozenset()) | members
    held = frozenset(post_id for post_id, _, _ in posts)
    if Role.COUNCIL_MEMBER in roles:
        followed = await followed_units(session, held, day)
        roles[Role.COUNCIL_MEMBER] = followed | await _stood_in_for(session, held, day)
    return Powers(roles or {Role.STRANGER: frozenset()}, held)


async def followed_units(session: AsyncSession, posts: frozenset[int], day: date) -> frozenset[int]:
    """Read the units that the holders of these posts follow on a day, by name, by group, or all of them."""
    rows = (
        await session.execute(
            select(Oversight.unit_id, Oversight.group_id).where(Oversight.post_id.in_(posts), holds_on(Oversight, day))
        )
    ).all()
    if any(unit_id is None and group_id is None for unit_id, group_id in rows):
        everything = await session.scalars(select(Unit.id).where(holds_on(Unit, day)))
        return frozenset(everything)
    groups = [group_id for _, group_id in rows if group_id is not None]
    members = await session.scalars(
        select(Membership.unit_id).where(Membership.group_id.in_(groups), holds_on(Membership, day))
    )
    return frozenset(unit_id for unit_id, _ in rows if unit_id is not None) | frozenset(members)


async def follows(session: AsyncSession, person_id: int, units: Collection[int | None], day: date) -> bool:
    """Tell whether a member was assigned to follow all of these units, not only to stand in for whoever follows them.

    A unit of None, for what is given to a seat, is nobody's to follow.
    """
    member = (Post.person_id == person_id, Post.role == Role.COUNCIL_MEMBER, holds_on(Post, day))
    held = await session.scalars(select(Post.id).where(*member))
    return set(units) <= await followed_units(session, frozenset(held), day)


async def standing_seats(session: AsyncSession) -> frozenset[int]:
    """Name the seats of the standing vice chair: their title in the council begins as the setting says."""
    title = words((await council(session)).standing_vice_chair)
    seats = await session.execute(select(Post.id, Post.council_title).where(Post.council_title != ""))
    return frozenset(id_ for id_, called in seats if title and words(called)[: len(title)] == title)


def is_followed_by_name(unit: Any, day: Any) -> ColumnElement[bool]:
    """Give the condition that somebody who holds a seat follows a unit by name on a day (columns or values)."""
    following, seat = aliased(Oversight), aliased(Post)
    held = and_(seat.person_id.is_not(None), holds_on(seat, day), holds_on(following, day))
    named = exists().where(following.unit_id == unit, following.post_id == seat.id, held)
    return named.correlate_except(following, seat)


def is_followers_own(unit: Any, day: Any) -> ColumnElement[bool]:
    """Give the condition that whoever would be told of a unit on a day is of it himself: it is his own agency."""
    following, seat, belongs = aliased(Oversight), aliased(Post), aliased(Membership)
    held = and_(following.post_id == seat.id, holds_on(seat, day), holds_on(following, day))
    own = serves(seat.person_id, unit, day)
    by_name = exists().where(following.unit_id == unit, held, own).correlate_except(following, seat)
    member = and_(belongs.unit_id == unit, belongs.group_id == following.group_id, holds_on(belongs, day))
    by_group = exists().where(member, held, own).correlate_except(following, seat, belongs)
    return or_(by_name, and_(by_group, ~is_followed_by_name(unit, day)))


def serves(person: Any, unit: Any, day: Any) -> ColumnElement[bool]:
    """Give the condition that a person holds a post in a unit on a day (columns or values)."""
    own = aliased(Post)
    return exists().where(own.person_id == person, own.unit_id == unit, holds_on(own, day)).correlate_except(own)


async def _stood_in_for(session: AsyncSession, posts: frozenset[int], day: date) -> frozenset[int]:
    """Read the units of which the standing vice chair is told in place of a member, who is of the unit himself."""
    if not posts & await standing_seats(session):
        return frozenset()
    himself = select(Post.person_id).where(Post.id.in_(posts)).limit(1).scalar_subquery()
    units = select(Unit.id).where(holds_on(Unit, day), is_followers_own(Unit.id, day))
    return frozenset(await session.scalars(units.where(~serves(himself, Unit.id, day))))
