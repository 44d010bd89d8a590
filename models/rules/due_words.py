"""A deadline as it was read, said in words; and what a phrase that nobody can be sure of may have meant."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from models.rules.deadline import AMBIGUOUS, NONE, Kind, Reading, read
from models.rules.deadline.parts import LAST_DAY, Anchor, Every, Instant, Part, Recurrence, Window
from models.rules.spelling import fold
from models.rules.text import Text, t

_MOST = 4
_DAY = re.compile(
    r"\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{4})?|\d{1,2} tháng \d{1,2}(?: năm \d{4})?", re.IGNORECASE
)
_IN_FULL = re.compile(r"cham nhat (?:het|\d{1,2}h\d{2}) ngay \d{1,2}/\d{1,2}/\d{4}")
_PARTS = re.compile(r"[;,()]|\s(?:hoặc|hay)\s", re.IGNORECASE)
_NO_DATE = frozenset({"khong", "khong han", "khong co han", "khong thoi han", "none", "no deadline"})
_ROUNDS = (
    (re.compile(r"\bquy\b"), "RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
    (re.compile(r"\bthang\b"), "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"),
    (re.compile(r"\btuan\b"), "RRULE:FREQ=WEEKLY;BYDAY=FR"),
    (re.compile(r"\bnam\b"), "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
)
_EACH = re.compile(r"\b(hang|moi|dinh ky)\b")
_WEEKDAYS = (
    t("Monday"),
    t("Tuesday"),
    t("Wednesday"),
    t("Thursday"),
    t("Friday"),
    t("Saturday"),
    t("Sunday"),
)


def in_words(reading: Reading) -> Text:
    """Say when something is due: "by the end of 14/6/2022", "day 20 of the months 3, 6, 9, 12 each year"."""
    if reading.kind is Kind.NONE:
        return t("no deadline")
    if reading.kind is Kind.AMBIGUOUS:
        return t("deadline not yet understood")
    said = tuple(_part(part) for part in reading.parts)
    return said[0] if len(said) == 1 else t("{deadlines}", deadlines=said)


def is_said_in_full(phrase: str) -> bool:
    """Tell whether a deadline is written as its reading is said: “Chậm nhất 16h00 ngày 20/6/2022”."""
    return _IN_FULL.fullmatch(fold(phrase).strip(" .")) is not None


def said_deadline(text: str, on: date, *, before_is_exclusive: bool = True) -> Reading:
    """Read what an officer types as a deadline, "không hạn" too; AMBIGUOUS where it is not understood."""
    if fold(text).strip(" .") in _NO_DATE:
        return NONE
    reading = read(text, on, before_is_exclusive=before_is_exclusive)
    return AMBIGUOUS if reading.is_period else reading


def candidates(phrase: str, on: date) -> tuple[Reading, ...]:
    """Propose at most four deadlines that an unclear phrase may mean, the likeliest first; none where nothing helps."""
    found = dict.fromkeys(reading for reading in _guesses(phrase, on) if _is_deadline(reading))
    return tuple(found)[:_MOST]


def _guesses(phrase: str, on: date) -> Iterator[Reading]:
    for exclusive in (True, False):
        yield read(phrase, on, before_is_exclusive=exclusive)
    parts = [part.strip() for part in _PARTS.split(phrase) if part.strip()]
    if len(parts) > 1:
        yield from (read(part, on) for part in parts)
    for day in _DAY.findall(phrase):
        if "truoc" in fold(phrase):
            yield read(f"trước ngày {day}", on)
        yield read(f"ngày {day}", on)
    if _EACH.search(fold(phrase)):
        yield from (Reading.parse(rule) for unit, rule in _ROUNDS if unit.search(fold(phrase)))


def _is_deadline(reading: Reading) -> bool:
    return reading.kind not in {Kind.NONE, Kind.AMBIGUOUS} and not reading.is_period


def _part(part: Part) -> Text:
    match part:
        case Window():
            return _window(part)
        case Recurrence():
            return _round(part) if part.at is None else t("{round}, by {time}", round=_round(part), time=part.at)
        case Anchor():
            return _anchor(part)
        case _:
            return _by(part)


def _by(instant: Instant) -> Text:
    if isinstance(instant, datetime):
        return t("by {time} on {day}", time=instant.time(), day=instant.date())
    return t("by the end of {day}", day=instant)


def _window(window: Window) -> Text:
    opens, closes = window.opens, window.closes
    if isinstance(opens, datetime) or isinstance(closes, datetime):
        return t("from {opens}, {closes}", opens=_from(opens), closes=_by(closes))
    return t("from {opens} to the end of {closes}", opens=opens, closes=closes)


def _from(opens: Instant) -> Text | date:
    return t("{time} on {day}", time=opens.time(), day=opens.date()) if isinstance(opens, datetime) else opens


def _round(rule: Recurrence) -> Text:
    months = ", ".join(str(month) for month in rule.months)
    match rule.every:
        case Every.DAY:
            return t("every day")
        case Every.WEEK:
            return t("every week on {days}", days=tuple(_WEEKDAYS[day] for day in rule.weekdays))
        case Every.MONTH if rule.day == LAST_DAY:
            return t("the last day of each month")
        case Every.MONTH:
            return t("day {day} of each month", day=rule.day)
        case Every.YEAR if rule.day == LAST_DAY:
            return t("the last day of the months {months} each year", months=months)
        case Every.YEAR:
            return t("day {day} of the months {months} each year", day=rule.day, months=months)


def _anchor(anchor: Anchor) -> Text:
    days = abs(anchor.days)
    if anchor.days < 0:
        if anchor.working:
            return t("{days} working days before the event", days=days)
        return t("{days} days before the event", days=days)
    if anchor.working:
        return t("{days} working days after the event", days=days)
    return t("{days} days after the event", days=days)
