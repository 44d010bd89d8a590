"""How a fake answers over HTTP on loopback: as JSON, or as the planted trouble would have it."""

import asyncio
import inspect
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from aiohttp import web

from bot.timepiece import Clock
from tests.fakes.cable import HOST, Cable
from tests.fakes.calls import SPOKEN, Refused, Request
from tests.fakes.carrying import Carrying, carry
from tests.fakes.faults import Fault, Planted, refusal
from tests.fakes.texts import as_json
from tests.fakes.wire import read

R = TypeVar("R", bound=Request)
R_contra = TypeVar("R_contra", bound=Request, contravariant=True)
Doing = Callable[[R], Any | Awaitable[Any]]


class Asked(Protocol[R_contra]):
    """A world, as requests meet it."""

    clock: Clock
    complaints: list[str]
    planted: Planted

    def note(self, request: R_contra) -> None:
        """Keep what was asked."""


@dataclass(slots=True)
class Answering(ABC, Generic[R]):
    """Answers requests: token, method, parameters, planted troubles, and then the method itself."""

    world: Asked[R]
    closing: asyncio.Event
    new_line: type[R]
    largest_upload: int

    @abstractmethod
    def accepts(self, line: R) -> Doing[R]:
        """Give what carries a request out, by its token and the name of its method; raises Refused."""

    @abstractmethod
    def spoken(self, line: R) -> web.Response:
        """Word the answer that stands in the log."""

    async def method(self, request: web.Request) -> web.StreamResponse:
        """Answer one request to a method."""
        line = self.line(request, request.match_info["method"])
        fault = None
        try:
            doing = self.accepts(line)
            line.params, line.files = await read(request, self.largest_upload)
            self.world.note(line)
            fault = self.world.planted.due(line.method, line.chat)
            if fault is None or fault.effect:
                line.answer = await self._done(doing, line)
            line.status = SPOKEN
        except Refused as refused:
            line.status, line.answer = refused.code, refused.body
        return await self._answered(request, line, fault) or self.spoken(line)

    async def content(self, request: web.Request, name: str, stored: "Stored | None") -> web.StreamResponse:
        """Answer a request for a file, which the log and the planted troubles know by a name."""
        if stored is None:
            return await unknown(request)
        line = self.line(request, name)
        line.status = SPOKEN
        self.world.note(line)
        found = web.Response(body=stored.content, content_type=stored.media)
        return await self._answered(request, line, self.world.planted.due(name, None)) or (
            found if line.status == SPOKEN else self.spoken(line)
        )

    def line(self, request: web.Request, method: str) -> R:
        """Begin a line of the log."""
        clock, token = self.world.clock, request.match_info.get("token", "")
        return self.new_line(clock.monotonic(), clock.real_now().timestamp(), token, method, {}, {})

    async def _done(self, doing: Doing[R], line: R) -> Any:
        try:
            result = doing(line)
            return await result if inspect.isawaitable(result) else result
        except Refused:
            raise
        except Exception as error:
            self.world.complaints.append(f"{line.method}: {error!r}")
            raise

    async def _answered(self, request: web.Request, line: R, fault: Fault | None) -> web.StreamResponse | None:
        """Answer as a trouble would have it; what it words as a refusal goes into the log to be answered as one."""
        if fault is None:
            return None
        if fault.seconds:
            await self.world.clock.until(self.closing, fault.seconds)
        if fault.torn:
            return await _torn(request, fault)
        if fault.status:
            line.status, line.answer = fault.status, fault.body
        if not isinstance(fault.body, str) or not fault.status:
            return None
        kind = "text/html" if fault.body.startswith("<") else "application/json"
        return web.Response(text=fault.body, status=fault.status, content_type=kind)


class Stored(Protocol):
    """A file that can be fetched."""

    @property
    def content(self) -> bytes:
        """The bytes."""

    @property
    def media(self) -> str:
        """The media type as which it is handed out."""


async def unknown(request: web.Request) -> web.StreamResponse:
    """Answer where nothing is."""
    return web.json_response(refusal(404, "Not Found"), status=404)


def answer_json(status: int, body: Mapping[str, Any]) -> web.Response:
    """Answer with an object; a refusal that names the seconds to wait says so in a header too."""
    wait = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    return web.Response(
        body=as_json(body), status=status, headers=headers, content_type="application/json", charset="utf-8"
    )


async def _torn(request: web.Request, fault: Fault) -> web.StreamResponse:
    """End the connection, perhaps in the middle of an answer."""
    response = web.StreamResponse(headers={"Content-Length": "4096", "Content-Type": "application/json"})
    if fault.status:
        await response.prepare(request)
        await response.write(str(fault.body).encode())
    if request.transport is not None:
        request.transport.abort() if not fault.status else request.transport.close()
    return response


class Served(Carrying, Protocol):
    """A world, as its server knows it."""

    address: str
    complaints: list[str]
    cable: Cable

    def close(self) -> None:
        """Let go whoever waits for updates."""


@asynccontextmanager
async def served(
    world: Served, app: web.Application, closing: asyncio.Event, port: int, *, drops: bool = False
) -> AsyncIterator[None]:
    """Serve a world on a port of loopback (0: any that is free), and carry its updates.

    `drops` ends what was asked as soon as whoever asked has gone.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, handler_cancellation=drops)
    await runner.setup()
    world.cable = Cable(runner, port)
    await world.cable.join()
    world.address = f"http://{HOST}:{world.cable.port}"
    carrying = asyncio.create_task(carry(world))  # noqa: TID251 - ended and awaited below
    try:
        yield
    finally:
        closing.set()
        world.close()
        carrying.cancel()
        await asyncio.wait([carrying])
        await runner.cleanup()
    assert world.complaints == [], "The fake answered what the platform would not."
