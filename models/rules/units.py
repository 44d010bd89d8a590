"""Whom a written name means: units, groups and posts found by full name, short name or code."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from heapq import nlargest
from typing import TypeVar

from rapidfuzz import fuzz

from models.rules.spelling import fold, tidy

Value = TypeVar("Value")

_NEAREST = 3
_ALIKE = 85  # of 100: “Vũ Bảng” is like “Vụ Bản”, “Báo Nam Định” is not like “thành phố Nam Định”
_LONGEST_WRITTEN = 200
_REGISTERS_KEPT = 4
_SHORTENED = {
    "uy ban nhan dan": "ubnd",
    "uy ban": "ub",
    "hoi dong nhan dan": "hdnd",
    "mat tran to quoc": "mttq",
    "lien doan lao dong": "ldld",
    "thanh pho": "tp",
    "thi xa": "tx",
    "thi tran": "tt",
    "thi dua": "thidua",
}
_LONG_FORM = re.compile(r"\b(?:" + "|".join(_SHORTENED) + r")\b")
_FILLERS = frozenset({"va", "cac"})
_KIND_LETTERS = {"h": "huyen", "q": "quan", "p": "phuong", "x": "xa"}
_AREA = "huyen|tp|tx|tt|xa|phuong|quan|tinh|h|q|p|x"
_KIND = re.compile(rf"(?:(so|ban) |(cum|khoi) (thidua )?|(ubnd )?(?:({_AREA}) )?)(?P<core>.+?)( tinh)?")
_ASIDE = re.compile(r"\([^()]*\)")


class Sort(StrEnum):
    """What a name stands for."""

    UNIT = "unit"
    GROUP = "group"
    POST = "post"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Named:
    """Something that documents call by name: its id, full name, short name and code, as the directory holds them."""

    id: int
    name: str
    short_name: str = ""
    code: str = ""
    sort: Sort = Sort.UNIT


class Certainty(StrEnum):
    """How a written name was understood."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name means.

    EXACT has `found`; AMBIGUOUS has all it may mean in `nearest`; UNKNOWN has the three most alike there.
    """

    written: str
    certainty: Certainty
    found: Named | None = None
    nearest: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heard:
    """A name as it is compared with others: all of it, and what is its own."""

    whole: str
    core: str

    @classmethod
    def of(cls, text: str) -> "_Heard":
        return cls(" ".join(words(text)), _core(text)[0])

    def likeness(self, other: "_Heard") -> float:
        """Give 0 to 100; a slip in "Vụ Bản" must not drown in "UBND huyện"."""
        return max(fuzz.token_sort_ratio(self.whole, other.whole), fuzz.ratio(self.core, other.core))


@dataclass(frozen=True, slots=True)
class Register:
    """The directory's names by each key under which they may be written; made by `register`."""

    heard: tuple[tuple["_Heard", Named], ...]
    spelt: Mapping[str, tuple[Named, ...]]
    folded: Mapping[str, tuple[Named, ...]]
    cores: Mapping[str, tuple[tuple[frozenset[str], Named], ...]]


def register(names: Iterable[Named]) -> Register:
    """Order names for finding; make it once for a document."""
    return _register(tuple(names))


def match(name: str, names: Register | Sequence[Named]) -> Match:
    """Find whom a written name means: as spelt, without diacritics and marks, then without the usual words of kind.

    "huyện Vụ Bản" and "Vụ Bản" mean "UBND huyện Vụ Bản"; "Ban Nội chính" never means "Khối nội chính".
    """
    known = names if isinstance(names, Register) else register(names)
    candidates = _candidates(name, known)
    if len(candidates) == 1:
        return Match(name, Certainty.EXACT, found=candidates[0])
    if candidates:
        return Match(name, Certainty.AMBIGUOUS, nearest=candidates)
    return Match(name, Certainty.UNKNOWN, nearest=_nearest(name, known))


def is_known(name: str, names: Register) -> bool:
    """Tell whether a written name means somebody, even if more than one."""
    return bool(_candidates(name, names))


def sound_alike(name: str, other: str) -> bool:
    """Tell whether a written name is another but for a slip of a few letters: “Sở Tài nguyên Môi chường”."""
    return _Heard.of(name[:_LONGEST_WRITTEN]).likeness(_Heard.of(other)) >= _ALIKE


def words(text: str) -> tuple[str, ...]:
    """Give the folded words of a name, usual long forms shortened, without marks and without "và" and "các"."""
    plain = re.sub(r"[\W_]+", " ", fold(text)).strip()
    shortened = _LONG_FORM.sub(lambda found: _SHORTENED[found.group()], plain)
    return tuple(word for word in shortened.split() if word not in _FILLERS)


@lru_cache(maxsize=_REGISTERS_KEPT)
def _register(named: tuple[Named, ...]) -> Register:
    full = [(text, one) for one in named for text in (one.name, one.short_name) if text]
    every = [*full, *((one.code, one) for one in named if one.code)]
    return Register(
        tuple((_Heard.of(one.name), one) for one in named),
        _grouped((_spelt(text), one) for text, one in every),
        _grouped(("".join(words(text)), one) for text, one in every),
        _grouped((core, (kinds, one)) for text, one in full for core, kinds in [_core(text)]),
    )


def _grouped(pairs: Iterable[tuple[str, Value]]) -> Mapping[str, tuple[Value, ...]]:
    groups: dict[str, dict[Value, None]] = {}
    for key, value in pairs:
        if key:
            groups.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _candidates(name: str, known: Register) -> tuple[Named, ...]:
    return _found(name, known) or _found(_ASIDE.sub(" ", name), known)


def _found(name: str, known: Register) -> tuple[Named, ...]:
    folded = "".join(words(name))
    return known.spelt.get(_spelt(name)) or known.folded.get(folded) or _by_core(name, known)


def _by_core(name: str, known: Register) -> tuple[Named, ...]:
    core, kinds = _core(name)
    fitting = (one for others, one in known.cores.get(core, ()) if kinds <= others or others <= kinds)
    return tuple(dict.fromkeys(fitting))


def _spelt(text: str) -> str:
    return tidy(text).casefold().strip(" .,;:")


def _core(text: str) -> tuple[str, frozenset[str]]:
    """Part a name into what is its own and the words of kind around it: UBND huyện | Vụ Bản, Công an | tỉnh."""
    found = _KIND.fullmatch(" ".join(words(text)))
    if not found:
        return "", frozenset()
    kinds = (kind.strip() for kind in found.group(1, 2, 3, 4, 5, 7) if kind)
    return found["core"].replace(" ", ""), frozenset(_KIND_LETTERS.get(kind, kind) for kind in kinds)


def _nearest(name: str, known: Register) -> tuple[Named, ...]:
    written = _Heard.of(name[:_LONGEST_WRITTEN])
    ranked = nlargest(_NEAREST, known.heard, key=lambda pair: written.likeness(pair[0]))
    return tuple(one for _, one in ranked)
