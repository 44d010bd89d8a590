"""When a notice is to leave, as an officer words it: at once, in the next office hours, "15h chiều mai"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from models.rules.meeting_line import read_start
from models.rules.spelling import fold
from models.rules.spoken_hours import SpokenHour, spoken_hour
from models.rules.text import Refusal, t
from models.rules.windows import WorkingWindows

_NOW: Final = frozenset({"ngay", "gui ngay", "bay gio", "luon", "now"})
_NEXT: Final = re.compile(r"(?:gui |vao )*(?:khung )?gio lam viec(?: (?:ke tiep|tiep theo|sau|gan nhat))?")
_HALF: Final = re.compile(r"\s(?:sáng|trưa|chiều|sang|trua|chieu)(?=\s|$)", re.IGNORECASE)
_NOON: Final = 12
_LONGEST: Final = timedelta(days=92)


def read_leaving(phrase: str, now: datetime, hours: WorkingWindows) -> datetime | None:
    """Read when a notice leaves, as an aware UTC moment within office hours; None for at once.

    "ngay"; "giờ làm việc kế tiếp"; "15h chiều mai", "sáng mai", "16h"; "08:00 ngày 14/6". `now` is aware. What falls
    outside office hours is moved to when they open. Raises Refusal where no moment is surely read, it has passed, or
    it is more than three months away.
    """
    folded = " ".join(fold(phrase).strip(" .").split())
    if folded in _NOW:
        return None
    if _NEXT.fullmatch(folded):
        return next_window(now, hours)
    spoken = _spoken(phrase, now, hours)
    moment = spoken if spoken is not None else read_start(_HALF.sub(" ", phrase), now, hours.zone)
    if moment <= now:
        raise Refusal(t("{time} has passed; please give an hour that is still to come.", time=moment))
    if moment - now > _LONGEST:
        raise Refusal(t("{time} is more than three months away; please send the notice nearer to it.", time=moment))
    return hours.next_opening(moment)


def next_window(now: datetime, hours: WorkingWindows) -> datetime:
    """Give when office hours open again: the afternoon for a morning, the next working day for an afternoon (UTC)."""
    local = now.astimezone(hours.zone)
    closing = next((span.closes for span in hours.spans if span.opens <= local.time() < span.closes), None)
    if closing is None or not hours.is_open(now):
        return hours.next_opening(now)
    return hours.next_opening(_at(local.date(), closing, hours))


def _spoken(phrase: str, now: datetime, hours: WorkingWindows) -> datetime | None:
    """Read an hour of today or of a day near it, or the opening of half such a day; None where more was said."""
    today = now.astimezone(hours.zone).date()
    said = spoken_hour(phrase, today)
    if said is None or (said.clock is None and said.day is None):
        return None
    clock = said.clock or _opening(said, hours)
    return None if clock is None else _at(said.day or today, clock, hours)


def _opening(said: SpokenHour, hours: WorkingWindows) -> time | None:
    """Give when office hours open in the morning or the afternoon that was said."""
    halves = [span.opens for span in hours.spans if (span.opens.hour >= _NOON) == (said.part == "chieu")]
    return halves[0] if halves and said.part in {"sang", "chieu"} else None


def _at(day: date, clock: time, hours: WorkingWindows) -> datetime:
    return datetime.combine(day, clock, hours.zone).astimezone(UTC)
