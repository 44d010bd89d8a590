"""How a fake answers over HTTP on loopback: as JSON, or as the planted trouble would have it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web

from bot.timepiece import Clock
from tests.fakes.calls import Request
from tests.fakes.carrying import Carrying, carry
from tests.fakes.faults import Fault
from tests.fakes.texts import as_json


@dataclass(frozen=True, slots=True)
class Answering:
    """Lets requests meet the troubles planted for them."""

    clock: Clock
    closing: asyncio.Event

    async def troubled(self, request: web.Request, log: Request, fault: Fault) -> web.StreamResponse | None:
        """Answer as the trouble would have it; what it words as a refusal goes into the log to be answered as one."""
        if fault.seconds:
            await self.clock.until(self.closing, fault.seconds)
        if fault.torn:
            return await _torn(request, fault)
        if fault.status:
            log.status, log.answer = fault.status, fault.body
        if not isinstance(fault.body, str) or not fault.status:
            return None
        kind = "text/html" if fault.body.startswith("<") else "application/json"
        return web.Response(text=fault.body, status=fault.status, content_type=kind)


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
    await web.TCPSite(runner, "127.0.0.1", port).start()
    world.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
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
