"""Cells that say who is meant: several units at once, everybody, the leaders of groups, the same as above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from models.rules.spelling import fold, tidy
from models.rules.units import Named, Register, is_known, register, words

_LONGEST_NAME = 6  # parts: no name of a unit or group holds more commas than this
_BULLET = re.compile(r"^(?:[-+*•·]+|\d{1,2}[.)]|[a-zđ]\))\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r",|\s+và\s+", re.IGNORECASE)
_SAME_MARKS = re.compile(r"[-.\s]*(?:\"|''|”|“|″)[-.\s]*")

_EVERY = r"(?:tat ca |toan the |toan bo )?"
_NOUN = r"(?:co quan|don vi|dia phuong)"
_PLURAL = re.compile(rf"(?:(?:tat ca|toan the|toan bo|cac) )+{_NOUN}")
_GROUPS = r"(?:cum|khoi)(?: (?:truong )?(?:cum|khoi))?(?: thidua)?(?: (?:cua )?tinh)?"


class ScopeKind(StrEnum):
    """Whom a written scope means: one by name, or one of the words that mean many."""

    NAMED = "named"
    EVERYONE = "everyone"
    GROUP_LEADERS = "group_leaders"
    GROUP_MEMBERS = "group_members"
    MEMBERS = "members"
    SAME = "same"
    GENERAL = "general"


_PHRASES = (
    (
        ScopeKind.EVERYONE,
        re.compile(rf"{_EVERY}{_NOUN}(?: {_NOUN})+(?: (?:trong |cua |tren dia ban )?(?:toan )?tinh)?"),
    ),
    (ScopeKind.GROUP_LEADERS, re.compile(rf"{_EVERY}(?:don vi )?truong {_GROUPS}|cum truong khoi truong(?: thidua)?")),
    (ScopeKind.GROUP_MEMBERS, re.compile(rf"{_EVERY}(?:don vi )?thanh vien(?: cua)? {_GROUPS}")),
    (
        ScopeKind.MEMBERS,
        re.compile(
            rf"{_EVERY}(?:thanh vien|uy vien)(?: uy vien)?(?: cua)? (?:hoi dong|hd)(?: thidua khen thuong)?(?: tinh)?"
        ),
    ),
    (ScopeKind.SAME, re.compile(r"nt|nhu tren")),
    (ScopeKind.GENERAL, re.compile(r"phu trach chung|chi dao chung")),
)


@dataclass(frozen=True, slots=True)
class WrittenScope:
    """One scope of a cell: what it means, and its text as written, tidied."""

    kind: ScopeKind
    text: str


def split_scopes(text: str, names: Register | Sequence[Named] = ()) -> tuple[WrittenScope, ...]:
    """Part a cell into its scopes: at ";" and line ends, and at commas only where each part is itself a known name.

    `names`: the directory, without which no comma parts anything. Names may hold commas and be wrapped over lines.
    SAME repeats the cell above ("- nt -"), GENERAL is the overall charge of the Chair ("Phụ trách chung").
    """
    known = names if isinstance(names, Register) else register(names)
    scopes = (scope for chunk in text.split(";") for scope in _chunk(chunk, known))
    return tuple(dict.fromkeys(scopes))


def _chunk(chunk: str, names: Register) -> list[WrittenScope]:
    lines = [line for line in (_clean(line) for line in chunk.splitlines()) if line]
    ends = list(accumulate(len(line) + 1 for line in lines))
    spans = [(end - 1 - len(line), end - 1) for line, end in zip(lines, ends, strict=True)]
    known = _known_runs(" ".join(lines), spans, names)
    return known if known is not None else [scope for line in lines for scope in _line(line, names)]


def _line(line: str, names: Register) -> list[WrittenScope]:
    cuts = [0, *(place for found in _SEPARATOR.finditer(line) for place in found.span()), len(line)]
    spans = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if line[start:end].strip()]
    known = _known_runs(line, spans, names)
    return known if known is not None else [WrittenScope(ScopeKind.NAMED, line.strip(" ,"))]


def _known_runs(text: str, spans: Sequence[tuple[int, int]], names: Register) -> list[WrittenScope] | None:
    """Part a list into runs of its spans that are each known, the longest first; None where that leaves a rest."""
    runs: list[list[WrittenScope] | None] = [*[None] * len(spans), []]
    for first in reversed(range(len(spans))):
        for after in range(min(first + _LONGEST_NAME, len(spans)), first, -1):
            rest = runs[after]
            scope = None if rest is None else _known(text[spans[first][0] : spans[after - 1][1]].strip(" ,"), names)
            if rest is not None and scope is not None:
                runs[first] = [scope, *rest]
                break
    return runs[0]


def _known(text: str, names: Register) -> WrittenScope | None:
    kind = _kind(text)
    if kind is None and not is_known(text, names):
        return None
    return WrittenScope(kind or ScopeKind.NAMED, text)


def _kind(text: str) -> ScopeKind | None:
    if _SAME_MARKS.fullmatch(text):
        return ScopeKind.SAME
    if _PLURAL.fullmatch(fold(text)):
        return ScopeKind.EVERYONE
    phrase = " ".join(words(text))
    return next((kind for kind, form in _PHRASES if form.fullmatch(phrase)), None)


def _clean(text: str) -> str:
    tidied = tidy(text)
    if words(tidied) == ("nt",):
        return tidied
    return _BULLET.sub("", tidied).strip(" .:")
