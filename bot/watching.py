"""Where updates are posted: each minute somebody looks whether they still arrive, before anybody misses them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import aiohttp
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log
from bot.database import Database, Turn
from bot.hooks import Hook
from bot.light import Light
from bot.timepiece import Clock
from bot.wire import patience, session
from handlers.kit import ChannelError, Text, t
from models.darkness import POSTED
from models.inbox import Inbound
from models.leases import lease_of

_LOOK_SECONDS: Final = 60.0
_ANSWER_SECONDS: Final = 10.0
# a provider tries our address some twenty times a day: seldom while we reach it ourselves and all is well
_TRIAL: Final = timedelta(hours=3)
_TRIAL_IN_DOUBT: Final = timedelta(minutes=90)
_LATEST: Final = 200
_OK: Final = 200
_NO_KIND: Final = ("Content-Type",)


@dataclass(slots=True)
class Watch:
    """Looks whether the updates of one bot arrive at our address; `say` puts a sentence in the Council's words.

    The provider is asked, and our own address is tried as a provider tries it. A server may not reach itself by the
    address that the world knows, and what it reaches may be closed to the provider: its own trial decides, which it
    makes now and then and whenever what we see changes. What has arrived since shows that it arrives.
    """

    database: Database
    clock: Clock
    hook: Hook
    site: str
    say: Callable[[Text], str]
    _tried_at: datetime | None = field(default=None, init=False)
    _is_silent: bool = field(default=False, init=False)
    _found: Sequence[Text] | None = field(default=None, init=False)

    @property
    def lane(self) -> str:
        """The name under which it is known since when nothing arrives."""
        return f"{POSTED}{self.hook.channel.name}:{self.hook.bot}"

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
        reason, now = await self._unanswered(url), self.clock.now()
        if self._is_trial_due(now, is_silent=bool(reason)):
            self._tried_at, self._is_silent = now, bool(reason)
            self._found = await self._tried(url)
        wrong = self._wrong(url, reason)
        if wrong is not None and await self._has_heard():
            self._found, wrong = (), None
        return wrong

    def _is_trial_due(self, now: datetime, *, is_silent: bool) -> bool:
        if self._tried_at is None or is_silent != self._is_silent:
            return True
        return now - self._tried_at >= (_TRIAL_IN_DOUBT if is_silent or self._found else _TRIAL)

    async def _tried(self, url: str) -> Sequence[Text] | None:
        """Let the provider try our address; where it does not, what it found wrong stands, or nothing is known."""
        try:
            return await self.hook.channel.unposted(self.hook.bot, url, trial=True)
        except ChannelError:
            return self._found or None

    def _wrong(self, url: str, reason: str) -> Text | None:
        """Say what the provider found wrong; where it did not try, what we saw ourselves."""
        if self._found is not None:
            return next(iter(self._found), None)
        if not reason:
            return None
        return t(
            "Our address {url} does not answer ({reason}); look at the reverse proxy, its certificate and the "
            "firewall.",
            url=url,
            reason=reason,
        )

    async def _has_heard(self) -> bool:
        """Tell whether anything has arrived from this bot since the last trial."""
        latest = select(Inbound.channel, Inbound.bot, Inbound.heard_at).order_by(Inbound.id.desc()).limit(_LATEST)
        async with self.database.read() as reading:
            rows = (await reading.execute(latest)).all()
        this = self.hook.channel.name, self.hook.bot
        return any((channel, bot) == this and self._tried_at <= at for channel, bot, at in rows if self._tried_at)

    async def _unanswered(self, url: str) -> str:
        """Post nothing to our own address, as a provider does to try it; say why it does not answer, "" if it does."""
        try:
            waiting = patience(_ANSWER_SECONDS, _ANSWER_SECONDS)
            async with (
                session(1) as asking,
                asking.post(url, timeout=waiting, skip_auto_headers=_NO_KIND) as answer,
            ):
                return "" if answer.status == _OK else f"HTTP {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return type(error).__name__
