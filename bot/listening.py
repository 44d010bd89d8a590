"""Where updates are asked for: one process at a time asks for one bot, and stores what it gets before it asks again.

What is stored is what the next question leaves behind, so that nothing is lost by a crash and nothing heard twice.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log, metrics
from bot.database import Turn
from bot.intake import Intake
from bot.lanes import Lane, LaneLost
from bot.light import Light
from bot.timepiece import Clock
from handlers.kit import ChannelError, Service, Wait
from models.heard import newest_updates

_ASK_AGAIN_SECONDS: Final = 1.0
_BEAT_SECONDS: Final = 2.0
_LONGEST_REST: Final = 30.0
# longer than any question may take: what is still silent then is a dead connection
_DEAF_SECONDS: Final = 60.0
# a provider that had nothing to say for a week numbers anew (https://core.telegram.org/bots/api#getting-updates)
_NUMBERS_LAST: Final = timedelta(days=6)


@dataclass(slots=True)
class Listener:
    """Asks for the updates of one bot whenever this process holds its lane.

    An answer that does not come in `deaf_seconds` is given up, and asked for on another connection.
    """

    lane: Lane
    channel: Service
    bot: str
    intake: Intake
    deaf_seconds: float = _DEAF_SECONDS
    _clock: Clock = field(init=False)
    _light: Light = field(init=False)
    _after: str = field(default="", init=False)
    _rest: float = field(default=0.0, init=False)
    # what was stored was given once more, and will be again as long as it is asked for at once
    _nothing_new: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._clock = self.lane.clock
        self._light = Light(self.lane.key, self._clock)

    @property
    def after(self) -> str:
        """The number of the newest update that was stored."""
        return self._after

    async def run(self, stopping: asyncio.Event) -> None:
        """Listen until told to stop."""
        while not stopping.is_set():
            try:
                if await self.lane.take(self._light.recall):
                    await self._listen(stopping)
            except SQLAlchemyError as error:
                log.warning("lane neither taken nor left", lane=self.lane.key, error=repr(error))
            await self._clock.until(stopping, _ASK_AGAIN_SECONDS)

    async def begin(self) -> None:
        """Have the provider keep updates for us, and find the newest that was stored."""
        await self.channel.subscribe(self.bot, "", "")
        async with self.lane.database.read() as session:
            newest = await newest_updates(session, self.channel.name, self.bot)
        is_good = newest is not None and self._clock.real_now() - newest.heard_at < _NUMBERS_LAST
        self._after = self.channel.goes_on_after(newest.update_ids, "") if newest is not None and is_good else ""

    async def once(self) -> int:
        """Ask once and store what came; give how many updates there were.

        Raises ChannelError, TimeoutError where no answer came at all, and what the store raises.
        """
        async with asyncio.timeout(self.deaf_seconds):
            updates = await self.channel.poll(self.bot, self._after)
        metrics.LISTENED.labels(self.lane.key).set(self._clock.real_now().timestamp())
        known = self._numbered(updates)
        stored = await asyncio.gather(
            *(self.intake.hear(self.channel, self.bot, number, update) for number, update in known.items())
        )
        self._nothing_new = bool(stored) and not any(each.fresh for each in stored)
        self._after = self.channel.goes_on_after(list(known), self._after)
        await asyncio.gather(*(acknowledge(self.channel, self.bot, update) for update in updates))
        return len(updates)

    def _numbered(self, updates: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        for update in updates:
            try:
                found[self.channel.update_id(update)] = update
            except ValueError:
                log.warning("update without a number", lane=self.lane.key)
        return found

    async def _listen(self, stopping: asyncio.Event) -> None:
        """Ask again and again while the lane is ours; told to stop, what is being asked is dropped: it is kept."""
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            asking = group.create_task(self._ask_until(ended))
            beating = group.create_task(self._beat_until(ended))
            while not (stopping.is_set() or asking.done() or beating.done()):
                await self._clock.until(stopping, _BEAT_SECONDS)
            ended.set()
            asking.cancel()
        if self.lane.held:
            await self._release()

    async def _ask_until(self, ended: asyncio.Event) -> None:
        begun = False
        while not ended.is_set() and self.lane.fresh:
            try:
                if not begun:
                    await self.begin()
                    begun = True
                await self.once()
                self._light.through()
                self._rest = 0.0
                if self._nothing_new:
                    await self._clock.until(ended, _ASK_AGAIN_SECONDS)
            except (ChannelError, TimeoutError, SQLAlchemyError) as error:
                self._rest = min(_LONGEST_REST, max(1.0, self._rest * 2))
                rest = max(self._rest, error.seconds) if isinstance(error, Wait) else self._rest
                if not isinstance(error, SQLAlchemyError):
                    self._light.failed(str(error) or repr(error))
                log.warning("nothing heard", lane=self.lane.key, error=str(error) or repr(error), rest=rest)
                await self._clock.until(ended, rest)

    async def _beat_until(self, ended: asyncio.Event) -> None:
        while not await self._clock.until(ended, _BEAT_SECONDS):
            began = self._clock.monotonic()
            try:
                await self.lane.database.retrying(Turn.COURIER, self._beat)
            except LaneLost:
                self.lane.lose()
                return
            except SQLAlchemyError as error:
                log.warning("beat not stored", lane=self.lane.key, error=repr(error))
            else:
                self.lane.beaten(began)
                self._light.noted()

    async def _beat(self, session: AsyncSession) -> None:
        await self.lane.beat(session)
        await self._light.note(session)

    async def _release(self) -> None:
        await self.lane.database.retrying(Turn.COURIER, self.lane.release)
        self.lane.released()


async def acknowledge(channel: Service, bot: str, update: Mapping[str, Any]) -> None:
    """Let a person see that his press was heard; that he does not see it is no harm: it is stored."""
    try:
        await channel.stored(bot, update)
    except ChannelError as error:
        log.info("press not acknowledged", channel=channel.name, error=str(error))
