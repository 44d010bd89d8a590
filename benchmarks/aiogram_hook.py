"""What we stand beside: aiogram behind its own webhook server, which answers and stores nothing.

`python -m benchmarks.aiogram_hook PORT API_PORT`.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from benchmarks.council import TOKEN
from benchmarks.fake_api import TEXT
from benchmarks.programs import HOST
from benchmarks.stock import PATH, SECRET


def dispatcher() -> Dispatcher:
    """Answer one command."""
    made = Dispatcher()

    @made.message(Command("trogiup"))
    async def _answer(message: Message) -> None:
        await message.answer(TEXT)

    return made


async def serve(port: int, api_port: int) -> None:
    """Serve until the process is ended."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(f"http://{HOST}:{api_port}")))
    app = web.Application()
    SimpleRequestHandler(dispatcher(), bot, secret_token=SECRET).register(app, path=PATH)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
