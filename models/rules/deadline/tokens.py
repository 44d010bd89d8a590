"""A phrase cut into numbers, words and signs, however it was typed."""

import re
from dataclasses import dataclass

from models.rules.spelling import fold, is_plain, spelling_key, tidy

_PIECE = re.compile(r"[0-9]+|[^\W\d_]+|\S")
LONGEST = 80
"""Tokens of the longest phrase that is read; a longer one is a paragraph, and a person reads it."""


@dataclass(frozen=True, slots=True)
class Token:
    """One number, word or sign; `folded` is set only where the whole phrase was typed without diacritics.

    `start` is its place in the tidied phrase.
    """

    text: str
    key: str
    folded: str | None
    start: int = 0

    @property
    def is_number(self) -> bool:
        """Say whether it is written in digits."""
        return self.text[0] in "0123456789"

    @property
    def is_word(self) -> bool:
        """Say whether it is written in letters."""
        return self.text[0].isalpha()


def tokens_of(phrase: str) -> tuple[Token, ...]:
    """Cut the phrase into tokens, in order; nothing but spaces is left out."""
    text = tidy(phrase)
    plain = is_plain(text)
    return tuple(_token(found, plain=plain) for found in _PIECE.finditer(text))


def _token(found: re.Match[str], *, plain: bool) -> Token:
    piece = found[0].lower()
    return Token(piece, spelling_key(piece), fold(piece) if plain else None, found.start())
