"""The courier of one lane: claims what may leave, has it put into words, sends it, records what became of it.

A claimed parcel is `sending` in the store before anything leaves, and nothing is sent inside a transaction. A graceful
stop awaits what is in flight, so that nothing is sent twice; after a hard kill the next holder of the lane sends again,
marked, only what was in `sending`.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import log, metrics
from bot.database import Database, Turn
from bot.desk import Desk, claims_of
from bot.handover import Handover
from bot.hours import Hours
from bot.lanes import Lane, LaneLost
from bot.light import Light
from bot.pace import Pace
from bot.sending import Claim, InFlight, Limits, Outgoing, failed, shown
from bot.timepiece import Clock
from bot.waker import MOVED, OUTBOX, Bell, chat_topic, will_wake
from handlers.kit import Channel, Unknown, Unsent
from models.outbox import ParcelState, Priority
from models.outcomes import Again, Outcome, Over, Sender, Sent, acknowledge, note_shown
from models.queue import (
    IN_WORKING_HOURS,
    Claimed,
    Wanted,
    claim,
    is_anything_due,
    put_back,
    put_back_astray,
    put_back_unsure,
)
from models.settings import Council, council

_ASK_AGAIN_SECONDS: Final = 1.0
_UPLOAD_AGAIN: Final = timedelta(seconds=1)


@dataclass(slots=True)
class Courier:
    """Sends what is owed on one lane, that of one bot of one channel; `zone` is the Council's."""

    lane: Lane
    channel: Channel
    bot: str
    desk: Desk
    pace: Pace
    zone: ZoneInfo
    limits: Limits = field(default_factory=Limits)
    _database: Database = field(init=False)
    _clock: Clock = field(init=False)
    _outcomes: list[Outcome] = field(default_factory=list, init=False)
    _in_flight: dict[int, InFlight] = field(default_factory=dict, init=False)
    # what is being given to the provider, until its reference is committed; and by which parcel
    _uploading: dict[str, int] = field(default_factory=dict, init=False)
    _astray: bool = field(default=False, init=False)
    # when much leaves at once and most of it has left, the next need not wait for the tick
    _emptied: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _is_flood: bool = field(default=False, init=False)
    _hours: Hours = field(init=False)
    _light: Light = field(init=False)
    _handover: Handover = field(init=False)

    def __post_init__(self) -> None:
        self._database, self._clock = self.lane.database, self.lane.clock
        self._hours = Hours(self._database, self._clock, self.zone)
        self._light = Light(self.lane.key, self._clock)
        self._handover = Handover(self.channel, self.bot, self.pace, self._light)

    @property
    def _sender(self) -> Sender:
        return Sender(self.lane.key, self.lane.epoch)

    async def run(self, stopping: asyncio.Event) -> None:
        """Send whenever this process holds the lane, until told to stop; what is in flight is awaited."""
        while not stopping.is_set():
            try:
                if await self.take_lane():
                    await self._work(stopping)
                    continue
            except Exception as error:  # noqa: BLE001 - the store is away: the lane is asked for again
                log.incident(error, lane=self.lane.key)
            await self._clock.until(stopping, _ASK_AGAIN_SECONDS)

    async def take_lane(self) -> bool:
        """Try once to take the lane; what senders before had in hand goes back to the queue."""

        async def then(session: AsyncSession, epoch: int) -> None:
            await self._light.recall(session)
            if self.channel.abilities.instant:
                await put_back(session, self.lane.key, epoch)
            else:
                await put_back_unsure(session, self.lane.key, epoch, self._clock.now())

        self._outcomes.clear()
        self._uploading.clear()
        return await self.lane.take(then)

    async def drain(self) -> None:
        """Send all that may leave now and record what became of it; the lane must be held."""
        busy = True
        while busy:
            async with asyncio.TaskGroup() as sends:
                busy = await self.tick(sends, Bell(self._clock))

    async def tick(self, sends: asyncio.TaskGroup, bell: Bell) -> bool:
        """Do one round: in one transaction beat, record and claim; then send, by tasks of `sends` that ring the bell.

        Tells whether there may be more to do at once. Raises LaneLost, and whatever the store raises.
        """
        wanted, began = await self._wanted(), self._clock.monotonic()
        slow = [each for each in self._in_flight.values() if each.is_slow(began)]
        if not (self._outcomes or self._astray or self.lane.beat_is_due or slow or await self._is_due(wanted)):
            return False
        outcomes = list(self._outcomes)

        async def work(session: AsyncSession) -> list[Claimed]:
            await self.lane.beat(session)
            await self._record(session, outcomes)
            await note_shown(session, self._sender, [shown(each.outgoing) for each in slow])
            if self._astray:
                await put_back_astray(session, self.lane.key, self.lane.epoch, list(self._in_flight))
            self._astray = True  # until what is claimed here is known to be in hand
            return await claim(session, wanted, self.lane.epoch) if wanted.limit else []

        claimed = await self._database.retrying(Turn.COURIER, work)
        self._is_flood = 2 * len(claimed) >= self.limits.in_flight
        self._emptied.clear()
        self.lane.beaten(began)
        self._light.noted()
        for each in slow:
            each.is_noted = True
        del self._outcomes[: len(outcomes)]
        recorded = {outcome.parcel_id for outcome in outcomes}
        self._uploading = {file: parcel for file, parcel in self._uploading.items() if parcel not in recorded}
        for outgoing in await self._prepared(claimed):
            self._start(outgoing, sends, bell)
        self._astray = False
        return bool(claimed or self._outcomes)

    async def release_lane(self) -> None:
        """Record what is left to record and leave the lane to whoever comes next; nothing may be in flight."""

        async def work(session: AsyncSession) -> None:
            await self.lane.beat(session)
            await self._record(session, self._outcomes)
            await self.lane.release(session)

        try:
            await self._database.retrying(Turn.COURIER, work)
        except LaneLost:
            self.lane.lose()
            return
        self._outcomes.clear()
        self.lane.released()

    async def _work(self, stopping: asyncio.Event) -> None:
        with self._database.waker.listening(OUTBOX, MOVED) as bell:
            async with asyncio.TaskGroup() as sends:
                while not stopping.is_set() and self.lane.held:
                    await self._guarded_tick(sends, bell)
        if self.lane.held:
            await self.release_lane()

    async def _guarded_tick(self, sends: asyncio.TaskGroup, bell: Bell) -> None:
        began = self._clock.monotonic()
        try:
            busy = await self.tick(sends, bell)
        except LaneLost:
            self.lane.lose()
            return
        except Exception as error:  # noqa: BLE001 - whatever the store says, the courier goes on and forgets nothing
            log.incident(error, lane=self.lane.key)
            await self._clock.sleep(_ASK_AGAIN_SECONDS)
            return
        if not busy:
            await bell.rung(self._database.poll_seconds)
        rest = self.limits.tick_seconds - (self._clock.monotonic() - began)
        if rest > 0:
            await self._clock.until(self._emptied, rest)

    async def _record(self, session: AsyncSession, outcomes: Sequence[Outcome]) -> None:
        await self._light.note(session)
        await acknowledge(session, self._sender, outcomes, self._clock.now())
        will_wake(session, *(chat_topic(outcome.chat_id) for outcome in outcomes if isinstance(outcome, Sent)))
        if any(isinstance(outcome, Over) and outcome.moves for outcome in outcomes):
            will_wake(session, OUTBOX)

    async def _wanted(self) -> Wanted:
        now, hours = self._clock.now(), await self._hours.today()
        is_full = len(self._in_flight) >= self.limits.in_flight - self.limits.kept_free
        pushes = hours.is_open(now) and not is_full and not await self.pace.keeps_back(now)
        priorities = [each for each in Priority if each not in IN_WORKING_HOURS or pushes]
        free = min(self.pace.allowance(), self.limits.in_flight - len(self._in_flight))
        return Wanted(
            self.lane.key,
            now,
            max(free, 0),
            priorities,
            self.pace.resting().union(each.chat_id for each in self._in_flight.values()),
        )

    async def _is_due(self, wanted: Wanted) -> bool:
        if not wanted.limit:
            return False
        async with self._database.glance() as session:
            return await is_anything_due(session, wanted)

    async def _prepared(self, claimed: Sequence[Claimed]) -> list[Outgoing]:
        """Have claimed parcels put into words; what is not to be sent has its outcome at once."""
        if not claimed:
            return []
        prepared = list[Outgoing]()
        async with self._database.glance() as session:
            claims = await claims_of(session, claimed)
            small = deque(claim for claim in claims if claim.is_small)
            await self._compose(session, small, prepared)
        rest = deque([*small, *(claim for claim in claims if not claim.is_small)])
        while rest:
            async with self._database.read() as session:
                await self._compose(session, rest, prepared)
        return [each for each in await self.desk.readied(self._database, prepared) if self._may_leave(each)]

    async def _compose(self, session: AsyncSession, claims: deque[Claim], prepared: list[Outgoing]) -> None:
        """Put claims into words until one fails: the others go on in a session that it has not spoilt."""
        settings = await council(session)
        while claims and await self._composed(session, claims.popleft(), settings, prepared):
            pass

    def _may_leave(self, outgoing: Outgoing) -> bool:
        """Hold back whoever needs a file that is being uploaded for another: he gets it by its reference, soon."""
        if outgoing.upload in self._uploading:
            later = self._clock.now() + _UPLOAD_AGAIN
            self._outcomes.append(Again(outgoing.parcel.id, later, counted=False))
            return False
        if outgoing.upload and not self.channel.abilities.instant:
            self._uploading[outgoing.upload] = outgoing.parcel.id
        return True

    async def _composed(self, session: AsyncSession, claim: Claim, settings: Council, prepared: list[Outgoing]) -> bool:
        now = self._clock.now()
        try:
            outgoing = await self.desk.composed(session, claim, now, settings)
        except Exception as error:  # noqa: BLE001 - one letter that cannot be composed must not hold up the others
            number = log.incident(error, parcel=claim.parcel.id, lane=self.lane.key)
            self._outcomes.append(failed(claim.parcel, Unsent(f"incident {number}"), now))
            return False
        if outgoing is None:
            self._outcomes.append(Over(claim.parcel.id, ParcelState.CANCELLED))
        else:
            prepared.append(outgoing)
        return True

    def _start(self, outgoing: Outgoing, sends: asyncio.TaskGroup, bell: Bell) -> None:
        parcel = outgoing.parcel
        assert parcel.chat_id is not None  # noqa: S101 - a parcel without a chat is never queued
        self._in_flight[parcel.id] = InFlight(outgoing, parcel.chat_id, self._clock.monotonic())
        self.pace.leaves(parcel.chat_id, to_group=self.channel.is_group(outgoing.claim.chat))
        sends.create_task(self._send(outgoing, parcel.chat_id, bell))

    async def _send(self, outgoing: Outgoing, chat_id: int, bell: Bell) -> None:
        if self.lane.fresh:
            outcome = await self._tried(outgoing, chat_id)
        else:
            outcome = Again(outgoing.parcel.id, self._clock.now(), counted=False)
        metrics.PARCELS.labels(self.lane.key, type(outcome).__name__.lower()).inc()
        self._outcomes.append(outcome)
        del self._in_flight[outgoing.parcel.id]
        if self._is_flood and len(self._in_flight) <= self.limits.in_flight * self.limits.refilled_at:
            self._emptied.set()
        bell.ring()

    async def _tried(self, outgoing: Outgoing, chat_id: int) -> Outcome:
        parcel, now = outgoing.parcel, self._clock.now()
        try:
            return await self._handover.tried(outgoing, chat_id, now)
        except Exception as error:  # noqa: BLE001 - an adapter that fails unawares may have sent
            number = log.incident(error, parcel=parcel.id, lane=self.lane.key)
            return failed(parcel, Unknown(f"incident {number}"), now)
