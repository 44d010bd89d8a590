"""What becomes of a request to serve a unit: confirmed, refused, or held because a colleague objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat, Consent
from models.audit import AuditEntry
from models.base import HELD
from models.enrolling import ASKED, erase, serves
from models.enrolments import Asking, Enrolment
from models.joining import add_address, end_address, withdraw
from models.people import Person, Post
from models.powers import holds_on
from models.rules.permission import Role, require_another
from models.rules.spelling import fold
from models.rules.text import Refusal, t

_DAY = timedelta(days=1)
_LOCALE = "vi"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decides, when, and on which day of the Council's."""

    by: int
    now: datetime
    day: date


async def opened(session: AsyncSession, enrolment_id: object) -> Enrolment:
    """Load a request for a decision; raises Refusal for one that is decided or withdrawn."""
    found = await session.get(Enrolment, enrolment_id, with_for_update=HELD, populate_existing=True)
    if found is None or found.state not in ASKED:
        raise Refusal(t("This request was decided or withdrawn already; “capma” shows what still waits."))
    return found


async def confirm(session: AsyncSession, enrolment: Enrolment, ruling: Ruling) -> Person:
    """Let somebody serve the unit: the person whom the directory knows, or a new one; his chat reaches him from now on.

    Raises Refusal where an officer would confirm himself, or the chat has come to serve somebody else.
    """
    person = await _person(session, enrolment, ruling)
    require_another(person.id, ruling.by)
    chat = await session.get_one(Chat, enrolment.chat_id)
    await _consented(session, enrolment, person)
    await add_address(session, person, chat, ruling.now)
    if not await serves(session, person.id, enrolment.unit_id, ruling.day):
        await _seat(session, enrolment, person, ruling.day)
    enrolment.state, enrolment.person_id = Asking.CONFIRMED, person.id
    enrolment.decided_by, enrolment.decided_at = ruling.by, ruling.now
    _audit(session, enrolment, ruling, "confirmed")
    await session.flush()
    return person


async def _person(session: AsyncSession, enrolment: Enrolment, ruling: Ruling) -> Person:
    here = await session.scalar(
        select(Person)
        .join(Address, Address.person_id == Person.id)
        .where(Address.chat_id == enrolment.chat_id, Address.state != AddressState.LEFT)
    )
    if here is not None and here.id != enrolment.person_id and fold(here.name) != fold(enrolment.name):
        raise Refusal(
            t(
                "The chat of {asked} serves {name} meanwhile; please do not confirm.",
                asked=enrolment.name,
                name=here.name,
            )
        )
    if here is None and enrolment.person_id is not None:
        here = await session.get_one(Person, enrolment.person_id)
    if here is None:
        locale = (await session.get_one(Chat, enrolment.chat_id)).locale or _LOCALE
        here = Person(name=enrolment.name, phone=enrolment.phone, locale=locale, created_at=ruling.now)
        session.add(here)
    here.phone = here.phone or enrolment.phone
    await session.flush()
    return here


async def _consented(session: AsyncSession, enrolment: Enrolment, person: Person) -> None:
    """Keep the consent that was given before there was anybody to keep it for."""
    standing = select(Consent.id).where(
        Consent.person_id == person.id, Consent.given_at.is_not(None), Consent.withdrawn_at.is_(None)
    )
    if await session.scalar(standing.limit(1)) is None:
        session.add(
            Consent(
                person_id=person.id,
                chat_id=enrolment.chat_id,
                wording=enrolment.wording,
                asked_at=enrolment.started_at,
                given_at=enrolment.agreed_at,
            )
        )


async def _seat(session: AsyncSession, enrolment: Enrolment, person: Person, day: date) -> None:
    """Give him the post of focal point; one that an objection closed is opened again."""
    closed = await session.scalar(_post_of(enrolment, person.id).order_by(Post.id.desc()).limit(1))
    if closed is not None and enrolment.objected_at is not None:
        closed.valid_to = None
        return
    session.add(
        Post(
            person_id=person.id,
            unit_id=enrolment.unit_id,
            role=Role.FOCAL_POINT,
            title=enrolment.title,
            valid_from=day,
        )
    )


def _post_of(enrolment: Enrolment, person_id: int) -> Select[Post]:
    return select(Post).where(
        Post.person_id == person_id, Post.unit_id == enrolment.unit_id, Post.role == Role.FOCAL_POINT
    )


async def refuse(session: AsyncSession, enrolment: Enrolment, reason: str, ruling: Ruling) -> None:
    """Refuse a request; what he said of himself is erased, and a chat that was opened for it is closed."""
    person_id, was_held = enrolment.person_id, enrolment.objected_at is not None
    enrolment.state, enrolment.reason = Asking.REFUSED, reason[:500]
    enrolment.decided_by, enrolment.decided_at = ruling.by, ruling.now
    if was_held and person_id is not None and not await _has_posts(session, person_id, ruling.day):
        await end_address(session, person_id, enrolment.chat_id, AddressState.LEFT, ruling.now)
        await withdraw(session, person_id, ruling.now)
    _audit(session, enrolment, ruling, "refused")
    await erase(session, enrolment)


async def _has_posts(session: AsyncSession, person_id: int, day: date) -> bool:
    held = select(Post.id).where(Post.person_id == person_id, holds_on(Post, day)).limit(1)
    return await session.scalar(held) is not None


async def object_to(session: AsyncSession, enrolment_id: object, ruling: Ruling) -> Enrolment:
    """Hold somebody whom a colleague does not know until an officer decides; he sees nothing of the unit meanwhile.

    Raises Refusal for a request that is over, held already, or the colleague's own.
    """
    found = await session.get(Enrolment, enrolment_id, with_for_update=HELD, populate_existing=True)
    if found is None or found.state not in {Asking.WAITING, Asking.CONFIRMED}:
        raise Refusal(t("This was objected to or decided already; the secretariat has been told."))
    if found.person_id == ruling.by:
        raise Refusal(t("This is your own request; to leave, please send “ngungnhan”."))
    if found.state == Asking.CONFIRMED and found.person_id is not None:
        posts = await session.scalars(_post_of(found, found.person_id).where(holds_on(Post, ruling.day)))
        for post in posts:
            post.valid_to = ruling.day - _DAY
    found.state, found.objected_by, found.objected_at = Asking.HELD, ruling.by, ruling.now
    _audit(session, found, ruling, "objected")
    await session.flush()
    return found


def _audit(session: AsyncSession, enrolment: Enrolment, ruling: Ruling, outcome: str) -> None:
    """Enter a decision by itself, for one tap may decide on many."""
    session.add(
        AuditEntry(
            at=ruling.now,
            person_id=ruling.by,
            channel="",
            command="enrolment",
            outcome=outcome,
            subject_kind=Enrolment.__tablename__,
            subject_id=enrolment.id,
        )
    )


async def decided(session: AsyncSession, round_id: int) -> Mapping[Asking, int]:
    """Count how the requests of a round stand."""
    states = await session.scalars(select(Enrolment.state).where(Enrolment.round_id == round_id))
    counts: dict[Asking, int] = {}
    for state in states:
        counts[Asking(state)] = counts.get(Asking(state), 0) + 1
    return counts
