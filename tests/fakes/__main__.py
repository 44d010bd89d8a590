"""A Telegram to try the assistant with, without an account: `make fakes`."""

import argparse
import asyncio
import contextlib
import itertools
import logging
import signal

from bot.timepiece import SystemClock
from tests.fakes.telegram import World, serving
from tests.fakes.telegram.numbers import Numbers

_PEOPLE = ("Nguyễn Thị Lan", "Trần Văn Hùng", "Phạm Thị Thu", "Lê Quang Minh", "Hoàng Thị Mai")


async def run(port: int) -> None:
    """Serve until interrupted."""
    clock = SystemClock()
    stop = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, stop.set)
    # an assistant that was tried before remembers the number of its last update: those of a new run must be greater
    numbers = Numbers(updates=itertools.count(int(clock.real_now().timestamp()), 10_000_000))
    async with serving(clock, port=port, numbers=numbers) as world:
        for name in _PEOPLE:
            world.person(name)
        world.group("Cụm thi đua số 1", next(iter(world.people.values())), with_bot=False)
        print(greeting(world), flush=True)  # noqa: T201 - a terminal program prints
        await stop.wait()


def greeting(world: World) -> str:
    """Say where the page is and which lines connect the assistant."""
    return (
        f"Telegram giả lập: mở {world.address} bằng trình duyệt.\n"
        "Ghi hai dòng sau vào tệp .env rồi chạy `dondoc run`:\n"
        f"  DONDOC_TELEGRAM_TOKEN={world.token}\n"
        f"  DONDOC_TELEGRAM_API={world.address}\n"
        "Mọi thứ chỉ nằm trong bộ nhớ và mất đi khi dừng. Dừng: Ctrl+C."
    )


def main() -> None:
    """Read the port and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument("--port", type=int, default=8090, help="the port on loopback; 0 takes any that is free")
    logging.basicConfig(format="%(message)s")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(parser.parse_args().port))


if __name__ == "__main__":
    main()
