"""Formatted words: by `parse_mode` (html, markdown) or `text_styles`, as a telephone shows them."""

import re
from html import escape, unescape
from typing import Any, Final

from tests.fakes.calls import bad_request
from tests.fakes.texts import units
from tests.fakes.zalo.calls import Call

_CODES: Final = frozenset(
    ["b", "i", "u", "s", "lst_1", "lst_2"]
    + [f"f_{size}" for size in (13, 15, 18, 20)]
    + [f"c_{colour}" for colour in ("15a85f", "f7b503", "f27806", "db342e")]
    + [f"ind_{depth}" for depth in range(1, 6)]
)
_TAG: Final = re.compile(r"(</?[a-zA-Z][^<>]*>)")
_TAGS: Final = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "s": "s", "del": "s"}
_MARKS: Final = (
    (re.compile(r"^#{1,4} +(.+)$", re.MULTILINE), r"<b>\1</b>"),
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"<b>\1</b>"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), r"<s>\1</s>"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"<i>\1</i>"),
    (re.compile(r"\{(red|orange|yellow|green)\}(.*?)\{/\1\}", re.DOTALL), r"\2"),
)


def styled(call: Call) -> dict[str, str]:
    """Give the words of a message as text and as HTML; of two ways to format them `parse_mode` wins."""
    text = call.text("text")
    match call.text("parse_mode"):
        case "":
            _check(call.object("text_styles") or [], text)
            return {"text": text, "html": escape(text, quote=False)}
        case "html":
            return _read(text)
        case "markdown":
            return _read(_marked(escape(text, quote=False)))
        case unknown:
            raise bad_request(f"unsupported parse_mode {unknown}")


def _check(styles: Any, text: str) -> None:
    """Hold styles to the text; they count UTF-16 units."""
    if not isinstance(styles, list):
        raise bad_request("text_styles must be a list")
    for style in styles:
        if not isinstance(style, dict) or not _CODES.issuperset(style.get("st") or ["?"]):
            raise bad_request("text_styles names an unknown style")
        start, length = style.get("start"), style.get("len")
        if not isinstance(start, int) or not isinstance(length, int):
            raise bad_request("text_styles needs start and len")
        if start < 0 or length < 1 or start + length > units(text):
            raise bad_request("text_styles lies outside of the text")


def _marked(text: str) -> str:
    for pattern, html in _MARKS:
        text = pattern.sub(html, text)
    return text


def _read(html: str) -> dict[str, str]:
    """Keep the tags that a telephone shows; all others vanish."""
    pieces = _TAG.split(html)
    words = [unescape(piece) for piece in pieces[::2]]
    tags = [_shown(tag) for tag in pieces[1::2]]
    marked = zip(words, [*tags, ""], strict=True)
    return {"text": "".join(words), "html": "".join(escape(word, quote=False) + tag for word, tag in marked)}


def _shown(tag: str) -> str:
    name = tag.strip("</> ").lower()
    return f"<{'/' if tag.startswith('</') else ''}{_TAGS[name]}>" if name in _TAGS else ""
