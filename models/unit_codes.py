"""Codes of units: made for a letter, used by several persons, ended and made anew; only an HMAC of each is kept."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import HELD
from models.codes import digest_of, new_digits
from models.covering import cover_ended
from models.enrolments import Asking, Enrolment, UnitCode
from models.inviting import units_without_focal_point
from models.joining import Mint
from models.people import Unit
from models.rules.text import Refusal, t

# of requests begun by one code and never finished, so that a code that is passed round cannot fill the store
MOST_BEGUN = 30
_ASKED = (Asking.WAITING, Asking.HELD, Asking.CONFIRMED, Asking.REFUSED)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a unit's code holds, and for how many persons."""

    days: int
    places: int


@dataclass(frozen=True, slots=True)
class UnitIssued:
    """A unit's code just made; it is shown once and never kept."""

    unit: Unit
    code: str
    last_day: date
    places: int


@dataclass(frozen=True, slots=True)
class CodeState:
    """The newest code of a unit: how many have asked by it, and whether it still opens anything."""

    code: UnitCode
    used: int
    now: datetime

    @property
    def is_open(self) -> bool:
        """Whether somebody may still ask by it."""
        return self.code.ended_at is None and self.code.expires_at > self.now and self.used < self.code.places


async def issue_to_units(
    session: AsyncSession, mint: Mint, units: Sequence[Unit], terms: Terms, day: date
) -> tuple[UnitIssued, ...]:
    """Make a new code for each unit and end its older ones; it is good for so many days from `day` on."""
    await end_codes(session, mint, [unit.id for unit in units])
    life = timedelta(days=terms.days)
    issued = [UnitIssued(unit, new_digits(), day + life, terms.places) for unit in units]
    session.add_all(
        UnitCode(
            digest=digest_of(mint.key, one.code),
            unit_id=one.unit.id,
            places=terms.places,
            made_at=mint.now,
            expires_at=mint.now + life,
            made_by=mint.by,
        )
        for one in issued
    )
    await session.flush()
    return tuple(issued)


async def end_codes(session: AsyncSession, mint: Mint, units: Collection[int]) -> int:
    """End the codes of units that still hold; give how many. What showed them shows them no longer."""
    held = list(
        await session.scalars(
            select(UnitCode).where(
                UnitCode.unit_id.in_(units), UnitCode.ended_at.is_(None), UnitCode.expires_at > mint.now
            )
        )
    )
    for code in held:
        code.ended_at = mint.now
    await session.flush()
    await cover_ended(session, mint.key, {(code.made_by, code.made_at) for code in held}, mint.now)
    return len(held)


async def unit_code(session: AsyncSession, key: bytes, said: str, now: datetime) -> UnitCode | None:
    """Find the unit's code that was said, its row locked; None where it is none.

    Raises Refusal, saying what to do, for one that was ended, has expired or was used by as many as may.
    """
    digest = digest_of(key, re.sub(r"\D", "", said))
    code = await session.scalar(select(UnitCode).where(UnitCode.digest == digest).with_for_update(**HELD))
    if code is not None:
        await require_open(session, code, now)
    return code


async def require_open(session: AsyncSession, code: UnitCode, now: datetime) -> None:
    """Refuse what was ended, has expired, was used by as many as may, or is begun by too many at once."""
    about = {"unit": (await session.get_one(Unit, code.unit_id)).name}
    if code.ended_at is not None:
        raise Refusal(
            t("This code of {unit} was replaced; please use the newer letter or ask the secretariat.", **about)
        )
    if code.expires_at <= now:
        raise Refusal(t("This code of {unit} has expired; please ask the secretariat for a new letter.", **about))
    if await used(session, code.id) >= code.places:
        raise Refusal(
            t(
                "This code of {unit} was used by {places} persons, as many as may; please ask the secretariat for a "
                "new one.",
                **about,
                places=code.places,
            )
        )
    begun = select(func.count()).where(Enrolment.code_id == code.id, Enrolment.state == Asking.STARTED)
    if (await session.scalar(begun) or 0) >= MOST_BEGUN:
        raise Refusal(t("Too many have begun with this code of {unit}; please ask the secretariat.", **about))


async def used(session: AsyncSession, code_id: int) -> int:
    """Count how many have asked by a code; who withdrew is not counted."""
    return (await _used(session, [code_id])).get(code_id, 0)


async def _used(session: AsyncSession, codes: Collection[int]) -> Mapping[int, int]:
    rows = await session.execute(
        select(Enrolment.code_id, func.count())
        .where(Enrolment.code_id.in_(codes), Enrolment.state.in_(_ASKED))
        .group_by(Enrolment.code_id)
    )
    return {row[0]: row[1] for row in rows}


async def code_states(session: AsyncSession, now: datetime, units: Collection[int] = ()) -> dict[int, CodeState]:
    """Read how the newest code of each unit stands, of these units or of all that have one."""
    wanted: Any = select(UnitCode).order_by(UnitCode.made_at, UnitCode.id)
    if units:
        wanted = wanted.where(UnitCode.unit_id.in_(units))
    newest = {code.unit_id: code for code in await session.scalars(wanted)}
    counts = await _used(session, [code.id for code in newest.values()])
    return {unit: CodeState(code, counts.get(code.id, 0), now) for unit, code in newest.items()}


async def without_letter(session: AsyncSession, day: date, now: datetime) -> tuple[list[Unit], list[Unit]]:
    """List the units nobody answers for: those without a code that still holds, and those that have one."""
    units = await units_without_focal_point(session, day)
    states = await code_states(session, now)
    lettered = {unit.id for unit in units if unit.id in states and states[unit.id].is_open}
    return [unit for unit in units if unit.id not in lettered], [unit for unit in units if unit.id in lettered]
