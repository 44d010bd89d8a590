"""The fake Bot API as a real HTTP server on loopback."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from aiohttp import web

from bot.timepiece import Clock, SystemClock
from tests.fakes.telegram import asking, editing, receiving, sending
from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Call, Refused, Request, bad_request
from tests.fakes.telegram.faults import Fault, refusal
from tests.fakes.telegram.judge import Judge
from tests.fakes.telegram.numbers import Numbers
from tests.fakes.telegram.page import Page
from tests.fakes.telegram.registry import METHODS
from tests.fakes.telegram.webhooks import Carrier
from tests.fakes.telegram.wire import read
from tests.fakes.telegram.world import World

METHODS_OF: Final = (asking, editing, receiving, sending)  # each registers its methods when it is imported
_SPOKEN: Final = 200


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
            log.params, log.files = await read(request)
            self.world.note(log)
            call = Call(log.method, log.params, log.files)
            fault = self.world.planted.due(call.method, call.chat)
            log.status, log.answer = _SPOKEN, await self._carried_out(bot, call, fault)
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
        log.status = _SPOKEN
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
            if fault.seconds:
                await self.world.clock.until(self.closing, fault.seconds)
            if fault.torn:
                return await _torn(request, fault)
            if fault.status:
                log.status, log.answer = fault.status, fault.body
                return _planted(fault)
        body = log.answer if log.status != _SPOKEN else {"ok": True, "result": log.answer}
        return _json(log.status, body)


async def _unknown(request: web.Request) -> web.StreamResponse:
    return web.json_response(refusal(404, "Not Found"), status=404)


def _json(status: int, body: Mapping[str, Any]) -> web.Response:
    wait = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=status, headers=headers, content_type="application/json")


def _planted(fault: Fault) -> web.Response:
    if isinstance(fault.body, str):
        kind = "application/json" if fault.status == _SPOKEN else "text/html"
        return web.Response(text=fault.body, status=fault.status, content_type=kind)
    return _json(fault.status, fault.body)


async def _torn(request: web.Request, fault: Fault) -> web.StreamResponse:
    """End the connection, perhaps in the middle of an answer."""
    response = web.StreamResponse(headers={"Content-Length": "4096", "Content-Type": "application/json"})
    if fault.status:
        await response.prepare(request)
        await response.write(str(fault.body).encode())
    if request.transport is not None:
        request.transport.abort() if not fault.status else request.transport.close()
    return response


async def _carry(world: World) -> None:
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:

        def start(carrier: Carrier) -> None:
            tasks.create_task(carrier.carry(tasks, session))

        world.start = start
        for carrier in world.carriers.values():
            start(carrier)
        await asyncio.Event().wait()


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
    app.add_routes(Page(world, closing).routes())
    app.router.add_route("*", "/{any:.*}", _unknown)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    world.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    carrying = asyncio.create_task(_carry(world))  # noqa: TID251 - ended and awaited below
    try:
        yield world
    finally:
        closing.set()
        world.close()
        carrying.cancel()
        await asyncio.wait([carrying])
        await runner.cleanup()
    assert world.complaints == [], "The fake answered what Telegram would not."
