"""Sentences before they are spoken: a message id and its values, translated for each recipient when they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

_TYPE_NAMES = {datetime: "datetime", date: "date", time: "time"}


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence owed to somebody: an English message id and the values of its {names}.

    A value is a str, int, date, time, aware datetime, another Text, or a tuple of these (spoken as a list).
    """

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the form in which a letter keeps the sentence."""
        return {"id": self.id, "values": {name: _value_as_json(value) for name, value in self.values.items()}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Text":
        """Read back what `as_json` gave."""
        return cls(stored["id"], {name: _value_from_json(value) for name, value in stored["values"].items()})


def t(id: str, /, **values: Any) -> Text:  # noqa: A002 - gettext calls its keys ids
    """Say the sentence `id` with these values; the catalogues are extracted from calls of this name."""
    return Text(id, values)


def N_(id: str) -> str:  # noqa: A002, N802 - both names are gettext's own
    """Mark a key for the catalogues where the sentence is made elsewhere."""
    return id


class Refusal(Exception):  # noqa: N818 - the field refuses, it does not err
    """A rule says no; its text says what is wrong and what to do next."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a refusal of a worker process arrive whole."""
        return type(self), (self.text,)


def _value_as_json(value: Any) -> Any:
    if isinstance(value, Text):
        return {"$": "text", "v": value.as_json()}
    if isinstance(value, tuple | list):
        return {"$": "list", "v": [_value_as_json(item) for item in value]}
    name = _TYPE_NAMES.get(type(value))
    return {"$": name, "v": value.isoformat()} if name else value


def _value_from_json(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    match value["$"]:
        case "text":
            return Text.from_json(value["v"])
        case "list":
            return tuple(_value_from_json(item) for item in value["v"])
        case "datetime":
            return datetime.fromisoformat(value["v"])
        case "date":
            return date.fromisoformat(value["v"])
        case _:
            return time.fromisoformat(value["v"])
