"""The named cast on a messenger, and the platforms of the suite that every channel passes."""

import pytest

from tests.bot.channels.platforms import PLATFORMS, Platform
from tests.phones import Phone, TelegramCouncil


@pytest.fixture(params=PLATFORMS, ids=lambda one: one.name)
def platform(request: pytest.FixtureRequest) -> Platform:
    """Each platform that a provider serves."""
    given: Platform = request.param
    return given


@pytest.fixture
def council(on_telegram: TelegramCouncil) -> TelegramCouncil:
    """A council whose people are on Telegram, on Thursday 09/6/2022 at 07:25; on both engines."""
    return on_telegram


@pytest.fixture
def lan(council: TelegramCouncil) -> Phone:
    """Lan's telephone."""
    return council.chat("Lan")
