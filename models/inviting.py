"""Who is still to be invited: posts whose holders have not joined, refused or left, and the codes they are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Consent
from models.joining import Mint, new_code
from models.people import Person, Post, Unit
from models.powers import holds_on
from models.rules.alphabet import by_name
from models.rules.permission import Role
from models.rules.spelling import fold


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and whether its holder can be reached; `person` is None where nobody holds it."""

    unit: Unit | None
    post: Post
    person: Person | None
    reachable: bool


async def seats(session: AsyncSession, day: date, unit_codes: Sequence[str] = ()) -> list[Seat]:
    """Read the posts held on a day, of some units or of all, by unit and name."""
    reached = (
        select(Address.id).where(Address.person_id == Post.person_id, Address.state == AddressState.ACTIVE).exists()
    )
    query = (
        select(Unit, Post, Person, reached)
        .select_from(Post)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(holds_on(Post, day))
        .order_by(Post.title, Person.name)
    )
    if unit_codes:
        query = query.where(func.upper(Unit.code).in_([code.upper() for code in unit_codes]))
    found = [Seat(*row) for row in await session.execute(query)]
    return by_name(found, lambda seat: seat.unit.name if seat.unit is not None else "")


async def units_without_focal_point(session: AsyncSession, day: date) -> list[Unit]:
    """List the units that nobody answers for on a day."""
    held = (
        select(Post.id)
        .where(Post.unit_id == Unit.id, Post.role == Role.FOCAL_POINT, Post.person_id.is_not(None), holds_on(Post, day))
        .exists()
    )
    return by_name(await session.scalars(select(Unit).where(holds_on(Unit, day), ~held)), lambda unit: unit.name)


class Absence(StrEnum):
    """Why no chat reaches somebody: he never joined, he refused, he left, or his chat was closed."""

    NOT_JOINED = "not_joined"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody whom no chat reaches, with the post by which he is known."""

    seat: Seat
    person: Person
    why: Absence

    @property
    def place(self) -> str:
        """Name his post and unit."""
        return place_of(self.seat)


@dataclass(frozen=True, slots=True)
class Issued:
    """A code just made; it is shown once and never kept."""

    seat: Seat
    person: Person
    code: str
    last_day: date


def place_of(seat: Seat) -> str:
    """Name the post and unit of a seat."""
    return ", ".join(part for part in (seat.post.title, seat.unit.name if seat.unit else "") if part)


async def absent(session: AsyncSession, day: date, unit_codes: Sequence[str] = ()) -> tuple[Absent, ...]:
    """List the persons who hold a post on a day and whom no chat reaches, each once, by unit and name."""
    first: dict[int, tuple[Seat, Person]] = {}
    for seat in await seats(session, day, unit_codes):
        if seat.person is not None and not seat.reachable:
            first.setdefault(seat.person.id, (seat, seat.person))
    why = await _why(session, first)
    return tuple(Absent(seat, person, why.get(id_, Absence.NOT_JOINED)) for id_, (seat, person) in first.items())


async def _why(session: AsyncSession, people: Iterable[int]) -> dict[int, Absence]:
    """Find who refused and who took his consent back, by what he said last."""
    found = await session.scalars(
        select(Consent).where(Consent.person_id.in_(list(people))).order_by(Consent.asked_at, Consent.id)
    )
    said = {consent.person_id: consent for consent in found if consent.given_at or consent.refused_at}
    return {person: Absence.REFUSED if consent.given_at is None else Absence.LEFT for person, consent in said.items()}


async def holders_named(session: AsyncSession, name: str, day: date) -> tuple[tuple[Seat, Person], ...]:
    """Find the persons holding a post on a day by their name, with diacritics or without; whole names before parts."""
    wanted = fold(name)
    people: dict[int, tuple[Seat, Person]] = {}
    for seat in await seats(session, day):
        if seat.person is not None:
            people.setdefault(seat.person.id, (seat, seat.person))
    whole = [pair for pair in people.values() if fold(pair[1].name) == wanted]
    return tuple(whole or (pair for pair in people.values() if wanted in fold(pair[1].name)))


async def issue(
    session: AsyncSession, mint: Mint, whom: Iterable[tuple[Seat, Person]], days: int, day: date
) -> tuple[Issued, ...]:
    """Make a new code for each person and end his older ones; it is good for so many days from `day` on."""
    life = timedelta(days=days)
    return tuple(
        [Issued(seat, person, await new_code(session, mint, person.id, life), day + life) for seat, person in whom]
    )
