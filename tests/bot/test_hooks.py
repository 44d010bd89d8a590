"""Updates that a provider posts to our address: only with the secret, stored before taken, whatever is in them."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.app import hooks
from bot.hooks import Hook
from models.inbox import Inbound
from tests.bot.channels.platforms import Platform
from tests.served import ServedCouncil


@pytest.fixture
async def council(platform: Platform, sqlite_url: str, tmp_path: Path) -> AsyncIterator[ServedCouncil]:
    async with platform.council(sqlite_url, tmp_path, opened=platform.posted) as opened:
        yield opened


@pytest.fixture
def hook(council: ServedCouncil) -> Hook:
    (hook,) = hooks(council.assistant)
    return hook


@pytest.fixture
def update(platform: Platform) -> bytes:
    return json.dumps(platform.recorded()["text"]).encode()


async def posted(council: ServedCouncil, hook: Hook, body: bytes | BytesIO, **headers: str) -> int:
    async with aiohttp.ClientSession() as session:
        address = f"{council.assistant.config.site}{hook.path}"
        async with session.post(address, data=body, headers=headers) as answer:
            return answer.status


async def stored(council: ServedCouncil) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(Inbound)) or 0


async def test_what_is_posted_is_answered(council: ServedCouncil) -> None:
    assert (await council.chat("Lan").says("trogiup")).startswith("Có thể gõ")
    assert council.world.queued == []


async def test_neither_the_address_nor_the_log_holds_the_token(council: ServedCouncil, hook: Hook) -> None:
    assert council.world.token.partition(":")[2] not in hook.path + hook.secret


@pytest.mark.parametrize("secret", ["", "wrong", "ô" * 8, "x" * 5_000])
async def test_without_the_secret_nothing_is_heard_nor_said_to_be_there(
    council: ServedCouncil, hook: Hook, platform: Platform, update: bytes, secret: str
) -> None:
    headers = {platform.secret_header: secret} if secret else {}
    assert await posted(council, hook, update, **headers) == 404
    assert await stored(council) == 0


async def test_an_empty_probe_of_no_kind_is_answered_and_nothing_is_heard(council: ServedCouncil, hook: Hook) -> None:
    reader, writer = await asyncio.open_connection(*council.assistant.config.site.removeprefix("http://").split(":"))
    writer.write(f"POST {hook.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    answered = await reader.read()
    writer.close()
    assert (answered.split(b"\r\n")[0], answered.split(b"\r\n\r\n")[1]) == (b"HTTP/1.1 200 OK", b"")
    assert await stored(council) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe"])
async def test_what_is_no_update_is_taken_and_forgotten(
    council: ServedCouncil, hook: Hook, platform: Platform, body: bytes
) -> None:
    assert await posted(council, hook, body, **{platform.secret_header: hook.secret}) == 200
    assert await stored(council) == 0


async def test_an_update_that_is_far_too_large_is_refused(
    council: ServedCouncil, hook: Hook, platform: Platform
) -> None:
    secret = {platform.secret_header: hook.secret}
    assert await posted(council, hook, BytesIO(b"x" * 2_000_000), **secret) == 413


async def test_what_is_posted_twice_is_stored_once(
    council: ServedCouncil, hook: Hook, platform: Platform, update: bytes
) -> None:
    for _ in range(2):
        assert await posted(council, hook, update, **{platform.secret_header: hook.secret}) == 200
    assert await stored(council) == 1
