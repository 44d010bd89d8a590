"""An hour of one of the next days as people say it: "15h chiều mai", "8h sáng nay", "sáng mai", "9h30"."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from models.rules.spelling import fold

_SPOKEN: Final = re.compile(
    r"(?:(?:vao|luc|hoi|gui) )*(?:(?P<hour>\d{1,2})\s*(?:h|g|:|gio)\s*(?P<minute>\d{2})?\s*)?"
    r"(?P<part>sang|trua|chieu)?\s*(?P<day>hom nay|nay|ngay mai|mai|ngay kia|kia)?"
)
_DAYS_AHEAD: Final = {"hom nay": 0, "nay": 0, "ngay mai": 1, "mai": 1, "ngay kia": 2, "kia": 2}
_PARTS: Final = {"sang": range(12), "trua": range(11, 14), "chieu": range(12, 19)}
_NOON: Final = 12
_MIDNIGHT: Final = 24
_HOUR: Final = 60
_DOUBTFUL_HOUR: Final = 6


@dataclass(frozen=True, slots=True)
class SpokenHour:
    """What was said, of the council's clock: the day, the hour, the part of the day; None or empty where it was not.

    `is_doubtful`: an hour such as "3h", which may mean the afternoon; "03h" may not.
    """

    day: date | None = None
    clock: time | None = None
    part: str = ""
    is_doubtful: bool = False

    def suits(self, clock: time) -> bool:
        """Tell whether an hour lies in the part of the day that was said, if one was."""
        return not self.part or clock.hour in _PARTS[self.part]


def spoken_hour(phrase: str, today: date) -> SpokenHour | None:
    """Read an hour, a part of the day, a day near `today`; None where the words say more, nothing, or no such hour."""
    folded = " ".join(fold(phrase).strip(" .").split())
    found = _SPOKEN.fullmatch(folded)
    if found is None or not any(found.group("hour", "part", "day")):
        return None
    part = found["part"] or ""
    day = today + timedelta(days=_DAYS_AHEAD[found["day"]]) if found["day"] else None
    if not found["hour"]:
        return SpokenHour(day, None, part)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if part == "chieu" and hour < _NOON:
        hour += _NOON
    if hour >= _MIDNIGHT or minute >= _HOUR or (part and hour not in _PARTS[part]):
        return None
    is_doubtful = not part and len(found["hour"]) == 1 and 0 < hour <= _DOUBTFUL_HOUR
    return SpokenHour(day, time(hour, minute), part, is_doubtful)
