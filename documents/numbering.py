"""The numbers that Word makes by itself: a column of "1, 2, 3" is often an automatic list without a typed figure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LARGEST = 3999
_BULLET = "-"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: first number, kind of figure, and the printed pattern ("%1.", "%1.%2")."""

    start: int = 1
    figure: str = "decimal"
    pattern: str = "%1."


@dataclass(slots=True)
class Numbering:
    """The lists of one document, counted while its paragraphs are read in order."""

    lists: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[tuple[str, int], Level] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, number_id: str, depth: int) -> str:
        """Give what Word prints before the next paragraph of this list and depth; nothing for an unknown list."""
        name = self.lists.get(number_id)
        level = self.levels.get((name, depth)) if name is not None else None
        if name is None or level is None:
            return ""
        self._counts[name, depth] = self._counts.get((name, depth), level.start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == name and key[1] > depth]:
            del self._counts[deeper]
        if level.figure == "bullet":
            return _BULLET
        return re.sub(r"%(\d)", lambda match: self._figure(name, int(match.group(1)) - 1), level.pattern)

    def _figure(self, name: str, depth: int) -> str:
        level = self.levels.get((name, depth), Level())
        return figure(self._counts.get((name, depth), level.start), level.figure)


def numbering(root: Element | None) -> Numbering:
    """Read the lists that a document's numbering part declares."""
    if root is None:
        return Numbering()
    levels: dict[tuple[str, int], Level] = {}
    lists: dict[str, str] = {}
    for element in root:
        if _local(element) == "abstractNum":
            name = attribute(element, "abstractNumId")
            levels.update({(name, depth): level for depth, level in _levels(element)})
        elif _local(element) == "num":
            link = next((child for child in element if _local(child) == "abstractNumId"), None)
            lists[attribute(element, "numId")] = "" if link is None else attribute(link, "val")
    return Numbering(lists, levels)


def attribute(element: Element, name: str) -> str:
    """Give an attribute by its local name, whatever office namespace it bears; empty if absent."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def whole(text: str, default: int = 0) -> int:
    """Read a small whole number out of an attribute."""
    return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else default


def figure(number: int, kind: str) -> str:
    """Print a number in Word's kinds of figure; unknown kinds as decimal."""
    if kind in {"lowerRoman", "upperRoman"} and 0 < number <= _LARGEST:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    if kind in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 8 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _levels(abstract: Element) -> list[tuple[int, Level]]:
    found = []
    for element in abstract:
        if _local(element) == "lvl":
            said = {_local(child): attribute(child, "val") for child in element}
            level = Level(whole(said.get("start", ""), 1), said.get("numFmt", "decimal"), said.get("lvlText", "%1."))
            found.append((whole(attribute(element, "ilvl")), level))
    return found


def _roman(number: int) -> str:
    printed = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        printed += letters * times
    return printed + _ROMAN_UNITS[number]


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
