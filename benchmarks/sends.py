"""One message to each of many chats, nothing kept: `python -m benchmarks.sends KIND PORT`.

KIND is one of STACKS, PORT that of the Bot API. A line with two numbers has so many sent, so many of them in flight,
and is answered by a line once all are acknowledged.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from benchmarks.fake_api import TEXT, ZALO_BOT
from benchmarks.programs import HOST

_TOKEN: Final = "42:benchmark-token"  # noqa: S105 - of a bot that does not exist
_ZALO_TOKEN: Final = f"{ZALO_BOT}:benchmark-token"
_FIRST_CHAT: Final = 1001

Send = Callable[[int], Awaitable[object]]


@asynccontextmanager
async def stock(api: str) -> AsyncIterator[Send]:
    """Send by python-telegram-bot as it comes: what it is called with, and nothing else."""
    from telegram import Bot  # noqa: PLC0415 - each process loads its own library only

    async with Bot(_TOKEN, base_url=f"{api}/bot") as bot:
        yield lambda place: bot.send_message(_FIRST_CHAT + place, TEXT)


@asynccontextmanager
async def aiogram(api: str) -> AsyncIterator[Send]:
    """Send by aiogram as it comes."""
    from aiogram import Bot  # noqa: PLC0415 - likewise
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415 - likewise
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415 - likewise

    async with Bot(_TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api))) as bot:
        yield lambda place: bot.send_message(_FIRST_CHAT + place, TEXT)


@asynccontextmanager
async def adapter(api: str) -> AsyncIterator[Send]:
    """Send by the channel of the assistant, without its store."""
    from bot.channels.telegram import Telegram  # noqa: PLC0415 - likewise
    from handlers.kit import Message  # noqa: PLC0415 - likewise

    channel = Telegram(_TOKEN, Path, api)
    await channel.open()
    yield lambda place: channel.send("42", str(_FIRST_CHAT + place), Message(place, (TEXT,)))
    await channel.close()


@asynccontextmanager
async def zalo_stock(api: str) -> AsyncIterator[Send]:
    """Send by python-zalo-bot as it comes."""
    from zalo_bot import Bot  # noqa: PLC0415 - likewise

    async with Bot(_ZALO_TOKEN, base_url=api) as bot:
        yield lambda place: bot.send_message(str(_FIRST_CHAT + place), TEXT)


@asynccontextmanager
async def zalo_adapter(api: str) -> AsyncIterator[Send]:
    """Send by the Zalo channel of the assistant, without its store."""
    from bot.channels.zalo import Zalo  # noqa: PLC0415 - likewise
    from handlers.kit import Message  # noqa: PLC0415 - likewise

    channel = Zalo((_ZALO_TOKEN,), api)
    await channel.open()
    yield lambda place: channel.send(ZALO_BOT, str(_FIRST_CHAT + place), Message(place, (TEXT,)))
    await channel.close()


STACKS: Final = {
    "stock": stock,
    "aiogram": aiogram,
    "adapter": adapter,
    "zalo-stock": zalo_stock,
    "zalo-adapter": zalo_adapter,
}


async def serve(kind: str, port: int) -> None:
    """Send as many as each line says, until there are no more lines."""
    async with STACKS[kind](f"http://{HOST}:{port}") as send:
        while line := await asyncio.to_thread(sys.stdin.readline):
            count, at_once = map(int, line.split())
            left = iter(range(count))
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(_sent(send, left))
            print("sent", flush=True)


async def _sent(send: Send, left: Iterator[int]) -> None:
    for place in left:
        await send(place)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
