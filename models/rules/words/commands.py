"""Commands as people type them: with the slash or without, with diacritics or without, in one word or in syllables."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.spelling import fold

_WORD = re.compile(r"\S+")
_MOST_SYLLABLES = 4
_FIRST = re.compile(r"[a-z]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_NUMBER = re.compile(r"#?([0-9]+)[.!]?")
_ADDRESSED = re.compile(r"(^[^\s@]+)@\w+")
_GLUED = re.compile(r"([^\W\d_]+)(\d{1,5})")
_ENDS = ".!…"


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that was typed, and the line after it as it was typed (its number, its words)."""

    command: str
    rest: str = ""


def command_of(text: str, known: Mapping[str, str], taking_lines: frozenset[str] = frozenset()) -> Typed | None:
    """Find the command that a message is; None where it is free text.

    `known`: every word and alias without diacritics, to its command's name; `taking_lines`: the commands that may be
    followed by words without the slash. Without the slash any other command is one only as the whole message, with its
    number if it has one. With the slash everything after it is kept.
    """
    line = unicodedata.normalize("NFC", text).strip()
    slashed = line.startswith("/")
    line = line.removeprefix("/").lstrip()
    for command, rest in _beginnings(_ADDRESSED.sub(r"\1", line) if slashed else line, known):
        if slashed or not rest or command in taking_lines:
            return Typed(command, rest)
        if found := _NUMBER.fullmatch(rest):
            return Typed(command, found[1])
    return None


def is_glued(text: str, known: Mapping[str, str]) -> bool:
    """Tell whether a message begins with a command's word as nobody writes it in a sentence: in one piece, unmarked.

    "nhiemvu" or "tiendo 1" are meant for the assistant even where a question is open; "xong" may answer it.
    """
    word = _FIRST.match(text.strip())
    return word is not None and word[0] in known and len(_VOWELS.findall(word[0])) > 1


def _beginnings(line: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give every command that the line begins with and what follows it, the longest first."""
    found: list[tuple[str, str]] = []
    name = ""
    for at, word in enumerate(_WORD.finditer(line)):
        if at == _MOST_SYLLABLES:
            break
        name += fold(word[0])
        rest = line[word.end() :].strip()
        whole = name.rstrip(_ENDS) if not rest else name
        if (glued := _GLUED.fullmatch(whole)) and not rest and word[0][0].isalpha():
            whole, rest = glued[1], glued[2]
        if whole in known:
            found.append((known[whole], rest))
    return found[::-1]
