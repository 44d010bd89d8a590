"""One request to the Bot API; chats are numbers."""

from dataclasses import dataclass

from tests.fakes import calls
from tests.fakes.calls import Refused, Upload, bad_request

__all__ = ["Call", "Refused", "Request", "Upload", "bad_request"]


@dataclass(frozen=True, slots=True)
class Call(calls.Call):
    """A request: parameters as they came over the wire, uploads by the name of their part."""

    @property
    def chat(self) -> int | None:
        """The number of the chat that is meant."""
        return self.number("chat_id") or None


@dataclass(slots=True)
class Request(calls.Request):
    """A line of the log: what the bot asked and what it was told."""

    @property
    def chat(self) -> int | None:
        """The number of the chat that was meant."""
        return Call(self.method, self.params).chat
