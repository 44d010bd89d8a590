"""What we stand beside: a python-telegram-bot webhook application that answers and stores nothing.

`python -m benchmarks.stock PORT API_PORT plain|tuned`: plain is the library's documented custom webhook with its
defaults (one update at a time, its httpx pool); tuned handles 30 at a time on a pool as wide.
"""

import asyncio
import sys
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes

from benchmarks.fake_api import TEXT
from benchmarks.lines import KEPT
from benchmarks.programs import HOST

SECRET: Final = "stock-secret"  # noqa: S105 - of a bot that does not exist
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
PATH: Final = "/telegram"
_TOKEN: Final = "42:stock-token"  # noqa: S105 - likewise

Bot = Application[Any, Any, Any, Any, Any, Any]


async def _answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(TEXT)


def application(api: str, *, tuned: bool) -> Bot:
    """Make the bot."""
    builder = Application.builder().token(_TOKEN).base_url(f"{api}/bot").updater(None)
    if tuned:
        builder = builder.concurrent_updates(KEPT).connection_pool_size(KEPT).pool_timeout(None)
    bot = builder.build()
    bot.add_handler(CommandHandler("trogiup", _answer))
    return bot


def site(bot: Bot) -> Starlette:
    """Give the bot its webhook."""

    async def hook(request: Request) -> Response:
        if request.headers.get(HEADER) != SECRET:
            return Response(status_code=403)
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return Response()

    return Starlette(routes=[Route(PATH, hook, methods=["POST"])])


async def serve(port: int, api_port: int, *, tuned: bool) -> None:
    """Serve until the process is ended."""
    bot = application(f"http://{HOST}:{api_port}", tuned=tuned)
    server = uvicorn.Server(uvicorn.Config(site(bot), host=HOST, port=port, log_level="warning", access_log=False))
    async with bot:
        await bot.start()
        await server.serve()
        await bot.stop()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), tuned=sys.argv[3] == "tuned"))
