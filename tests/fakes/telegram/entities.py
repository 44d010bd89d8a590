"""Telegram's formatting: HTML read as strictly as the server does, offsets in UTF-16 units, links it finds itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from tests.fakes.texts import units

Entity = dict[str, Any]

_KINDS: Final[Mapping[str, str]] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPED: Final = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_LAST_CHARACTER: Final = 0x10FFFF
_PLAIN: Final = re.compile(r"[^<&]+")
_TAG_NAME: Final = re.compile(r"[^\s>]*")
_ATTRIBUTE: Final = re.compile(r"[^\s=>]*")
_SPACE: Final = re.compile(r"\s*")
_TOKEN: Final = re.compile(r"[A-Za-z0-9.-]*")
_FOUND: Final = (
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("url", re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")),
    ("email", re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("mention", re.compile(r"(?<![\w@.])@[A-Za-z][A-Za-z0-9_]{3,31}\b(?![.@])")),
    ("hashtag", re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])\w+")),
)
_OPENING: Final[Mapping[str, str]] = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "text_link": "a",
}


_RANKS: Final[Mapping[str, int]] = {
    "blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


class HtmlError(ValueError):
    """The server would refuse this markup; its own words say why."""


def read_html(markup: str) -> tuple[str, list[Entity]]:
    """Give the text and its entities; raises HtmlError as the server words it."""
    return _Reading(markup).done()


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Sort entities as the server does: by place, the longer first, of equal ones what can hold the other."""
    return sorted(entities, key=lambda each: (each["offset"], -each["length"], _RANKS.get(each["type"], 50)))


