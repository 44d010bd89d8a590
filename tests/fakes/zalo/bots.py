"""A bot as Zalo keeps it: its chats, what it has sent this month, where its updates go."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.timepiece import Clock
from tests.fakes.calls import Refused
from tests.fakes.carrying import Webhook
from tests.fakes.zalo.chats import Chat, Shown, Standing
from tests.fakes.zalo.habits import Habits
from tests.fakes.zalo.ids import is_chat, opaque
from tests.fakes.zalo.inbox import Inbox
from tests.fakes.zalo.media import Media

_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_NOT_PERMITTED: Final = "You are not permitted to send messages to this chat_id"

Update = dict[str, Any]


@dataclass(slots=True)
class Bot:
    """Everything about one token; `name` is what people see, `account` what getMe tells."""

    clock: Clock
    habits: Habits
    token: str
    name: str
    account: str
    inbox: Inbox
    media: Media
    chats: dict[str, Chat] = field(default_factory=dict)
    actions: list[tuple[str, str]] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    webhook_at: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    trials: Counter[str] = field(default_factory=Counter)
    messages: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def id(self) -> str:
        """The number before the colon of the token."""
        return self.token.partition(":")[0]

    @property
    def now(self) -> int:
        """Give the moment as Zalo dates it: in milliseconds."""
        return int(self.clock.real_now().timestamp() * 1000)

    @property
    def today(self) -> str:
        """Give the day, by which calls of testWebhook are counted."""
        return f"{self.clock.real_now().astimezone(_ZONE):%Y-%m-%d}"

    @property
    def month(self) -> str:
        """Give the month, by which messages are counted."""
        return self.today[:7]

    @property
    def left(self) -> int:
        """Count the messages that may still be sent this month."""
        return self.habits.quota - self.sent[self.month]

    def chat(self, name: str) -> Chat:
        """Find a chat in which the bot may say something."""
        if not is_chat(name):
            raise Refused(410, "The chat_id is invaild")
        chat = self.chats.get(name)
        if chat is None or chat.standing is not Standing.OPEN or chat in self._beyond():
            raise Refused(422, _NOT_PERMITTED)
        return chat

    def spend(self) -> None:
        """Count a message, or refuse it as too much; nothing says when there will be more."""
        if self.left <= 0:
            raise Refused(429, "Quota exceeded")
        self.sent[self.month] += 1

    def says(self, chat: Chat, kind: str, told: Mapping[str, Any], **shown: Any) -> dict[str, Any]:
        """Send something: `told` is how an echo tells it, `shown` what the telephone shows."""
        self.spend()
        message = Shown(self.next_message(), chat.id, self.now, "", kind, raw=told, **shown)
        chat.messages.append(message)
        if self.habits.echoes:
            self._echo(chat, message)
        return {"message_id": message.id, "date": message.date}

    def hears(self, chat: Chat, sender: Mapping[str, Any], event: str, message: Shown) -> Update:
        """Let an update wait that tells of a message."""
        update = {
            "event_name": event,
            "message": {
                "from": dict(sender),
                "chat": chat.raw,
                **message.raw,
                "message_id": message.id,
                "date": message.date,
            },
        }
        self.inbox.put(update, chat.id)
        return update

    def next_message(self) -> str:
        """Give the id of a new message."""
        return opaque(self.id, "message", next(self.messages))

    def _echo(self, chat: Chat, message: Shown) -> None:
        kind = {"photo": "image"}.get(message.kind, message.kind)
        sender = {"id": self.id, "display_name": self.name, "is_bot": True}
        self.hears(chat, sender, f"message.{kind}.received", message)

    def _beyond(self) -> list[Chat]:
        """Give the chats of people beyond those whom a bot may have."""
        return [chat for chat in self.chats.values() if chat.private][self.habits.users :]
