"""Pauses of reminding: what falls in one is said merged on the first working day after it; no deadline moves by it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.calendar import Calendar
from models.rules.deadline import Kind, read
from models.rules.deadline.parts import Window, day_of
from models.rules.ladder import Audience
from models.rules.mornings import PAUSED, Spoken, digest_day
from models.rules.moving import split_units
from models.rules.said_days import still_to_come
from models.rules.text import Refusal, t

_DAY = timedelta(days=1)
_SPAN = re.compile(r"(?:^|\s)(?:từ|đến|tu|den)(?=\s+(?:\d|ngày|ngay|hôm|hom))", re.IGNORECASE)
_FROM_TODAY = re.compile(r"(?:đến|den|hết|het|tới|toi)\s", re.IGNORECASE)
_WHY = re.compile(r";|(?:^|\s)(?:vì|do|lý do)(?=\s)", re.IGNORECASE)
_ENDS = " .,;:-"


@dataclass(frozen=True, slots=True, order=True)
class Silence:
    """The days `first` to `last`, both counted, on which nobody is reminded."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether a day is silent."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class PauseLine:
    """A pause in one line, cut into its parts as typed; what is missing is empty."""

    whom: str = ""
    span: str = ""
    reason: str = ""


def wakes_on(day: date, silences: Collection[Silence], calendar: Calendar) -> date:
    """Give the day itself where it is not silent, else the first working day after the silences that follow on it."""
    while covering := [silence.last for silence in silences if silence.covers(day)]:
        day = calendar.next_working(max(covering) + _DAY)
    return day


def put_off(said: Iterable[Spoken], silences: Collection[Silence], calendar: Calendar) -> tuple[Spoken, ...]:
    """Move what falls on silent days behind them, one step for an audience and morning; the rest stays as it was.

    What is due on that morning anyway goes before what was put off, the latest of which stands for all. The Chair reads
    it in the next weekly digest.
    """
    kept: dict[tuple[Audience, date], Spoken] = {}
    for each in sorted(said, key=lambda each: each.falls):
        day = _morning(each, silences, calendar)
        place = each.audience, day
        if day == each.day:
            kept[place] = each
        elif place not in kept or _is_put_off(kept[place]):
            kept[place] = Spoken(_rung(each.audience), each.falls, day, each.audience)
    return tuple(sorted(kept.values(), key=lambda each: (each.day, each.audience)))


def until_ended(first: date, last: date, ended_on: date | None) -> Silence | None:
    """Give the silence of a pause; one that was ended is over before that day. None where no day of it remains."""
    end = last if ended_on is None else min(last, ended_on - _DAY)
    return Silence(first, end) if first <= end else None


def split_pause_line(line: str) -> PauseLine:
    """Cut "VB, YY: từ 12/6 đến 15/6; bão số 2" or "VB, YY từ 12/6 đến 15/6 vì bão số 2" into its parts."""
    whom, rest = split_units(line)
    if not whom:
        found = _SPAN.search(rest)
        whom, rest = (rest[: found.start()], rest[found.start() :]) if found else (rest, "")
    found = _WHY.search(rest)
    span, reason = (rest[: found.start()], rest[found.end() :]) if found else (rest, "")
    return PauseLine(whom.strip(_ENDS), span.strip(_ENDS), reason.strip(_ENDS))


def read_span(said: str, today: date) -> Silence:
    """Read "từ 12/6 đến 15/6", "12/6 - 15/6", "đến 15/6" from today on, or one day; raises Refusal for anything else.

    A day without its year is looked for after today. What is past cannot be paused.
    """
    words = said.strip(_ENDS)
    reading = read(words if not words[:1].isdigit() else f"từ {words}", today)
    if reading.kind is not Kind.WINDOW and reading.kind is not Kind.DATE:
        reading = read(words, today)
    part = reading.parts[0] if reading.kind in {Kind.WINDOW, Kind.DATE} else None
    if not isinstance(part, Window | date):
        raise Refusal(t("No span of days can be read in “{said}”; please write, for instance: 12/6 - 15/6.", said=said))
    last = still_to_come(day_of(part.closes) if isinstance(part, Window) else day_of(part), words, today)
    if last < today:
        raise Refusal(t("These days have passed; please name days from {today} on.", today=today))
    if isinstance(part, Window):
        return Silence(max(day_of(part.opens), today), last)
    return Silence(today if _FROM_TODAY.match(words) else last, last)


def _morning(each: Spoken, silences: Collection[Silence], calendar: Calendar) -> date:
    day = wakes_on(each.day, silences, calendar)
    if each.audience is not Audience.CHAIR:
        return day
    while day != each.day and (monday := digest_day(day, calendar)) != day:
        day = wakes_on(monday, silences, calendar)
    return day


def _rung(audience: Audience) -> str:
    return PAUSED if audience is Audience.FOCAL else f"{PAUSED}:{audience}"


def _is_put_off(each: Spoken) -> bool:
    return each.rung.partition(":")[0] == PAUSED
