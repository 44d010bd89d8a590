"""How a request to serve a unit goes: begun, filled in, sent to the officers, withdrawn; whom the directory knows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.base import HELD
from models.covering import about_any, cover_words
from models.enrolments import Asking, Enrolment, Round, UnitCode
from models.joining import CONSENT_WORDING
from models.outbox import Parcel
from models.people import Person, Post
from models.powers import holds_on
from models.rules.introduction import Introduction, dialled
from models.rules.permission import Role
from models.rules.spelling import fold
from models.rules.text import Refusal, t
from models.unit_codes import require_open

OPEN: Final = (Asking.STARTED, Asking.WAITING, Asking.HELD)
ASKED: Final = (Asking.WAITING, Asking.HELD)
_HOUR: Final = timedelta(hours=1)
_UNFINISHED: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the directory names already, and whether a chat reaches him."""

    person: Person
    reachable: bool


async def under_way(session: AsyncSession, chat: Chat, unit_id: int | None = None) -> Enrolment | None:
    """Find the newest request of a chat that is not over, for one unit or for any."""
    wanted = select(Enrolment).where(Enrolment.chat_id == chat.id, Enrolment.state.in_(OPEN))
    if unit_id is not None:
        wanted = wanted.where(Enrolment.unit_id == unit_id)
    return await session.scalar(wanted.order_by(Enrolment.id.desc()).limit(1))


async def own(session: AsyncSession, enrolment_id: object, chat: Chat) -> Enrolment:
    """Load a request of a chat for change; raises Refusal for one that is none of its own, or over."""
    found = await session.get(Enrolment, enrolment_id, with_for_update=HELD, populate_existing=True)
    if found is None or found.chat_id != chat.id or found.state not in OPEN:
        raise Refusal(t("This request is over; please send the code of the unit's letter again."))
    return found


async def begin(session: AsyncSession, code: UnitCode, chat: Chat, now: datetime) -> Enrolment:
    """Begin a request by a unit's code; what the same chat said of itself for another unit is taken over."""
    before = await under_way(session, chat)
    chat.ended_at = None
    enrolment = Enrolment(
        unit_id=code.unit_id, code_id=code.id, chat_id=chat.id, wording=CONSENT_WORDING, started_at=now, name="",
        title="", phone="", state=Asking.STARTED, reason="",
    )  # fmt: skip
    if before is not None and before.state in ASKED:
        enrolment.agreed_at = before.agreed_at
        enrolment.name, enrolment.title, enrolment.phone = before.name, before.title, before.phone
    session.add(enrolment)
    await session.flush()
    return enrolment


async def begin_known(session: AsyncSession, code: UnitCode, chat: Chat, person: Person, now: datetime) -> Enrolment:
    """Begin a request of somebody who is served here already, for one unit more."""
    held = select(Post.title).where(Post.person_id == person.id, Post.title != "").order_by(Post.id.desc()).limit(1)
    enrolment = await begin(session, code, chat, now)
    enrolment.person_id, enrolment.agreed_at = person.id, now
    enrolment.name, enrolment.phone = person.name, person.phone
    enrolment.title = await session.scalar(held) or ""
    await session.flush()
    return enrolment


async def fill_in(session: AsyncSession, enrolment: Enrolment, **said: str) -> None:
    """Keep what somebody says of himself."""
    for name, value in said.items():
        setattr(enrolment, name, value)
    await session.flush()


def introduced(enrolment: Enrolment) -> Introduction:
    """Give what somebody has said of himself."""
    return Introduction(enrolment.name, enrolment.title, enrolment.phone)


async def send_in(session: AsyncSession, enrolment: Enrolment, now: datetime, day: date) -> bool:
    """Put a request before the officers; tell whether it opens a round, of which they are to be told.

    Raises Refusal where the same person waits already, serves the unit already in this chat, or the code is full.
    """
    await require_open(session, await _code(session, enrolment), now)
    await _require_first(session, enrolment)
    known = await known_as(session, enrolment, day)
    if known is not None:
        enrolment.person_id = known.person.id
    latest = await session.scalar(select(Round).where(Round.opened_at > now - _HOUR).order_by(Round.id.desc()).limit(1))
    joins = latest if latest is not None and await _waits(session, latest) else None
    the_round = joins or Round(opened_at=now)
    session.add(the_round)
    await session.flush()
    enrolment.round_id, enrolment.asked_at, enrolment.state = the_round.id, now, Asking.WAITING
    await session.flush()
    return joins is None


async def _code(session: AsyncSession, enrolment: Enrolment) -> UnitCode:
    return await session.get_one(UnitCode, enrolment.code_id, with_for_update=HELD, populate_existing=True)


