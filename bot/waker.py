"""Who waits for news is woken by it: in this process by events, between processes by one NOTIFY a transaction.

A wake-up is only a hint: whoever waits also looks by himself from time to time (`POLL_SECONDS`), and that is the truth.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final

import psycopg
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.timepiece import Clock

POLL_SECONDS: Final = 0.25
INBOX: Final = "inbox"
OUTBOX: Final = "outbox"
CHANGED: Final = "changed"
MOVED: Final = "moved"
_CHANNEL = "dondoc"
_LONGEST = 7000
_RECONNECT_SECONDS = 5.0


def chat_topic(chat_id: int) -> str:
    """Name the topic of what happens in one chat, which its open pages follow."""
    return f"chat:{chat_id}"


class Bell:
    """What one listener waits on; it stays rung until he has waited, so that no news is lost while he looks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Say that there is news."""
        self._event.set()

    async def rung(self, seconds: float = POLL_SECONDS) -> bool:
        """Wait for news, at most so many seconds; tell whether there is some."""
        news = await self._clock.until(self._event, seconds)
        self._event.clear()
        return news


class Waker:
    """Wakes those who listen to a topic: `INBOX`, `OUTBOX`, or `chat_topic(id)`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bells: dict[str, list[Bell]] = {}

    def wake(self, *topics: str) -> None:
        """Wake the listeners of this process."""
        for topic in topics:
            for bell in self._bells.get(topic, ()):
                bell.ring()

    @contextmanager
    def listening(self, *topics: str) -> Iterator[Bell]:
        """Listen to these topics; look at the store first, then wait by `Bell.rung`."""
        bell = Bell(self._clock)
        for topic in topics:
            self._bells.setdefault(topic, []).append(bell)
        try:
            yield bell
        finally:
            for topic in topics:
                self._forget(topic, bell)

    async def wait(self, topic: str, seconds: float = POLL_SECONDS) -> bool:
        """Wait once for news of a topic, at most so many seconds; tell whether there was some."""
        with self.listening(topic) as bell:
            return await bell.rung(seconds)

    @asynccontextmanager
    async def hearing(self, url: str) -> AsyncIterator[None]:
        """Hear what other processes on the same PostgreSQL commit, for as long as the block runs; nothing on SQLite."""
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            yield
            return
        conninfo = address.set(drivername="postgresql").render_as_string(hide_password=False)
        async with asyncio.TaskGroup() as group:
            hearer = group.create_task(self._hear(conninfo))
            yield
            hearer.cancel()

    def _forget(self, topic: str, bell: Bell) -> None:
        self._bells[topic].remove(bell)
        if not self._bells[topic]:
            del self._bells[topic]

    async def _hear(self, conninfo: str) -> None:
        while True:
            # without the connection the poll alone is heard, as promised
            with suppress(psycopg.OperationalError):
                await self._hear_until_cut(conninfo)
            await self._clock.sleep(_RECONNECT_SECONDS)

    async def _hear_until_cut(self, conninfo: str) -> None:
        async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
            await connection.execute(f"LISTEN {_CHANNEL}".encode())
            async for notify in connection.notifies():
                self.wake(*json.loads(notify.payload))


def will_wake(session: AsyncSession, *topics: str) -> None:
    """Note in a writing transaction whom to wake once it is committed."""
    session.info.setdefault("topics", set()).update(topics)


def noted(session: AsyncSession) -> frozenset[str]:
    """Give the topics noted in a transaction."""
    return frozenset(session.info.get("topics", ()))


async def notify(session: AsyncSession, topics: frozenset[str]) -> None:
    """Tell the other processes on PostgreSQL, when this transaction commits; too long a list is left to their poll."""
    payload = json.dumps(sorted(topics))
    if len(payload) > _LONGEST:
        payload = json.dumps([INBOX, OUTBOX])
    await session.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": _CHANNEL, "payload": payload})
