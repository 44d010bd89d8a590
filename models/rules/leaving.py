"""When a notice is to leave, as an officer words it: at once, in the next office hours, "15h chiều mai"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from models.rules.meeting_line import read_start
from models.rules.spelling import fold
from models.rules.text import Refusal, t
from models.rules.windows import WorkingWindows

_NOW: Final = frozenset({"ngay", "gui ngay", "bay gio", "luon", "now"})
_NEXT: Final = re.compile(r"(?:gui |vao )*(?:khung )?gio lam viec(?: (?:ke tiep|tiep theo|sau|gan nhat))?")
_SPOKEN: Final = re.compile(
    r"(?:(?:vao|luc|hoi|gui) )*(?:(?P<hour>\d{1,2})\s*(?:h|g|:|gio)\s*(?P<minute>\d{2})?\s*)?"
    r"(?P<part>sang|trua|chieu)?\s*(?P<day>hom nay|nay|ngay mai|mai|ngay kia|kia)?"
)
_DAYS_AHEAD: Final = {"hom nay": 0, "nay": 0, "ngay mai": 1, "mai": 1, "ngay kia": 2, "kia": 2}
_HALF: Final = re.compile(r"\s(?:sáng|trưa|chiều|sang|trua|chieu)(?=\s|$)", re.IGNORECASE)
_NOON: Final = 12
_MIDNIGHT: Final = 24
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
    spoken = _spoken(folded, now, hours)
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


def _spoken(folded: str, now: datetime, hours: WorkingWindows) -> datetime | None:
    """Read an hour, a half of the day, a day near today; None where the words say more, or nothing, of these."""
    found = _SPOKEN.fullmatch(folded)
    if found is None or not (found["hour"] or (found["part"] and found["day"])):
        return None
    day = now.astimezone(hours.zone).date() + timedelta(days=_DAYS_AHEAD.get(found["day"] or "nay", 0))
    clock = _clock(found, hours)
    return None if clock is None else _at(day, clock, hours)


def _clock(found: re.Match[str], hours: WorkingWindows) -> time | None:
    if not found["hour"]:
        halves = [span.opens for span in hours.spans if (span.opens.hour >= _NOON) == (found["part"] == "chieu")]
        return halves[0] if halves and found["part"] != "trua" else None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["part"] == "chieu" and hour < _NOON:
        hour += _NOON
    return time(hour, minute) if hour < _MIDNIGHT and minute < 60 else None  # noqa: PLR2004 - minutes of an hour


def _at(day: date, clock: time, hours: WorkingWindows) -> datetime:
    return datetime.combine(day, clock, hours.zone).astimezone(UTC)
