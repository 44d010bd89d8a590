"""What a chat holds: how the bot stands there, and what a telephone shows of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Standing(StrEnum):
    """How a bot stands in a chat."""

    OPEN = "open"
    BLOCKED = "blocked"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as people see it: plain text, the same as HTML, what else it holds.

    `kind` is text, photo, sticker, voice or unsupported; `url` and `content` are of what it shows besides words; `date`
    is in milliseconds of the Unix epoch; `who` wrote it ("" for the bot); `unheard` is what the bot was not told.
    """

    id: str
    chat: str
    date: int
    who: str
    kind: str = "text"
    text: str = ""
    html: str = ""
    url: str = ""
    content: bytes = b""
    unheard: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        """Tell whether the bot wrote it."""
        return not self.who


@dataclass(slots=True)
class Chat:
    """A chat as one bot knows it; `name` is the person's or the group's."""

    id: str
    name: str
    kind: str = "PRIVATE"
    standing: Standing = Standing.OPEN
    messages: list[Shown] = field(default_factory=list)

    @property
    def raw(self) -> dict[str, str]:
        """Show the chat as an update does."""
        return {"id": self.id, "chat_type": self.kind}

    @property
    def private(self) -> bool:
        """Tell whether it is the chat of one person."""
        return self.kind == "PRIVATE"

    def seen(self) -> list[Shown]:
        """Give what the bot wrote, oldest first."""
        return [shown for shown in self.messages if shown.by_bot]
