"""The council's own calendar days as a list of text: what the library lacks, or a year it does not yet know."""

from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import normalize

from models.rules.calendar import DayKind
from models.rules.text import Refusal, t

_KINDS = {
    "nghỉ": DayKind.OFF,
    "nghi": DayKind.OFF,
    "off": DayKind.OFF,
    "làm việc": DayKind.WORKING,
    "lam viec": DayKind.WORKING,
    "working": DayKind.WORKING,
}
_FORMS = ("%d/%m/%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One day as the council records it."""

    day: date
    kind: DayKind
    name: str


def read_days(text: str) -> tuple[OwnDay, ...]:
    """Read lines of day, kind (nghỉ or làm việc) and name, parted by tabs; empty lines and lines after # are remarks.

    Raises Refusal naming the first line that cannot be read, or a day given twice.
    """
    days: dict[date, OwnDay] = {}
    for number, line in enumerate(normalize("NFC", text).lstrip("\ufeff").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        own = _own_day(number, line)
        if own.day in days:
            raise Refusal(
                t("Line {line} gives the day {day} a second time; please keep one.", line=number, day=own.day)
            )
        days[own.day] = own
    return tuple(days.values())


def _own_day(number: int, line: str) -> OwnDay:
    day_text, kind_text, name, *_ = (*(cell.strip() for cell in line.split("\t")), "", "", "")
    day, kind = _day(day_text), _KINDS.get(kind_text.lower())
    if day is None or kind is None:
        raise Refusal(
            t(
                "Line {line} of the days off cannot be read: “{text}”; please write day, nghỉ or làm việc, and name.",
                line=number,
                text=line.strip()[:80],
            )
        )
    return OwnDay(day, kind, name)


def _day(text: str) -> date | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None
