"""What came in beside the chat: by which route a paper came, when, and the line in which an officer says so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from models.rules.said_days import HALF_A_YEAR, names_year
from models.rules.spelling import fold, tidy
from models.rules.steps import Paper, passed_day, read_paper
from models.rules.text import Refusal, Text, t

TELEPHONED = "telephone"
"""The route of an answer that an officer recorded as it was said on the telephone."""


class Route(StrEnum):
    """How a paper reached the standing agency (hình thức gửi)."""

    PAPER = "paper"
    EMAIL = "email"
    SYSTEM = "system"


ROUTE_NAMES: Mapping[Route, Text] = {
    Route.PAPER: t("on paper"),
    Route.EMAIL: t("by e-mail"),
    Route.SYSTEM: t("through the document system"),
}
# the wordings that offices use, without diacritics; the short ones say it only where they stand alone
_WORDS: Mapping[Route, str] = {
    Route.PAPER: r"(?:van ban|ban|cong van|bang) giay|ban cung|(?:duong )?buu dien|duong cong van|chuyen tay|truc tiep",
    Route.EMAIL: r"e-?mail|(?:hop )?thu (?:dien tu|cong vu)(?: cong vu)?|hop thu",
    Route.SYSTEM: (
        r"(?:he thong |phan mem |ht )?(?:qlvb|quan ly van ban)(?: va dieu hanh| ?& ?dh)?|he thong"
        r"|truc lien thong(?: van ban)?(?: quoc gia)?|lien thong|ioffice|e-?office|v-?office"
    ),
}
_SHORT: Mapping[Route, str] = {Route.PAPER: "giay", Route.EMAIL: "mail|thu", Route.SYSTEM: "truc|mang|dien tu"}
_BY = r"(?:(?:qua|bang|theo|tren|gui|nhan|hinh thuc)\s+)*"
_WHOLE = {route: re.compile(rf"{_BY}(?:{words}|{_SHORT[route]})") for route, words in _WORDS.items()}
_WITHIN = {route: re.compile(rf"\b(?:{words})\b") for route, words in _WORDS.items()}
_ARRIVAL = re.compile(r"(?:ngay\s+)?(?:den|nhan)(?:\s+ngay|\s*:)?\s+(?=\S)")
_TODAY = {"hom nay": 0, "sang nay": 0, "chieu nay": 0, "hom qua": 1, "sang qua": 1, "chieu qua": 1, "hom kia": 2}
_DAY_ALONE = re.compile(r"ngay\s+\d")
_PAPER = re.compile(r"(?:(?:bao cao|bc|cong van|cv|van ban|vb|so|so :|so:)\s+)*(?:so\s*:\s*)?\d")
_BEFORE_NUMBER = re.compile(r"^(?!s[ốo]\b)[^\d]*?(?=s[ốo]\s*:?\s*\d|\d)", re.IGNORECASE)
_PIECES = re.compile(r"([;,\n])")
# what begins a part of its own within a piece: "SYT qua email đến 12/6"
_BEGINS = re.compile(r"(?:qua|bang) \S|(?:ngay )?den (?:ngay )?[\dh]|(?:(?:bc|cv|bao cao|cong van|van ban) )?so:? ?\d")


@dataclass(frozen=True, slots=True)
class Filing:
    """What one line says of papers that arrived: whose they are, as written, and how, when and under which number."""

    whose: str = ""
    route: Route | None = None
    arrived_on: date | None = None
    paper: Paper | None = None


def route_of(words: str) -> Route | None:
    """Tell the route that some words name; None where they name none, or more than one."""
    folded = fold(words).strip(" .,;")
    if alone := next((route for route, pattern in _WHOLE.items() if pattern.fullmatch(folded)), None):
        return alone
    found = [route for route, pattern in _WITHIN.items() if pattern.search(folded)]
    return found[0] if len(found) == 1 else None


def same_paper(one: Paper, other: Paper) -> bool:
    """Tell whether two ways of naming a paper mean the same: "123" is "123/BC-SYT" unless the days differ."""
    first, second = _bare(one.number), _bare(other.number)
    if not first or not second or (one.day and other.day and one.day != other.day):
        return False
    symbols = {_symbol(first), _symbol(second)}
    return _number(first) == _number(second) and (len(symbols) == 1 or "" in symbols)


def read_filing(line: str, today: date) -> Filing:
    """Read "SYT, STC; giấy; 45/BC-SYT ngày 12/6; đến 11/6" in any order; what is nothing else names the units.

    Raises Refusal where a day of arrival cannot be read or is still to come, or a number of a paper is torn.
    """
    filing = Filing()
    whose: list[str] = []
    for separator, piece in _pieces(line):
        folded = fold(piece)
        if found := _ARRIVAL.match(folded):
            filing = replace(
                filing, arrived_on=arrival_day(" ".join(tidy(piece).split()[len(found[0].split()) :]), today)
            )
        elif route := next((route for route, pattern in _WHOLE.items() if pattern.fullmatch(folded)), None):
            filing = replace(filing, route=route)
        elif _PAPER.match(folded):
            filing = replace(filing, paper=read_paper(_BEFORE_NUMBER.sub("", tidy(piece)), today))
        elif filing.paper is not None and filing.paper.day is None and _DAY_ALONE.match(folded):
            filing = replace(filing, paper=read_paper(f"{filing.paper.number} {piece}", today))
        else:
            whose += [separator, piece]
    return replace(filing, whose=" ".join(whose[1:]).replace(" ,", ",").replace(" ;", ";"))


def arrival_day(words: str, today: date) -> date:
    """Read the day on which something arrived, as "12/6" or "hôm qua"; raises Refusal for no day, or one to come."""
    ago = _TODAY.get(fold(words).strip(" ."))
    day = passed_day(words, today) if ago is None else today - timedelta(days=ago)
    if day is None or (day < today - HALF_A_YEAR and not names_year(words)):
        raise Refusal(
            t("“{words}” is no day up to {today}; please write it as: đến {today}.", words=words, today=today)
        )
    return day


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """Part a line at its marks; each piece with the mark before it."""
    separator = ""
    for place, piece in enumerate(_PIECES.split(line)):
        if place % 2:
            separator = piece.strip() or ";"
        elif piece.strip():
            for part in _parts(piece.strip()):
                yield separator, part
                separator = ";"


def _parts(piece: str) -> tuple[str, ...]:
    """Part a piece before its last words that say something of their own; the rest in the same way."""
    words = tidy(piece).split()
    covered, within = 0, 0
    for start in range(len(words)):
        found = _BEGINS.match(fold(" ".join(words[start:])))
        if found and start >= covered:
            covered, within = start + found[0].count(" ") + 1, start
    return (*_parts(" ".join(words[:within])), " ".join(words[within:])) if within else (piece,)


def _bare(number: str) -> str:
    return re.sub(r"\s+", "", fold(number)).strip(".,;:/-")


def _number(bare: str) -> str:
    return bare.partition("/")[0].lstrip("0")


def _symbol(bare: str) -> str:
    return bare.partition("/")[2]