async def _require_first(session: AsyncSession, enrolment: Enrolment) -> None:
    """Refuse the same person's second request from another chat: nobody takes another's place unseen."""
    others = await session.scalars(
        select(Enrolment).where(
            Enrolment.unit_id == enrolment.unit_id, Enrolment.id != enrolment.id, Enrolment.state.in_(ASKED)
        )
    )
    for other in others:
        if _same(introduced(other), enrolment.name, enrolment.phone):
            raise Refusal(
                t(
                    "A request with this name was sent at {at} and waits for its confirmation; please wait in the chat "
                    "it was sent from. Once confirmed, “dangnhap” there opens a browser too.",
                    at=other.asked_at,
                )
            )


def _same(one: Introduction, name: str, phone: str) -> bool:
    """Tell whether two say they are the same: by telephone, or by name where one of them gave none."""
    if one.phone and phone:
        return dialled(one.phone) == dialled(phone)
    return fold(one.name) == fold(name)


async def known_as(session: AsyncSession, enrolment: Enrolment, day: date) -> Known | None:
    """Find whom the directory names already: a focal point of the unit by telephone or name, or anybody by both."""
    if enrolment.person_id is not None:
        return await _known(session, await session.get_one(Person, enrolment.person_id))
    rows = await session.scalars(
        select(Person)
        .join(Post, Post.person_id == Person.id)
        .where(
            holds_on(Post, day),
            or_(Person.phone != "", Post.unit_id == enrolment.unit_id),
        )
        .distinct()
        .order_by(Person.id)
    )
    people = [(person, dialled(person.phone)) for person in rows]
    mine = await _of_unit(session, enrolment.unit_id, day)
    phone, name = dialled(enrolment.phone), fold(enrolment.name)
    by_phone = [person for person, number in people if phone and number == phone]
    found = next((person for person in by_phone if person.id in mine or fold(person.name) == name), None)
    if found is None:
        found = next((person for person, _ in people if person.id in mine and fold(person.name) == name), None)
    return await _known(session, found) if found is not None else None


async def _of_unit(session: AsyncSession, unit_id: int, day: date) -> frozenset[int]:
    rows = await session.scalars(
        select(Post.person_id).where(Post.unit_id == unit_id, Post.role == Role.FOCAL_POINT, holds_on(Post, day))
    )
    return frozenset(person for person in rows if person is not None)


async def _known(session: AsyncSession, person: Person) -> Known:
    reached = select(Address.id).where(Address.person_id == person.id, Address.state == AddressState.ACTIVE).limit(1)
    return Known(person, await session.scalar(reached) is not None)


async def _waits(session: AsyncSession, the_round: Round) -> bool:
    waiting = select(Enrolment.id).where(Enrolment.round_id == the_round.id, Enrolment.state.in_(ASKED)).limit(1)
    return await session.scalar(waiting) is not None


async def serves(session: AsyncSession, person_id: int, unit_id: int, day: date) -> bool:
    """Tell whether somebody is a focal point of a unit on a day."""
    return person_id in await _of_unit(session, unit_id, day)


async def erase(session: AsyncSession, enrolment: Enrolment) -> None:
    """Erase what somebody said of himself, here and wherever it was shown, for he does not become anybody's."""
    said = (enrolment.name, enrolment.title, enrolment.phone)
    pairs = [(Enrolment.__tablename__, enrolment.id)]
    if enrolment.round_id is not None:
        pairs.append((Round.__tablename__, enrolment.round_id))
    here = (Parcel.chat_id == enrolment.chat_id) & (Parcel.created_at >= enrolment.started_at)
    served = select(Address.id).where(Address.chat_id == enrolment.chat_id, Address.state != AddressState.LEFT)
    if await session.scalar(served.limit(1)) is None:
        await cover_words(session, said, or_(here, about_any(pairs)))
    enrolment.name = enrolment.title = enrolment.phone = ""
    enrolment.person_id = None
    await session.flush()


async def withdraw(session: AsyncSession, enrolment: Enrolment, now: datetime) -> None:
    """End a request as he who made it wishes; nothing of it is kept."""
    enrolment.state, enrolment.decided_at = Asking.WITHDRAWN, now
    await erase(session, enrolment)


async def forget_unfinished(session: AsyncSession, now: datetime) -> None:
    """Withdraw for them what people began days ago and never sent, so that nothing of it is kept."""
    begun = select(Enrolment).where(Enrolment.state == Asking.STARTED, Enrolment.started_at < now - _UNFINISHED)
    for enrolment in (await session.scalars(begun)).all():
        await withdraw(session, enrolment, now)
