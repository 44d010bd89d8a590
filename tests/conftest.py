"""What every test may ask for."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import settings

from bot.running import spare_collector
from tests.databases import PostgresServer, SqliteFiles, Stores, share_statements

# an SQLite file in the quick tier; PostgreSQL, where every such test runs as well, in the longer one
ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
# memory that is named like a folder: what a test writes need not outlive a power cut
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - temporary folders are made in it
THOROUGH = bool(os.environ.get("CI"))  # noqa: TID251 - a setting of the tests, not of the assistant

settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=150, deadline=None, print_blob=True)
settings.load_profile("thorough" if THOROUGH else "quick")


def pytest_collection_finish() -> None:
    """Spare time: what was loaded stays, and a statement is compiled once for all stores."""
    spare_collector()
    gc.set_threshold(50_000, 20, 100)
    share_statements()


@pytest.fixture(scope="session", autouse=True)
def plain_log() -> None:
    """Write incidents without drawing them for a terminal, which takes seconds each."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer(key_order=["event"])]
    )


@pytest.fixture(scope="session")
def sqlite_files() -> Iterator[SqliteFiles]:
    """SQLite files, for a test that needs that engine only."""
    with tempfile.TemporaryDirectory(prefix="dondoc-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        yield SqliteFiles(Path(folder))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL, for a test that needs that engine only; started by the first test that asks."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=ENGINES)
def stores(request: pytest.FixtureRequest) -> Stores:
    """Both engines in turn, for a test that needs several stores or empty ones."""
    made: Stores = request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres_server")
    return made


@pytest.fixture
def database_url(stores: Stores) -> Iterator[str]:
    """The URL of a store of the test's own, with every table and no rows; the test runs on both engines."""
    with stores.fresh() as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """Like `database_url`, an SQLite file only."""
    with sqlite_files.fresh() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Like `database_url`, PostgreSQL only."""
    with postgres_server.fresh() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium; without it the test is left out, except where everything must run (CI)."""
    path = shutil.which("chromium")
    if path is None:
        sentence = "This test needs a browser: apt-get install chromium."
        if THOROUGH:
            pytest.fail(sentence)
        pytest.skip(sentence)
    return path


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[Any]:
    """A council with the named cast on the web chat, on Thursday 09/6/2022 at 07:25; on both engines."""
    from tests.chats import a_council  # noqa: PLC0415

    async with a_council(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def on_telegram(database_url: str, tmp_path: Path) -> AsyncIterator[Any]:
    """Like `council`, its people on Telegram."""
    from tests.phones import a_telegram_council  # noqa: PLC0415

    async with a_telegram_council(database_url, tmp_path) as opened:
        yield opened
