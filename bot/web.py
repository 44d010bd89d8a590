"""The web part: our pages behind one application, and how what they say reaches the assistant."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import select
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import log, metrics
from bot.app import Assistant, hooks
from bot.gathering import PAGES
from bot.hooks import route as hooked
from bot.i18n import catalogues
from bot.sample import reload_clock
from bot.timepiece import MovedClock
from bot.waker import chat_topic
from documents.limits import MEGABYTE
from documents.uploads import TOGETHER
from models.inbox import Inbound
from models.outbox import Parcel
from models.rules.text import Text, t
from pages import chat, handout, progress, sample, signin, uploading
from pages.desk import Answer, Desk
from pages.reader import DEVICES, PLACES
from pages.render import STATIC, Framing, framing_headers, templates
from pages.tries import Tries
from pages.views import ErrorPage
from pages.visit import visit

# all files that are taken at once, and what the form says round them
_LARGEST_BODY: Final = TOGETHER + 4 * MEGABYTE
_REFUSING: Final = 400
# the bell rings for all that one process writes; what others write, and the sample's clock, is looked for
_SELDOM: Final = 30.0
_OFTEN: Final = 5.0
_TOO_LARGE: Final = t(
    "What was sent is larger than the {limit} MB that can be taken here at once; please send smaller files, one at a "
    "time.",
    limit=TOGETHER // MEGABYTE,
)
_NOT_SHOWN: Final = t("This could not be done; please load the page again.")
_SENTENCES: Final = {413: _TOO_LARGE}
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def application(assistant: Assistant, stopping: asyncio.Event) -> Starlette:
    """Make the web application of one process."""
    config = assistant.config
    own: list[BaseRoute] = [*chat.routes, *handout.routes, *progress.routes]
    routes: list[BaseRoute] = [
        *(sample.routes if assistant.is_sample else ()),
        *own,
        *signin.routes,
        *handout.links,
        *uploading.links,
        *((Mount(f"{place}/{{role:int}}", routes=own) for place in (PLACES, DEVICES)) if assistant.is_sample else ()),
        *(hooked(hook, assistant.intake) for hook in hooks(assistant)),
        Route("/health", _health),
        Route("/metrics", _metrics),
        Mount("/static", _Static(directory=STATIC)),
    ]
    hosts = [config.host, "127.0.0.1", "localhost", urlsplit(config.site).hostname or config.host]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(_Guarded),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
        ],
        exception_handlers={HTTPException: _http_error, Exception: _failure},
    )
    app.state.desk = desk(assistant, stopping)
    app.state.assistant = assistant
    return app


def desk(assistant: Assistant, stopping: asyncio.Event) -> Desk:
    """Give the pages their ports."""
    config = assistant.config
    spoken = catalogues(config.locale)

    def speech(locale: str) -> Callable[[Text | str], str]:
        return spoken.speech(locale, config.zone).say

    return Desk(
        glance=assistant.database.glance,
        read=assistant.database.read,
        say=_Saying(assistant),
        bring=_Bringing(assistant),
        news=assistant.database.waker.listening,
        look_seconds=_SELDOM if assistant.database.is_sqlite and not assistant.is_sample else _OFTEN,
        rest=partial(assistant.clock.until, stopping),
        topic=chat_topic,
        files=assistant.files,
        speech=speech,
        templates=templates(config.zone),
        zone=config.zone,
        now=assistant.clock.now,
        real_now=assistant.clock.real_now,
        tries=Tries(),
        key=assistant.key,
        locale=config.locale,
        secure=config.site.startswith("https"),
        sample=assistant.is_sample,
        stopping=stopping,
    )


class _Saying:
    """Says what a page's form says: stored first, then handled like anything heard."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def __call__(self, channel: str, chat: str, mark: str, raw: Mapping[str, Any], *, wait: bool) -> Answer:
        heard_by = self._assistant.channels[channel]
        stored = await self._assistant.intake.hear(heard_by, heard_by.bots[0], mark, {**raw, "chat": chat})
        if not wait:
            return Answer("")
        await self._assistant.dispatcher.finish(stored.chat_id)
        if channel == PAGES and isinstance(self._assistant.clock, MovedClock):
            await reload_clock(self._assistant.database, self._assistant.clock)
        async with self._assistant.database.glance() as session:
            inbound = await session.get_one(Inbound, stored.inbound_id)
            content = await session.scalar(select(Parcel.content).where(Parcel.key == f"in:{stored.inbound_id}"))
        return Answer(inbound.outcome, tuple(content["lines"]) if content else ())


