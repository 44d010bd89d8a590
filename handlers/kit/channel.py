"""What a channel can do, what it hears and what it is given to send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from handlers.kit.words import Call


@dataclass(frozen=True, slots=True)
class Abilities:
    """What tells one channel from another; nothing else does.

    `instant`: the committed parcel is the message (web chat), so an answer needs no sender.
    `max_text` counts UTF-16 units of one message.
    """

    buttons: bool
    edit: bool
    files_in: bool
    files_out: bool
    receipts: bool
    groups: bool
    instant: bool
    max_text: int


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: the parcel that carried it and its place there."""

    parcel_id: int
    index: int


@dataclass(frozen=True, slots=True)
class FileIn:
    """A file that came with an update, already in the file store."""

    sha256: str
    name: str
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class Heard:
    """One update, understood: a line, a press, files, or a structured call from one of our own pages.

    `event` names what is none of these: "left" (the person blocked or left the chat), "unsupported".
    """

    text: str = ""
    press: Press | None = None
    files: tuple[FileIn, ...] = ()
    call: Call | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class FileOut:
    """A stored file to hand out."""

    id: int
    sha256: str
    name: str
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message in the recipient's words: lines, (label, primary) of each button, files, a closed card's result."""

    parcel_id: int
    lines: tuple[str, ...]
    choices: tuple[tuple[str, bool], ...] = ()
    files: tuple[FileOut, ...] = ()
    result: str = ""
    card: bool = False


class ChannelError(Exception):
    """A channel could not do what it was asked."""


class Unsent(ChannelError):  # noqa: N818 - named for what to do about it
    """It surely did not leave: try again."""


class Unknown(ChannelError):  # noqa: N818 - named for what to do about it
    """It may have left: never repeat it blindly."""


class Permanent(ChannelError):  # noqa: N818 - named for what to do about it
    """This chat cannot be reached any more; the reason is the message."""


class Wait(ChannelError):  # noqa: N818 - named for what to do about it
    """The provider asks to wait `seconds`, for this chat or (whole_lane) for the whole token."""

    def __init__(self, seconds: float, *, whole_lane: bool) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds
        self.whole_lane = whole_lane


class Channel(Protocol):
    """A platform that carries messages, by one bot or several."""

    @property
    def name(self) -> str:
        """The channel's own name, by which chats and lanes know it."""
        ...

    @property
    def abilities(self) -> Abilities:
        """What the channel can do."""
        ...

    @property
    def bots(self) -> Sequence[str]:
        """The bots that carry its messages, each a lane."""
        ...

    def chat_of(self, raw: Mapping[str, Any]) -> str:
        """Name the chat of a raw update, cheaply and without understanding the rest; raises ValueError if none."""
        ...

    def parse(self, raw: Mapping[str, Any]) -> Heard:
        """Understand a raw update; raises ValueError, KeyError or TypeError for one that cannot be understood."""
        ...

    async def send(self, bot: str, chat: str, message: Message) -> str:
        """Send one message and give the provider's id of it; raises ChannelError."""
        ...

    async def edit(self, bot: str, chat: str, provider_id: str, message: Message) -> None:
        """Replace a message sent before; "not modified" is success; raises ChannelError."""
        ...
