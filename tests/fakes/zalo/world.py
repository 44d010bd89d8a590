"""A Zalo of one's own: bots, people, groups, the log of what bots asked, and the troubles planted."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.timepiece import Clock
from tests.fakes.carrying import Carrier, Manner
from tests.fakes.watching import Watched
from tests.fakes.zalo.addresses import CALLER, SECRET_HEADER
from tests.fakes.zalo.bots import Bot
from tests.fakes.zalo.calls import Request
from tests.fakes.zalo.chats import Chat
from tests.fakes.zalo.groups import Group
from tests.fakes.zalo.habits import Habits
from tests.fakes.zalo.ids import group_id
from tests.fakes.zalo.inbox import Inbox, Update
from tests.fakes.zalo.media import Media
from tests.fakes.zalo.people import Person

_FIRST_BOT = 1_459_232_241_454_765_289


@dataclass(slots=True)
class World(Watched[Request]):
    """What stands behind the fake platform; time passes by its clock only."""

    clock: Clock
    habits: Habits = field(default_factory=Habits)
    first_message: int = 1
    address: str = ""
    bots: dict[str, Bot] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    carriers: dict[str, Carrier] = field(default_factory=dict)
    start: Callable[[Carrier], object] | None = None
    media: Media = field(init=False)

    def __post_init__(self) -> None:
        self.media = Media(self.clock, self.habits, lambda: self.address)
        self.another_bot("Bot Đôn Đốc")

    @property
    def bot(self) -> Bot:
        """The first bot."""
        return next(iter(self.bots.values()))

    @property
    def token(self) -> str:
        """The token of the first bot."""
        return self.bot.token

    @property
    def tokens(self) -> list[str]:
        """The tokens of all bots, in the order in which they were made."""
        return list(self.bots)

    @property
    def queued(self) -> list[Update]:
        """The updates that wait for the first bot, oldest first, as getUpdates gives them."""
        return [waiting.update for waiting in self.bot.inbox.waiting]

    def another_bot(self, name: str) -> Bot:
        """Make a bot with a token of its own."""
        if not name.startswith("Bot"):
            raise ValueError("The name of a bot begins with Bot.")
        mark = len(self.carriers)
        token = f"{_FIRST_BOT + 7919 * mark}:FAKEtoTryWithoutAnAccount{mark + 1:04d}"
        inbox = Inbox(self.clock, self.habits)
        bot = Bot(self.clock, self.habits, token, name, f"bot.VDK{mark + 1:06d}", inbox, self.media)
        bot.messages = itertools.count(self.first_message)
        self.bots[token] = bot
        manner = Manner(SECRET_HEADER, CALLER, self._body, lambda: self.habits.retries)
        carrier = self.carriers[token] = Carrier(bot, manner, self.complaints)
        if self.start is not None:
            self.start(carrier)
        return bot

    def person(self, name: str, bot: Bot | None = None) -> Person:
        """Bring somebody in who has not written yet; `at` gives the same person at another bot."""
        person = Person(bot or self.bot, len(self.people) + 1, name)
        self.people.append(person)
        return person

    def group(self, title: str, bot: Bot | None = None, *, with_bot: bool = True) -> Group:
        """Make a group and add the bot to it."""
        group = Group(bot or self.bot, Chat(group_id(len(self.groups) + 1), title, "GROUP"))
        if with_bot:
            group.adds_bot()
        self.groups.append(group)
        return group

    def repeats(self, update: Update, bot: Bot | None = None) -> None:
        """Let an update come once more."""
        self.hears(update, bot)

    def hears(self, update: Update, bot: Bot | None = None) -> None:
        """Let anything wait, as it is: bare, or wrapped if it has a `result`, even what Zalo would not send today."""
        (bot or self.bot).inbox.put(update, _chat_of(update))

    async def delivered(self) -> Sequence[Update]:
        """Wait until each update was carried to its webhook or given up; gives those that wait for the first bot."""
        for carrier in self.carriers.values():
            await carrier.settled()
        return self.queued

    @property
    def lost(self) -> list[Update]:
        """The updates that no webhook took."""
        return [update for carrier in self.carriers.values() for update in carrier.lost]

    def close(self) -> None:
        """Let go whoever waits for updates."""
        for bot in self.bots.values():
            bot.inbox.close()

    def _body(self, update: Update) -> Mapping[str, Any]:
        """Give an update as it is posted."""
        return {"ok": True, "result": update} if self.habits.wrapped and "result" not in update else update


def _chat_of(update: Update) -> str:
    """Name the chat whose order an update keeps."""
    found: Any = update.get("result", update)
    for name in ("message", "chat", "id"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return str(found)
