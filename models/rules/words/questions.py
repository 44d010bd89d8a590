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
_UNIT_WORD: Final = r"(?:don vi|dv|co quan|cq|dia phuong|dp|so|ban|nganh|huyen|xa|phuong|noi)"
_OF_MINE: Final = (
    r"(?: (?:cua|do) (?:toi|minh|chung toi)(?: (?:theo doi|phu trach|phu trach theo doi))?"
    r"| (?:toi|minh) (?:dang )?(?:theo doi|phu trach))?"
)
_ASKING: Final = r"(?:(?:con|hien|hien nay|den nay|hom nay|cho hoi|cho toi hoi|cho biet|xin hoi|hoi|co) )*"
_END: Final = r"(?: (?:khong|ko|k|a|vay|the|nhi|roi|day|han))*"
_WHO: Final = (
    rf"{_ASKING}(?:(?:toi|minh) (?:theo doi|phu trach) )?"
    rf"(?:(?:nhung )?ai|(?:nhung |cac |may )?{_UNIT_WORD} nao|(?:bao nhieu|may) {_UNIT_WORD}"
    rf"|(?:danh sach |ds )(?:cac |nhung )?{_UNIT_WORD}|(?:cac|nhung) {_UNIT_WORD})"
    rf"{_OF_MINE}(?: (?:dang|con|bi|van|hien|ma))*"
)
_REPORT: Final = r"(?:bao cao|bc|tra loi|phan hoi)"
_LATE: Final = re.compile(
    rf"{_WHO} (?:(?:cham|tre)(?: tien do| {_REPORT}| nop| gui| han)?|qua han(?: {_REPORT})?"
    rf"|(?:{_REPORT}|lam|nop|gui) (?:cham|tre)){_END}"
)
_UNREPORTED: Final = re.compile(
    rf"{_WHO} chua (?:(?:gui|nop|co|thay) )?(?:{_REPORT}|gui|nop|xong)(?P<about> \S.*?)??{_END}"
)
_STATE: Final = r"(?:tinh hinh|tinh trang|tien do|ket qua)(?: (?:cua|thuc hien cua))?"
_HOW: Final = (
    rf"(?:the nao|ntn|ra sao|sao|(?:lam )?(?:den|toi) dau|(?:co )?(?:cham|tre|qua han)(?: khong| ko| k)"
    rf"|(?:da )?(?:{_REPORT}|nop|gui|xong)(?: {_REPORT})? chua)(?: (?:roi|a|vay|nhi|the|day))*"
)
_UNIT: Final = re.compile(rf"{_ASKING}(?:(?:{_STATE} )?(?P<about>\S.*?) {_HOW}|{_STATE} (?P<of>\S.*))")
_MONTHS: Final = re.compile(r"\b(\d+) ?(?:t|th|thg)\b")
_QUARTER: Final = re.compile(r"\bq(?:uy)? ?(iv|i{1,3}|[1-4])\b")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_SHORTHAND: Final = {"bc": ("bao", "cao"), "kh": ("ke", "hoach"), "nv": (), "ve": (), "cua": (), "viec": (), "ban": ()}


def question(text: str) -> Question | None:
    """Tell what is asked, where the whole message is one such question; None for anything else."""
    line = tidy(text).strip(_ENDS)
    said = re.sub(r"\s+", " ", fold(line))
    if _LATE.fullmatch(said):
        return Question(Asked.LATE)
    if found := _UNREPORTED.fullmatch(said):
        return Question(Asked.UNREPORTED, _as_typed(line, said, found))
    if found := _UNIT.fullmatch(said):
        return Question(Asked.UNIT, _as_typed(line, said, found, "about" if found["about"] else "of"))
    return None


def task_words(about: str) -> frozenset[str]:
    """Give the words by which a task is known, however a clerk writes them: “bc 6t”, “quý I”, “Q1”."""
    said = _MONTHS.sub(r"\1 thang", fold(about))
    said = _QUARTER.sub(lambda found: f"quy {_ROMAN.get(found[1], found[1])}", said)
    return frozenset(each for word in re.findall(r"\w+", said) for each in _SHORTHAND.get(word, (word,)))


def _as_typed(line: str, said: str, found: re.Match[str], part: str = "about") -> str:
    """Give the words that stand where the folded ones were found."""
    if found[part] is None:
        return ""
    before, length = len(said[: found.start(part)].split()), len(found[part].split())
    return " ".join(line.split()[before : before + length]).strip(_ENDS)
