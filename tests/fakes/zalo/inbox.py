"""The updates that wait for a bot: each poll is given one, or they are carried to its webhook."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.timepiece import Clock
from tests.fakes.carrying import Waiting
from tests.fakes.zalo.habits import Habits

Update = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class _Poll:
    event: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Inbox:
    """The updates of one bot, oldest first; `consumed` are those that a poll was given."""

    clock: Clock
    habits: Habits
    waiting: list[Waiting] = field(default_factory=list)
    consumed: list[Update] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False
    _polls: list[_Poll] = field(default_factory=list)

    @property
    def polled(self) -> bool:
        """Tell whether a long poll waits."""
        return bool(self._polls)

    def put(self, update: Update, queue: str) -> None:
        """Put an update in, behind the others of its chat."""
        self.waiting.append(Waiting(update, self.clock.monotonic(), queue))
        self.ring()

    def drop(self) -> None:
        """Forget everything that waits or was read."""
        self.waiting.clear()
        self.consumed.clear()

    def ring(self) -> None:
        """Wake whoever waits for updates."""
        self.news.set()
        for poll in self._polls:
            poll.event.set()

    def close(self) -> None:
        """Let whoever waits go."""
        self.closed = True
        self.end_polls()

    def end_polls(self) -> None:
        """Send all polls away with nothing."""
        self.ring()
        self._polls.clear()

    async def poll(self, seconds: float) -> Update | None:
        """Give the next update, which is then consumed; wait for one at most so long."""
        end = self.clock.monotonic() + seconds
        while (found := self._next()) is None and self.clock.monotonic() < end:
            if await self._sent_away(end - self.clock.monotonic()):
                return None
        return found

    async def _sent_away(self, seconds: float) -> bool:
        """Wait for news and tell whether the poll was sent away meanwhile; who has gone waits no longer."""
        poll = _Poll()
        self._polls.append(poll)
        try:
            await self.clock.until(poll.event, seconds)
            return poll not in self._polls
        finally:
            self._polls = [each for each in self._polls if each is not poll]

    def _next(self) -> Update | None:
        if self.waiting:
            self.consumed.append(self.waiting.pop(0).update)
            return self.consumed[-1]
        if self.habits.reappearing and self.consumed:
            self.consumed.append(self.consumed.pop(0))
            return self.consumed[-1]
        return None
