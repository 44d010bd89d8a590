"""SQLite spoken to without a thread between: what takes microseconds is done at once, what may take long is not.

A statement of the writer costs SQLite some ten microseconds; handing it to a thread and back, as asynchronous drivers
do, costs ten times as much of this process's time. So statements run where they are said. Only a commit, which waits
for the disk, and statements over many rows are done by a thread; the beginning of a transaction, for which another
process may have to be waited, is tried again and again instead.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Self, TypeVar

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import await_only

from bot.timepiece import Clock

T = TypeVar("T")

DRIVER: Final = "sqlite+inline"
_MANY: Final = 200
_FIRST_PAUSE: Final = 0.002
_LONGEST_PAUSE: Final = 0.05


class InlineCursor(sqlite3.Cursor):
    """A cursor that has read all its rows once a statement is run, so that none is open when something else happens."""

    server_side = False

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._rows: deque[Any] = deque()

    def execute(self, *args: Any) -> Self:
        """Run a statement and read its rows."""
        super().execute(*args)
        self._rows = deque(super().fetchall() if self.description else ())
        return self

    def fetchone(self) -> Any:
        """Give the next row; None after the last."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Give the next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """Give all rows that are left."""
        rows, self._rows = self._rows, deque()
        return list(rows)

    async def _async_soft_close(self) -> None:
        """Be asked by SQLAlchemy to let the connection go: it is free already."""


class InlineConnection(sqlite3.Connection):
    """A connection with such cursors."""

    def cursor(self, factory: Any = InlineCursor) -> Any:
        """Open a cursor."""
        return super().cursor(factory)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The standard library's driver under SQLAlchemy's asynchronous engine, for one connection in turns."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: Any) -> type[AsyncAdaptedQueuePool]:  # noqa: ARG003 - the dialect's own signature
        """Keep connections as the asynchronous engine expects them."""
        return AsyncAdaptedQueuePool

    def do_commit(self, dbapi_connection: Any) -> None:
        """Wait for the disk in a thread."""
        await_only(_in_thread(dbapi_connection.commit))

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:  # noqa: ARG002
        """Run a statement at once, but fill a table from a query in a thread."""
        if statement.startswith("INSERT") and "SELECT" in statement:
            await_only(_in_thread(partial(cursor.execute, statement, parameters)))
        else:
            cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:  # noqa: ARG002
        """Run a statement for each of a few rows at once, for many in a thread."""
        if len(parameters) > _MANY:
            await_only(_in_thread(partial(cursor.executemany, statement, parameters)))
        else:
            cursor.executemany(statement, parameters)


registry.register("sqlite.inline", __name__, InlineSqlite.__name__)


def begin_immediate(connection: sqlite3.Connection, clock: Clock, seconds: float) -> None:
    """Begin a transaction that may write, waiting at most so long for another process to end its own.

    Raises sqlite3.OperationalError when it took too long. Runs inside SQLAlchemy's own switching of coroutines.
    """
    began, pause = clock.monotonic(), _FIRST_PAUSE
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or clock.monotonic() - began > seconds:
                raise
        else:
            return
        await_only(clock.sleep(pause))
        pause = min(2 * pause, _LONGEST_PAUSE)


async def _in_thread(work: Callable[[], T]) -> T:
    """Do work in a thread; whoever is cancelled meanwhile is so only when it is done."""
    working = asyncio.ensure_future(asyncio.to_thread(work))  # noqa: TID251 - awaited here, whatever happens
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise
