"""What a chat holds: who is in it, how the bot stands there, the messages, and what a person sees of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.fakes.telegram.calls import Refused, bad_request
from tests.fakes.telegram.entities import to_html


class Standing(StrEnum):
    """How a bot stands in a chat."""

    OPEN = "open"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    LEFT = "left"
    MIGRATED = "migrated"


@dataclass(slots=True)
class Kept:
    """A message; `raw` is what Telegram shows of it now; `unheard` is what the bot may not read."""

    raw: dict[str, Any]
    own: bool
    versions: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as people see it: plain text, the same as HTML, rows of buttons, names of files."""

    id: int
    chat: int
    text: str
    html: str
    buttons: tuple[tuple[str, ...], ...]
    files: tuple[str, ...]
    edited: bool
    by_bot: bool
    unheard: bool
    raw: Mapping[str, Any]

    @property
    def labels(self) -> list[str]:
        """Give the buttons in one row."""
        return [label for row in self.buttons for label in row]


@dataclass(slots=True)
class Chat:
    """A chat as one bot knows it; `names` are the title, or the names of the person."""

    id: int
    kind: str
    names: Mapping[str, str]
    standing: Standing = Standing.OPEN
    moved_to: int = 0
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Kept] = field(default_factory=dict)
    admin: bool = False

    @property
    def raw(self) -> dict[str, Any]:
        """Show the chat as a message does."""
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, **self.names, "type": self.kind, **forum}

    @property
    def private(self) -> bool:
        """Tell whether it is the chat of one person."""
        return self.kind == "private"

    def seen(self, *, by_bot: bool | None = None) -> list[Shown]:
        """Give what stands there now, oldest first: all of it, or only what the bot (or only what people) wrote."""
        return [shown(kept) for kept in self.messages.values() if not kept.deleted and by_bot in {None, kept.own}]

    def check(self) -> None:
        """Refuse what the bot may not do here, as the server words it."""
        match self.standing:
            case Standing.BLOCKED:
                raise Refused(403, "Forbidden: bot was blocked by the user")
            case Standing.DEACTIVATED:
                raise Refused(403, "Forbidden: user is deactivated")
            case Standing.KICKED:
                raise Refused(403, f"Forbidden: bot was kicked from the {self.kind} chat")
            case Standing.LEFT:
                raise Refused(403, f"Forbidden: bot is not a member of the {self.kind} chat")
            case Standing.MIGRATED:
                raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved_to)
            case Standing.OPEN:
                return


def shown(kept: Kept) -> Shown:
    """Show a message as people see it."""
    raw = kept.raw
    text = raw.get("text", raw.get("caption", ""))
    rows = raw.get("reply_markup", {}).get("inline_keyboard", ())
    files = [raw["document"]["file_name"]] if "document" in raw else ["photo"] if "photo" in raw else []
    return Shown(
        id=raw["message_id"],
        chat=raw["chat"]["id"],
        text=text,
        html=to_html(text, raw.get("entities", raw.get("caption_entities", []))),
        buttons=tuple(tuple(button["text"] for button in row) for row in rows),
        files=tuple(files),
        edited="edit_date" in raw,
        by_bot=kept.own,
        unheard=kept.unheard,
        raw=raw,
    )
