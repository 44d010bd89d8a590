"""Updates that Zalo posts to our address, in either form and with nothing but the secret to know them by."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.app import hooks
from models.inbox import Inbound
from tests.fakes.zalo.addresses import SECRET_HEADER
from tests.fakes.zalo.payloads import recorded
from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_posted_zalo_council


@pytest.fixture
async def council(sqlite_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    async with a_zalo_council(sqlite_url, tmp_path, opened=an_empty_posted_zalo_council) as opened:
        yield opened


async def heard(council: ZaloCouncil) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(Inbound)) or 0


@pytest.mark.parametrize("wrapped", [True, False])
async def test_what_is_posted_is_answered_in_either_form(council: ZaloCouncil, *, wrapped: bool) -> None:
    council.world.habits.wrapped = wrapped
    assert (await council.chat("Lan").says("trogiup")).startswith("Có thể gõ")
    assert (council.world.queued, council.world.lost) == ([], [])


@pytest.mark.parametrize("secret", ["", "wrong", "x" * 256])
async def test_without_the_secret_nothing_is_heard(council: ZaloCouncil, secret: str) -> None:
    (hook,) = hooks(council.assistant)
    headers = {SECRET_HEADER: secret} if secret else {}
    async with aiohttp.ClientSession() as session:
        address = f"{council.assistant.config.site}{hook.path}"
        async with session.post(address, json=recorded()["text"], headers=headers) as answer:
            assert answer.status == 404
    assert await heard(council) == 0
    assert council.world.token.partition(":")[2] not in hook.path + hook.secret
