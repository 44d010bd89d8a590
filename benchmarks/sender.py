"""What we send with, in a process of its own: `python -m benchmarks.sender CHANNEL PORT`, PORT that of the Bot API.

Runs on the store of the folder it is started in. The line "owe" has an officer send a notice to everybody, "claim" also
has it claimed and put into words; the next line has it carried off as fast as the Bot API takes it: by the courier, or,
where it is claimed already, only sent, 30 in flight, and each outcome committed, many at a time. Each line is answered
by one when it is so.
"""

import asyncio
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import text

from benchmarks.council import BOT, HELD_SECONDS, OFFICER, WEBCHAT, config_in
from benchmarks.fake_api import TEXT
from benchmarks.lines import KEPT
from benchmarks.programs import HOST
from benchmarks.store import Store
from bot import log
from bot.app import Assistant, couriers, opened
from bot.courier import Courier
from bot.database import Turn
from bot.desk import claims_of
from bot.pace import Pace
from bot.running import spare_collector
from bot.sending import Outgoing, deliver
from bot.timepiece import MovedClock
from models.outcomes import Outcome, Sender, acknowledge
from models.queue import Claimed, Wanted, claim
from models.settings import council

_ALL: Final = 100_000
_AT_ONCE: Final = 200
_LOOK_SECONDS: Final = 0.01
# each found by an index of its own
_LEFT: Final = text(
    "SELECT EXISTS (SELECT 1 FROM parcel WHERE lane = :of AND state = 'queued')"
    " OR EXISTS (SELECT 1 FROM parcel WHERE lane = :of AND state = 'sending')"
)


async def serve(folder: Path, name: str, port: int) -> None:
    """Answer lines until there are no more."""
    clock = MovedClock()
    config = config_in(folder, **{f"{name}_api": f"http://{HOST}:{port}"})
    # a Thursday in office hours: before and after them a broadcast waits
    clock.offset_seconds = clock.offset_to(datetime(2022, 6, 9, 8, 0, tzinfo=config.zone))
    async with opened(config, clock) as assistant:
        (courier,) = [each for each in couriers(assistant) if each.channel.name == name]
        courier.pace = Pace(clock)
        spare_collector()
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _owe(assistant, Store(folder / "dondoc.db"))
            clock.offset_seconds += HELD_SECONDS
            claimed = await _claimed(courier) if line.strip() == "claim" else []
            print("owed", flush=True)
            await asyncio.to_thread(sys.stdin.readline)
            if claimed:
                await _delivered(courier, claimed)
            else:
                await _carried(courier)


async def _carried(courier: Courier) -> None:
    """Let the courier work until nothing is left."""
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(courier.run(stopping))
        while await _is_any_left(courier):  # noqa: ASYNC110 - the store alone says when
            await asyncio.sleep(_LOOK_SECONDS)
        print("sent", flush=True)
        stopping.set()


async def _is_any_left(courier: Courier) -> bool:
    async with courier.lane.database.glance() as session:
        return bool(await session.scalar(_LEFT, {"of": courier.lane.key}))


async def _claimed(courier: Courier) -> list[Outgoing]:
    """Claim everything, and put it into words."""
    assert await courier.take_lane()
    database, now = courier.lane.database, courier.lane.clock.now()
    async with database.write(Turn.COURIER) as session:
        claimed = await claim(session, Wanted(courier.lane.key, now, _ALL), courier.lane.epoch)
    async with database.read() as session:
        settings = await council(session)
        claims = [each for some in _batches(claimed) for each in await claims_of(session, some)]
        found = [await courier.desk.composed(session, each, now, settings) for each in claims]
    return [outgoing for outgoing in found if outgoing is not None]


def _batches(claimed: list[Claimed]) -> list[list[Claimed]]:
    return [claimed[start : start + _AT_ONCE] for start in range(0, len(claimed), _AT_ONCE)]


async def _delivered(courier: Courier, outgoing: list[Outgoing]) -> None:
    """Send what is claimed and commit each outcome; those that come while a transaction runs share the next one."""
    left, outcomes, news = iter(outgoing), list[Outcome](), asyncio.Event()

    async def sent() -> None:
        for each in left:
            outcomes.append(await deliver(courier.channel, courier.bot, each))
            if len(outcomes) >= KEPT:
                news.set()

    async def recorded(count: int) -> None:
        while count:
            await news.wait()
            some = list(outcomes)
            outcomes.clear()
            news.clear()
            async with courier.lane.database.write(Turn.COURIER) as session:
                await courier.lane.beat(session)
                sender = Sender(courier.lane.key, courier.lane.epoch)
                await acknowledge(session, sender, some, courier.lane.clock.now())
            count -= len(some)

    async with asyncio.TaskGroup() as group:
        group.create_task(recorded(len(outgoing)))
        async with asyncio.TaskGroup() as sending:
            for _ in range(KEPT):
                sending.create_task(sent())
        news.set()
    print("sent", flush=True)
    await courier.release_lane()


async def _owe(assistant: Assistant, store: Store) -> None:
    await _said(assistant, {"text": f"guithongbao tất cả: {TEXT}"})
    parcel, content = store.newest_answer()
    commands = [choice["call"]["command"] for choice in content["choices"]]
    await _said(assistant, {"press": [parcel, commands.index("guithongbao.gui")]})
    for courier in couriers(assistant):
        if courier.channel.name == WEBCHAT:  # what the officer is answered is not measured
            assert await courier.take_lane()
            await courier.drain()


async def _said(assistant: Assistant, raw: dict[str, object]) -> None:
    channel = assistant.channels[WEBCHAT]
    stored = await assistant.intake.hear(channel, BOT, f"sender:{time.perf_counter_ns()}", {"chat": OFFICER, **raw})
    await assistant.dispatcher.finish(stored.chat_id)


if __name__ == "__main__":
    log.configure()
    asyncio.run(serve(Path.cwd(), sys.argv[1], int(sys.argv[2])))
