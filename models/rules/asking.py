"""What a notice asks for, and the answers that fit it."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from models.rules.due_words import said_deadline
from models.rules.said_days import still_to_come
from models.rules.spelling import fold, tidy
from models.rules.text import Refusal, Text, t

_FEWEST, _MOST = 2, 10
_LONGEST_OPTION: Final = 60
_LONGEST_ANSWER: Final = 2000
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
_NUMBERS: Final = re.compile(r"-?\d+(?:[.,]\d+)*")
_NO_DATE: Final = frozenset({"khong", "khong dat han", "khong co", "khong can"})
_LONGEST_WAIT: Final = timedelta(days=183)
_LAST_MOMENT: Final = timedelta(microseconds=1)


class Asks(StrEnum):
    """What a notice asks for."""

    NOTHING = "nothing"
    RECEIVED = "received"
    OPTION = "option"
    NUMBER = "number"
    TEXT = "text"
    FILE = "file"


def read_options(line: str) -> tuple[str, ...]:
    """Read the answers to choose from, as in "Dự thi; Không dự thi"; raises Refusal where they do not differ."""
    options = tuple(said for part in re.split(r"[;\n]", line) if (said := tidy(part).strip(" .")))
    if not _FEWEST <= len(options) <= _MOST or len({fold(option) for option in options}) < len(options):
        raise Refusal(
            t("Please write {fewest} to {most} different answers with semicolons: A; B; C.", fewest=_FEWEST, most=_MOST)
        )
    if any(len(option) > _LONGEST_OPTION for option in options):
        raise Refusal(t("An answer to choose has at most {limit} characters.", limit=_LONGEST_OPTION))
    return options


def read_number(said: str) -> Decimal:
    """Read one number as it is written here, "1.250" or "12,5"; raises Refusal for anything else."""
    plain = said.strip().replace(" ", "")
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    raise Refusal(t("“{said}” is no number; please write one number, such as 12 or 1.250.", said=tidy(said)[:40]))


def one_number(said: str) -> str | None:
    """Find the one number that a line names, "12" in "khoảng 12 hồ sơ", as it is written here; None for none, more."""
    found = _NUMBERS.findall(said)
    try:
        return number_spoken(read_number(found[0])) if len(found) == 1 else None
    except Refusal:
        return None


def number_spoken(number: Decimal) -> str:
    """Write a number as it is written here."""
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def fits(asks: Asks, said: str, options: Sequence[str] = ()) -> bool:
    """Tell whether words that were typed unasked are the number, or one of the options, that is asked for."""
    if asks not in {Asks.NUMBER, Asks.OPTION}:
        return False
    try:
        read_answer(asks, said, options)
    except Refusal:
        return False
    return True


def read_answer(asks: Asks, said: str, options: Sequence[str] = ()) -> str:
    """Take a typed answer to what is asked; raises Refusal where it does not fit."""
    text = said.strip()
    if asks is Asks.NUMBER:
        return number_spoken(read_number(text))
    if asks is Asks.OPTION:
        return _option(text, options)
    if not text or len(text) > _LONGEST_ANSWER:
        raise Refusal(t("Please write the answer in at most {limit} characters.", limit=_LONGEST_ANSWER))
    return text


def _option(said: str, options: Sequence[str]) -> str:
    chosen = next((option for option in options if fold(option) == fold(tidy(said).strip(" ."))), None)
    if chosen is None:
        raise Refusal(t("Please choose one of: {options}.", options=tuple(options)))
    return chosen


def total(numbers: Iterable[str]) -> Decimal:
    """Add numbers up as they were recorded."""
    return sum((read_number(number) for number in numbers), Decimal(0))


def read_respond_by(phrase: str, now: datetime, zone: ZoneInfo, *, before_is_exclusive: bool = True) -> datetime | None:
    """Read until when answers are wanted, as an aware UTC moment, the last of its day where only a day is said.

    None for "không". Raises Refusal where no day is surely read, or it has passed or is more than half a
    year away.
    """
    if fold(phrase).strip(" .") in _NO_DATE:
        return None
    today = now.astimezone(zone).date()
    due = said_deadline(phrase, today, before_is_exclusive=before_is_exclusive).due
    if not isinstance(due, date):
        raise Refusal(t("“{phrase}” gives no certain day; please write it as 20/6 or 16h00 ngày 20/6.", phrase=phrase))
    still_to_come(due.date() if isinstance(due, datetime) else due, phrase, today)
    moment = due.replace(tzinfo=zone) if isinstance(due, datetime) else _end_of(due, zone)
    if moment <= now:
        raise Refusal(t("{time} has passed; please give a day that is still to come.", time=moment.astimezone(UTC)))
    if moment - now > _LONGEST_WAIT:
        raise Refusal(t("{time} is more than half a year away; please give a nearer day.", time=moment.astimezone(UTC)))
    return moment.astimezone(UTC)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone) - _LAST_MOMENT


def by_spoken(respond_by: datetime, zone: ZoneInfo) -> Text:
    """Say until when to answer: the day, and the hour where one was given."""
    local = respond_by.astimezone(zone)
    if local == _end_of(local.date(), zone):
        return t("Please answer by the end of {day}.", day=local.date())
    return t("Please answer by {time}.", time=respond_by)
