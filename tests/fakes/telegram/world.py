"""A Telegram of one's own: bots, people, groups, the log of what bots asked, and the troubles planted."""

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.timepiece import Clock
from tests.fakes.carrying import Carrier, Manner
from tests.fakes.faults import Fault, Planted
from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Request
from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.inbox import Inbox
from tests.fakes.telegram.judge import Judge
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.numbers import Numbers
from tests.fakes.telegram.people import Person

_MANNER: Final = Manner("X-Telegram-Bot-Api-Secret-Token")


@dataclass(slots=True)
class World:
    """What stands behind the fake Bot API; time passes by its clock only."""

    clock: Clock
    address: str = ""
    numbers: Numbers = field(default_factory=Numbers)
    bots: dict[str, Bot] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    _asked: asyncio.Event = field(default_factory=asyncio.Event)
    complaints: list[str] = field(default_factory=list)
    planted: Planted = field(default_factory=Planted)
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

    def fails(self, method: str, fault: Fault, times: int = 1, chat: int | None = None, skip: int = 0) -> None:
        """Let the next `times` calls of a method ("*": any), in one chat or in any, after `skip` good ones, fail so."""
        self.planted.plant(method, fault, times, chat, skip)

    def repeats(self, update: Mapping[str, Any]) -> None:
        """Let an update come once more, under the same number."""
        self.bot.inbox.put_again(update)

    def hears(self, update: Mapping[str, Any]) -> None:
        """Let any update wait, as it is, even one that Telegram would not send today."""
        self.bot.inbox.put_again(update, queue=int(update["update_id"]))

    def note(self, request: Request) -> None:
        """Keep what was asked."""
        self.requests.append(request)
        self._asked.set()

    async def asked(self, more: int) -> None:
        """Wait until so many more requests have come."""
        expected = len(self.requests) + more
        while len(self.requests) < expected:
            self._asked.clear()
            await self._asked.wait()

    def calls(self, *methods: str, chat: int | None = None) -> list[Request]:
        """Give the requests of some methods (none named: all), of one chat or of all, in order."""
        return [
            request
            for request in self.requests
            if (not methods or request.method in methods) and chat in {None, request.chat}
        ]

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
