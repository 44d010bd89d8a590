"""Requests to serve a unit as they are looked at: with the unit, whom the directory knows, who objected or decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.addresses import Address, AddressState
from models.enrolments import Asking, Enrolment
from models.people import Person, Post, Unit
from models.powers import holds_on
from models.rules.alphabet import by_name
from models.rules.permission import Role


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `known` names whom the directory has already, `elsewhere` says that another chat serves him.

    `serves` names the units whose focal point he is today.
    """

    enrolment: Enrolment
    unit: Unit
    known: str = ""
    objector: str = ""
    decider: str = ""
    elsewhere: bool = False
    serves: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it may be confirmed together with others: nobody objects, nobody's place is taken."""
        return self.enrolment.state == Asking.WAITING and not self.elsewhere


async def requests(session: AsyncSession, *where: Any, today: date) -> tuple[Request, ...]:
    """Read requests by the names of their units; those that were objected to come first."""
    known, objector, decider = aliased(Person), aliased(Person), aliased(Person)
    here = exists().where(
        Address.person_id == Enrolment.person_id,
        Address.chat_id == Enrolment.chat_id,
        Address.state != AddressState.LEFT,
    )
    reached = exists().where(Address.person_id == Enrolment.person_id, Address.state == AddressState.ACTIVE)
    rows = await session.execute(
        select(Enrolment, Unit, known.name, objector.name, decider.name, reached & ~here)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(known, known.id == Enrolment.person_id)
        .outerjoin(objector, objector.id == Enrolment.objected_by)
        .outerjoin(decider, decider.id == Enrolment.decided_by)
        .where(*where)
        .order_by(Enrolment.objected_at.is_(None), Unit.name, Enrolment.id)
    )
    found = rows.all()
    served = await _served(session, {enrolment.person_id for enrolment, *_ in found if enrolment.person_id}, today)
    return tuple(
        Request(
            enrolment,
            unit,
            name or "",
            objected or "",
            ruled or "",
            elsewhere=bool(taken),
            serves=served.get(enrolment.person_id, ()),
        )
        for enrolment, unit, name, objected, ruled, taken in found
    )


async def _served(session: AsyncSession, people: Collection[int], today: date) -> Mapping[int | None, tuple[str, ...]]:
    """Name the units of which each of these persons is focal point."""
    rows = await session.execute(
        select(Post.person_id, Unit.name)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id.in_(people), Post.role == Role.FOCAL_POINT, holds_on(Post, today))
    )
    served: dict[int | None, tuple[str, ...]] = {}
    for person, unit in by_name(rows, lambda row: row[1]):
        served[person] = (*served.get(person, ()), unit)
    return served


async def waiting_count(session: AsyncSession, states: Collection[Asking]) -> int:
    """Count the requests in these states."""
    return len(list(await session.scalars(select(Enrolment.id).where(Enrolment.state.in_(states)))))
