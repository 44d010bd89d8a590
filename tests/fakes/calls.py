"""One request to a platform, as its method reads it, and the refusal that it may meet."""

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.fakes.faults import refusal

SPOKEN: Final = 200
_TRUE: Final = {"true", "True", "yes", "1"}


class Refused(Exception):  # noqa: N818 - it is an answer, not an error of ours
    """The server refuses, in its own words."""

    def __init__(self, code: int, words: str, **parameters: int) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        """Give the answer as the server writes it."""
        return refusal(self.code, self.words, self.parameters)


def bad_request(words: str, **parameters: int) -> Refused:
    """Refuse with 400."""
    return Refused(400, f"Bad Request: {words}", **parameters)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    media: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A request: parameters as they came over the wire, uploads by the name of their part."""

    method: str
    params: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Give a parameter as text."""
        value = self.params.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """Give a whole number; what is none counts as the default."""
        try:
            return int(self.params.get(name, default))
        except (TypeError, ValueError):
            return default

    def truth(self, name: str) -> bool:
        """Tell whether a flag is raised."""
        value = self.params.get(name, False)
        return value in _TRUE if isinstance(value, str) else bool(value)

    def object(self, name: str) -> Any:
        """Give what a parameter holds as JSON, or None."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


@dataclass(slots=True)
class Request:
    """A line of the log: what the bot asked and what it was told."""

    at: float
    date: float
    token: str
    method: str
    params: Mapping[str, Any]
    files: Mapping[str, Upload]
    status: int = 0
    answer: Any = None

    @property
    def chat(self) -> Hashable:
        """The chat that was meant."""
        return self.params.get("chat_id")

    @property
    def words(self) -> str:
        """What a refusal said."""
        return str(self.answer.get("description", "")) if isinstance(self.answer, dict) else ""
