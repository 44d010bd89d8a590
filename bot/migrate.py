"""The store's schema, brought from one version to another by `dondoc migrate` and at every start."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

# On PostgreSQL a second process waits at this number (any would do) until the first has committed its migration.
_ONE_AT_A_TIME = 0x44D6_4443


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the store at `url` up to `revision`, all of it or nothing, keeping what is recorded.

    Takes the assistant's own database URL, asynchronous driver or not; makes the folder of an SQLite file.
    """
    with _schema_change(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the store at `url` back to `revision` ("base" empties it), all of it or nothing."""
    with _schema_change(url) as connection:
        command.downgrade(_config(connection), revision)


def stamp(url: str, revision: str = "head") -> None:
    """Note that the store at `url` has the schema of `revision`, changing no table."""
    with _schema_change(url) as connection:
        command.stamp(_config(connection), revision)


def current(url: str) -> str | None:
    """Name the revision of the store at `url`; None for one that was never migrated."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def head() -> str | None:
    """Name the revision that this program expects of its store."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revise(url: str, message: str) -> str:
    """Write the migration from the schema of the store at `url` to the tables of `models`, and give its path."""
    number = sum(1 for _ in ScriptDirectory.from_config(_config()).walk_revisions()) + 1
    with _schema_change(url) as connection:
        script = command.revision(_config(connection), message, autogenerate=True, rev_id=f"{number:04}")
    if script is None or isinstance(script, list):
        raise RuntimeError("Alembic wrote no migration.")
    return str(script.path)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _schema_change(url: str) -> Iterator[Connection]:
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
            yield connection
            _refuse_orphans(connection)
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    """Open the store by the driver's synchronous side, in transactions that hold schema changes too."""
    address = _synchronous(make_url(url))
    if address.get_backend_name() != "sqlite":
        return create_engine(address, poolclass=NullPool)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, poolclass=NullPool, connect_args={"isolation_level": None, "timeout": 60})

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # sqlite3 by itself begins too late for CREATE TABLE; foreign keys stay off, because making a table anew
        # would empty those that refer to it
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _synchronous(address: URL) -> URL:
    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    return address.set(drivername=drivers[address.get_backend_name()])


def _refuse_orphans(connection: Connection) -> None:
    """Raise RuntimeError, which undoes the change, if a row of an SQLite store refers to one that is gone."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"The migration left rows that refer to nothing: {orphans[:5]}")
