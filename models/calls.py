"""The call list: what was owed to people and reached them at no address, to be told them by telephone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.meetings import Invitation, Meeting, MeetingState
from models.notices import NoticeUnit
from models.outbox import ALIVE, Letter, Parcel, ParcelState
from models.people import Person, Post, Unit
from models.powers import holds_on
from models.rules.text import Text, t
from models.tasks import Assignment, Task

_MOST_NAMED = 3

Places = Mapping[int, Sequence[tuple[int | None, str]]]
"""By person, his posts: the unit of each or None, and the name of the unit or else of the post."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One person who was not reached, his telephone, and the matters he was to be told, the newest first.

    `reason` is why the newest did not arrive, as recorded.
    """

    person_id: int
    name: str
    phone: str
    matters: tuple[Text | str, ...]
    reason: str = ""

    @property
    def spoken(self) -> Text:
        """Say whom to telephone about what."""
        about = {"name": self.name, "matters": self.matters[:_MOST_NAMED]}
        if self.phone:
            return t("{name}, telephone {phone}: {matters}", **about, phone=self.phone)
        return t("{name}, no telephone known: {matters}", **about)


async def undelivered(session: AsyncSession, since: datetime) -> tuple[Undelivered, ...]:
    """List whom what was owed since a moment reached at no address; not of notices and invitations answered since."""
    return await _not_reached(session, Parcel.created_at >= since)


async def undelivered_of(session: AsyncSession, parcels: Collection[int]) -> tuple[Undelivered, ...]:
    """List, of these parcels, whom each reached at no address; not of notices and invitations answered since."""
    return await _not_reached(session, Parcel.id.in_(parcels))


async def places_of(session: AsyncSession, people: Collection[int], day: date) -> Places:
    """Read where these people hold posts on a day, units by name before seats without one."""
    rows = await session.execute(
        select(Post.person_id, Post.unit_id, Unit.name, Post.title)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id.in_(people), holds_on(Post, day))
        .order_by(Unit.name.is_(None), Unit.name, Post.title)
    )
    found: dict[int, list[tuple[int | None, str]]] = {}
    for person, unit, name, title in rows:
        if person is not None:
            found.setdefault(person, []).append((unit, name or title))
    return found


async def _not_reached(session: AsyncSession, *where: ColumnElement[bool]) -> tuple[Undelivered, ...]:
    other = aliased(Parcel)
    tried_elsewhere = select(other.id).where(other.key == Parcel.key, other.step > Parcel.step, other.state.in_(ALIVE))
    rows = await session.execute(
        select(Person, Letter, func.coalesce(Task.title, Meeting.title), Parcel.error)
        .select_from(Parcel)
        .join(Person, Person.id == Parcel.person_id)
        .join(Letter, Letter.id == Parcel.letter_id)
        .outerjoin(Assignment, _about(Assignment))
        .outerjoin(Task, or_(Task.id == Assignment.task_id, _about(Task)))
        .outerjoin(Invitation, _about(Invitation))
        .outerjoin(Meeting, Meeting.id == Invitation.meeting_id)
        .outerjoin(NoticeUnit, _about(NoticeUnit))
        .where(
            *where,
            Parcel.state == ParcelState.DEAD,
            Parcel.op == "send",
            ~tried_elsewhere.exists(),
            NoticeUnit.answered_at.is_(None),
            Invitation.answer.is_(None),
            func.coalesce(Meeting.state, MeetingState.CALLED) == MeetingState.CALLED,
        )
        .order_by(Parcel.id.desc())
    )
    found = rows.all()
    given = await _titles(session, {task for _, letter, _, _ in found for task in _given(letter)})
    return _by_person([(person, _matters(letter, title, given), error) for person, letter, title, error in found])


async def _titles(session: AsyncSession, tasks: Collection[int]) -> dict[int, str]:
    rows = await session.execute(select(Task.id, Task.title).where(Task.id.in_(tasks)))
    return dict(rows.all())


def _about(table: type[Any]) -> Any:
    return (Parcel.subject_kind == table.__tablename__) & (Parcel.subject_id == table.id)


def _given(letter: Letter) -> Sequence[int]:
    """Name the tasks that a letter gives its reader, those in which he joins in behind them."""
    return [*letter.params.get("tasks", ()), *letter.params.get("with", ())]


def _matters(letter: Letter, title: str | None, given: Mapping[int, str]) -> Sequence[Text | str]:
    """Name what a letter is about: what its subject is called, the tasks that it gives, or its first line."""
    if title:
        return (title,)
    if tasks := _given(letter):
        return [given[task] for task in tasks if task in given]
    lines = (letter.content or {}).get("lines") or []
    if not lines:
        return (t("a reminder"),)
    return (lines[0] if isinstance(lines[0], str) else Text.from_json(lines[0]),)


def _by_person(rows: Sequence[tuple[Person, Sequence[Text | str], str]]) -> tuple[Undelivered, ...]:
    newest: dict[int, tuple[Person, str]] = {}
    matters: dict[int, list[Text | str]] = {}
    for person, said, error in rows:
        newest.setdefault(person.id, (person, error))
        known = matters.setdefault(person.id, [])
        known += [matter for matter in said if matter not in known]
    return tuple(
        Undelivered(person.id, person.name, person.phone, tuple(matters[person.id]), error)
        for person, error in newest.values()
    )
