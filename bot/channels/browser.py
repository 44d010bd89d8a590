"""The browser: the web chat, whose committed parcels are its messages, and the pages, whose forms are calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.kit import Abilities, Call, Delivered, FileIn, Heard, Message, Press

_ABILITIES = Abilities(
    buttons=True,
    edit=True,
    files_in=True,
    files_out=True,
    receipts=True,
    groups=False,
    instant=True,
    max_text=20_000,
)


_ROWS = 1 << 63


@dataclass(frozen=True, slots=True)
class Browser:
    """A channel of our own pages; a raw update is {"chat", and "text" | "press" | "call" | "read", "files"}."""

    name: str
    bots: Sequence[str] = ("browser",)
    abilities: Abilities = _ABILITIES

    def chat_of(self, raw: Mapping[str, Any]) -> str:
        """Name the chat of an update."""
        chat = raw.get("chat")
        if not isinstance(chat, str) or not chat:
            raise ValueError("The update names no chat.")
        return chat

    def parse(self, raw: Mapping[str, Any]) -> Heard:
        """Understand a line with files, a press, a structured call, or what has been on the screen.

        Raises ValueError, LookupError or TypeError.
        """
        files = tuple(_file(file) for file in raw.get("files", ()))
        if "call" in raw:
            return Heard(call=_call(raw["call"]), files=files)
        if "press" in raw:
            parcel, index = raw["press"]
            return Heard(press=Press(_whole(parcel), _whole(index)))
        if "read" in raw:
            return Heard(event="read", read=tuple(_words(message) for message in raw["read"]))
        return Heard(text=_words(raw.get("text", "")), files=files)

    def is_group(self, chat: str) -> bool:  # noqa: ARG002 - a page is one person's
        """Tell that a page is nobody else's."""
        return False

    async def send(self, bot: str, chat: str, message: Message) -> Delivered:  # noqa: ARG002 - the commit is the sending
        """Name the message by its parcel: whoever has the page open reads it from the store."""
        return Delivered(str(message.parcel_id))

    async def edit(self, bot: str, chat: str, provider_id: str, message: Message) -> None:
        """Do nothing: the page shows the newest edit of a parcel."""


def _call(raw: Any) -> Call:
    call = Call.from_json(raw)
    if not isinstance(call.args, Mapping):
        raise TypeError("The arguments of a call have names.")
    return Call(_words(call.command), call.args)


def _file(raw: Any) -> FileIn:
    file = FileIn(**raw)
    return FileIn(_words(file.sha256), _words(file.name), _words(file.media), _whole(file.size))


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("Words are expected.")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _ROWS:
        raise TypeError("A number that a row can bear is expected.")
    return value
