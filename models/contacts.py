"""Who stands behind the units and seats that something went to, and how each is reached: by chat or by telephone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, func, null, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.addresses import Address, AddressState
from models.audiences import Audience, posts_of, units_of
from models.people import Person, Post, Unit
from models.powers import holds_on
from models.rules.permission import Role
from models.rules.text import Text, t

MOST_SHOWN = 40
_NOBODY = cast(null(), BigInteger)


@dataclass(frozen=True, slots=True)
class Contact:
    """One person, the telephone that is known of him, and whether any chat reaches him."""

    id: int
    name: str
    phone: str
    reachable: bool

    @property
    def spoken(self) -> Text:
        """Say how to reach him: by name where chat does, with the telephone where it does not."""
        if self.reachable:
            return t("{name}", name=self.name)
        if self.phone:
            return t("{name} (not reached by chat, telephone {phone})", name=self.name, phone=self.phone)
        return t("{name} (not reached by chat, no telephone known)", name=self.name)

    @property
    def by_telephone(self) -> Text:
        """Say which telephone reaches him."""
        if not self.reachable or not self.phone:
            return self.spoken if not self.reachable else t("{name} (no telephone known)", name=self.name)
        return t("{name} (telephone {phone})", name=self.name, phone=self.phone)


@dataclass(frozen=True, slots=True)
class Party:
    """A unit or a seat with the persons behind it; `id` is that of the row it was asked for."""

    id: int
    name: str
    contacts: tuple[Contact, ...] = ()

    @property
    def is_reachable(self) -> bool:
        """Whether a chat reaches at least one person behind it."""
        return any(contact.reachable for contact in self.contacts)

    @property
    def spoken(self) -> Text:
        """Say the party in one line, with its people."""
        if not self.contacts:
            return t("{party}: nobody holds this place", party=self.name)
        return t("{party}: {people}", party=self.name, people=tuple(contact.spoken for contact in self.contacts))

    @property
    def by_telephone(self) -> Text:
        """Say whom to telephone there."""
        if not self.contacts:
            return self.spoken
        return t("{party}: {people}", party=self.name, people=tuple(contact.by_telephone for contact in self.contacts))


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an audience comes to on a day."""

    units: tuple[Party, ...]
    seats: tuple[Party, ...]
    people: int
    unreached: int

    @property
    def without_anybody(self) -> tuple[Party, ...]:
        """Give the parties behind whom nobody stands."""
        return tuple(party for party in (*self.units, *self.seats) if not party.contacts)


def recipients(table: type[Any], day: date, *where: ColumnElement[bool]) -> Any:
    """Select (person, row) for everybody behind rows that name a unit or a post: each person once, by his oldest row.

    `table` has `unit_id` and `post_id`: `NoticeUnit`, `Invitation`.
    """
    both = standing_behind(table, day, *where).subquery()
    return select(both.c.person_id, func.min(both.c.row_id).label("row_id")).group_by(both.c.person_id)


def standing_behind(table: type[Any], day: date, *where: ColumnElement[bool]) -> Any:
    """Select (person, row) for everybody behind rows that name a unit or a post, a person by each row of his."""
    behind = [Post.person_id.is_not(None), holds_on(Post, day), *where]
    held_by = select(Post.person_id.label("person_id"), table.id.label("row_id")).select_from(table)
    focal = held_by.join(Post, and_(Post.unit_id == table.unit_id, Post.role == Role.FOCAL_POINT)).where(*behind)
    seated = held_by.join(Post, Post.id == table.post_id).where(*behind)
    return union_all(focal, seated)


async def parties(session: AsyncSession, table: type[Any], day: date, *where: ColumnElement[bool]) -> tuple[Party, ...]:
    """Read the units and seats of rows that name a unit or a post, with the persons behind them on a day."""
    return await _parties(session, select(table.id, table.unit_id, table.post_id).where(*where), day)


async def units_with_people(session: AsyncSession, day: date, units: Iterable[int]) -> tuple[Party, ...]:
    """Read units with their focal points on a day; `id` is the unit's."""
    return await _parties(session, select(Unit.id, Unit.id, _NOBODY).where(Unit.id.in_(units)), day)


async def reach_of(session: AsyncSession, audience: Audience, day: date) -> Reach:
    """Say whom an audience comes to on a day, and who of them no chat reaches."""
    units = await _parties(session, select(Unit.id, Unit.id, _NOBODY).where(Unit.id.in_(units_of(audience, day))), day)
    seats = await _parties(session, select(Post.id, _NOBODY, Post.id).where(Post.id.in_(posts_of(audience, day))), day)
    contacts = {contact for party in (*units, *seats) for contact in party.contacts}
    return Reach(units, seats, len(contacts), sum(not contact.reachable for contact in contacts))


def shown(lines: Sequence[Text], total: int = 0) -> tuple[Text, ...]:
    """Give so many lines as a message holds, and say how many more there are (`total`, where not all were read)."""
    more = max(total, len(lines)) - len(lines[:MOST_SHOWN])
    return (*lines[:MOST_SHOWN], *([t("and {count} more.", count=more)] if more else []))


def urged(found: Sequence[Party], said: Text) -> tuple[Text, ...]:
    """Say what came of an urging: `said` where a chat reaches somebody of them, and who must be telephoned."""
    lost = shown([t("Please telephone: {party}", party=party.spoken) for party in found if not party.is_reachable])
    return (said if reached(found) else t("No chat reaches any of them; nothing was sent."), *lost)


def reached(found: Sequence[Party]) -> int:
    """Count the parties that a chat reaches."""
    return sum(party.is_reachable for party in found)


async def _parties(session: AsyncSession, rows: Any, day: date) -> tuple[Party, ...]:
    named = rows.subquery()
    row_id, unit_id, post_id = named.c
    posted = aliased(Unit)  # of a post that itself was named
    focal = and_(Post.unit_id == unit_id, Post.role == Role.FOCAL_POINT, holds_on(Post, day))
    reached = select(Address.id).where(Address.person_id == Person.id, Address.state == AddressState.ACTIVE).exists()
    found = await session.execute(
        select(row_id, func.coalesce(Unit.name, posted.name, Post.title), Person.id, Person.name, Person.phone, reached)
        .select_from(named)
        .outerjoin(Unit, Unit.id == unit_id)
        .outerjoin(Post, or_(focal, Post.id == post_id))
        .outerjoin(posted, posted.id == Post.unit_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .order_by(Unit.name.is_(None), Unit.name, Post.title, Person.name)
    )
    names: dict[int, str] = {}
    people: dict[int, list[Contact]] = {}
    for party, name, person_id, person, phone, is_reached in found:
        names.setdefault(party, name)
        if person_id is not None:
            people.setdefault(party, []).append(Contact(person_id, person, phone, bool(is_reached)))
    return tuple(Party(id_, name, tuple(people.get(id_, ()))) for id_, name in names.items())
