"""Carries updates to a bot's webhook by real HTTP: a chat's in their order, again and later when they are not taken."""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import aiohttp

from bot.timepiece import Clock
from tests.fakes.texts import as_json

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST_DELAY: Final = 60.0
_LONGEST_RETRY_AFTER: Final = 3600
_PATIENCE: Final = aiohttp.ClientTimeout(total=60)
_FOREVER: Final = 3600.0
_LOOKED_AT: Final = 500
_TAKEN: Final = range(200, 300)


@dataclass(slots=True, eq=False)
class Waiting:
    """An update that nobody has confirmed; `queue` names the chat whose updates keep their order."""

    update: Mapping[str, Any]
    at: float
    queue: Hashable
    failed: int = 0
    delay: float = 1.0
    again_at: float = 0.0


@dataclass(slots=True)
class Webhook:
    """Where updates are carried to; times are seconds of the Unix epoch."""

    url: str = ""
    secret: str = ""
    most: int = 40
    certificate: bool = False
    last_error: str = ""
    last_error_at: int = 0


class Queue(Protocol):
    """What waits for a bot; `news` rings when something came or changed."""

    waiting: list[Waiting]
    news: asyncio.Event
    closed: bool


class Carried(Protocol):
    """A bot, as its carrier knows it."""

    webhook: Webhook

    @property
    def clock(self) -> Clock:
        """The clock by which waits are measured."""

    @property
    def inbox(self) -> Queue:
        """What waits for the bot."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a platform posts an update: the header of the secret, what else it says, the body, how often it retries."""

    secret: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[Mapping[str, Any]], Any] = dict
    retries: Callable[[], float] = lambda: float("inf")


@dataclass(slots=True)
class Carrier:
    """Carries the updates of one bot while a webhook is set; `idle` is set when nothing is on its way or due."""

    bot: Carried
    manner: Manner
    complaints: list[str]
    lost: list[Mapping[str, Any]] = field(default_factory=list)
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    _on_the_way: set[Hashable] = field(default_factory=set)

    async def carry(self, tasks: asyncio.TaskGroup, session: aiohttp.ClientSession) -> None:
        """Carry until the inbox is closed."""
        inbox, clock = self.bot.inbox, self.bot.clock
        while not inbox.closed:
            inbox.news.clear()
            for waiting in self._due():
                self._on_the_way.add(waiting.queue)
                tasks.create_task(self._deliver(session, waiting))
            if not self._on_the_way:
                self.idle.set()
            await clock.until(inbox.news, self._rest())

    async def settled(self) -> None:
        """Wait until nothing is on its way or due."""
        self.idle.clear()
        self.bot.inbox.news.set()
        await self.idle.wait()

    def _heads(self) -> list[Waiting]:
        """Give the oldest update of each chat that has none on its way."""
        heads = dict[Hashable, Waiting]()
        for waiting in self.bot.inbox.waiting if self.bot.webhook.url else ():
            heads.setdefault(waiting.queue, waiting)
            if len(heads) > _LOOKED_AT:
                break
        return [head for queue, head in heads.items() if queue not in self._on_the_way]

    def _due(self) -> list[Waiting]:
        now, free = self.bot.clock.monotonic(), self.bot.webhook.most - len(self._on_the_way)
        return [head for head in self._heads() if head.again_at <= now][: max(0, free)]

    def _rest(self) -> float:
        now = self.bot.clock.monotonic()
        return min([_FOREVER, *(head.again_at - now for head in self._heads() if head.again_at > now)])

    async def _deliver(self, session: aiohttp.ClientSession, waiting: Waiting) -> None:
        webhook = self.bot.webhook
        if urlsplit(webhook.url).hostname not in LOOPBACK:  # a fake leaves this machine for nobody
            self._ended(waiting, "Webhook connection closed: not on this machine", 0)
            return
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate", **self.manner.headers}
        if webhook.secret:
            headers[self.manner.secret] = webhook.secret
        body = as_json(self.manner.body(waiting.update))
        try:
            async with session.post(webhook.url, data=body, headers=headers, timeout=_PATIENCE) as answer:
                if b'"method"' in await answer.read():
                    self.complaints.append("A webhook answered by a call; the fake does not carry it out.")
                trouble = "" if answer.status in _TAKEN else _wrong(answer)
                retry_after = answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError) as error:
            trouble, retry_after = f"Webhook connection closed: {type(error).__name__}", ""
        self._ended(waiting, trouble, int(retry_after) if retry_after.isdigit() else 0)

    def _ended(self, waiting: Waiting, trouble: str, retry_after: int) -> None:
        inbox, clock = self.bot.inbox, self.bot.clock
        self._on_the_way.discard(waiting.queue)
        if trouble:
            self.bot.webhook.last_error, self.bot.webhook.last_error_at = trouble, int(clock.real_now().timestamp())
        if trouble and waiting.failed < self.manner.retries():
            self._again(waiting, min(retry_after, _LONGEST_RETRY_AFTER))
        elif waiting in inbox.waiting:
            inbox.waiting.remove(waiting)
            self.lost.extend([waiting.update] if trouble else [])
        inbox.news.set()

    def _again(self, waiting: Waiting, retry_after: int) -> None:
        """Try again at once, then after 2, 4, 8 seconds up to a minute, or when the answer asked for it."""
        wait = float(retry_after)
        if not retry_after and waiting.failed:
            wait = waiting.delay = min(_LONGEST_DELAY, waiting.delay * 2)
        waiting.failed += 1
        waiting.again_at = self.bot.clock.monotonic() + wait


class Carrying(Protocol):
    """A world whose bots have carriers; `start` begins to carry for a bot that is added later."""

    carriers: dict[str, Carrier]
    start: Callable[[Carrier], object] | None


async def carry(world: Carrying) -> None:
    """Carry for all bots of a world until cancelled."""
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:

        def start(carrier: Carrier) -> None:
            tasks.create_task(carrier.carry(tasks, session))

        world.start = start
        for carrier in world.carriers.values():
            start(carrier)
        await asyncio.Event().wait()


def _wrong(answer: aiohttp.ClientResponse) -> str:
    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
