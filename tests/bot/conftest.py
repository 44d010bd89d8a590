"""What tests of the engine may ask for."""

from collections.abc import AsyncIterator

import pytest

from bot.database import Database
from bot.timepiece import SystemClock
from tests.bot.channels.platforms import PLATFORMS, Platform
from tests.postoffice import PostOffice
from tests.timepiece import HandClock


@pytest.fixture
def clock() -> HandClock:
    """Stands at Thursday 09/6/2022, 07:25 in Nam Định, until it is moved."""
    return HandClock()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A store of the test's own; the test runs on both engines. It waits in real time, milliseconds at most."""
    made = Database(database_url, SystemClock())
    yield made
    await made.close()


@pytest.fixture
def office(database: Database, clock: HandClock) -> PostOffice:
    """A lane with people and a channel of paper."""
    return PostOffice(database, clock)


@pytest.fixture(params=PLATFORMS, ids=lambda one: one.name)
def platform(request: pytest.FixtureRequest) -> Platform:
    """Each platform that a provider serves."""
    given: Platform = request.param
    return given
