"""The assistant without its web part, in a process that measures itself: `python -m benchmarks.inside READERS`.

Runs on the store of the folder it is started in. A line {"sayings": [[reader, raw], …]} is answered by a line
{"updates/s", "CPU ms/update"}, counted from the first that is heard until the last answer is committed.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.council import BOT, WEBCHAT, config_in, name_of
from benchmarks.lines import KEPT
from benchmarks.store import Store
from bot import log
from bot.app import Assistant, couriers, opened
from bot.timepiece import SystemClock

_LOOK_SECONDS: Final = 0.01
_Heard = tuple[int, int, dict[str, Any]]


async def serve(folder: Path) -> None:
    """Answer lines until there are no more."""
    stopping = asyncio.Event()
    async with opened(config_in(folder), SystemClock()) as assistant, asyncio.TaskGroup() as group:
        group.create_task(assistant.dispatcher.run(stopping))
        for courier in couriers(assistant):
            group.create_task(courier.run(stopping))
        while line := await asyncio.to_thread(sys.stdin.readline):
            figures = await _measured(assistant, Store(folder / "dondoc.db"), json.loads(line)["sayings"])
            print(json.dumps(figures), flush=True)
        stopping.set()


async def _measured(assistant: Assistant, store: Store, sayings: list[tuple[int, dict[str, Any]]]) -> dict[str, float]:
    mark, count = store.mark(), len(sayings)
    left = ((mark, place, {**raw, "chat": name_of(reader)}) for place, (reader, raw) in enumerate(sayings))
    wall, cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(KEPT):
            group.create_task(_heard(assistant, left))
    while store.answered(mark) < count:  # noqa: ASYNC110 - the store alone says when
        await asyncio.sleep(_LOOK_SECONDS)
    wall = time.perf_counter() - wall
    while store.waiting():  # noqa: ASYNC110 - likewise
        await asyncio.sleep(_LOOK_SECONDS)
    cpu = time.process_time() - cpu
    assert store.troubles(mark) == 0
    return {"updates/s": count / wall, "CPU ms/update": cpu / count * 1000}


async def _heard(assistant: Assistant, left: Iterator[_Heard]) -> None:
    for mark, place, raw in left:
        await assistant.intake.hear(assistant.channels[WEBCHAT], BOT, f"inside:{mark}:{place}", raw)


if __name__ == "__main__":
    log.configure()
    asyncio.run(serve(Path.cwd()))
