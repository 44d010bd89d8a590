"""How Vietnamese is typed: composed or decomposed, with or without diacritics, the tone on either vowel."""

import re
import unicodedata

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_INVISIBLE = {ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
_ALIKE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u201b\u2032\u02bc`\u00b4", "'")
    | dict.fromkeys("\u2215\u2044", "/")
    | {"\u00bd": " nửa "}
)


def tidy(text: str) -> str:
    """Give the text composed (NFKC), with one kind of dash, quote and space, and nothing invisible in it."""
    composed = unicodedata.normalize("NFKC", text.translate(_INVISIBLE).translate(_ALIKE)).translate(_ALIKE)
    return " ".join(composed.split())


def fold(text: str) -> str:
    """Give the text as it is typed without diacritics: lower case, đ as d, spaces squeezed."""
    decomposed = unicodedata.normalize("NFD", tidy(text).lower().replace("đ", "d"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def is_plain(text: str) -> bool:
    """Say whether the text was typed without any Vietnamese diacritic."""
    return not re.search(r"[^\W\d_a-zA-Z]", tidy(text))


def spelling_key(word: str) -> str:
    """Give one key to every spelling of a syllable: hoà and hòa, Uỷ and Ủy are the same word."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters = "".join(char for char in decomposed if char not in _TONES)
    tones = "".join(char for char in decomposed if char in _TONES)
    return unicodedata.normalize("NFC", letters) + tones