class _Bringing:
    """Has the files that a page took heard in the chat they are for, in its turn."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def __call__(self, chat_id: int, mark: str, raw: Mapping[str, Any]) -> bool:
        heard_by = self._assistant.channels[PAGES]
        return (await self._assistant.intake.hear(heard_by, heard_by.bots[0], mark, raw, into=chat_id)).fresh


class _Static(StaticFiles):
    """Our own files, asked for anew each time: modules import each other without a version in their names."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


class _Guarded:
    """Adds the headers that bind browsers, and refuses a body before it is read where it is too large.

    What a page shows is somebody's own: no browser keeps it, unless the answer says otherwise.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _guarding(message["headers"], _framing(scope))
                if message["status"] >= _REFUSING:
                    metrics.REFUSED.labels(message["status"]).inc()
            await send(message)

        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            await self._refused(scope, receive, guarded)
            return
        await self._app(scope, _counted(receive), guarded)

    async def _refused(self, scope: Scope, receive: Receive, send: Send) -> None:
        desk: Desk = scope["app"].state.desk
        response: Response = JSONResponse({"message": desk.speech(desk.locale)(_TOO_LARGE)}, 413)
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            response = await _http_error(Request(scope, receive), HTTPException(413))
        await response(scope, receive, send)


def _guarding(headers: Iterable[tuple[bytes, bytes]], framing: Framing) -> list[tuple[bytes, bytes]]:
    given = list(headers)
    kept = () if any(name == b"cache-control" for name, _ in given) else ((b"cache-control", b"no-store"),)
    return [*given, *kept, *framing_headers(framing), *_HEADERS]


def _framing(scope: Scope) -> Framing:
    """Tell how a page stands to frames: only the sample's front page shows others, and only its devices."""
    desk: Desk = scope["app"].state.desk
    if desk.sample and scope["path"] == "/":
        return Framing.SHOWS
    return Framing.SHOWN if desk.sample and scope["path"].startswith(f"{DEVICES}/") else Framing.NONE


def _counted(receive: Receive) -> Receive:
    """Stop reading a body that grows past what its length said, or that said none."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > _LARGEST_BODY:
            raise HTTPException(413)
        return message

    return counted


async def _http_error(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    come = await visit(request)
    if come.by_script:
        return JSONResponse({"message": come.speak(_SENTENCES.get(code, _NOT_SHOWN))}, code)
    said = come.speak(_SENTENCES[code]) if code in _SENTENCES else ""
    return come.page("error.html", status=code, error=ErrorPage(code, refusal=said))


async def _failure(request: Request, error: Exception) -> Response:
    """Show the number of the incident; the log names the page, not its path: that may hold a way in."""
    incident = log.incident(error, page=getattr(request.scope.get("endpoint"), "__qualname__", ""))
    come = await visit(request)
    response = come.page("error.html", status=500, error=ErrorPage(500, incident=incident))
    response.raw_headers = _guarding(response.raw_headers, _framing(request.scope))
    return response


async def _health(request: Request) -> Response:
    assistant: Assistant = request.app.state.assistant
    async with assistant.database.read() as session:
        await session.execute(select(1))
    return PlainTextResponse("ok\n")


async def _metrics(request: Request) -> Response:
    if request.client is None or request.client.host not in {"127.0.0.1", "::1"}:
        raise HTTPException(404)
    assistant: Assistant = request.app.state.assistant
    await metrics.refresh(assistant.database, assistant.clock.now())
    return Response(metrics.page(), media_type="text/plain; version=0.0.4")
