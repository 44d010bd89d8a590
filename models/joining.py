"""How people join: single-use codes of which only an HMAC is kept, consent, and addresses that begin and end."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat, Consent, JoinCode
from models.base import HELD
from models.codes import CODE, COVERED, digest_of, new_digits
from models.covering import cover_ended
from models.enrolments import Asking, Enrolment, UnitCode
from models.people import Person
from models.rules.text import Refusal, t

_PAUSE: Final = timedelta(hours=1)
_LINK_LIFE: Final = timedelta(minutes=15)
CONSENT_WORDING: Final = "2026-1"
CONSENT_IS_ASKED: Final[ColumnElement[bool]] = and_(
    Consent.given_at.is_(None), Consent.withdrawn_at.is_(None), Consent.refused_at.is_(None)
)
"""The question for consent stands and is not answered."""


class Kind(StrEnum):
    """What a way in looks like: digits to type, or a link to open."""

    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Joined:
    """A code that was accepted: whose it is, and the consent still to be asked (None where it stands already)."""

    person: Person
    consent: Consent | None


def without_codes(said: Any) -> Any:
    """Give what was heard with every code covered and no argument of a call: they let in whoever reads them."""
    match said:
        case str():
            return CODE.sub(COVERED, said)
        case Mapping():
            return {name: {} if name == "args" else without_codes(value) for name, value in said.items()}
        case list() | tuple():
            return [without_codes(value) for value in said]
        case _:
            return said


async def says_code(session: AsyncSession, key: bytes, line: str) -> bool:
    """Tell whether a code that was given out, used or not, stands in what was said."""
    said = [digest_of(key, re.sub(r"\D", "", found)) for found in CODE.findall(line)]
    if not said:
        return False
    personal = await session.scalar(select(JoinCode.id).where(JoinCode.digest.in_(said)).limit(1))
    shared = select(UnitCode.id).where(UnitCode.digest.in_(said)).limit(1)
    return personal is not None or await session.scalar(shared) is not None


@dataclass(frozen=True, slots=True)
class Mint:
    """What ways in are made with: the key of their HMACs, the moment, and the officer who gives them."""

    key: bytes
    now: datetime
    by: int | None = None


async def new_code(session: AsyncSession, mint: Mint, person_id: int, life: timedelta) -> str:
    """Make a code of 12 digits for a person and end his older ones; it is shown once and never kept."""
    code = new_digits()
    await _keep(session, mint, person_id, (Kind.CODE, code, life))
    return code


async def new_link(session: AsyncSession, mint: Mint, person_id: int) -> str:
    """Make the secret of a link that signs a person in once, within a quarter of an hour."""
    token = secrets.token_urlsafe(24)
    await _keep(session, mint, person_id, (Kind.LINK, token, _LINK_LIFE))
    return token


async def _keep(session: AsyncSession, mint: Mint, person_id: int, way: tuple[Kind, str, timedelta]) -> None:
    kind, secret, life = way
    await end_ways_in(session, mint, person_id, kind)
    session.add(
        JoinCode(
            digest=digest_of(mint.key, secret),
            person_id=person_id,
            kind=kind,
            made_at=mint.now,
            expires_at=mint.now + life,
            made_by=mint.by,
        )
    )
    await session.flush()


async def end_ways_in(session: AsyncSession, mint: Mint, person_id: int, kind: Kind) -> None:
    """End what lets a person in and is still unused; what showed it shows it no longer."""
    held = list(
        await session.scalars(
            select(JoinCode).where(
                JoinCode.person_id == person_id,
                JoinCode.kind == kind,
                JoinCode.used_at.is_(None),
                JoinCode.expires_at > mint.now,
            )
        )
    )
    for code in held:
        code.expires_at = mint.now
    await session.flush()
    await cover_ended(session, mint.key, {(code.made_by, code.made_at) for code in held}, mint.now)


async def opens_to_a_person(session: AsyncSession, key: bytes, code: str, now: datetime) -> bool:
    """Tell whether a code would let somebody in; it is not used up."""
    found = select(JoinCode.id).where(
        JoinCode.digest == digest_of(key, code), JoinCode.used_at.is_(None), JoinCode.expires_at > now
    )
    return await session.scalar(found) is not None


async def redeem(session: AsyncSession, key: bytes, chat: Chat, code: str, now: datetime) -> Person | None:
    """Use a code up and give whose it is; None for one that is wrong, used or expired.

    Raises Refusal while the chat is paused after too many wrong tries.
    """
    require_tries(chat, now)
    row = await session.scalar(
        select(JoinCode)
        .where(JoinCode.digest == digest_of(key, code), JoinCode.used_at.is_(None))
        .with_for_update(**HELD)
    )
    if row is None or row.expires_at <= now:
        return None
    row.used_at = now
    chat.failed_codes, chat.codes_blocked_until = 0, None
    await session.flush()
    await cover_ended(session, key, {(row.made_by, row.made_at)}, now)
    return await session.get(Person, row.person_id)


def require_tries(chat: Chat, now: datetime) -> None:
    """Refuse every code for a while where too many wrong ones were sent."""
    if chat.codes_blocked_until is not None and chat.codes_blocked_until > now:
        raise Refusal(
            t(
                "Too many wrong codes were sent from here; please try again after {time}, or ask the secretariat for "
                "a new code.",
                time=chat.codes_blocked_until,
            )
        )


def count_failure(chat: Chat, now: datetime, tries: int) -> int:
    """Count a wrong code against a chat and give how many tries are left; at none the chat pauses for an hour."""
    chat.failed_codes += 1
    if chat.failed_codes >= tries:
        chat.failed_codes, chat.codes_blocked_until = 0, now + _PAUSE
        return 0
    return tries - chat.failed_codes


async def begin(session: AsyncSession, person: Person, chat: Chat, now: datetime) -> Joined:
    """Join a chat to a person, or ask for his consent first where he has not given it.

    Raises Refusal where the chat serves somebody else: nobody is silently replaced.
    """
    chat.ended_at = None
    standing = await session.scalar(
        select(Consent).where(
            Consent.person_id == person.id, Consent.given_at.is_not(None), Consent.withdrawn_at.is_(None)
        )
    )
    if standing is not None:
        await add_address(session, person, chat, now)
        return Joined(person, None)
    await _require_free(session, person, chat)
    consent = Consent(person_id=person.id, chat_id=chat.id, wording=CONSENT_WORDING, asked_at=now)
    session.add(consent)
    await session.flush()
    return Joined(person, consent)


async def _require_free(session: AsyncSession, person: Person, chat: Chat) -> None:
    served = await session.scalar(select(Address).where(Address.chat_id == chat.id, Address.state != AddressState.LEFT))
    if served is not None and served.person_id != person.id:
        raise Refusal(
            t("This chat already serves another person. To use it for yourself, first send “ngungnhan” from it.")
        )


async def add_address(session: AsyncSession, person: Person, chat: Chat, now: datetime) -> Address:
    """Make a chat an address of a person, at its place among those he has; one he left or lost is taken up again.

    Raises Refusal where the chat serves somebody else.
    """
    await _require_free(session, person, chat)
    known = await session.scalar(select(Address).where(Address.chat_id == chat.id, Address.person_id == person.id))
    place = await _place(session, person, chat, known)
    if known is not None:
        known.state, known.since, known.ended_at, known.preference = AddressState.ACTIVE, now, None, place
        return known
    address = Address(person_id=person.id, chat_id=chat.id, since=now, preference=place)
    session.add(address)
    await session.flush()
    return address


async def _place(session: AsyncSession, person: Person, chat: Chat, known: Address | None) -> int:
    """Give the preference of an address: before his chats with other bots of the channel, or else as it was, or last.

    Whoever comes to another bot moves to it; the chat that he had stays as the next to be tried.
    """
    his = Address.person_id == person.id
    before = await session.scalar(
        select(func.min(Address.preference))
        .join(Chat, Chat.id == Address.chat_id)
        .where(his, Address.state == AddressState.ACTIVE, Chat.channel == chat.channel, Chat.bot != chat.bot)
    )
    if before is not None and (known is None or known.preference >= before):
        behind = update(Address).where(his, Address.preference >= before)
        await session.execute(behind.values(preference=Address.preference + 1))
        return before
    if known is not None:
        return known.preference
    last = await session.scalar(select(func.max(Address.preference)).where(his))
    return 0 if last is None else last + 1


async def end_address(
    session: AsyncSession, person_id: int, chat_id: int, state: AddressState, now: datetime
) -> Address | None:
    """End the address that a chat is of a person; None where it is none of his any more."""
    address = await session.scalar(
        select(Address).where(
            Address.chat_id == chat_id,
            Address.person_id == person_id,
            Address.state.not_in((AddressState.LEFT, state)),
        )
    )
    if address is not None:
        address.state, address.ended_at = state, now
        await session.flush()
    return address


async def is_reachable(session: AsyncSession, person_id: int) -> bool:
    """Tell whether any chat still reaches a person."""
    found = await session.scalar(
        select(Address.id).where(Address.person_id == person_id, Address.state == AddressState.ACTIVE).limit(1)
    )
    return found is not None


async def withdraw(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Record that a person takes his consent back."""
    await session.execute(
        update(Consent)
        .where(Consent.person_id == person_id, Consent.given_at.is_not(None), Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )


async def way_in(session: AsyncSession, key: bytes, token: str, now: datetime) -> str | None:
    """Name the person whom an unused link would let in; None for one that is used, expired or not ours."""
    name: str | None = await session.scalar(
        select(Person.name)
        .join(JoinCode, JoinCode.person_id == Person.id)
        .where(JoinCode.digest == digest_of(key, token), JoinCode.used_at.is_(None), JoinCode.expires_at > now)
    )
    return name


async def has_served(session: AsyncSession, chat_id: int) -> bool:
    """Tell whether a chat serves somebody, or did: what was said in it is not for the next person."""
    return await session.scalar(select(Address.id).where(Address.chat_id == chat_id).limit(1)) is not None


async def is_let_in(session: AsyncSession, chat_id: int) -> bool:
    """Tell whether a chat serves somebody, has been asked for a consent, or asks to serve a unit."""
    address = select(Address.id).where(Address.chat_id == chat_id, Address.state != AddressState.LEFT)
    asked = select(Consent.id).where(Consent.chat_id == chat_id, CONSENT_IS_ASKED)
    enrolling = select(Enrolment.id).where(
        Enrolment.chat_id == chat_id, Enrolment.state.in_((Asking.STARTED, Asking.WAITING, Asking.HELD))
    )
    found = [await session.scalar(each.limit(1)) for each in (address, asked, enrolling)]
    return any(each is not None for each in found)
