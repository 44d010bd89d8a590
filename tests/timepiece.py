"""A clock that stands still until a test moves it."""

import asyncio
from collections.abc import Coroutine, Generator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

# seconds; who waits longer waits for news rather than for a moment
_SOON = 120.0


class _Turn:
    """One turn of the event loop."""

    def __await__(self) -> Generator[None, None, None]:
        yield


async def others_go_on(turns: int = 1) -> None:
    """Let whoever can go on do so, for so many turns of the event loop; no time passes."""
    for _ in range(turns):
        await _Turn()


class HandClock:
    """Business and real time move together, by hand; whoever waits goes on when the clock is moved past his moment."""

    def __init__(self, now: str = "2022-06-09T00:25:00") -> None:
        self._now = datetime.fromisoformat(now).replace(tzinfo=UTC)
        self._seconds = 1000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self._waited = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    def real_now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            await self._sleeper(seconds)

    async def until(self, event: asyncio.Event, seconds: float) -> bool:
        sleeper = self._sleeper(seconds)
        rung = asyncio.ensure_future(event.wait())  # noqa: TID251 - awaited below
        either: list[asyncio.Future[Any]] = [sleeper, rung]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeper.cancel()
            rung.cancel()
            self._sleepers = [each for each in self._sleepers if each[1] is not sleeper]
        return event.is_set()

    async def move(self, **duration: float) -> None:
        """Let time pass, as in `move(seconds=30)`, and let whoever waited go on."""
        self._now += timedelta(**duration)
        await self.wait_out(**duration)

    async def wait_out(self, **duration: float) -> None:
        """Let real time alone pass: whoever waited goes on, and it is as late in the Council's business as before."""
        await self._pass(to=self._seconds + timedelta(**duration).total_seconds())

    async def _pass(self, to: float) -> None:
        self._seconds = to
        due = [sleeper for moment, sleeper in self._sleepers if moment <= self._seconds]
        self._sleepers = [(moment, sleeper) for moment, sleeper in self._sleepers if moment > self._seconds]
        for sleeper in due:
            if not sleeper.done():
                sleeper.set_result(None)
        await others_go_on()

    async def goes_on(self, among: int = 1) -> None:
        """Wait until so many wait for a moment that is near, and let real time alone pass to the first of these."""
        while len(near := self._near()) < among:
            self._waited.clear()
            await self._waited.wait()
        await self._pass(to=max(self._seconds, min(near)))

    async def goes_on_beside(self, doing: Coroutine[Any, Any, T]) -> T:
        """Let something be done that waits for moments of real time: each comes as soon as it is waited for."""
        task = asyncio.ensure_future(doing)  # noqa: TID251 - awaited below
        while not task.done():
            passing = asyncio.ensure_future(self.goes_on())  # noqa: TID251 - awaited below
            await asyncio.wait([task, passing], return_when=asyncio.FIRST_COMPLETED)
            passing.cancel()
        return task.result()

    def set(self, now: str) -> None:
        """Put business time to a moment of UTC, as "2022-06-09T00:25"; nobody is woken."""
        self._now = datetime.fromisoformat(now).replace(tzinfo=UTC)

    def _near(self) -> list[float]:
        soon = self._seconds + _SOON
        return [moment for moment, sleeper in self._sleepers if moment <= soon and not sleeper.done()]

    def _sleeper(self, seconds: float) -> asyncio.Future[None]:
        sleeper = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._seconds + seconds, sleeper))
        self._waited.set()
        return sleeper
