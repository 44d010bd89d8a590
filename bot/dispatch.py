"""Each chat's updates are handled in order, each in one transaction with all its effects; any process may dispatch."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log
from bot.database import Database, Turn
from bot.handling import INCIDENT, Handling, NeedsReading
from bot.timepiece import Clock
from bot.waker import INBOX, OUTBOX, chat_topic, will_wake
from bot.workshop import Workshop
from documents.files import FileStore
from models.addresses import Chat
from models.inbox import Inbound
from models.rules.text import Refusal
from models.settings import council

_TOGETHER: Final = 16
_TRIES: Final = 3
_SWEEP_SECONDS: Final = 1.0

# built once: these run for every update
_LOCKED: Final = select(Chat).where(Chat.id == bindparam("chat")).with_for_update(skip_locked=True)
_OLDEST: Final = (
    select(Inbound)
    .where(Inbound.chat_id == bindparam("chat"), Inbound.handled_at.is_(None))
    .order_by(Inbound.id)
    .limit(1)
    .execution_options(populate_existing=True)
)
_WAITING: Final = (
    select(Inbound.chat_id)
    .where(Inbound.handled_at.is_(None))
    .group_by(Inbound.chat_id)
    .order_by(func.min(Inbound.id))
    .limit(256)
)


@dataclass(slots=True)
class Dispatcher:
    """Handles what the inbox holds."""

    database: Database
    clock: Clock
    handling: Handling
    files: FileStore
    workshop: Workshop
    _readings: dict[int, Any] = field(default_factory=dict)
    _reading: set[int] = field(default_factory=set)

    async def run(self, stopping: asyncio.Event) -> None:
        """Handle updates as they come, until told to stop; what has begun is finished."""
        async with asyncio.TaskGroup() as readers:
            with self.database.waker.listening(INBOX) as bell:
                while not stopping.is_set():
                    if not await self.sweep(readers):
                        await bell.rung(_SWEEP_SECONDS)

    async def sweep(self, readers: asyncio.TaskGroup | None = None) -> int:
        """Handle the oldest update of every chat that has one waiting; give how many were handled.

        Files are read by tasks of `readers`, so that other chats go on; without it they are read in turn.
        """
        chats = await self._waiting_chats()
        handled = 0
        for start in range(0, len(chats), _TOGETHER):
            handled += await self._handle(chats[start : start + _TOGETHER], readers)
        return handled

    async def finish(self, chat_id: int) -> None:
        """Handle all that waits in one chat."""
        while await self._handle([chat_id], None):
            pass

    async def _waiting_chats(self) -> list[int]:
        async with self.database.read() as session:
            found = await session.scalars(_WAITING)
            return [chat_id for chat_id in found if chat_id not in self._reading]

    async def _handle(self, chats: Sequence[int], readers: asyncio.TaskGroup | None) -> int:
        """Handle one update of each chat in one transaction; where that fails, each chat in one of its own."""
        try:
            handled, needs = await self._transaction(chats)
        except Exception as error:  # noqa: BLE001 - what stands in the way must not stop all others
            if len(chats) > 1:
                return sum([await self._handle([chat_id], readers) for chat_id in chats])
            log.incident(error, chat=chats[0])
            await self._set_aside(chats[0])
            return 0
        for need in needs:
            self._reading.add(need.chat_id)
            if readers is None:
                await self._read(need)
            else:
                readers.create_task(self._read(need))
        return handled + len(needs)

    async def _transaction(self, chats: Sequence[int]) -> tuple[int, list[NeedsReading]]:
        async def work(session: AsyncSession) -> tuple[int, list[NeedsReading]]:
            settings = await council(session)
            needs: list[NeedsReading] = []
            done = 0
            for chat_id in chats:
                chat, inbound = await _oldest(session, chat_id)
                if chat is None or inbound is None:
                    continue
                try:
                    await self.handling.handle(session, inbound, chat, settings, self._readings)
                except NeedsReading as need:
                    needs.append(need)
                    continue
                done += 1
                will_wake(session, OUTBOX, chat_topic(chat_id))
            return done, needs

        done, needs = await self.database.retrying(Turn.DISPATCH, work)
        return done, needs

    async def _read(self, need: NeedsReading) -> None:
        """Read a file in the workshop; the next sweep carries the update out with what it gave."""
        assert need.command.prepare is not None  # noqa: S101 - only such commands ask for a reading
        try:
            path = self.files.path(need.file.sha256)
            self._readings[need.inbound_id] = await self.workshop.prepare(need.command.prepare, path, need.file.name)
        except Refusal as refusal:
            self._readings[need.inbound_id] = refusal
        finally:
            self._reading.discard(need.chat_id)
        self.database.waker.wake(INBOX)

    async def _set_aside(self, chat_id: int) -> None:
        """Count a try of the update that cannot be handled; the third sets it aside, raw as it came."""

        async def work(session: AsyncSession) -> None:
            _, inbound = await _oldest(session, chat_id)
            if inbound is None:
                return
            inbound.tries += 1
            if inbound.tries >= _TRIES:
                inbound.handled_at, inbound.outcome = self.clock.now(), INCIDENT

        await self.database.retrying(Turn.DISPATCH, work)


async def _oldest(session: AsyncSession, chat_id: int) -> tuple[Chat | None, Inbound | None]:
    """Lock a chat and take the oldest update that waits in it; nothing where another process holds the chat."""
    chat = await session.scalar(_LOCKED, {"chat": chat_id})
    if chat is None:
        return None, None
    return chat, await session.scalar(_OLDEST, {"chat": chat_id})
