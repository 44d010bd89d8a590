"""The clock speaks: jobs that are due run once each, however often, late or doubly they are started.

APScheduler only ticks; what was done stands in the store, in the transaction of its effects. Slots missed while nothing
ran are merged into one run, which knows since when.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log, metrics
from bot.database import Database, Turn
from bot.lanes import Lane, LaneLost
from bot.timepiece import Clock
from bot.waker import OUTBOX, will_wake
from handlers.kit import ClockContext, Job, Speaker
from models.rules.slots import latest_slot
from models.settings import council
from models.slots import last_slot, record_slot

Settle = Callable[[AsyncSession, Speaker], Awaitable[None]]

_TICK_SECONDS: Final = 1
_BEAT_SECONDS: Final = 2.0
_FIRST_REST: Final = 5.0
_LONGEST_REST: Final = 600.0


@dataclass(slots=True)
class _Failures:
    count: int = 0
    rests_until: float = 0.0


@dataclass(slots=True)
class ClockRunner:
    """Runs the jobs, by name, in the Council's `zone`; `settle` writes what a job owes, in the job's transaction."""

    lane: Lane
    jobs: Mapping[str, Job]
    zone: ZoneInfo
    settle: Settle
    _database: Database = field(init=False)
    _clock: Clock = field(init=False)
    _done: dict[str, datetime] = field(default_factory=dict, init=False)
    _failures: dict[str, _Failures] = field(default_factory=dict, init=False)
    _running: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        self._database, self._clock = self.lane.database, self.lane.clock

    async def run(self, stopping: asyncio.Event) -> None:
        """Let the clock tick whenever this process holds its lane, until told to stop; a job that runs is awaited."""
        while not stopping.is_set():
            try:
                if await self.lane.take(_nothing):
                    await self._tick(stopping)
                    continue
            except Exception as error:  # noqa: BLE001 - the store is away: the lane is asked for again
                log.incident(error, lane=self.lane.key)
            await self._clock.until(stopping, _BEAT_SECONDS)

    async def run_due(self, now: datetime) -> list[str]:
        """Run every job that has a slot due at business time `now` and not yet done; name those that ran.

        A job that fails is logged, undone and tried again after a rest, and stops no other.
        """
        async with self._running:
            return [job.name for job in self.jobs.values() if await self._ran(job, now)]

    async def _ran(self, job: Job, now: datetime) -> bool:
        slot = latest_slot(now, self.zone, minutes=job.minutes, at=job.at)
        done, failures = self._done.get(job.name), self._failures.get(job.name, _Failures())
        if (done is not None and slot <= done) or self._clock.monotonic() < failures.rests_until:
            return False
        try:
            ran = await self._database.retrying(Turn.CLOCK, lambda session: self._run(session, job, slot, now))
        except Exception as error:  # noqa: BLE001 - one job's failure does not stop the others
            self._failed(job, failures, error)
            return False
        self._done[job.name] = slot
        self._failures.pop(job.name, None)
        if ran:
            metrics.JOBS.labels(job.name, "done").inc()
        return ran

    async def _run(self, session: AsyncSession, job: Job, slot: datetime, now: datetime) -> bool:
        since = await last_slot(session, job.name)
        if (since is not None and slot <= since) or not await record_slot(session, job.name, slot, now):
            return False
        context = ClockContext(session, now, self.zone, await council(session), slot=slot, since=since)
        await job.run(context)
        await self.settle(session, context)
        will_wake(session, OUTBOX)
        return True

    def _failed(self, job: Job, failures: _Failures, error: Exception) -> None:
        rest = min(_FIRST_REST * 2**failures.count, _LONGEST_REST)
        self._failures[job.name] = _Failures(failures.count + 1, self._clock.monotonic() + rest)
        metrics.JOBS.labels(job.name, "failed").inc()
        log.incident(error, job=job.name, again_after=rest)

    async def _tick(self, stopping: asyncio.Event) -> None:
        scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        scheduler.add_job(self._due, "interval", seconds=_TICK_SECONDS)
        scheduler.start()
        try:
            await self._hold(stopping)
        finally:
            async with self._running:  # the scheduler would cancel a job in the middle
                scheduler.shutdown(wait=False)

    async def _due(self) -> None:
        if self.lane.fresh:
            await self.run_due(self._clock.now())

    async def _hold(self, stopping: asyncio.Event) -> None:
        """Keep the lane by beating where others look, and leave it at the end."""
        while not await self._clock.until(stopping, _BEAT_SECONDS):
            if self.lane.beat_is_due and not await self._beat():
                return
        async with self._running, self._database.write(Turn.COURIER) as session:
            await self.lane.release(session)
        self.lane.released()

    async def _beat(self) -> bool:
        began = self._clock.monotonic()
        try:
            async with self._database.write(Turn.COURIER) as session:
                await self.lane.beat(session)
        except LaneLost:
            self.lane.lose()
            return False
        self.lane.beaten(began)
        return True


async def _nothing(_session: AsyncSession, _epoch: int) -> None:
    """Taking the lane of the clock changes nothing else: what is done stands in its slots."""
