"""Whose turn it is to write: one writer at a time, the courier first, nobody overtaken for ever."""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

# a writer is overtaken by at most so many later ones for each step that separates their turns
_OVERTAKEN = 16


class Turn(IntEnum):
    """The order in which writers are let in."""

    COURIER = 0
    INTAKE = 1
    DISPATCH = 2
    CLOCK = 3
    IMPORT = 4


class Turns:
    """The queue before the one writer of an embedded store.

    At most `places` dispatches wait in it; the others wait outside, first come first served, so that a flood of
    updates holds neither memory nor the courier.
    """

    def __init__(self, places: int = 4) -> None:
        self._taken = False
        self._tickets = 0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._dispatches = asyncio.Semaphore(places + 1)

    def __len__(self) -> int:
        """Count those who wait."""
        return sum(not place.done() for _, _, place in self._waiting)

    @asynccontextmanager
    async def taken(self, turn: Turn) -> AsyncIterator[None]:
        """Wait for the turn and hold it."""
        if turn is not Turn.DISPATCH:
            async with self._held(turn):
                yield
            return
        async with self._dispatches, self._held(turn):
            yield

    @asynccontextmanager
    async def _held(self, turn: Turn) -> AsyncIterator[None]:
        await self._take(turn)
        try:
            yield
        finally:
            self._give()

    async def _take(self, turn: Turn) -> None:
        self._tickets += 1
        if not self._taken:
            self._taken = True
            return
        place = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self._tickets + turn * _OVERTAKEN, self._tickets, place))
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():
                self._give()
            raise

    def _give(self) -> None:
        while self._waiting:
            _, _, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)
                return
        self._taken = False
