"""What whoever follows units asks in his own words: who is late, who has not reported, how a unit stands."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.rules.spelling import fold, tidy


class Asked(StrEnum):
    """What is asked."""

    LATE = "late"
    UNREPORTED = "unreported"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and about what: words of a task, or the name of a unit, as typed."""

    asked: Asked
    about: str = ""


_ENDS: Final = " .,;:?!"
_WHO: Final = (
    r"(?:(?:con|hien|hien nay|cho hoi|xin hoi) )?"
    r"(?:(?:nhung )?ai|(?:nhung |cac )?(?:don vi|co quan|dia phuong|so|huyen|xa|noi) nao)"
    r"(?: (?:cua|do) (?:toi|minh|chung toi)(?: (?:theo doi|phu trach))?| (?:toi|minh) (?:theo doi|phu trach))?"
    r"(?: (?:dang|con|bi|van|hien))*"
)
_LATE: Final = re.compile(rf"{_WHO} (?:cham|tre|qua han|tre han|cham tien do|cham bao cao|bao cao cham|cham nop)")
_UNREPORTED: Final = re.compile(rf"{_WHO} chua (?:(?:gui|nop|co) )?(?:bao cao|tra loi|gui|nop)(?: (?P<about>\S.*))?")
_UNIT: Final = re.compile(
    r"(?:(?:tinh hinh|tien do|ket qua)(?: cua)? )?(?P<about>\S.*?) "
    r"(?:the nao|the nao roi|ra sao|ra sao roi|sao roi|den dau|den dau roi|lam den dau roi)"
)


def question(text: str) -> Question | None:
    """Tell what is asked, where the whole message is one such question; None for anything else."""
    line = tidy(text).strip(_ENDS)
    said = re.sub(r"\s+", " ", fold(line))
    if _LATE.fullmatch(said):
        return Question(Asked.LATE)
    if found := _UNREPORTED.fullmatch(said):
        return Question(Asked.UNREPORTED, _as_typed(line, said, found))
    if found := _UNIT.fullmatch(said):
        return Question(Asked.UNIT, _as_typed(line, said, found))
    return None


def _as_typed(line: str, said: str, found: re.Match[str]) -> str:
    """Give the words that stand where the folded ones were found."""
    if found["about"] is None:
        return ""
    before, length = len(said[: found.start("about")].split()), len(found["about"].split())
    return " ".join(line.split()[before : before + length]).strip(_ENDS)
