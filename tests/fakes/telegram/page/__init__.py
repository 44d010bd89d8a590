"""The page of the fake: telephones of made-up people on one side, what the bot asks on the other."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from tests.fakes.telegram.page.acting import PHOTOS, act, chat_of
from tests.fakes.telegram.page.showing import showing
from tests.fakes.telegram.world import World

HERE: Final = Path(__file__).parent
_HOUSE: Final = Path(__file__).resolve().parents[4] / "pages" / "static"
_LOOK_SECONDS: Final = 0.25
_REFUSED: Final = "Telegram không cho thực hiện việc này."
_COMPLAINTS: Final = {"starts": "Mã mời chỉ gồm từ 1 đến 64 ký tự A-Z, a-z, 0-9, gạch dưới và gạch nối."}
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Shows a world to a browser and lets the reader act for the people in it."""

    world: World
    closing: asyncio.Event

    def routes(self) -> list[web.AbstractRouteDef]:
        """Give the page's own paths; none of them is one of the Bot API's."""
        return [
            web.get("/", _front),
            web.get("/page/events", self._events),
            web.post("/page/act", self._act),
            web.get("/page/file/{chat}/{message}", self._file),
            web.static("/page/static", HERE / "static"),
            web.static("/static", _HOUSE),
        ]

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
            now = json.dumps(showing(self.world), ensure_ascii=False)
            if now != sent:
                await response.write(f"data: {now}\n\n".encode())
                sent = now
            await self.world.clock.until(self.closing, _LOOK_SECONDS)

    async def _act(self, request: web.Request) -> web.Response:
        """Do one thing for a person; what Telegram would not let him do is answered by a sentence."""
        form = await request.post()
        words = {name: value for name, value in form.items() if isinstance(value, str)}
        files = [value for value in form.values() if isinstance(value, web.FileField)]
        try:
            act(self.world, words, files)
        except (AssertionError, LookupError, ValueError) as error:
            return web.json_response({"complaint": _COMPLAINTS.get(words["do"], f"{_REFUSED} {error}")}, status=400)
        return web.json_response({})

    async def _file(self, request: web.Request) -> web.Response:
        """Give a file that a message shows."""
        chat = chat_of(self.world, request.match_info["chat"])
        raw = chat.messages[int(request.match_info["message"])].raw
        file_id = raw["photo"][-1]["file_id"] if "photo" in raw else raw.get("document", {}).get("file_id", "")
        stored = self.world.bot.cabinet.stored.get(file_id)
        if stored is None:
            raise web.HTTPNotFound
        media = stored.media if stored.media in PHOTOS else "application/octet-stream"
        return web.Response(body=stored.content, content_type=media, headers={"X-Content-Type-Options": "nosniff"})


async def _front(request: web.Request) -> web.Response:
    html = (HERE / "page.html").read_text(encoding="utf-8")
    return web.Response(text=html, content_type="text/html", headers=_HEADERS)
