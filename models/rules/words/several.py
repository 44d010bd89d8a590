"""Answers about several tasks in one message: "12 xong, 14 xin gia hạn 25/6", each by the number of its task."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from models.rules.spelling import fold, tidy
from models.rules.words.intents import Meant, intent

_ENDS: Final = " .,;:-–"
# what stands before a number that is a task's: nothing, a word for it, or the unit that has it
_HEAD: Final = re.compile(
    r"(?:(?P<before>[^\W\d][^\d,;:\n]{0,120}?)\s+)?#?(?P<number>\d{1,5})\s*[.):–-]?\s+(?P<said>\S.*)"
)
_BETWEEN: Final = re.compile(r"[\n;,]|\s(?:và|va)(?=\s)", re.IGNORECASE)
_BULLET: Final = re.compile(r"\s*[-–+•*]?\s*")
_OF_A_TASK: Final = re.compile(r"(?P<unit>.*?)\s*(?:(?:nhiem vu|nv|viec|muc)(?: so)?|so)?")


@dataclass(frozen=True, slots=True)
class Part:
    """What was said of one task: its number, the unit named before it ("" for none), and the words as typed."""

    number: int
    said: str
    unit: str = ""


def several(text: str, is_unit: Callable[[str], bool] = lambda _: False) -> tuple[Part, ...]:
    """Read a message as answers each of which begins with the number of its task; () where it is anything else.

    Each must surely be understood by `intent`, and no task may be named twice. `is_unit` tells whether words name a
    unit of whoever speaks ("SYT 3 xong"). A comma, a semicolon, a line's end or "và" parts answers only where a number
    follows that begins one: "12 xong, 14 vướng mắc vì thiếu số liệu, kinh phí" are two.
    """
    parts = tuple(_part(piece, is_unit) for piece in _pieces(text, is_unit))
    found = tuple(part for part in parts if part is not None)
    named = {(fold(part.unit), part.number) for part in found}
    return found if len(named) == len(parts) else ()


def _pieces(text: str, is_unit: Callable[[str], bool]) -> Iterator[str]:
    """Cut a message wherever another answer begins; every line and what follows a semicolon must be one."""
    start = 0
    for sign in _BETWEEN.finditer(text):
        is_end = sign[0] in "\n;"
        if is_end or _head(text[sign.end() :], is_unit) is not None:
            if text[start : sign.start()].strip(_ENDS) or not is_end:
                yield text[start : sign.start()]
            start = sign.end()
    if text[start:].strip(_ENDS):
        yield text[start:]


def _part(piece: str, is_unit: Callable[[str], bool]) -> Part | None:
    part = _head(piece, is_unit)
    meant = intent(part.said) if part is not None else None
    is_another = meant is not None and meant.meant is Meant.NOT_OURS and meant.number
    return None if meant is None or meant.meant is Meant.ALL_FINISHED or is_another else part


def _head(piece: str, is_unit: Callable[[str], bool]) -> Part | None:
    """Read the number with which an answer begins, and what is said; None where it begins in another way."""
    found = _HEAD.match(tidy(_BULLET.sub("", piece.partition("\n")[0], count=1)))
    if found is None:
        return None
    unit = _unit_before(found["before"] or "")
    if unit and not is_unit(unit):
        return None
    return Part(int(found["number"]), found["said"].strip(_ENDS), unit)


def _unit_before(words: str) -> str:
    """Take off the word for a task: "SYT số" names a unit, "nhiệm vụ số" none."""
    named = _OF_A_TASK.fullmatch(fold(words))
    assert named is not None  # noqa: S101 - anything fits
    return " ".join(words.split()[: len(named["unit"].split())])
