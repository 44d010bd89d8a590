"""A Telegram of one's own: bots, people, groups, the log of what bots asked, and the troubles planted."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.timepiece import Clock
from tests.fakes.carrying import Carrier, Manner
from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Request
from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.inbox import Inbox
from tests.fakes.telegram.judge import Judge
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.numbers import Numbers
from tests.fakes.telegram.people import Person
from tests.fakes.watching import Watched

_MANNER: Final = Manner("X-Telegram-Bot-Api-Secret-Token")


@dataclass(slots=True)
class World(Watched[Request]):
    """What stands behind the fake Bot API; time passes by its clock only."""

    clock: Clock
    address: str = ""
    numbers: Numbers = field(default_factory=Numbers)
    bots: dict[str, Bot] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    limits: Limits = field(init=False)
    carriers: dict[str, Carrier] = field(default_factory=dict)
    judge: Judge | None = None
    start: Callable[[Carrier], object] | None = None
    _marks: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.limits = Limits(self.clock.monotonic)
        self.another_bot("Đôn Đốc")

    @property
    def bot(self) -> Bot:
        """The first bot."""
        return next(iter(self.bots.values()))

    @property
    def token(self) -> str:
        """The token of the first bot."""
        return self.bot.token

    @property
    def queued(self) -> list[Mapping[str, Any]]:
        """The updates that wait for the first bot, oldest first."""
        return [waiting.update for waiting in self.bot.inbox.waiting]

    def another_bot(self, name: str) -> Bot:
        """Make a bot with a token of its own."""
        number, mark = next(self.numbers.bots), next(self._marks)
        token = f"{number}:FAKE-{mark:04d}-for-trying-without-a-name"
        inbox = Inbox(self.clock, next(self.numbers.updates), self._watch)
        bot = Bot(self.clock, token, name, f"dondoc{mark}_bot", inbox, self.limits)
        self.bots[token] = bot
        carrier = self.carriers[token] = Carrier(bot, _MANNER, self.complaints)
        if self.start is not None:
            self.start(carrier)
        return bot

    def person(self, name: str, language: str = "vi", username: str = "") -> Person:
        """Bring somebody in who has not pressed Start yet."""
        person = Person(self.bot, self.numbers, next(self.numbers.people), name, language, username)
        self.people[person.id] = person
        return person

    def group(self, title: str, owner: Person | None = None, *, with_bot: bool = True) -> Group:
        """Make a group and add the bot to it."""
        chat = Chat(next(self.numbers.groups), "group", {"title": title})
        group = Group(self.bot, self.numbers, chat, owner or self.person("Nguyễn Văn Quản"))
        if with_bot:
            group.adds_bot()
        self.groups.append(group)
        return group

    def repeats(self, update: Mapping[str, Any]) -> None:
        """Let an update come once more, under the same number."""
        self.bot.inbox.put_again(update)

    def hears(self, update: Mapping[str, Any]) -> None:
        """Let any update wait, as it is, even one that Telegram would not send today."""
        self.bot.inbox.put_again(update, queue=int(update["update_id"]))

    async def delivered(self) -> Sequence[Mapping[str, Any]]:
        """Wait until each update was carried to the webhook or its last try failed; gives those that still wait."""
        await self.carriers[self.token].settled()
        return self.queued

    def _watch(self, update: Mapping[str, Any]) -> None:
        if self.judge is not None:
            self.complaints.extend(self.judge.update(update))

    def close(self) -> None:
        """Let go whoever waits for updates."""
        for bot in self.bots.values():
            bot.inbox.close()
