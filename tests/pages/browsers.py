"""People at their browsers: pages asked for and forms sent, over the real application on a real store."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request

from bot.web import application
from models.joining import Mint, new_code, new_link
from tests.chats import Council

SITE = "http://127.0.0.1:8080"
BY_SCRIPT = {"accept": "application/json"}


@dataclass(slots=True)
class Browser:
    """One browser with its cookies, at one address."""

    council: Council
    app: Starlette
    http: httpx.AsyncClient

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.http.get(path, headers=headers)

    async def csrf(self) -> str:
        """Read the token that every form of this browser carries."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', (await self.get("/signin")).text)
        assert found
        return found[1]

    async def post(
        self,
        path: str,
        fields: Mapping[str, str | list[str]],
        files: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a form of ours, with its token."""
        data = {"csrf": await self.csrf(), **fields}
        return await self.http.post(path, data=data, files=files, headers=headers)

    async def signs_in(self, name: str) -> "Browser":
        """Sign in by a code of one of the cast."""
        response = await self.post("/signin", {"code": await code_for(self.council, name)})
        assert (response.status_code, response.headers["location"]) == (303, "/chat")
        return self

    def request(self, path: str, **headers: str) -> Request:
        """Make a request as the application is given it, for what a test follows by itself."""
        path, _, query = path.partition("?")
        sent = {
            "host": "127.0.0.1:8080",
            "cookie": "; ".join(f"{k}={v}" for k, v in self.http.cookies.items()),
            **headers,
        }
        return Request(
            {
                "type": "http",
                "method": "GET",
                "path": path,
                "query_string": query.encode(),
                "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
                "path_params": {},
                "app": self.app,
            }
        )


@dataclass(slots=True)
class Site:
    """The pages of a council, and any number of browsers that open them."""

    council: Council
    app: Starlette
    stopping: asyncio.Event

    @asynccontextmanager
    async def browser(self, address: str = "10.0.0.1") -> AsyncIterator[Browser]:
        """Open a browser without cookies."""
        way = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 50000))
        async with httpx.AsyncClient(transport=way, base_url=SITE) as http:
            yield Browser(self.council, self.app, http)


def site_of(council: Council) -> Site:
    """Put the pages of a council on the air."""
    stopping = asyncio.Event()
    return Site(council, application(council.assistant, stopping), stopping)


async def code_for(council: Council, name: str) -> str:
    async with council.write() as session:
        mint = Mint(council.assistant.key, council.clock.now())
        return await new_code(session, mint, council.people[name], timedelta(days=30))


async def link_for(council: Council, name: str) -> str:
    async with council.write() as session:
        return await new_link(session, Mint(council.assistant.key, council.clock.now()), council.people[name])


def words(response: httpx.Response) -> str:
    """Give the words of a page as its reader sees them."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.text)))
