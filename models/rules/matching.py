"""Which task a paper answers, by the words of its subject (trích yếu): surely, perhaps, or none.

The rule. Words are compared without diacritics; words that say nothing of their own (báo cáo, về, của, năm…) are left
out. A title's score is the share of its words that the subject has, each weighing the more the fewer of the open titles
have it. A quarter, a span of months or a year that both name and name differently halves the score; citing the number
of the task's document adds to it. Sure is a score of at least 0.8 that leads by 0.2, of a paper whose kind (kế hoạch,
báo cáo…) does not differ from what the task asks for. From 0.25 on it is asked, where the same period adds to it too.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from models.rules.spelling import fold

SURE: Final = 0.8
LEAD: Final = 0.2
PERHAPS: Final = 0.25
MOST: Final = 4
_KEPT = 4096  # a register names the same titles again and again
_BONUS = 0.15
_CITES = 0.3
_NEAR_BEST = 0.4
# words that mean something together only: sơ kết is not "sơ" and "kết", tháng 6 is not 6 tháng
_TOGETHER = re.compile(r"\b(so|tong|\d+|thang|quy|dau|cuoi|giua) (ket|thang|\d+|i{1,3}|iv|nam)\b")
_WORD = re.compile(r"[^\W_]+")
_IDLE = frozenset(
    _WORD.findall(
        "bao cao ve viec v va cac cua cho trong tai theo nam tinh ket qua cong tac thuc hien gui so ngay don vi co "
        "quan dia phuong de nghi duoc tren ban den kinh cong van to trinh ke hoach nhung mot o tu voi la"
    )
)
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_QUARTER = re.compile(r"\bquy ([1-4])\b")
_PERIODS = (
    ("quarter", re.compile(r"\bquy (i{1,3}|iv|[1-4])\b")),
    ("span", re.compile(r"\b(0?6|0?9|sau|chin) thang\b")),
    ("month", re.compile(r"\bthang (\d{1,2})\b")),
    ("year", re.compile(r"\b(20\d\d)\b")),
)
_SPELT = {"sau": "6", "chin": "9"}
_KINDS = ("bao cao", "ke hoach", "to trinh", "danh sach", "quyet dinh", "bien ban", "de an", "chuong trinh", "giay moi")
_CITED = re.compile(r"\b(\d{1,6}/[\w-]+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """An open task as papers may answer it: what it is called and yields, and the number of the document it is of.

    `years`: those about which it may be, where its title names none; empty where that is not known.
    """

    id: int
    title: str
    deliverable: str = ""
    reference: str = ""
    years: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """What a subject answers: `sure`, or the tasks that it may answer, the likeliest first."""

    sure: Asked | None = None
    perhaps: tuple[Asked, ...] = ()


def fit(subject: str, tasks: Sequence[Asked]) -> Fit:
    """Find the task that a subject answers among those open to its sender."""
    if not tasks:
        return Fit()
    said, weights = _words(subject), _weights(tuple(tasks))
    scores = {task.id: _score(subject, said, task, weights) for task in tasks}
    ranked = sorted(tasks, key=lambda task: -scores[task.id])
    best, second = scores[ranked[0].id], scores[ranked[1].id] if len(ranked) > 1 else 0.0
    if best >= SURE and best - second >= LEAD and _is_of_kind(subject, ranked[0]):
        return Fit(sure=ranked[0])
    raised = {task.id: scores[task.id] + _shared_period(subject, task) * bool(scores[task.id]) for task in tasks}
    most = max(raised.values())
    likely = [task for task in ranked if raised[task.id] >= max(PERHAPS, most - _NEAR_BEST)]
    return Fit(perhaps=tuple(likely[:MOST]))


def _score(subject: str, said: frozenset[str], task: Asked, weights: Mapping[str, float]) -> float:
    own = _words(task.title)
    whole = sum(weights[word] for word in own)
    score = sum(weights[word] for word in own & said) / whole if whole else 0.0
    ours, theirs = _own_periods(task), _periods(subject)
    if any(not ours[kind] & theirs[kind] for kind in ours.keys() & theirs.keys()):
        return score / 2
    cites = bool(task.reference) and fold(task.reference).replace(" ", "") in _CITED.findall(fold(subject))
    return min(1.0, score + _CITES * cites)


def _own_periods(task: Asked) -> Mapping[str, AbstractSet[str]]:
    named = _periods(task.title)
    return {"year": task.years, **named} if task.years else named


def _shared_period(subject: str, task: Asked) -> float:
    ours, theirs = _periods(task.title), _periods(subject)
    return _BONUS if any(ours[kind] & theirs[kind] for kind in ours.keys() & theirs.keys()) else 0.0


@lru_cache(maxsize=_KEPT)
def _weights(tasks: tuple[Asked, ...]) -> dict[str, float]:
    times = Counter(word for task in tasks for word in _words(task.title))
    return {word: math.log(1 + len(tasks) / count) for word, count in times.items()}


@lru_cache(maxsize=_KEPT)
def _words(text: str) -> frozenset[str]:
    roman = _QUARTER.sub(lambda found: f"quy {_ROMAN[found[1]]}", fold(text))
    together = _TOGETHER.sub(r"\1\2", roman)
    return frozenset(word for word in _WORD.findall(together) if word not in _IDLE)


@lru_cache(maxsize=_KEPT)
def _periods(text: str) -> Mapping[str, AbstractSet[str]]:
    folded = fold(text)
    found = {kind: {_plain(value) for value in pattern.findall(folded)} for kind, pattern in _PERIODS}
    found["quarter"] = {_ROMAN.get(value, value) for value in found["quarter"]}
    return {kind: values for kind, values in found.items() if values}


def _plain(value: str) -> str:
    return _SPELT.get(value, value.lstrip("0") or value)


def _is_of_kind(subject: str, task: Asked) -> bool:
    """Tell whether the kind of paper that a subject begins with may be what the task asks for."""
    folded = fold(subject)
    kind = next((kind for kind in _KINDS if folded.startswith(kind)), "")
    asked = fold(f"{task.deliverable} {task.title}")
    return not kind or kind in asked or not any(other in asked for other in _KINDS)
