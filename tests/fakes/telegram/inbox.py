"""The updates that wait for a bot: put in by what people do, read by long polls or carried to its webhook."""

import asyncio
import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.timepiece import Clock
from tests.fakes.carrying import Waiting
from tests.fakes.telegram.calls import Refused

# these come only to a bot that asks for them by name
_ON_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_KEPT_SECONDS: Final = 24 * 3600.0
_LONGEST_POLL: Final = 50
_MOST: Final = 100
_CONFLICT: Final = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_BY_WEBHOOK: Final = "Conflict: terminated by setWebhook request"


@dataclass(slots=True)
class _Poll:
    event: asyncio.Event = field(default_factory=asyncio.Event)
    conflict: str = ""


@dataclass(slots=True)
class Inbox:
    """The updates of one bot, oldest first."""

    clock: Clock
    next_id: int
    watch: Callable[[Mapping[str, Any]], None]
    allowed: frozenset[str] | None = None
    waiting: list[Waiting] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False
    _poll: _Poll | None = None

    def put(self, kind: str, body: Mapping[str, Any], queue: int) -> dict[str, Any]:
        """Put an update in, unless the bot did not ask for its kind."""
        update = {"update_id": self.next_id, kind: dict(body)}
        wanted = kind not in _ON_REQUEST if self.allowed is None else kind in self.allowed
        self.watch(update)
        if wanted:
            self.next_id += 1
            self.put_again(update, queue)
        return update

    def put_again(self, update: Mapping[str, Any], queue: int = 0) -> None:
        """Put an update in as it is, perhaps once more; the order is by its number."""
        waiting = Waiting(update, self.clock.monotonic(), queue)
        bisect.insort(self.waiting, waiting, key=lambda each: int(each.update["update_id"]))
        self.ring()

    def ring(self) -> None:
        """Wake whoever waits for updates."""
        self.news.set()
        if self._poll is not None:
            self._poll.event.set()

    def close(self) -> None:
        """Let whoever waits go."""
        self.closed = True
        self.ring()

    @property
    def polled(self) -> bool:
        """Tell whether a long poll waits."""
        return self._poll is not None

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Keep what kinds the bot asks for; None leaves it as it is, an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def drop(self) -> None:
        """Forget everything that waits."""
        self.waiting.clear()

    def terminate(self) -> None:
        """End a long poll because a webhook is being set."""
        self._end_poll(_BY_WEBHOOK)

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Mapping[str, Any]]:
        """Confirm what lies before the offset and give the next; wait for one at most so long."""
        most = limit if 0 < limit <= _MOST else _MOST
        self._confirm(offset)
        found = self.waiting[:most]
        if not found and seconds > 0:
            self._end_poll(_CONFLICT)
            await self._wait(min(seconds, _LONGEST_POLL))
            found = self.waiting[:most]
        return [waiting.update for waiting in found]

    async def _wait(self, seconds: int) -> None:
        poll = self._poll = _Poll()
        await self.clock.until(poll.event, seconds)
        if self._poll is poll:
            self._poll = None
        if poll.conflict:
            raise Refused(409, poll.conflict)

    def _end_poll(self, words: str) -> None:
        if self._poll is not None:
            self._poll.conflict = words
            self._poll.event.set()
            self._poll = None

    def _confirm(self, offset: int) -> None:
        oldest = self.clock.monotonic() - _KEPT_SECONDS
        self.waiting = [waiting for waiting in self.waiting if waiting.at >= oldest]
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset:
            self.waiting = [waiting for waiting in self.waiting if waiting.update["update_id"] >= offset]
