"""Each chat's updates are handled in order, each in one transaction with all its effects; any process may dispatch."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log, metrics
from bot.database import Database, Turn
from bot.gathering import IN_TURN, SKIPPING, Gathered
from bot.handling import INCIDENT, Handling, incident_sentence
from bot.preparing import NotReady, Preparing
from bot.timepiece import Clock
from bot.waker import INBOX, chat_topic, will_wake
from models.inbox import Inbound
from models.joining import without_codes
from models.rules.text import Refusal

_TOGETHER: Final = 16
_TRIES: Final = 3
_SWEEP_SECONDS: Final = 1.0

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
    preparing: Preparing

    async def run(self, stopping: asyncio.Event) -> None:
        """Handle updates as they come, until told to stop; what has begun is finished."""
        async with asyncio.TaskGroup() as readers:
            with self.database.waker.listening(INBOX) as bell:
                while not stopping.is_set():
                    if not await self._swept(readers):
                        await bell.rung(_SWEEP_SECONDS)

    async def _swept(self, readers: asyncio.TaskGroup) -> int:
        try:
            return await self.sweep(readers)
        except Exception as error:  # noqa: BLE001 - the store is away: the inbox is looked at again
            log.incident(error)
            return 0

    async def sweep(self, readers: asyncio.TaskGroup | None = None) -> int:
        """Handle the oldest update of every chat that has one waiting; give how many were handled.

        Files are fetched and read by tasks of `readers`, so that other chats go on; without it in turn.
        """
        await self._forget_what_was_handled()
        chats = await self._waiting_chats()
        handled = 0
        for start in range(0, len(chats), _TOGETHER):
            handled += await self._handle(chats[start : start + _TOGETHER], readers)
        return handled

    async def finish(self, chat_id: int) -> None:
        """Handle all that waits in one chat, or wait until whoever is at it has done so."""
        while await self._handle([chat_id], None, IN_TURN):
            pass

    async def _forget_what_was_handled(self) -> None:
        """Let go of what was prepared for updates that are handled, here or by another process."""
        known = self.preparing.ready.known()
        if not known:
            return
        async with self.database.glance() as session:
            handled = select(Inbound.id).where(Inbound.id.in_(known), Inbound.handled_at.is_not(None))
            for inbound_id in await session.scalars(handled):
                self.preparing.ready.forget(inbound_id)

    async def _waiting_chats(self) -> list[int]:
        async with self.database.glance() as session:
            found = await session.scalars(_WAITING)
            busy = self.preparing.busy_chats
            return [chat_id for chat_id in found if chat_id not in busy]

    async def _handle(self, chats: Sequence[int], readers: asyncio.TaskGroup | None, lock: Any = SKIPPING) -> int:
        """Handle one update of each chat in one transaction; where that fails, each chat in one of its own."""
        try:
            handled, needs = await self._transaction(chats, lock)
        except Exception as error:  # noqa: BLE001 - what stands in the way must not stop all others
            if len(chats) > 1:
                return sum([await self._handle([chat_id], readers) for chat_id in chats])
            await self._set_aside(chats[0], log.incident(error, chat=chats[0]))
            return 0
        for need in needs:
            if readers is None:
                await self._prepare(need)
            else:
                readers.create_task(self._prepare(need))
        return handled + len(needs)

    async def _transaction(self, chats: Sequence[int], lock: Any) -> tuple[int, list[NotReady]]:
        async def work(session: AsyncSession) -> tuple[list[str], list[NotReady]]:
            known = await self.handling.gathered(session, chats, lock)
            needs: list[NotReady] = []
            outcomes: list[str] = []
            for chat_id in (chat_id for chat_id in chats if chat_id in known.updates):
                try:
                    await self.handling.handle(known, chat_id, self.preparing.ready)
                except NotReady as need:
                    needs.append(need)
                    continue
                outcomes.append(known.updates[chat_id][1].outcome)
                will_wake(session, chat_topic(chat_id))
            return outcomes, needs

        outcomes, needs = await self.database.retrying(Turn.DISPATCH, work)
        for outcome in outcomes:
            metrics.HANDLED.labels(outcome).inc()
        return len(outcomes), needs

    async def _prepare(self, need: NotReady) -> None:
        try:
            await self.preparing.meet(need)
        except Exception as error:  # noqa: BLE001 - a file that nobody foresaw must not stop what others say
            refusal = Refusal(incident_sentence(log.incident(error, inbound=need.inbound_id)))
            self.preparing.ready.refuse(need, refusal)
            self.database.waker.wake(INBOX)

    async def _set_aside(self, chat_id: int, incident: str) -> None:
        """Count a try of the update that cannot be handled; the third sets it aside, raw as it came, and says so."""

        async def work(session: AsyncSession) -> None:
            known = await self.handling.gathered(session, [chat_id])
            if chat_id not in known.updates:
                return
            _, inbound = known.updates[chat_id]
            inbound.tries += 1
            if inbound.tries >= _TRIES:
                inbound.handled_at, inbound.outcome, inbound.incident = self.clock.now(), INCIDENT, incident
                inbound.raw = without_codes(inbound.raw)
                await self._apologise(known, chat_id)
                will_wake(session, chat_topic(chat_id))

        await self.database.retrying(Turn.DISPATCH, work)

    async def _apologise(self, known: Gathered, chat_id: int) -> None:
        try:
            async with known.session.begin_nested():
                await self.handling.apologise(known, chat_id)
        except Exception as error:  # noqa: BLE001 - what cannot even be answered is still set aside
            log.incident(error, chat=chat_id)
