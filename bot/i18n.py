"""Catalogues and how values are spoken: the only place where a message id becomes a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from models.rules import spoken
from models.rules.text import Text

_ROOM = Path(__file__).parent.parent / "locales"


@dataclass(frozen=True, slots=True)
class Speech:
    """One language in one time zone."""

    sentences: Mapping[str, str]
    locale: str
    zone: ZoneInfo

    def say(self, line: Text | str) -> str:
        """Translate a sentence and put its values in; somebody's own words pass unchanged."""
        if isinstance(line, str):
            return line
        sentence = self.sentences.get(line.id) or line.id
        return sentence.format(**{name: self._value(value) for name, value in line.values.items()})

    def _value(self, value: Any) -> Any:
        match value:
            case Text():
                return self.say(value)
            case datetime():
                return spoken.moment(value.astimezone(self.zone), self.locale)
            case date():
                return spoken.day(value, self.locale)
            case time():
                return spoken.hour(value, self.locale)
            case tuple() | list():
                return ", ".join(str(self._value(item)) for item in value)
            case _:
                return value


@dataclass(frozen=True, slots=True)
class Catalogues:
    """All languages that the assistant speaks; an unknown one falls back to the council's."""

    default: str
    languages: Mapping[str, Mapping[str, str]]

    def speech(self, locale: str, zone: ZoneInfo) -> Speech:
        """Give the language of a recipient, or the council's where his is unknown."""
        chosen = locale if locale in self.languages else self.default
        return Speech(self.languages.get(chosen, {}), chosen, zone)


@cache
def catalogues(default: str) -> Catalogues:
    """Read the catalogues once; English sentences are the keys themselves."""
    found = {path.parent.parent.name: _sentences(path) for path in sorted(_ROOM.glob("*/LC_MESSAGES/dondoc.po"))}
    return Catalogues(default, {"en": {}, **found})


def languages() -> tuple[str, ...]:
    """Name the languages that the assistant speaks."""
    return ("en", *sorted(path.parent.parent.name for path in _ROOM.glob("*/LC_MESSAGES/dondoc.po")))


def _sentences(path: Path) -> dict[str, str]:
    with path.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream) if message.id and message.string}
