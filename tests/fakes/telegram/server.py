"""The fake Bot API as a real HTTP server on loopback."""

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from bot.timepiece import Clock, SystemClock
from tests.fakes.answering import Answering, Doing, answer_json, served, unknown
from tests.fakes.calls import SPOKEN
from tests.fakes.page import Page
from tests.fakes.telegram import asking, editing, receiving, sending
from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Call, Refused, Request, bad_request
from tests.fakes.telegram.files import LARGEST_UPLOAD
from tests.fakes.telegram.judge import Judge
from tests.fakes.telegram.numbers import Numbers
from tests.fakes.telegram.page import TelegramSide
from tests.fakes.telegram.registry import METHODS
from tests.fakes.telegram.world import World

METHODS_OF: Final = (asking, editing, receiving, sending)  # each registers its methods when it is imported


class Api(Answering[Request]):
    """Answers requests as Telegram does: what the descriptions of the Bot API do not allow is refused."""

    def __init__(self, world: World, judge: Judge, closing: asyncio.Event) -> None:
        super().__init__(world, closing, Request, LARGEST_UPLOAD)
        self.bots, self.judge = world.bots, judge

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file by its link."""
        bot = self.bots.get(request.match_info["token"])
        stored = None if bot is None else bot.cabinet.fetched(request.match_info["path"], bot.clock.monotonic())
        return await self.content(request, "file", stored and replace(stored, media="application/octet-stream"))

    def accepts(self, line: Request) -> Doing[Request]:
        """Give what carries a request out; methods are known in any case."""
        bot = self.bots.get(line.token)
        if bot is None:
            raise Refused(401, "Unauthorized")
        line.method = self.judge.known(line.method)
        return lambda line: self._carried_out(bot, Call(line.method, line.params, line.files))

    def spoken(self, line: Request) -> web.Response:
        """Word the answer that stands in the log."""
        return answer_json(line.status, line.answer if line.status != SPOKEN else {"ok": True, "result": line.answer})

    async def _carried_out(self, bot: Bot, call: Call) -> Any:
        if faults := self.judge.call(call):
            raise bad_request("; ".join(faults))
        function = METHODS.get(call.method)
        if function is None:
            raise Refused(501, f"Not Implemented: the fake does not know {call.method} yet")
        result = function(bot, call)
        if inspect.isawaitable(result):
            result = await result
        if call.method != "getUpdates":  # updates are judged when they come about, or are meant to be odd
            self.world.complaints.extend(self.judge.result(call.method, result))
        return result


@asynccontextmanager
async def serving(clock: Clock | None = None, *, port: int = 0, numbers: Numbers | None = None) -> AsyncIterator[World]:
    """Run the fake on a port of loopback (0: any that is free), with its page, and give the world behind it."""
    world = World(clock or SystemClock(), numbers=numbers or Numbers())
    world.judge = judge = Judge()
    closing = asyncio.Event()
    api = Api(world, judge, closing)
    app = web.Application(client_max_size=0)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.method)
    app.router.add_route("GET", "/file/bot{token:[^/]+}/{path:.+}", api.file)
    app.add_routes(Page(TelegramSide(world), world.clock, closing).routes())
    app.router.add_route("*", "/{any:.*}", unknown)
    async with served(world, app, closing, port):
        yield world
