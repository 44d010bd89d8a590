"""A bot as Telegram keeps it: its name, its chats, its files, its commands, and what waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.timepiece import Clock
from tests.fakes.carrying import Webhook
from tests.fakes.telegram.calls import Refused, bad_request
from tests.fakes.telegram.chats import Chat, Kept
from tests.fakes.telegram.files import Cabinet
from tests.fakes.telegram.inbox import Inbox
from tests.fakes.telegram.limits import Limits

_PRESS_SECONDS: Final = 15.0
_NOT_COPIED: Final = frozenset({"reply_to_message", "reply_markup"})

Commands = list[dict[str, str]]


@dataclass(slots=True)
class Press:
    """A press of a button that waits for its answer."""

    person: int
    at: float


@dataclass(slots=True)
class Bot:
    """Everything about one token."""

    clock: Clock
    token: str
    name: str
    username: str
    inbox: Inbox
    limits: Limits
    reads_all: bool = False
    chats: dict[int, Chat] = field(default_factory=dict)
    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    toasts: dict[int, list[str]] = field(default_factory=dict)
    actions: list[tuple[int, str]] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    cabinet: Cabinet = field(init=False)
    _last_message: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cabinet = Cabinet(self.id)

    @property
    def id(self) -> int:
        """The number before the colon of the token."""
        return int(self.token.partition(":")[0])

    @property
    def user(self) -> dict[str, Any]:
        """Show the bot as a message does."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    @property
    def today(self) -> int:
        """Give the moment as Telegram dates it."""
        return int(self.clock.real_now().timestamp())

    def chat(self, number: int | None) -> Chat:
        """Find a chat in which the bot may do something; a chat in which nobody pressed Start is not found."""
        chat = self.chats.get(number or 0)
        if chat is None:
            raise bad_request("chat not found")
        chat.check()
        return chat

    def post(self, chat: Chat, sender: Mapping[str, Any] | None, content: Mapping[str, Any]) -> dict[str, Any]:
        """Write a message into a chat, of a person or (without one) of the bot."""
        raw = {
            "message_id": self._next_message(chat),
            "from": dict(sender or self.user),
            "chat": chat.raw,
            "date": self.today,
            **content,
        }
        chat.messages[raw["message_id"]] = Kept(raw, own=sender is None)
        return raw

    def sends(self, chat: Chat, content: Mapping[str, Any]) -> dict[str, Any]:
        """Send a message of the bot, if it may send one now."""
        self.paced(chat.id)
        return self.post(chat, None, content)

    def paced(self, chat: int) -> None:
        """Count what is sent or edited, or refuse it as too much."""
        wait = self.limits.take(self.token, chat)
        if wait:
            raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)

    def uploads(self, size: int) -> None:
        """Count a file that is uploaded, or refuse it: files of one size, again and again, are slowed down."""
        wait = self.limits.take_upload(self.token, size)
        if wait:
            raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)

    def message(self, chat: Chat, number: int) -> Kept | None:
        """Find a message that still stands there."""
        kept = chat.messages.get(number)
        return None if kept is None or kept.deleted else kept

    def quoted(self, chat: Chat, number: int) -> dict[str, Any] | None:
        """Show a message as another that answers it does."""
        kept = self.message(chat, number)
        return None if kept is None else {name: value for name, value in kept.raw.items() if name not in _NOT_COPIED}

    def hears(self, kind: str, body: Mapping[str, Any], queue: int) -> dict[str, Any]:
        """Let an update of this kind wait for the bot."""
        return self.inbox.put(kind, body, queue)

    def answers(self, press_id: str, toast: str) -> None:
        """End the waiting of whoever pressed a button, if he still waits."""
        press = self.presses.pop(press_id, None)
        if press is None or self.clock.monotonic() - press.at > _PRESS_SECONDS:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if toast:
            self.toasts.setdefault(press.person, []).append(toast)

    def _next_message(self, chat: Chat) -> int:
        """Number a message: a supergroup counts its own, all other chats of a bot are counted together."""
        counter = chat.id if chat.kind in {"supergroup", "channel"} else 0
        self._last_message[counter] = self._last_message.get(counter, 0) + 1
        return self._last_message[counter]
