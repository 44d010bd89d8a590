"""Who is told that tasks were given, and that a task is coordinated: one message for each unit and each seat."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState
from models.addressing import Addressee
from models.giving import Plan, Planned
from models.papers import Document
from models.people import Person, Post, Unit
from models.powers import holds_on
from models.tasks import Task
from models.whom import focal_points


@dataclass(frozen=True, slots=True)
class Told:
    """One unit or seat, the persons behind it, and what it is told: tasks it leads, tasks it coordinates."""

    to: Addressee
    name: str
    persons: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    coordinating: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document with tasks that are not given yet, or (without a document) what was typed in one line."""

    document: Document | None
    tasks: tuple[int, ...]


async def told_of_plan(session: AsyncSession, plan: Plan, day: date, *, past_is_done: bool) -> tuple[Told, ...]:
    """Say who is told what when a plan is given; nobody is told of what was done before."""
    leading = {to: _task_ids(mine, past_is_done=past_is_done) for to, mine in plan.leading.items()}
    return await told(session, leading, plan.coordinating, day)


async def told(
    session: AsyncSession,
    leading: Mapping[Addressee, Sequence[int]],
    coordinating: Mapping[Addressee, Sequence[int]],
    day: date,
) -> tuple[Told, ...]:
    """Put together one message for everybody who leads or coordinates something, with the persons behind him."""
    everybody = list(dict.fromkeys([*leading, *coordinating]))
    names, persons = await called(session, everybody), await _persons(session, everybody, day)
    found = (
        Told(
            to,
            names.get(to, ""),
            tuple(persons.get(to, ())),
            tuple(leading.get(to, ())),
            tuple(coordinating.get(to, ())),
        )
        for to in everybody
    )
    return tuple(one for one in found if one.tasks or one.coordinating)


async def reached(session: AsyncSession, persons: Iterable[int]) -> int:
    """Count those of these persons whom a chat reaches."""
    found = await session.scalar(
        select(func.count(Person.id.distinct()))
        .join(Address, Address.person_id == Person.id)
        .where(Person.id.in_(set(persons)), Address.state == AddressState.ACTIVE)
    )
    return found or 0


async def waiting(session: AsyncSession) -> tuple[Waiting, ...]:
    """Give what waits to be given: documents by date, then each task typed in one line."""
    rows = await session.execute(
        select(Task.id, Task.document_id, Document)
        .outerjoin(Document, Document.id == Task.document_id)
        .where(Task.given_at.is_(None))
        .order_by(Document.dated.is_(None), Document.dated, Task.id)
    )
    found: dict[int, tuple[Document | None, list[int]]] = {}
    for task_id, document_id, document in rows:
        found.setdefault(document_id or task_id, (document, []))[1].append(task_id)
    return tuple(Waiting(document, tuple(tasks)) for document, tasks in found.values())


def _task_ids(mine: Iterable[Planned], *, past_is_done: bool) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.task_id for one in mine if not (one.is_past and past_is_done)))


async def called(session: AsyncSession, everybody: Iterable[Addressee]) -> dict[Addressee, str]:
    """Give what units and seats are called."""
    listed = list(everybody)
    units = select(Unit.id, Unit.name).where(Unit.id.in_([to.unit_id for to in listed if to.unit_id is not None]))
    posts = select(Post.id, Post.title).where(Post.id.in_([to.post_id for to in listed if to.post_id is not None]))
    names = {Addressee(unit_id): name for unit_id, name in (await session.execute(units))}
    return names | {Addressee(post_id=post_id): title for post_id, title in (await session.execute(posts))}


async def _persons(session: AsyncSession, everybody: Iterable[Addressee], day: date) -> dict[Addressee, list[int]]:
    listed = list(everybody)
    found: dict[Addressee, list[int]] = defaultdict(list)
    units = [to.unit_id for to in listed if to.unit_id is not None]
    for unit_id, person in await focal_points(session, units, day):
        found[Addressee(unit_id)].append(person)
    posts = [to.post_id for to in listed if to.post_id is not None]
    held = await session.execute(
        select(Post.id, Post.person_id).where(Post.id.in_(posts), Post.person_id.is_not(None), holds_on(Post, day))
    )
    for post_id, holder in held:
        found[Addressee(post_id=post_id)].append(cast("int", holder))
    return found
