"""The store: one writer and many readers of an SQLite file, or a PostgreSQL shared by several processes."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm.exc import StaleDataError

from bot import inline, waker
from bot.timepiece import Clock
from bot.turns import Turn, Turns

__all__ = ["Database", "Turn"]

T = TypeVar("T")

_TRIES = 8
_FIRST_PAUSE = 0.01
_READERS = 4
_WRITERS = 12
_BUSY_SECONDS = 15
# serialization failure, deadlock, a row that another process inserted first, a lock that was not given in time
_AGAIN = frozenset({"40001", "40P01", "23505", "55P03"})
_WRITER_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY")
_READER_PRAGMAS = ("journal_mode = WAL", "query_only = ON", "temp_store = MEMORY")


class Database:
    """The open store.

    `write` gives a session in a transaction that is committed at the end of the block and undone by any exception;
    transactions of one process on SQLite take turns, so never open one inside another. `read` gives a session that
    sees one moment and cannot write; `glance` likewise, for a few rows found by an index. The schema must have been
    brought up to date before (`bot.migrate`).
    """

    def __init__(self, url: str, clock: Clock, wakes: waker.Waker | None = None) -> None:
        address = make_url(url)
        self.url = url
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.waker = wakes or waker.Waker(clock)
        self._clock = clock
        self._turns = Turns()
        self._dispatches = asyncio.Semaphore(_WRITERS // 2)
        open_engines = _sqlite_engines if self.is_sqlite else _postgres_engines
        self._writer, self._reader, self._glancer = open_engines(address, clock)
        self._writing = async_sessionmaker(self._writer, expire_on_commit=False)
        self._reading = async_sessionmaker(self._reader, expire_on_commit=False)
        self._glancing = async_sessionmaker(self._glancer, expire_on_commit=False)

    @property
    def waiting(self) -> int:
        """Count the transactions that wait for their turn."""
        return len(self._turns)

    @property
    def poll_seconds(self) -> float:
        """How often whoever waits for news looks by himself; seldom on SQLite, where all changes are made here."""
        return 1.0 if self.is_sqlite else waker.POLL_SECONDS

    @asynccontextmanager
    async def write(self, turn: Turn) -> AsyncIterator[AsyncSession]:
        """Write in one transaction, when it is this turn; afterwards wake whom `waker.will_wake` noted."""
        async with self._turn(turn), self._writing() as session, session.begin():
            yield session
            topics = waker.noted(session)
            if topics and not self.is_sqlite:
                await waker.notify(session, topics)
        self.waker.wake(*topics)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Read as of one moment."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncSession]:
        """Read a few rows as of one moment; on SQLite without a thread, so that all else waits for it."""
        async with self._glancing() as session:
            yield session

    async def retrying(self, turn: Turn, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Do the work in a transaction of its own, and again from the start where another writer was in the way.

        The work may run several times, also after a commit whose answer was lost: it records in the transaction what
        it has done and does nothing the second time. Raises the last error when it does not succeed in 8 tries.
        """
        for attempt in range(1, _TRIES + 1):
            try:
                async with self.write(turn) as session:
                    return await work(session)
            except (DBAPIError, StaleDataError) as error:
                if attempt == _TRIES or not in_the_way(error):
                    raise
                await self._clock.sleep(_FIRST_PAUSE * 2**attempt * random.random())  # noqa: S311 - spreads the tries
        raise AssertionError("The last try returns or raises.")

    async def close(self) -> None:
        """Close every connection; what is open is undone."""
        for engine in (self._glancer, self._reader, self._writer):
            await engine.dispose()

    def _turn(self, turn: Turn) -> AbstractAsyncContextManager[None]:
        if self.is_sqlite:
            return self._turns.taken(turn)
        return self._dispatches if turn is Turn.DISPATCH else nullcontext()


def in_the_way(error: DBAPIError | StaleDataError) -> bool:
    """Tell whether an error only says that another writer was in the way, so that the work may run again."""
    if isinstance(error, StaleDataError) or error.connection_invalidated:
        return True
    sqlite_says = getattr(error.orig, "sqlite_errorname", "")
    return getattr(error.orig, "sqlstate", None) in _AGAIN or sqlite_says.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


_Engines = tuple[AsyncEngine, AsyncEngine, AsyncEngine]


def _sqlite_engines(address: URL, clock: Clock) -> _Engines:
    inlined = address.set(drivername=inline.DRIVER)
    threaded = address.set(drivername="sqlite+aiosqlite")
    inline_only = {"factory": inline.InlineConnection, "check_same_thread": False}
    return _sqlite_writer(inlined, clock), _sqlite_reader(threaded), _sqlite_reader(inlined, **inline_only)


def _sqlite_writer(address: URL, clock: Clock) -> AsyncEngine:
    """Open the one connection that writes; its transactions begin before they read.

    The driver by itself begins at the first change, and two that have read by then block each other.
    """
    engine = create_async_engine(
        address,
        pool_size=1,
        max_overflow=0,
        connect_args={
            "isolation_level": None,
            "timeout": _BUSY_SECONDS,
            "check_same_thread": False,
            "factory": inline.InlineConnection,
        },
    )
    _prepare(engine, (*_WRITER_PRAGMAS, "busy_timeout = 0"))

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        opened: Any = connection.connection.dbapi_connection
        try:
            inline.begin_immediate(opened, clock, _BUSY_SECONDS)
        except sqlite3.Error as error:
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error

    return engine


def _sqlite_reader(address: URL, **connect_args: Any) -> AsyncEngine:
    """Open connections that read: each in a thread, for a page over many rows must not hold up everything else, or
    without one, for a few rows cost less than handing them over.
    """
    engine = create_async_engine(
        address,
        pool_size=_READERS,
        max_overflow=0,
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS, **connect_args},
    )
    _prepare(engine, _READER_PRAGMAS)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _prepare(engine: AsyncEngine, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _postgres_engines(address: URL, _clock: Clock) -> _Engines:
    address = address.set(drivername="postgresql+psycopg")
    writer = create_async_engine(address, pool_size=_WRITERS, max_overflow=0)
    reader = create_async_engine(
        address,
        pool_size=_READERS,
        max_overflow=_READERS,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )
    return writer, reader, reader
