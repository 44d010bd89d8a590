"""What a channel can do, what it hears and what it is given to send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from handlers.kit.words import Call


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a provider grants each bot of a channel: `messages` in a calendar month, and `people` whom it serves."""

    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class Abilities:
    """What tells one channel from another; nothing else does.

    `instant`: the committed parcel is the message (web chat), so an answer needs no sender. `receipts`: it tells when a
    message has been on the reader's screen. `files_in`: it hands on documents; pictures may come where it does not.
    `max_text` counts UTF-16 units of one message; `max_caption` those of a message that is a file, whose words may
    stand beneath it. Where it is 0 a message takes any number of files beside its words.
    `allowance` is what each bot may do; None where there is no limit.
    """

    buttons: bool
    edit: bool
    files_in: bool
    files_out: bool
    receipts: bool
    groups: bool
    instant: bool
    max_text: int
    max_caption: int = 0
    allowance: Allowance | None = None


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
class FileThere:
    """A file that came with an update and still lies with the provider, under its own reference."""

    reference: str
    name: str
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class Heard:
    """One update, understood: a line, a press, files, or a structured call from one of our own pages.

    `event` names what is none of these: "left" (the person blocked or left the chat), "edited" (an older message was
    changed), "voice" (said aloud, in the file), "sticker", "unsupported" (of a kind that is not taken), "no_files"
    (likewise, where no documents arrive), "nothing" (what asks for no answer); in a group also "invited", and "moved":
    the chat goes on under another name, given in `text`; "read": `read` names messages of ours, by the provider's ids,
    that have been on the person's screen.
    `files_there` are fetched before the update is handled; those of one `album` come as an update each and are one
    message. `in_group`: several read what is said, and only what is meant for the assistant is heard. `forwarded`:
    somebody else wrote it first. `one_by_one`: pictures sent together come as an update each, and nothing tells so.
    """

    text: str = ""
    press: Press | None = None
    files: tuple[FileIn, ...] = ()
    call: Call | None = None
    event: str = ""
    files_there: tuple[FileThere, ...] = ()
    album: str = ""
    in_group: bool = False
    forwarded: bool = False
    read: tuple[str, ...] = ()
    one_by_one: bool = False


@dataclass(frozen=True, slots=True)
class FileOut:
    """A stored file to hand out; `reference` names it at a provider that has been given it before."""

    id: int
    sha256: str
    name: str
    media: str
    size: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message in the recipient's words: lines, (label, primary) of each button, files, a closed card's result."""

    parcel_id: int
    lines: tuple[str, ...]
    choices: tuple[tuple[str, bool], ...] = ()
    files: tuple[FileOut, ...] = ()
    result: str = ""
    card: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the provider says of a message that it took: its id, and the references of files it was given, by digest."""

    id: str
    references: Mapping[str, str] = field(default_factory=dict)


class ChannelError(Exception):
    """A channel could not do what it was asked."""


class Unsent(ChannelError):  # noqa: N818 - named for what to do about it
    """It surely did not leave: try again."""


class Unknown(ChannelError):  # noqa: N818 - named for what to do about it
    """It may have left: never repeat it blindly."""


class Permanent(ChannelError):  # noqa: N818 - named for what to do about it
    """This chat cannot be reached any more; the reason is the message."""


class Rejected(ChannelError):  # noqa: N818 - named for what to do about it
    """The provider will never take this message, but the chat is well: the letter goes another way."""


class Moved(ChannelError):  # noqa: N818 - says what happened
    """The chat goes on under another name, `chat`: what was to be sent goes there."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"moved to {chat}")
        self.chat = chat


class Wait(ChannelError):  # noqa: N818 - named for what to do about it
    """The provider asks to wait `seconds`, for this chat or (whole_lane) for the whole token; None: it does not say."""

    def __init__(self, seconds: float, *, whole_lane: bool | None, reason: str = "") -> None:
        super().__init__(reason or f"wait {seconds} s")
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

    def is_group(self, chat: str) -> bool:
        """Tell whether a chat is a group: several read it, and it bears fewer messages."""
        ...

    async def send(self, bot: str, chat: str, message: Message) -> Delivered:
        """Send one message and give what the provider says of it; raises ChannelError."""
        ...

    async def edit(self, bot: str, chat: str, provider_id: str, message: Message) -> None:
        """Replace a message sent before; "not modified" is success; raises ChannelError."""
        ...
