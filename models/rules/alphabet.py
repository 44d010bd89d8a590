"""In which order names stand in a list: that of the Vietnamese alphabet, numbers by their size."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, TypeVar

from models.rules.spelling import tidy

Value = TypeVar("Value")

_ALPHABET: Final = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", 2)}
_SIGN, _NUMBER, _FOREIGN = 0, 1, 2 + len(_ALPHABET)
# none, huyền, hỏi, ngã, sắc, nặng: the order of the dictionaries
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
_PARTS: Final = re.compile(r"[0-9]{1,18}|[^0-9]")
_KEPT: Final = 4096


@lru_cache(maxsize=_KEPT)
def alphabetical(name: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]:
    """Give the place of a name among others: by its letters first, then by its tones, then as it is written."""
    written = tidy(name)
    places = [_place(part) for part in _PARTS.findall(written.lower())]
    return tuple(letter for letter, _ in places), tuple(tone for _, tone in places), written


def by_name(those: Iterable[Value], name: Callable[[Value], str]) -> list[Value]:
    """Put things in the order of their names."""
    return sorted(those, key=lambda one: alphabetical(name(one)))


def _place(part: str) -> tuple[tuple[int, int], int]:
    """Give the place of a letter, a sign or a whole number, and the place of its tone."""
    if part[0] in "0123456789":
        return (_NUMBER, int(part)), 0
    marks = unicodedata.normalize("NFD", part)
    tone = next((_TONES.index(mark) + 1 for mark in marks if mark in _TONES), 0)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    if letter in _ALPHABET:
        return (_ALPHABET[letter], 0), tone
    return (_FOREIGN if part.isalpha() else _SIGN, ord(part)), 0
