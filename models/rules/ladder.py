"""The reminder ladder as data: which rungs there are, whom each reaches, and how a council writes them down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.rules.text import Refusal, t

_RUNG = re.compile(
    r"(?:(?P<weekly>weekly)|(?:T(?P<before>0|-[1-9]\d{0,2})|(?P<after>\+[1-9]\d{0,2}))(?P<unit>d?))(?::(?P<also>[a-z+]+))?"
)
_WEEK = 7


class Audience(StrEnum):
    """Whom a rung reaches besides the focal points: the following member at once, the Chair by the weekly digest.

    No ladder names STANDING: it is told in place of a member of what is late in that member's own agency.
    """

    FOCAL = "focal"
    MEMBER = "member"
    CHAIR = "chair"
    STANDING = "standing"


class DayUnit(StrEnum):
    """In which days a rung counts from the deadline."""

    WORKING = "working"
    CALENDAR = "calendar"


class Urgency(StrEnum):
    """How urgent a document is: thường, khẩn, hỏa tốc (Decree 30/2020)."""

    NORMAL = "normal"
    URGENT = "urgent"
    EXPRESS = "express"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: `offset` days from the deadline (negative before it), repeated `every` so many days."""

    key: str
    offset: int
    unit: DayUnit = DayUnit.WORKING
    audience: frozenset[Audience] = frozenset({Audience.FOCAL})
    every: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one urgency, from the earliest to the last."""

    rungs: tuple[Rung, ...]

    def __str__(self) -> str:
        return ",".join(_written(rung) for rung in self.rungs)


_TOLD: Mapping[str, Audience] = {str(each): each for each in Audience if each is not Audience.STANDING}

DEFAULTS: Mapping[Urgency, str] = {
    Urgency.NORMAL: "T-7,T-3,T-1,T0,+1,+3:member,weekly:chair",
    Urgency.URGENT: "T-3,T-1,T0,+1,+3:member,weekly:chair",
    Urgency.EXPRESS: "T-1,T0,+1:member,+2:member,+3:member,weekly:chair",
}


def parse(text: str) -> Ladder:
    """Read a ladder such as "T-7,T-1,T0,+1,+3:member,weekly:chair".

    T-n and T0 come before and on the deadline, +n after it, in working days, or calendar days with a `d` (T-10d);
    `weekly` is every seventh calendar day after it; after a colon stands who else is told: member, chair, member+chair.
    Raises Refusal naming the rung that cannot be read, stands twice or out of order.
    """
    rungs = tuple(_rung(part.strip()) for part in text.split(","))
    for number, rung in enumerate(rungs):
        if any(_rank(earlier) >= _rank(rung) for earlier in rungs[:number]):
            raise Refusal(
                t("The rung “{rung}” stands twice or out of order; please go from early to late.", rung=rung.key)
            )
    return Ladder(rungs)


def _rung(text: str) -> Rung:
    found = _RUNG.fullmatch(text)
    if not found:
        raise _unreadable(text)
    audience = frozenset({Audience.FOCAL, *_also(text, found["also"])})
    if found["weekly"]:
        return Rung("weekly", _WEEK, DayUnit.CALENDAR, audience, every=_WEEK)
    unit = DayUnit.CALENDAR if found["unit"] else DayUnit.WORKING
    return Rung(text.partition(":")[0], int(found["before"] or found["after"]), unit, audience)


def _also(text: str, names: str | None) -> tuple[Audience, ...]:
    try:
        return tuple(_TOLD[name] for name in names.split("+")) if names else ()
    except KeyError:
        raise _unreadable(text) from None


def _rank(rung: Rung) -> tuple[bool, int]:
    return rung.every is not None, rung.offset


def _written(rung: Rung) -> str:
    also = [audience for audience in Audience if audience in rung.audience and audience is not Audience.FOCAL]
    return f"{rung.key}:{'+'.join(also)}" if also else rung.key


def _unreadable(text: str) -> Refusal:
    message = t(
        "The reminder rung “{rung}” cannot be read; please write rungs such as T-3, T0, +3:member, weekly:chair.",
        rung=text,
    )
    return Refusal(message)
