"""A Telegram and a Zalo to try the assistant with, without an account: `make fakes`."""

import argparse
import asyncio
import contextlib
import itertools
import logging
import signal

from bot.timepiece import SystemClock
from tests.fakes import telegram, zalo
from tests.fakes.telegram.numbers import Numbers

_PEOPLE = ("Nguyễn Thị Lan", "Trần Văn Hùng", "Phạm Thị Thu", "Lê Quang Minh", "Hoàng Thị Mai")
_GROUP = "Cụm thi đua số 1"


async def run(port: int) -> None:
    """Serve until interrupted: Telegram on this port, Zalo on the next."""
    clock = SystemClock()
    stop = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, stop.set)
    # an assistant that was tried before remembers its last updates and messages: those of a new run must be others
    started = int(clock.real_now().timestamp())
    numbers = Numbers(updates=itertools.count(started, 10_000_000))
    async with (
        telegram.serving(clock, port=port, numbers=numbers) as world,
        zalo.serving(clock, port=port and port + 1, first_message=started) as other,
    ):
        for name in _PEOPLE:
            world.person(name)
            other.person(name)
        world.group(_GROUP, next(iter(world.people.values())), with_bot=False)
        other.group(_GROUP, with_bot=False)
        other.another_bot("Bot Đôn Đốc 2")
        print(greeting(world, other), flush=True)  # noqa: T201 - a terminal program prints
        await stop.wait()


def greeting(world: telegram.World, other: zalo.World) -> str:
    """Say where the pages are and which lines connect the assistant."""
    return (
        f"Telegram giả lập: mở {world.address} bằng trình duyệt.\n"
        f"Zalo giả lập: mở {other.address} bằng trình duyệt.\n"
        "Ghi các dòng sau (hoặc chỉ của một bên) vào tệp .env rồi chạy `dondoc run`:\n"
        f"  DONDOC_TELEGRAM_TOKEN={world.token}\n"
        f"  DONDOC_TELEGRAM_API={world.address}\n"
        f"  DONDOC_ZALO_TOKENS={','.join(other.tokens)}\n"
        f"  DONDOC_ZALO_API={other.address}\n"
        "Mọi thứ chỉ nằm trong bộ nhớ và mất đi khi dừng. Dừng: Ctrl+C."
    )


def main() -> None:
    """Read the port and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8090, help="Telegram's port on loopback, Zalo's is the next; 0 takes any two"
    )
    logging.basicConfig(format="%(message)s")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(parser.parse_args().port))


if __name__ == "__main__":
    main()
