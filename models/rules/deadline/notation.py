"""The notation of readings, read back: `2022-06-14`, `A..B`, `X|Y`, `RRULE:…`, `ANCHOR:-3wd`."""

import re
from datetime import date, datetime, time

from models.rules.deadline.parts import (
    LAST_DAY,
    LONGEST_MONTH,
    WEEKDAYS,
    Anchor,
    Every,
    Instant,
    Part,
    Recurrence,
    Window,
)

_ANCHOR = re.compile(r"ANCHOR:([+-][0-9]{1,4})(wd|d)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}")
_FIELDS = frozenset({"FREQ", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE"})


def part_of(notation: str) -> Part:
    """Read one part of a notation; raises ValueError where it is none."""
    if found := _ANCHOR.fullmatch(notation):
        return Anchor(int(found[1]), found[2] == "wd")
    if notation.startswith("RRULE:"):
        return _recurrence(notation.removeprefix("RRULE:"))
    if ".." in notation:
        opens, _, closes = notation.partition("..")
        return Window(_instant(opens), _instant(closes))
    return _instant(notation)


def _instant(notation: str) -> Instant:
    if _DAY.fullmatch(notation):
        return date.fromisoformat(notation)
    if _MOMENT.fullmatch(notation):
        return datetime.fromisoformat(notation)
    raise ValueError(f"Not a day or a moment: {notation}")


def _recurrence(rule: str) -> Recurrence:
    fields = dict(_field(field) for field in rule.split(";"))
    months = tuple(int(month) for month in fields.get("BYMONTH", "").split(",") if month)
    weekdays = tuple(WEEKDAYS.index(day) for day in fields.get("BYDAY", "").split(",") if day)
    day = int(fields["BYMONTHDAY"]) if "BYMONTHDAY" in fields else None
    at = time(int(fields["BYHOUR"]), int(fields.get("BYMINUTE", "0"))) if "BYHOUR" in fields else None
    read = Recurrence(Every(fields.get("FREQ", "")), months, day, weekdays, at)
    if not _says_when(read):
        raise ValueError(f"Not a recurrence that names its day: {rule}")
    return read


def _says_when(rule: Recurrence) -> bool:
    match rule.every:
        case Every.DAY:
            return rule.day is None and not rule.weekdays and not rule.months
        case Every.WEEK:
            return bool(rule.weekdays) and rule.day is None and not rule.months
        case Every.MONTH:
            return _is_day(rule.day) and not rule.weekdays and not rule.months
        case Every.YEAR:
            return (
                _is_day(rule.day) and not rule.weekdays and bool(rule.months) and set(rule.months) <= set(range(1, 13))
            )


def _is_day(day: int | None) -> bool:
    return day is not None and (day == LAST_DAY or 1 <= day <= LONGEST_MONTH)


def _field(written: str) -> tuple[str, str]:
    name, _, value = written.partition("=")
    if name not in _FIELDS or not value:
        raise ValueError(f"Not a field of our recurrences: {written}")
    return name, value
