"""Updates that Zalo posts to our address, in either form and with nothing but the secret to know them by."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_posted_zalo_council


@pytest.fixture
async def council(sqlite_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    async with a_zalo_council(sqlite_url, tmp_path, opened=an_empty_posted_zalo_council) as opened:
        yield opened


@pytest.mark.parametrize("wrapped", [True, False])
async def test_what_is_posted_is_answered_in_either_form(council: ZaloCouncil, *, wrapped: bool) -> None:
    council.world.habits.wrapped = wrapped
    assert (await council.chat("Lan").says("trogiup")).startswith("Có thể gõ")
    assert (council.world.queued, council.world.lost) == ([], [])
