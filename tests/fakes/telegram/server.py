"""The fake Bot API as a real HTTP server on loopback."""

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from bot.timepiece import Clock, SystemClock
from tests.fakes.answering import Answering, answer_json, served
from tests.fakes.calls import SPOKEN
from tests.fakes.faults import Fault, refusal
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
from tests.fakes.wire import read

METHODS_OF: Final = (asking, editing, receiving, sending)  # each registers its methods when it is imported


@dataclass(slots=True)
class Api:
    """Answers requests: token, method, form, planted troubles, limits, and then the method itself."""

    world: World
    judge: Judge
    closing: asyncio.Event

    async def method(self, request: web.Request) -> web.StreamResponse:
        """Answer one request to a method."""
        log = self._log(request, request.match_info["method"])
        fault = None
        try:
            bot = self._bot(log.token)
            log.method = self.judge.known(log.method)
            log.params, log.files = await read(request, LARGEST_UPLOAD)
            self.world.note(log)
            call = Call(log.method, log.params, log.files)
            fault = self.world.planted.due(call.method, call.chat)
            log.status, log.answer = SPOKEN, await self._carried_out(bot, call, fault)
        except Refused as refused:
            log.status, log.answer = refused.code, refused.body
        return await self._answered(request, log, fault)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file by its link."""
        bot = self.world.bots.get(request.match_info["token"])
        stored = None if bot is None else bot.cabinet.fetched(request.match_info["path"], bot.clock.monotonic())
        if stored is None:
            return await _unknown(request)
        log = self._log(request, "file")
        log.status = SPOKEN
        self.world.note(log)
        fault = self.world.planted.due("file", None)
        if fault is None:
            return web.Response(body=stored.content, content_type="application/octet-stream")
        return await self._answered(request, log, fault)

    def _log(self, request: web.Request, method: str) -> Request:
        clock = self.world.clock
        return Request(clock.monotonic(), clock.real_now().timestamp(), request.match_info["token"], method, {}, {})

    def _bot(self, token: str) -> Bot:
        bot = self.world.bots.get(token)
        if bot is None:
            raise Refused(401, "Unauthorized")
        return bot

    async def _carried_out(self, bot: Bot, call: Call, fault: Fault | None) -> Any:
        if fault is not None and not fault.effect:
            return None
        if faults := self.judge.call(call):
            raise bad_request("; ".join(faults))
        function = METHODS.get(call.method)
        if function is None:
            raise Refused(501, f"Not Implemented: the fake does not know {call.method} yet")
        try:
            result = function(bot, call)
            if inspect.isawaitable(result):
                result = await result
        except Refused:
            raise
        except Exception as error:
            self.world.complaints.append(f"{call.method}: {error!r}")
            raise
        if call.method != "getUpdates":  # updates are judged when they come about, or are meant to be odd
            self.world.complaints.extend(self.judge.result(call.method, result))
        return result

    async def _answered(self, request: web.Request, log: Request, fault: Fault | None) -> web.StreamResponse:
        if fault is not None:
            answering = Answering(self.world.clock, self.closing)
            if answered := await answering.troubled(request, log, fault):
                return answered
        body = log.answer if log.status != SPOKEN else {"ok": True, "result": log.answer}
        return answer_json(log.status, body)


async def _unknown(request: web.Request) -> web.StreamResponse:
    return web.json_response(refusal(404, "Not Found"), status=404)


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
    app.router.add_route("*", "/{any:.*}", _unknown)
    async with served(world, app, closing, port):
        yield world
