"""The steps of a task that fit what it is to yield, and the line that names a paper handed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.rules.deadline import read
from models.rules.spelling import fold, tidy
from models.rules.text import Refusal, Text, t

_PAPER = re.compile(
    r"\b(?:bao cao|ke hoach|cong van|van ban|bien ban|to trinh|quyet dinh|thong bao|huong dan|chuong trinh|de an"
    r"|quy che|quy dinh|danh sach|ho so|bieu mau|ban dang ky|giay moi|phieu)\b"
)
_MEASURED = re.compile(r"%|\b(?:ty le|ti le|phan tram|chi tieu|so luong|khoi luong)\b")
_NUMBER = re.compile(
    r"(?:s[ốo]\s*:?\s*)?(?P<number>\d{1,6}\s*/\s*(?=[^\s,;]*[^\W\d])[^\s,;]+|\d{1,6}(?![\d/.-]))", re.IGNORECASE
)
_YEAR = timedelta(days=364)
_WHOLE = 100


class Yield(StrEnum):
    """What a task yields: a paper that is signed and sent, something measured, or anything else."""

    PAPER = "paper"
    MEASURED = "measured"
    OTHER = "other"


class Step(StrEnum):
    """How far a paper is: being drafted, submitted for signature, sent."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    SENT = "sent"


STEP_NAMES: Mapping[Step, Text] = {
    Step.DRAFTING: t("being drafted"),
    Step.SUBMITTED: t("submitted for signature"),
    Step.SENT: t("sent"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as its number and its day name it."""

    number: str
    day: date | None


def yield_of(deliverable: str, title: str = "") -> Yield:
    """Tell what a task yields by its deliverable (sản phẩm), or by its title where none is written."""
    words = fold(deliverable or title)
    if _MEASURED.search(words):
        return Yield.MEASURED
    return Yield.PAPER if _PAPER.search(words) else Yield.OTHER


def steps_after(last: str) -> tuple[Step, ...]:
    """Give the steps of a paper that are still ahead after the last one reported ("" for none), the nearest first."""
    order = tuple(Step)
    return order[order.index(Step(last)) + 1 :] if last in order else order


def read_paper(line: str, today: date) -> Paper:
    """Read the number and day of a paper, as in "45/BC-SYT ngày 12/6"; a day without its year is the last one passed.

    Raises Refusal where no number is found, or what follows it is no day up to `today`.
    """
    found = _NUMBER.match(tidy(line))
    if not found:
        raise Refusal(t("No number can be read in “{line}”; please write it as 45/BC-SYT ngày 12/6.", line=line))
    rest = tidy(line)[found.end() :].strip(" ,;.")
    return Paper(re.sub(r"\s+", "", found["number"]), _day_of(rest, today) if rest else None)


def read_percent(line: str) -> int:
    """Read how much is done, as in "60" or "60 %"; raises Refusal for anything that is not from 0 to 100."""
    found = re.fullmatch(r"\s*(\d{1,3})\s*%?\s*", line)
    if not found or int(found[1]) > _WHOLE:
        raise Refusal(t("“{line}” is no percentage; please write a number from 0 to 100.", line=line))
    return int(found[1])


def passed_day(words: str, today: date) -> date | None:
    """Read a day that has come, as "12/6" or "12/6/2022"; without its year the last one passed. None for no day."""
    due = read(words, today - _YEAR).due
    day = due.date() if isinstance(due, datetime) else due
    return day if isinstance(day, date) and day <= today else None


def _day_of(words: str, today: date) -> date:
    day = passed_day(words, today)
    if day is None:
        raise Refusal(
            t("“{words}” is no day up to {today}; please write it as 45/BC-SYT ngày {today}.", words=words, today=today)
        )
    return day
