"""What a moved deadline does to each assignment: who gets it, who keeps a later day of his own, who is told."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.rules.calendar import Calendar
from models.rules.status import Due, due_day

_SIGN = re.compile(r"(?<!\d):|:(?!\d)")
_TO = re.compile(r"(?:^|\s)(?:sang|thành|đến)(?=\s)", re.IGNORECASE)
_BY = re.compile(r"(?:^|\s)theo(?=\s)", re.IGNORECASE)
_ENDS = " .,;:-"


class Stage(StrEnum):
    """How far an assignment is, as far as a change of its task concerns it."""

    OPEN = "open"
    SUSPENDED = "suspended"
    OVER = "over"


class Fate(StrEnum):
    """What becomes of one assignment when the deadline of its task is moved."""

    MOVED = "moved"
    SAME = "same"
    KEPT = "kept"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Held:
    """One assignment as a move finds it.

    `due`: the deadline that runs; `granted`: it is a day given to this unit alone (an extension, or the day set for
    completing its report), which a move of the task does not shorten unless that is decided expressly.
    """

    due: Due | None
    stage: Stage = Stage.OPEN
    granted: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a move makes of an assignment: its fate, the deadline that runs afterwards, whether its unit is told."""

    fate: Fate
    due: Due | None
    told: bool = False


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move in one line, cut into its parts as typed; what is missing is empty."""

    units: str = ""
    until: str = ""
    instruction: str = ""


def outcome(held: Held, to: Due | None, zone: ZoneInfo, *, shorten: bool = False) -> Outcome:
    """Say what moving the deadline `to` a day or moment does to one assignment; None takes the deadline away.

    What has come in, was accepted or withdrawn stays as it was judged. A suspended assignment is moved without a word:
    its unit reads the day when it is resumed. A day granted to the unit alone is shortened only with `shorten`.
    """
    if held.stage is Stage.OVER:
        return Outcome(Fate.OVER, held.due)
    if ends(held.due, zone) == ends(to, zone):
        return Outcome(Fate.SAME, held.due)
    if held.granted and not shorten and ends(to, zone) < ends(held.due, zone):
        return Outcome(Fate.KEPT, held.due)
    return Outcome(Fate.MOVED, to, told=held.stage is Stage.OPEN)


def meets(to: Due | None, asked_on: date, zone: ZoneInfo) -> bool:
    """Tell whether a new deadline gives the time that a unit has asked for, so that its request is moot."""
    return to is None or due_day(to, zone) >= asked_on


def ends(due: Due | None, zone: ZoneInfo) -> datetime:
    """Give the moment at which a deadline has passed, to be compared; what has no deadline never ends."""
    if due is None:
        return datetime.max.replace(tzinfo=zone)
    return due if isinstance(due, datetime) else datetime.combine(due + timedelta(days=1), time(), zone)


def is_too_near(due: Due | None, today: date, zone: ZoneInfo, calendar: Calendar) -> bool:
    """Tell whether a deadline is past or nearer than one working day, too near to be given to somebody new."""
    return due is not None and calendar.working_days_between(today, due_day(due, zone)) < 1


def split_move_line(line: str) -> MoveLine:
    """Cut "SYT, STC: 30/6; Công văn số 123/UBND-VP" or "sang 30/6 theo Công văn số 123/UBND-VP" into its parts."""
    units, rest = split_units(line)
    if not units and (found := _TO.search(rest)):
        units, rest = rest[: found.start()].strip(_ENDS), rest[found.end() :]
    until, sign, instruction = rest.partition(";")
    if not sign and (found := _BY.search(rest)):
        until, instruction = rest[: found.start()], rest[found.end() :]
    until = _TO.sub("", until, count=1) if _TO.match(until) else until
    return MoveLine(units, until.strip(_ENDS), instruction.strip(_ENDS))


def split_units(line: str) -> tuple[str, str]:
    """Cut what is named before a colon (that of an hour does not count) from what is said after it."""
    found = _SIGN.search(line)
    if found is None:
        return "", line.strip()
    return line[: found.start()].strip(_ENDS), line[found.end() :].strip()
