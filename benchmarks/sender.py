"""The whole sender, in a process of its own: `python -m benchmarks.sender PORT`, PORT being that of the Bot API.

Runs on the store of the folder it is started in. The line "owe" has an officer send a notice to everybody; "send" has
the courier carry it off, as fast as the Bot API takes it, until "stop". Each is answered by a line when it is so.
"""

import asyncio
import sys
import time
from datetime import datetime
from pathlib import Path

from benchmarks.council import BOT, OFFICER, TELEGRAM, WEBCHAT, config_in
from benchmarks.fake_api import TEXT
from benchmarks.programs import HOST
from benchmarks.store import Store
from bot import log
from bot.app import Assistant, couriers, opened
from bot.pace import Pace
from bot.timepiece import MovedClock


async def serve(folder: Path, port: int) -> None:
    """Answer lines until there are no more."""
    clock = MovedClock()
    config = config_in(folder, telegram_api=f"http://{HOST}:{port}")
    # a Thursday in office hours: before and after them a broadcast waits
    clock.offset_seconds = clock.offset_to(datetime(2022, 6, 9, 8, 0, tzinfo=config.zone))
    async with opened(config, clock) as assistant:
        (courier,) = [each for each in couriers(assistant) if each.channel.name == TELEGRAM]
        courier.pace = Pace(clock)
        while await asyncio.to_thread(sys.stdin.readline):
            await _owe(assistant, Store(folder / "dondoc.db"))
            await _told("owed")
            stopping = asyncio.Event()
            async with asyncio.TaskGroup() as group:
                group.create_task(courier.run(stopping))
                await _told("sending")
                stopping.set()
            print("stopped", flush=True)


async def _told(answer: str) -> None:
    """Say that it is so, and wait for the next line."""
    print(answer, flush=True)
    await asyncio.to_thread(sys.stdin.readline)


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
    asyncio.run(serve(Path.cwd(), int(sys.argv[1])))
