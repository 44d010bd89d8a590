"""The page of a fake: telephones of made-up people on one side, what the bot asks on the other."""

import asyncio
import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from aiohttp import web

from bot.timepiece import Clock

PHOTOS: Final = frozenset({"image/jpeg", "image/png", "image/gif"})
HERE: Final = Path(__file__).parent
_HOUSE: Final = HERE.parents[2] / "pages" / "static"
_LOOK_SECONDS: Final = 0.25
_PLATFORM: Final = "{platform}"
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

Words = Mapping[str, str]


class Side(Protocol):
    """What a platform puts on the page, and what may be done there; chats and messages are named by the page's ids."""

    @property
    def platform(self) -> str:
        """The platform's name."""

    def showing(self) -> dict[str, Any]:
        """Give everything that the page shows."""

    def act(self, words: Words, files: Sequence[web.FileField]) -> None:
        """Do one thing; raises AssertionError, LookupError or ValueError for what the platform would let nobody do."""

    def file(self, chat: str, message: str) -> tuple[bytes, str] | None:
        """Give the content and the media type of a file that a message shows."""

    @property
    def complaints(self) -> Words:
        """The sentences for what cannot be done, by what was to be done; others are told what the world said."""


@dataclass(frozen=True, slots=True)
class Page:
    """Shows a world to a browser and lets the reader act for the people in it."""

    side: Side
    clock: Clock
    closing: asyncio.Event

    def routes(self) -> list[web.AbstractRouteDef]:
        """Give the page's own paths; none of them is one of a platform's."""
        return [
            web.get("/", self._front),
            web.get("/page/events", self._events),
            web.post("/page/act", self._act),
            web.get("/page/file/{chat}/{message}", self._file),
            web.static("/page/static", HERE / "static"),
            web.static("/static", _HOUSE),
        ]

    async def _front(self, _: web.Request) -> web.Response:
        html = (HERE / "page.html").read_text(encoding="utf-8").replace(_PLATFORM, self.side.platform)
        return web.Response(text=html, content_type="text/html", headers=_HEADERS)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Send how things stand whenever it changes."""
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):  # the reader has closed the page
            await self._tell(response)
        return response

    async def _tell(self, response: web.StreamResponse) -> None:
        sent = ""
        while not self.closing.is_set():
            now = json.dumps(self.side.showing(), ensure_ascii=False)
            if now != sent:
                await response.write(f"data: {now}\n\n".encode())
                sent = now
            await self.clock.until(self.closing, _LOOK_SECONDS)

    async def _act(self, request: web.Request) -> web.Response:
        """Do one thing for a person; what the platform would not let him do is answered by a sentence."""
        form = await request.post()
        words = {name: value for name, value in form.items() if isinstance(value, str)}
        files = [value for value in form.values() if isinstance(value, web.FileField)]
        try:
            self.side.act(words, files)
        except (AssertionError, LookupError, ValueError) as error:
            told = f"{self.side.platform} không cho thực hiện việc này. {error}"
            return web.json_response({"complaint": self.side.complaints.get(words["do"], told)}, status=400)
        return web.json_response({})

    async def _file(self, request: web.Request) -> web.Response:
        """Give a file that a message shows."""
        found = self.side.file(request.match_info["chat"], request.match_info["message"])
        if found is None:
            raise web.HTTPNotFound
        content, media = found
        kind = media if media in PHOTOS else "application/octet-stream"
        return web.Response(body=content, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})
