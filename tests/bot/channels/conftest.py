"""The named cast on Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.phones import Phone, TelegramCouncil, a_telegram_council


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[TelegramCouncil]:
    """A council whose people are on Telegram, on Thursday 09/6/2022 at 07:25; on both engines."""
    async with a_telegram_council(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
def lan(council: TelegramCouncil) -> Phone:
    """Lan's telephone."""
    return council.chat("Lan")
