"""Which officer is in charge of which units (chuyên viên phụ trách): dated, by unit or by cluster and bloc."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, ForeignKey, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.people import Dated, Group, Membership, Person, Post, Unit
from models.powers import holds_on
from models.rules.alphabet import alphabetical, by_name
from models.rules.permission import Role
from models.rules.spelling import fold
from models.standing import Standing
from models.whom import holders

_DAY = timedelta(days=1)
_ADDRESSED = ("dong chi ", "d/c ")
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")

_Row = TypeVar("_Row")


class Charge(Dated, Base):
    """An officer is in charge of a unit or of a group; a unit named by itself comes before its group."""

    __tablename__ = "charge"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Officer:
    """One of the secretariat, and what he is in charge of, as it is called."""

    id: int
    name: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """What an officer is to be in charge of, and who says so."""

    person_id: int
    units: frozenset[int]
    groups: frozenset[int]
    by_id: int
    at: datetime


async def officers_in_charge(session: AsyncSession, day: date) -> dict[int, frozenset[int]]:
    """Name, for each unit of which somebody is in charge on a day, the officers who are."""
    in_office = select(Post.person_id).where(Post.role == Role.SECRETARIAT, holds_on(Post, day))
    held = [holds_on(Charge, day), Charge.person_id.in_(in_office)]
    named: dict[int, set[int]] = defaultdict(set)
    for unit_id, person_id in await session.execute(
        select(Charge.unit_id, Charge.person_id).where(Charge.unit_id.is_not(None), *held)
    ):
        if unit_id is not None:
            named[unit_id].add(person_id)
    by_group: dict[int, set[int]] = defaultdict(set)
    for unit_id, person_id in await session.execute(
        select(Membership.unit_id, Charge.person_id)
        .join(Charge, Charge.group_id == Membership.group_id)
        .where(holds_on(Membership, day), *held)
    ):
        by_group[unit_id].add(person_id)
    return {unit_id: frozenset(people) for unit_id, people in (by_group | named).items()}


async def units_in_charge(session: AsyncSession, person_id: int, day: date) -> frozenset[int]:
    """Name the units of which an officer is in charge on a day."""
    everybodys = await officers_in_charge(session, day)
    return frozenset(unit_id for unit_id, people in everybodys.items() if person_id in people)


async def officers_of(session: AsyncSession, unit_id: int | None, day: date) -> tuple[int, ...]:
    """Name who deals with a unit's matters: the officer in charge, or the whole secretariat where nobody is."""
    in_charge = (await officers_in_charge(session, day)).get(unit_id, ()) if unit_id is not None else ()
    return tuple(sorted(in_charge)) or await holders(session, Role.SECRETARIAT, day)


async def officers(session: AsyncSession, day: date) -> tuple[Officer, ...]:
    """List the secretariat of a day, each with what he is in charge of."""
    secretariat = await holders(session, Role.SECRETARIAT, day)
    people = await session.execute(select(Person.id, Person.name).where(Person.id.in_(secretariat)))
    called = func.coalesce(Unit.name, Group.name)
    rows = await session.execute(
        select(Charge.person_id, called, Charge.group_id.is_(None))
        .outerjoin(Unit, Unit.id == Charge.unit_id)
        .outerjoin(Group, Group.id == Charge.group_id)
        .where(holds_on(Charge, day))
    )
    of: dict[int, list[str]] = defaultdict(list)
    for person_id, name, _ in sorted(rows, key=lambda row: (row[2], alphabetical(row[1]))):
        of[person_id].append(name)
    return tuple(Officer(id_, name, tuple(of[id_])) for id_, name in by_name(people, lambda row: row[1]))


def named(said: str, names: Collection[str]) -> str | None:
    """Find whose name was said: the whole of it, or its last words, as colleagues call each other; None if unsure.

    What stands in brackets behind a name is a note about its bearer and no part of it.
    """
    name = _called(said)
    for addressed in _ADDRESSED:
        name = name.removeprefix(addressed).strip()
    exact = [one for one in names if _called(one) == name]
    found = exact or [one for one in names if name and _called(one).endswith(f" {name}")]
    return found[0] if len(found) == 1 else None


def _called(name: str) -> str:
    return _NOTE.sub("", fold(name)).strip()


async def put_in_charge(session: AsyncSession, portion: Portion, day: date) -> None:
    """Put an officer in charge from a day on; whoever was in charge of the same units or groups no longer is."""
    same = or_(Charge.unit_id.in_(portion.units), Charge.group_id.in_(portion.groups))
    await _end(session, same, day)
    common: dict[str, Any] = {
        "person_id": portion.person_id, "by_id": portion.by_id, "at": portion.at, "valid_from": day,
    }  # fmt: skip
    session.add_all(Charge(unit_id=unit_id, **common) for unit_id in sorted(portion.units))
    session.add_all(Charge(group_id=group_id, **common) for group_id in sorted(portion.groups))
    await session.flush()


async def end_charge(session: AsyncSession, person_id: int, day: date) -> None:
    """Let an officer be in charge of nothing from a day on."""
    await _end(session, Charge.person_id == person_id, day)


async def _end(session: AsyncSession, which: ColumnElement[bool], day: date) -> None:
    await session.execute(update(Charge).where(which, holds_on(Charge, day)).values(valid_to=day - _DAY))


def own_first(found: Iterable[Standing], own: Collection[int]) -> tuple[Standing, ...]:
    """Order assignments as an officer reads them: those of his units first."""
    return at_head(found, lambda one: one.assignment.unit_id in own)


def at_head(found: Iterable[_Row], is_own: Callable[[_Row], bool]) -> tuple[_Row, ...]:
    """Order a list as an officer reads it: what is of his units first, else as it stood."""
    return tuple(sorted(found, key=lambda one: not is_own(one)))