def detected(text: str) -> list[Entity]:
    """Give the commands, links, addresses, names and tags that the server finds by itself."""
    found = [
        {"offset": units(text[: match.start()]), "length": units(match[0]), "type": kind}
        for kind, pattern in _FOUND
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda entity: int(entity["offset"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop white space at both ends, as the server does, and move the entities along."""
    kept = text.strip()
    lead, size = units(text[: len(text) - len(text.lstrip())]), units(kept)
    moved = []
    for entity in entities:
        begin = max(0, entity["offset"] - lead)
        end = min(size, entity["offset"] + entity["length"] - lead)
        if end > begin:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return kept, moved


def to_html(text: str, entities: list[Entity]) -> str:
    """Write the text with its own formatting, not the detected links, as canonical HTML."""
    marks = dict[int, list[str]]()
    shown = [entity for entity in entities if entity["type"] in _OPENING]
    for entity in in_order(shown):
        tag = _OPENING[entity["type"]]
        opening = f'<a href="{escape(entity["url"])}">' if tag == "a" else f"<{tag}>"
        marks.setdefault(entity["offset"], []).append(opening)
        marks.setdefault(entity["offset"] + entity["length"], []).insert(0, f"</{_OPENING[entity['type']]}>")
    return "".join(_marked(text, marks))


def _marked(text: str, marks: Mapping[int, list[str]]) -> Iterator[str]:
    at = 0
    for character in text:
        yield from marks.get(at, ())
        yield escape(character, quote=False)
        at += units(character)
    yield from marks.get(at, ())


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    place: int


@dataclass(slots=True)
class _Reading:
    markup: str
    at: int = 0
    written: list[str] = field(default_factory=list)
    offset: int = 0
    opened: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def done(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.markup):
            if self.markup.startswith("</", self.at):
                self._end_tag()
            elif self.markup[self.at] == "<":
                self._start_tag()
            elif plain := self._match(_PLAIN):
                self._write(plain, self.at)
            else:
                self._write(*self._character(self.at))
        if self.opened:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        distinct = {tuple(each.items()): each for each in self.entities}
        return "".join(self.written), in_order(distinct.values())

    def _character(self, at: int) -> tuple[str, int]:
        """Give the character at a place, decoded, and where the next begins."""
        escaped = _ESCAPED.match(self.markup, at)
        if escaped is None:
            return self.markup[at], at + 1
        by_sixteen, by_ten, name = escaped.groups()
        if name is not None:
            return (_NAMED[name], escaped.end()) if name in _NAMED else ("&", at + 1)
        number = int(by_sixteen, 16) if by_sixteen else int(by_ten)
        return (chr(number), escaped.end()) if 0 < number < _LAST_CHARACTER else ("&", at + 1)

    def _write(self, text: str, then: int) -> None:
        self.written.append(text)
        self.offset += units(text)
        self.at = then

    def _start_tag(self) -> None:
        begin = place = self.at
        name = _TAG_NAME.match(self.markup, begin + 1)
        self.at = name.end() if name else begin + 1
        tag = self.markup[begin + 1 : self.at].lower()
        if self.at == len(self.markup):
            raise HtmlError(f"Unclosed start tag at byte offset {self._bytes(place)}")
        if tag not in _KINDS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {self._bytes(place)}')
        attributes = self._attributes(tag, place)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(place)}')
        wanted = {"a": "href", "code": "class", "tg-emoji": "emoji-id"}.get(tag, "")
        self.opened.append(_Open(tag, attributes.get(wanted, ""), self.offset, len(self.written)))

    def _attributes(self, tag: str, place: int) -> dict[str, str]:
        """Read up to the tag's end."""
        attributes = dict[str, str]()
        while True:
            self._skip_space()
            if self.at == len(self.markup):
                raise HtmlError(f"Unclosed start tag at byte offset {self._bytes(place)}")
            if self.markup[self.at] == ">":
                self.at += 1
                return attributes
            name = self._match(_ATTRIBUTE)
            if not name:
                raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(place)}')
            self._skip_space()
            if tag == "blockquote" and name == "expandable":
                continue
            if not self.markup.startswith("=", self.at):
                what = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                raise HtmlError(f"{what} at byte offset {self._bytes(place)}")
            self.at += 1
            self._skip_space()
            attributes[name] = self._value(tag, place)

    def _value(self, tag: str, place: int) -> str:
        if self.at == len(self.markup):
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {self._bytes(place)}')
        quote = self.markup[self.at]
        if quote not in {"'", '"'}:
            begin, token = self.at, self._match(_TOKEN).lower()
            if self.markup[self.at : self.at + 1] not in {" ", "\n", "\t", "\r", ">"}:
                raise HtmlError(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
            return token
        self.at += 1
        value = []
        while self.at < len(self.markup) and self.markup[self.at] != quote:
            character, self.at = self._character(self.at)
            value.append(character)
        self.at += 1
        if self.at >= len(self.markup):
            raise HtmlError(f"Unclosed start tag at byte offset {self._bytes(place)}")
        return "".join(value)

    def _end_tag(self) -> None:
        place = self.at
        if not self.opened:
            raise HtmlError(f"Unexpected end tag at byte offset {self._bytes(place)}")
        self.at += 2
        found = self._match(_TAG_NAME).lower()
        self._skip_space()
        if not self.markup.startswith(">", self.at):
            raise HtmlError(f"Unclosed end tag at byte offset {self._bytes(place)}")
        self.at += 1
        last = self.opened.pop()
        if found and found != last.tag:
            where = f"Unmatched end tag at byte offset {self._bytes(place)}"
            raise HtmlError(f'{where}, expected "</{last.tag}>", found "</{found}>"')
        if self.offset > last.offset:
            self._close(last)

    def _close(self, last: _Open) -> None:
        entity: Entity = {"offset": last.offset, "length": self.offset - last.offset, "type": _KINDS[last.tag]}
        if last.tag == "a":
            entity["url"] = last.argument or "".join(self.written[last.place :])
            if "." not in entity["url"] and "://" not in entity["url"]:
                return  # the server drops what is no link
        if last.tag == "tg-emoji":
            if not last.argument.isdigit():
                raise HtmlError("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = last.argument
        if (
            last.tag == "code"
            and last.argument.startswith("language-")
            and self.opened
            and self.opened[-1].tag == "pre"
        ):
            return
        self.entities.append(entity)

    def _bytes(self, place: int) -> int:
        return len(self.markup[:place].encode())

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.markup, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _skip_space(self) -> None:
        self._match(_SPACE)
