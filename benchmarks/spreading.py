"""One notice with a large file to everybody: `python -m benchmarks.spreading PEOPLE COURIER_SECONDS [PORT]`.

Runs on the store of the folder it is started in and measures itself; any line makes it begin, a line of figures
answers. With the PORT of a Bot API the people are on Telegram.
"""

import asyncio
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.council import BOT, HELD_SECONDS, OFFICER, WEBCHAT, config_in
from benchmarks.programs import HOST, memory_mib
from benchmarks.store import Store
from bot import log
from bot.app import Assistant, couriers, opened
from bot.timepiece import MovedClock
from models.outbox import Priority

_NOTICE: Final = "guithongbao tất cả: Đề nghị cơ quan, đơn vị gửi báo cáo sơ kết phong trào thi đua 6 tháng đầu năm."
_SEND: Final = "guithongbao.gui"
_LOOK_SECONDS: Final = 0.05
_FILE_BYTES: Final = 5 << 20


async def serve(folder: Path, people: int, seconds: float, port: str = "") -> None:
    """Send the notice when told to and say what it cost."""
    sys.stdin.readline()
    clock = MovedClock()
    config = config_in(folder, telegram_api=f"http://{HOST}:{port}" if port else "")
    # a Thursday in office hours: before and after them a broadcast waits
    clock.offset_seconds = clock.offset_to(datetime(2022, 6, 9, 8, 0, tzinfo=config.zone))
    async with opened(config, clock) as assistant:
        store = Store(folder / "dondoc.db")
        await _said(assistant, {"text": _NOTICE, "files": [await _file(assistant, folder)]})
        before, wall, cpu = _peak_mib_from_now(), time.perf_counter(), time.process_time()
        await _said(assistant, {"press": _send_button(store)})
        owed = {
            "seconds to owe": time.perf_counter() - wall,
            "CPU s to owe": time.process_time() - cpu,
            "MiB more at the peak, owing": _peak_mib() - before,
        }
        clock.offset_seconds += HELD_SECONDS
        before = _peak_mib_from_now()
        carried = await _carried(assistant, store, people, seconds)
        figures = {**owed, **carried, "MiB more at the peak, sending": _peak_mib() - before}
    # the worker that read the file has ended by now: it holds the pipe open on which this is said
    print(json.dumps(figures), flush=True)


async def _file(assistant: Assistant, folder: Path) -> dict[str, Any]:
    path = folder / "ke-hoach.pdf"
    path.write_bytes(b"%PDF-1.4\n" + bytes(_FILE_BYTES))
    kept = await assistant.files.keep(path, path.name, "application/pdf")
    return {"sha256": kept.sha256, "name": kept.name, "media": kept.media, "size": kept.size}


def _peak_mib_from_now() -> float:
    """Forget how much memory this process has had in hand; give what it has now, in MiB."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _peak_mib()


def _peak_mib() -> float:
    """How much memory this process has had in hand at most, in MiB; `getrusage` would count its parent's, too."""
    return memory_mib("self", "VmHWM") or 0.0


async def _said(assistant: Assistant, raw: dict[str, Any]) -> None:
    channel = assistant.channels[WEBCHAT]
    stored = await assistant.intake.hear(channel, BOT, f"owed:{time.perf_counter_ns()}", {"chat": OFFICER, **raw})
    await assistant.dispatcher.finish(stored.chat_id)


def _send_button(store: Store) -> list[int]:
    parcel, content = store.newest_answer()
    commands = [choice["call"]["command"] for choice in content["choices"]]
    assert _SEND in commands, content
    return [parcel, commands.index(_SEND)]


async def _carried(assistant: Assistant, store: Store, people: int, seconds: float) -> dict[str, float]:
    """Let the couriers work for so long, or until all has left."""
    stopping, before = asyncio.Event(), store.sent()
    assert store.waiting(Priority.BROADCAST) >= people, (store.waiting(Priority.BROADCAST), people)
    wall, cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for courier in couriers(assistant):
            group.create_task(courier.run(stopping))
        while _is_under_way(store, wall + seconds):  # noqa: ASYNC110 - the store alone says when
            await asyncio.sleep(_LOOK_SECONDS)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        sent = store.sent() - before
        stopping.set()
    return {"messages/s by the courier": sent / wall, "CPU ms/message by the courier": cpu / sent * 1000}


def _is_under_way(store: Store, until: float) -> bool:
    return time.perf_counter() < until and store.waiting(Priority.BROADCAST) > 0


if __name__ == "__main__":
    log.configure()
    asyncio.run(serve(Path.cwd(), int(sys.argv[1]), float(sys.argv[2]), *sys.argv[3:]))
