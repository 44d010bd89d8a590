"""Worlds with a clock that a test moves, a bot that asks by bare HTTP, and a place to which updates are posted."""

import io
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import aiohttp
import pytest
from aiohttp import web

from tests.fakes import zalo
from tests.fakes.telegram import Person, World, serving
from tests.timepiece import HandClock


class Asked(Protocol):
    """A world whose first bot can be asked for."""

    address: str

    @property
    def token(self) -> str: ...


W = TypeVar("W", bound=Asked)


@dataclass(frozen=True, slots=True)
class AskingBy(Generic[W]):
    """A bot without a library; what is no text travels as JSON, as the libraries send it."""

    world: W
    session: aiohttp.ClientSession

    async def __call__(self, method: str, *, token: str = "", files: Any = None, **params: Any) -> dict[str, Any]:
        """Give the whole answer; `files` are names of parts with (name of the file, content)."""
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for part, (name, content) in (files or {}).items():
            form.add_field(part, io.BytesIO(content), filename=name)
        url = f"{self.world.address}/bot{token or self.world.token}/{method}"
        async with self.session.post(url, data=form) as answer:
            body: dict[str, Any] = json.loads(await answer.read())
            assert answer.status == body.get("error_code", 200)
            return body

    async def well(self, method: str, **params: Any) -> Any:
        """Give the result of what must succeed."""
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def badly(self, method: str, **params: Any) -> str:
        """Give the words with which something is refused."""
        body = await self(method, **params)
        assert not body["ok"], body
        return str(body["description"])


class Asking(AskingBy[World]):
    """A bot of Telegram."""


class AskingZalo(AskingBy[zalo.World]):
    """A bot of Zalo."""


async def acts(ask: Asking | AskingZalo, **words: Any) -> dict[str, Any]:
    """Do what a form of the page does."""
    form = aiohttp.FormData()
    for name, value in words.items():
        if isinstance(value, tuple):
            form.add_field(name, value[1], filename=value[0], content_type=value[2])
        else:
            form.add_field(name, str(value))
    async with ask.session.post(f"{ask.world.address}/page/act", data=form) as answer:
        body: dict[str, Any] = await answer.json()
        assert answer.status == (400 if body else 200)
        return body


@dataclass
class Hook:
    """Where updates are carried to; `answers` are the statuses of the next answers, then 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    taken: list[Any] = field(default_factory=list)
    asked: list[Mapping[str, str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        status = self.answers.pop(0) if self.answers else 200
        self.asked.append(request.headers)
        body = await request.read()
        if status == 200:
            self.taken.append(json.loads(body) if body else None)
        return web.Response(status=status, headers=self.headers if status != 200 else {})

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.taken]

    def said(self, header: str) -> list[str]:
        return [headers.get(header, "") for headers in self.asked]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    opened = Hook()
    app = web.Application()
    app.router.add_post("/hook", opened.take)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield opened
    await runner.cleanup()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def world(clock: HandClock) -> AsyncIterator[World]:
    """A Telegram of the test's own."""
    async with serving(clock) as opened:
        yield opened


@pytest.fixture
async def ask(world: World) -> AsyncIterator[Asking]:
    """The world's bot, by bare HTTP."""
    async with aiohttp.ClientSession() as session:
        yield Asking(world, session)


@pytest.fixture
def lan(world: World) -> Person:
    """A person who pressed Start; the bot has been told and has confirmed it."""
    person = world.person("Nguyễn Thị Lan")
    person.starts()
    world.bot.inbox.drop()
    return person


@pytest.fixture
async def zalo_world(clock: HandClock) -> AsyncIterator[zalo.World]:
    """A Zalo of the test's own."""
    async with zalo.serving(clock) as opened:
        yield opened


@pytest.fixture
async def asks(zalo_world: zalo.World) -> AsyncIterator[AskingZalo]:
    """The world's first bot, by bare HTTP."""
    async with aiohttp.ClientSession() as session:
        yield AskingZalo(zalo_world, session)


@pytest.fixture
def mai(zalo_world: zalo.World) -> zalo.Person:
    """A person who wrote once; the bot has been told and knows it."""
    person = zalo_world.person("Hoàng Thị Mai")
    person.writes("xin chào")
    zalo_world.bot.inbox.drop()
    return person
