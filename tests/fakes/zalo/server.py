"""The fake of the Zalo Bot Platform as a real HTTP server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web

from bot.timepiece import Clock, SystemClock
from tests.fakes.answering import Answering, Doing, answer_json, served, unknown
from tests.fakes.calls import SPOKEN, Refused
from tests.fakes.page import Page
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
_LARGEST_UPLOAD: Final = 1024 * 1024


class Api(Answering[Request]):
    """Answers requests as Zalo does: names of methods are case-sensitive, refusals may come with status 200."""

    def __init__(self, world: World, closing: asyncio.Event) -> None:
        super().__init__(world, closing, Request, _LARGEST_UPLOAD)
        self.bots, self.habits, self.kept = world.bots, world.habits, world.media

    async def media(self, request: web.Request) -> web.StreamResponse:
        """Give what a person sent; no token is needed."""
        return await self.content(request, "media", self.kept.fetched(request.path))

    def accepts(self, line: Request) -> Doing[Request]:
        """Give what carries a request out."""
        bot, method = self.bots.get(line.token), METHODS.get(line.method)
        if bot is None:
            raise Refused(401, "Unauthorized")
        if method is None:
            raise Refused(404, "Not Found")
        return lambda line: method(bot, Call(line.method, line.params, line.files))

    def spoken(self, line: Request) -> web.Response:
        """Word the answer that stands in the log."""
        if line.status != SPOKEN:
            return answer_json(SPOKEN if self.habits.status_200 else line.status, line.answer)
        zero = {"error_code": 0} if self.habits.zero_code else {}
        result = {} if line.answer is None else {"result": line.answer}
        return answer_json(SPOKEN, {"ok": True, **zero, **result})


@asynccontextmanager
async def serving(clock: Clock | None = None, *, port: int = 0, first_message: int = 1) -> AsyncIterator[World]:
    """Run the fake on a port of loopback (0: any that is free), with its page, and give the world behind it.

    People and bots have the same ids in each run; messages have others where `first_message` is another.
    """
    world = World(clock or SystemClock(), first_message=first_message)
    closing = asyncio.Event()
    api = Api(world, closing)
    app = web.Application(client_max_size=0)
    for verb in ("GET", "POST"):
        app.router.add_route(verb, "/bot{token:[^/]+}/{method}", api.method)
    app.router.add_route("GET", "/media/{name}", api.media)
    app.add_routes(Page(ZaloSide(world), world.clock, closing).routes())
    app.router.add_route("*", "/{any:.*}", unknown)
    async with served(world, app, closing, port, drops=True):
        yield world
