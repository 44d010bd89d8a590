"""The fake of the Zalo Bot Platform as a real HTTP server on loopback."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from bot.timepiece import Clock, SystemClock
from tests.fakes.answering import Answering, answer_json, served
from tests.fakes.calls import SPOKEN, Refused
from tests.fakes.faults import Fault, refusal
from tests.fakes.page import Page
from tests.fakes.wire import read
from tests.fakes.zalo import receiving, sending
from tests.fakes.zalo.bots import Bot
from tests.fakes.zalo.calls import Call, Request
from tests.fakes.zalo.page import ZaloSide
from tests.fakes.zalo.world import World

METHODS: Final[Mapping[str, Callable[[Bot, Call], Any | Awaitable[Any]]]] = {
    "getMe": receiving.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "deleteWebhook": receiving.delete_webhook,
    "testWebhook": receiving.test_webhook,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendSticker": sending.send_sticker,
    "sendVoice": sending.send_voice,
    "sendChatAction": sending.send_chat_action,
}
_VERBS: Final = frozenset({"GET", "POST"})
_LARGEST_UPLOAD: Final = 1024 * 1024


@dataclass(slots=True)
class Api:
    """Answers requests: token, method, parameters, planted troubles, and then the method itself."""

    world: World
    closing: asyncio.Event

    async def method(self, request: web.Request) -> web.StreamResponse:
        """Answer one request to a method."""
        log = self._log(request, request.match_info["method"])
        fault = None
        try:
            bot = self._bot(log.token)
            _check_known(log.method, request.method)
            log.params, log.files = await read(request, _LARGEST_UPLOAD)
            self.world.note(log)
            call = Call(log.method, log.params, log.files)
            fault = self.world.planted.due(call.method, call.chat)
            log.status, log.answer = SPOKEN, await self._carried_out(bot, call, fault)
        except Refused as refused:
            log.status, log.answer = refused.code, refused.body
        return await self._answered(request, log, fault)

    async def media(self, request: web.Request) -> web.StreamResponse:
        """Give what a person sent; no token is needed."""
        stored = self.world.media.fetched(request.path)
        if stored is None:
            return await _unknown(request)
        log = self._log(request, "media")
        log.status = SPOKEN
        self.world.note(log)
        fault = self.world.planted.due("media", None)
        if fault is not None:
            return await self._answered(request, log, fault)
        return web.Response(body=stored.content, content_type=stored.media)

    def _log(self, request: web.Request, method: str) -> Request:
        clock = self.world.clock
        token = request.match_info.get("token", "")
        return Request(clock.monotonic(), clock.real_now().timestamp(), token, method, {}, {})

    def _bot(self, token: str) -> Bot:
        bot = self.world.bots.get(token)
        if bot is None:
            raise Refused(401, "Unauthorized")
        return bot

    async def _carried_out(self, bot: Bot, call: Call, fault: Fault | None) -> Any:
        if fault is not None and not fault.effect:
            return None
        try:
            result = METHODS[call.method](bot, call)
            return await result if inspect.isawaitable(result) else result
        except Refused:
            raise
        except Exception as error:
            self.world.complaints.append(f"{call.method}: {error!r}")
            raise

    async def _answered(self, request: web.Request, log: Request, fault: Fault | None) -> web.StreamResponse:
        if fault is not None:
            answering = Answering(self.world.clock, self.closing)
            if answered := await answering.troubled(request, log, fault):
                return answered
        habits = self.world.habits
        if log.status != SPOKEN:
            return answer_json(SPOKEN if habits.status_200 else log.status, log.answer)
        zero = {"error_code": 0} if habits.zero_code else {}
        result = {} if log.answer is None else {"result": log.answer}
        return answer_json(SPOKEN, {"ok": True, **zero, **result})


def _check_known(method: str, verb: str) -> None:
    if method not in METHODS or verb not in _VERBS:
        raise Refused(404, "Not Found")


async def _unknown(request: web.Request) -> web.StreamResponse:
    return web.json_response(refusal(404, "Not Found"), status=404)


@asynccontextmanager
async def serving(clock: Clock | None = None, *, port: int = 0) -> AsyncIterator[World]:
    """Run the fake on a port of loopback (0: any that is free), with its page, and give the world behind it."""
    world = World(clock or SystemClock())
    closing = asyncio.Event()
    api = Api(world, closing)
    app = web.Application(client_max_size=0)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.method)
    app.router.add_route("GET", "/media/{name}", api.media)
    app.add_routes(Page(ZaloSide(world), world.clock, closing).routes())
    app.router.add_route("*", "/{any:.*}", _unknown)
    async with served(world, app, closing, port, drops=True):
        yield world
