"""One request to the platform; chats are opaque words."""

from dataclasses import dataclass

from tests.fakes import calls


@dataclass(frozen=True, slots=True)
class Call(calls.Call):
    """A request: parameters as they came over the wire."""

    @property
    def chat(self) -> str:
        """The id of the chat that is meant."""
        return self.text("chat_id")


@dataclass(slots=True)
class Request(calls.Request):
    """A line of the log: what a bot asked and what it was told."""

    @property
    def chat(self) -> str:
        """The id of the chat that was meant."""
        return Call(self.method, self.params).chat
