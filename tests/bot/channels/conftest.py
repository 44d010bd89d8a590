"""The named cast on Telegram."""

import pytest

from tests.phones import Phone, TelegramCouncil


@pytest.fixture
def council(on_telegram: TelegramCouncil) -> TelegramCouncil:
    """A council whose people are on Telegram, on Thursday 09/6/2022 at 07:25; on both engines."""
    return on_telegram


@pytest.fixture
def lan(council: TelegramCouncil) -> Phone:
    """Lan's telephone."""
    return council.chat("Lan")
