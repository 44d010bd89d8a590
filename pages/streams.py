"""How events are sent to a page as they happen: those of one stream, or of several over one connection."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Final

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

_PING_SECONDS: Final = 20

Stream = AsyncGenerator[ServerSentEvent, None]


def alone(stream: Stream | None) -> Response:
    """Send one stream; None is refused."""
    return Response(status_code=401) if stream is None else EventSourceResponse(stream, ping=_PING_SECONDS)


def together(streams: Sequence[Stream | None]) -> EventSourceResponse:
    """Send several streams: before the name of each event stands the place of its stream among them ("0.bubble").

    "0.ended" says that nothing more comes of a stream, or that it is refused.
    """
    coming: asyncio.Queue[ServerSentEvent | None] = asyncio.Queue(maxsize=1)

    async def pass_all_on() -> None:
        async with asyncio.TaskGroup() as group:
            for place, stream in enumerate(streams):
                group.create_task(_pass_on(stream, place, coming))
        await coming.put(None)

    async def passed_on() -> Stream:
        while (event := await coming.get()) is not None:
            yield event

    return EventSourceResponse(passed_on(), data_sender_callable=pass_all_on, ping=_PING_SECONDS)


async def _pass_on(stream: Stream | None, place: int, coming: "asyncio.Queue[ServerSentEvent | None]") -> None:
    if stream is not None:
        async with aclosing(stream):
            async for event in stream:
                await coming.put(ServerSentEvent(event.data, event=f"{place}.{event.event}", id=event.id))
    await coming.put(ServerSentEvent("", event=f"{place}.ended"))
