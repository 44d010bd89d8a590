"""A world with a clock that a test moves, and ways to ask its Bot API: bare HTTP, aiogram, python-telegram-bot."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from tests.fakes.telegram import Person, World, serving
from tests.timepiece import HandClock


@dataclass(frozen=True, slots=True)
class Asking:
    """A bot without a library; what is no text travels as JSON, as the libraries send it."""

    world: World
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
