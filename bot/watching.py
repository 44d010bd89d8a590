"""Where updates are posted: each minute somebody looks whether they still arrive, before anybody misses them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import aiohttp
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log
from bot.database import Database, Turn
from bot.hooks import Hook
from bot.light import Light
from bot.timepiece import Clock
from bot.wire import patience, session
from handlers.kit import ChannelError, Text, t
from models.leases import lease_of

_LOOK_SECONDS: Final = 60.0
_ANSWER_SECONDS: Final = 10.0
# a provider tries our address only so often a day
_TRIAL_SECONDS: Final = 3 * 3600.0
_OK: Final = 200


@dataclass(slots=True)
class Watch:
    """Looks whether the updates of one bot arrive at our address; `say` puts a sentence in the Council's words.

    The provider is asked, and our own address is, as people's browsers would. A server may not reach itself by the
    address that the world knows: then the provider's own trial decides.
    """

    database: Database
    clock: Clock
    hook: Hook
    site: str
    say: Callable[[Text], str]
    _tried_at: float | None = field(default=None, init=False)
    _verdict: Text | None = field(default=None, init=False)

    @property
    def lane(self) -> str:
        """The name under which it is known since when nothing arrives."""
        return f"hook:{self.hook.channel.name}:{self.hook.bot}"

    async def run(self, stopping: asyncio.Event) -> None:
        """Look until told to stop."""
        while not await self.clock.until(stopping, _LOOK_SECONDS):
            try:
                await self.once()
            except (ChannelError, SQLAlchemyError) as error:
                # whether the provider can be reached is known from what is sent
                log.warning("not watched", lane=self.lane, error=str(error) or repr(error))

    async def once(self) -> None:
        """Look once and record what was seen, where it is news; raises ChannelError, and what the store raises."""
        found, light = await self._trouble(), Light(self.lane, self.clock)

        async def work(transaction: AsyncSession) -> None:
            await lease_of(transaction, self.lane)
            await light.note(transaction)

        async with self.database.read() as reading:
            await light.recall(reading)
        if found is None:
            light.through()
        else:
            light.failed(self.say(found))
        if light.is_news:
            await self.database.retrying(Turn.CLOCK, work)

    async def _trouble(self) -> Text | None:
        channel, bot, url = self.hook.channel, self.hook.bot, f"{self.site}{self.hook.path}"
        if told := await channel.unposted(bot, url):
            return told[0]
        reason = await self._unanswered()
        if not reason:
            self._tried_at = None
            return None
        now = self.clock.monotonic()
        if self._tried_at is None or now - self._tried_at >= _TRIAL_SECONDS:
            self._tried_at, self._verdict = now, await self._judged(url, reason)
        return self._verdict

    async def _judged(self, url: str, reason: str) -> Text | None:
        """Let the provider try our address; where it does not, our own trial stands."""
        try:
            return next(iter(await self.hook.channel.unposted(self.hook.bot, url, trial=True)), None)
        except ChannelError:
            return t(
                "Our address {url} does not answer ({reason}); look at the reverse proxy, its certificate and the "
                "firewall.",
                url=url,
                reason=reason,
            )

    async def _unanswered(self) -> str:
        """Ask our own address whether it answers; say why not, "" where it does."""
        try:
            async with (
                session(1) as asking,
                asking.get(f"{self.site}/health", timeout=patience(_ANSWER_SECONDS, _ANSWER_SECONDS)) as answer,
            ):
                return "" if answer.status == _OK else f"HTTP {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return type(error).__name__
