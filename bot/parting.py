"""A message that its channel cannot carry in one piece: its words in several, its files each by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from unicodedata import combining

from handlers.kit import Abilities

Content = Mapping[str, Any]
_JOINER: Final = "\u200d"
# what makes one picture of several, or another of one
_JOINED: Final = frozenset({_JOINER, "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))})
_LONGEST_NUMBER: Final = "99. "
_PLAIN: Final = {"choices": [], "result": "", "card": False}


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces in which a message goes out, in order; that at `card` bears the buttons, and is what is edited."""

    pieces: tuple[dict[str, Any], ...]
    card: int = 0


def is_whole(content: Content, abilities: Abilities, head: str = "") -> bool:
    """Tell at a glance that a message is one piece: words without files, so short that nothing need be counted.

    `head` stands before choices that are typed.
    """
    lines = (*content["lines"], head, *_menu(content["choices"], abilities))
    length = len(content["result"]) + sum(map(len, lines)) + len(lines)
    # a character is two units at most
    return not content["files"] and 2 * length <= abilities.max_text


def parts_of(content: Content, abilities: Abilities, room: int = 0, head: str = "") -> Parts:
    """Cut a composed message into pieces that its channel carries; one that fits is one piece.

    `room` is left in each for what a later edit or a second sending adds, so that it costs no word; `head` stands
    before choices that are typed, in each piece that has such.

    Words come before files; the buttons stand under the last words, where the conversation goes on. A single file
    bears its words itself where they are short.
    """
    beside = () if abilities.max_caption else content["files"]
    apart = content["files"] if abilities.max_caption else ()
    most = abilities.max_text - room
    menu = _menu(content["choices"], abilities)
    under = [head, *menu] if menu else []
    whole = "\n".join((content["result"], *content["lines"], *under))
    if _units(whole) <= (abilities.max_caption - room if apart else most):
        return Parts(({**content, "files": list(apart[:1] or beside)}, *_of_files(content, apart[1:])))
    *first, last = _chunks(content["lines"], most - _units(content["result"]) - 1)
    words = tuple({**content, **_PLAIN, "lines": lines, "files": []} for lines in first)
    card = {**content, "lines": last, "files": list(beside)}
    if not menu or _units("\n".join((content["result"], *last, *under))) <= most:
        return Parts((*words, card, *_of_files(content, apart)), len(words))
    return Parts((*words, *_with_menus(card, menu, most - _units(head) - 1), *_of_files(content, apart)), len(words))


def _menu(choices: Sequence[Mapping[str, Any]], abilities: Abilities) -> list[str]:
    """Give the choices as they stand among the words of a channel without buttons, each with the longest number."""
    return [] if abilities.buttons else [f"{_LONGEST_NUMBER}{choice['label']}" for choice in choices]


def _with_menus(card: Content, menu: Sequence[str], most: int) -> Iterator[dict[str, Any]]:
    """Let choices that do not fit beneath the last words follow in messages of their own."""
    runs = _runs(menu, most)
    yield {**card, "choices": []}
    for start, end in runs:
        yield {**card, **_PLAIN, "lines": [], "files": [], "choices": card["choices"][start:end]}


def _runs(menu: Sequence[str], most: int) -> list[tuple[int, int]]:
    runs, start, length = [], 0, 0
    for at, line in enumerate(menu):
        if at > start and length + _units(line) + 1 > most:
            runs.append((start, at))
            start, length = at, 0
        length += _units(line) + 1
    return [*runs, (start, len(menu))]


def _of_files(content: Content, files: Sequence[Any]) -> tuple[dict[str, Any], ...]:
    return tuple({**content, **_PLAIN, "lines": [], "files": [file]} for file in files)


def _chunks(lines: Sequence[str], most: int) -> list[list[str]]:
    """Put lines together into messages of at most so many UTF-16 units, at the ends of lines where that is possible."""
    chunks: list[list[str]] = [[]]
    length = 0
    for piece in (piece for line in lines for piece in _pieces(line, most)):
        more = _units(piece) + 1
        if chunks[-1] and length + more > most:
            chunks.append([])
            length = 0
        chunks[-1].append(piece)
        length += more
    return chunks


def _pieces(line: str, most: int) -> Iterator[str]:
    """Cut a line that is too long by itself: at its own line ends, between words, or at worst within one."""
    while _units(line) > most:
        head = _head(line, most)
        cut = max(head.rfind("\n"), head.rfind(" "))
        if cut <= 0:
            cut = len(head)
        yield line[:cut].rstrip()
        line = line[cut:].lstrip()
    yield line


def _head(line: str, most: int) -> str:
    """Give as much of the beginning as fits; no letter is cut in two, nor from its accents."""
    head = line.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
    end = len(head)
    while 0 < end < len(line) and (line[end] in _JOINED or combining(line[end]) or line[end - 1] == _JOINER):
        end -= 1
    return head[:end] or head


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
