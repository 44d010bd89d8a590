"""What a test learns of the requests that came."""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tests.fakes.cable import Cable
from tests.fakes.calls import Request
from tests.fakes.faults import Fault, Planted

R = TypeVar("R", bound=Request)


@dataclass(slots=True, kw_only=True)
class Watched(Generic[R]):
    """A world that keeps what bots asked of it, what it should not have answered, and the troubles planted."""

    requests: list[R] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    planted: Planted = field(default_factory=Planted)
    # from when it is served
    cable: Cable = field(init=False)
    _asked: asyncio.Event = field(default_factory=asyncio.Event)

    def fails(self, method: str, fault: Fault, times: int = 1, chat: Hashable = None, skip: int = 0) -> None:
        """Let the next `times` calls of a method ("*": any), in one chat or in any, after `skip` good ones, fail so.

        What people sent is fetched by "file" of Telegram, by "media" of Zalo.
        """
        self.planted.plant(method, fault, times, chat, skip)

    def note(self, request: R) -> None:
        """Keep what was asked."""
        self.requests.append(request)
        self._asked.set()

    async def asked(self, more: int) -> None:
        """Wait until so many more requests have come."""
        expected = len(self.requests) + more
        while len(self.requests) < expected:
            self._asked.clear()
            await self._asked.wait()

    def calls(self, *methods: str, chat: Hashable = None) -> list[R]:
        """Give the requests of some methods (none named: all), of one chat or of all, in order."""
        return [
            request
            for request in self.requests
            if (not methods or request.method in methods) and chat in {None, request.chat}
        ]
