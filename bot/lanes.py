"""Who sends on a lane: one process at a time, by a lease with an epoch and a beat."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot import log, metrics
from bot.database import Database, Turn
from bot.timepiece import Clock
from models import leases
from models.leases import Lease

CLOCK_LANE: Final = "clock"
# the holder stops sending so long before others may take the lane
_FRESH_PART: Final = 0.75
_BEAT_PART: Final = 0.2
_NAME_LENGTH: Final = 40

Taken = Callable[[AsyncSession, int], Awaitable[None]]


class LaneLost(Exception):  # noqa: N818 - says what happened
    """Another process holds the lane: whatever this one still has in hand is not its own any more."""


@dataclass(slots=True)
class Lane:
    """One lane as this process sees it; `epoch` is 0 while another holds it.

    `owner` names this process for people; to the store it is made unlike any other. On SQLite the process is alone on
    the store (`bot.lock`), so the lane is taken at once; elsewhere only after its beat has stood still for `ttl`
    seconds of this process's own clock, or when its holder released it.
    """

    database: Database
    clock: Clock
    key: str
    owner: str
    ttl: float = 10.0
    epoch: int = field(default=0, init=False)
    _beaten_at: float = field(default=0.0, init=False)
    _seen: Lease | None = field(default=None, init=False)
    _seen_at: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        # containers may share their host's name and their number of process
        self.owner = f"{self.owner[:_NAME_LENGTH]}:{secrets.token_hex(8)}"

    @property
    def held(self) -> bool:
        """Whether this process holds the lane, as far as it knows."""
        return self.epoch > 0

    @property
    def fresh(self) -> bool:
        """Whether this process may still send: nobody can have taken the lane since the last beat."""
        return self.held and (self.database.is_sqlite or self._age() < self.ttl * _FRESH_PART)

    @property
    def beat_is_due(self) -> bool:
        """Whether an idle holder has to show that he lives."""
        return not self.database.is_sqlite and self._age() >= self.ttl * _BEAT_PART

    async def take(self, then: Taken) -> bool:
        """Try once to take the lane; `then(session, epoch)` runs in the same transaction.

        Gives False while another process holds it; ask again after a while.
        """
        self._forget()
        started = self.clock.monotonic()

        async def work(session: AsyncSession) -> int:
            lease = await leases.lease_of(session, self.key)
            if not self._is_free(lease) or not await leases.take(session, self.key, lease, self.owner):
                return 0
            await then(session, lease.epoch + 1)
            return lease.epoch + 1

        self.epoch = await self.database.retrying(Turn.COURIER, work)
        if self.held:
            self._beaten_at, self._seen = started, None
            metrics.LEASES.labels(self.key).set(1)
            log.info("lane taken", lane=self.key, epoch=self.epoch)
        return self.held

    async def beat(self, session: AsyncSession) -> None:
        """Show in a transaction that the holder lives; raises LaneLost, which undoes the transaction."""
        if not await leases.beat(session, self.key, self.owner, self.epoch):
            raise LaneLost(self.key)

    def beaten(self, began: float) -> None:
        """Note that a beat is committed, in a transaction that began at this moment of the monotonic clock."""
        self._beaten_at = began

    def lose(self) -> None:
        """Note that another process holds the lane."""
        self._forget()
        log.warning("lane lost", lane=self.key)

    async def release(self, session: AsyncSession) -> None:
        """Leave the lane to whoever comes next."""
        await leases.release(session, self.key, self.owner, self.epoch)

    def released(self) -> None:
        """Note that the release is committed."""
        self._forget()
        log.info("lane released", lane=self.key)

    def _forget(self) -> None:
        self.epoch = 0
        metrics.LEASES.labels(self.key).set(0)

    def _age(self) -> float:
        return self.clock.monotonic() - self._beaten_at

    def _is_free(self, lease: Lease) -> bool:
        if self.database.is_sqlite or lease.owner in {"", self.owner}:
            return True
        now = self.clock.monotonic()
        if lease != self._seen:
            self._seen, self._seen_at = lease, now
        return now - self._seen_at >= self.ttl
