"""The only reader of time: the Council's business time, real time, and waiting."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

# counts through suspend, so that a lease is not believed fresh after the lid was closed
_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock(Protocol):
    """The port through which time is read and waited for.

    `now` is business time: deadlines, reminders, windows, `not_before`. `real_now` is what the wall shows: sign-ins and
    their expiry. `monotonic` counts real seconds from an arbitrary start: leases, pacing, what a provider asks to wait.
    """

    def now(self) -> datetime:
        """Give the moment of business, aware and in UTC."""
        ...

    def real_now(self) -> datetime:
        """Give the real moment, aware and in UTC."""
        ...

    def monotonic(self) -> float:
        """Give real seconds since an arbitrary start; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait for so many real seconds."""
        ...

    async def until(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until the event is set, at most so many real seconds; tell whether it is set."""
        ...


class SystemClock:
    """The machine's own clock: business time is real time."""

    def now(self) -> datetime:
        """Give the moment of business, aware and in UTC."""
        return datetime.now(UTC)

    def real_now(self) -> datetime:
        """Give the real moment, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Give real seconds since the machine started."""
        return time.clock_gettime(_SINCE_BOOT)

    async def sleep(self, seconds: float) -> None:
        """Wait for so many real seconds."""
        await asyncio.sleep(seconds)

    async def until(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until the event is set, at most so many real seconds; tell whether it is set."""
        try:
            async with asyncio.timeout(seconds):
                return await event.wait()
        except TimeoutError:
            return event.is_set()


class MovedClock(SystemClock):
    """The sample's clock: it runs as fast as real time, `offset_seconds` away from it."""

    def __init__(self, offset_seconds: float = 0) -> None:
        self.offset_seconds = offset_seconds

    def now(self) -> datetime:
        """Give the moment of business, aware and in UTC."""
        return self.real_now() + timedelta(seconds=self.offset_seconds)

    def offset_to(self, moment: datetime) -> int:
        """Give the offset in whole seconds with which business time would now be `moment`."""
        return round((moment - self.real_now()).total_seconds())
