"""How like a question is to the words under which a ready answer is kept: its own words, however they are typed."""

import re
from typing import Final

from rapidfuzz import fuzz

from models.rules.spelling import fold

LIKE: Final = 70
"""From this likeness on a ready answer is offered to the officer."""

_SAME_WORD: Final = 80
_POLITE: Final = frozenset(
    re.findall(
        r"\w+",
        "a anh ban bi cac chi cho chua chung chu co cua da dau de di do don dong duoc em gi gio giup gui hay hien hoi "
        "khong la lam len luc ma may minh moi nao nay nghi nhe nhi nho nhu nhung o phai qua ra roi sao se tai the thi "
        "toi trong tu va vao vay ve vi voi vua xin y ",
    )
)


def own_words(text: str) -> frozenset[str]:
    """Give what is a question's own: its words without diacritics and without those of asking and of courtesy."""
    bare = "".join(char if char.isalnum() else " " for char in fold(text))
    return frozenset(word for word in bare.split() if word not in _POLITE)


def likeness(question: str, words: str) -> int:
    """Give from 0 to 100 how many of the words under which an answer is kept a question has, but for slips of a letter.

    A number among these words must stand in the question as it is: “mẫu 02” is no answer about “mẫu 03”.
    """
    kept, asked = own_words(words), own_words(question)
    if not kept or any(word not in asked for word in kept if any(char.isdigit() for char in word)):
        return 0
    return round(sum(max((_same(word, other) for other in asked), default=0.0) for word in kept) / len(kept))


def _same(word: str, other: str) -> float:
    alike = fuzz.ratio(word, other)
    return alike if alike >= _SAME_WORD else 0.0
