"""The migrations lead to the tables of `models`, and back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, select
from sqlalchemy.exc import DatabaseError

from bot import migrate
from tests.databases import SqliteFiles, Stores


def test_upgrade_leads_to_the_tables_of_the_models(stores: Stores) -> None:
    with stores.fresh() as expected, stores.empty() as actual:
        migrate.upgrade(actual)
        assert described(actual) == described(expected)


def test_downgrade_to_base_leaves_no_table(stores: Stores) -> None:
    with stores.empty() as url:
        migrate.upgrade(url)
        migrate.downgrade(url, "base")
        assert list(described(url)) == []


def test_a_second_upgrade_changes_nothing(stores: Stores) -> None:
    with stores.empty() as url:
        migrate.upgrade(url)
        before = described(url)
        migrate.upgrade(url)
        assert described(url) == before


def test_an_upgraded_store_leaves_nothing_to_write(stores: Stores) -> None:
    with stores.empty() as url:
        migrate.upgrade(url)
        assert not migrate.differs(url)


def test_a_table_that_is_missing_is_to_be_written(stores: Stores) -> None:
    with stores.empty() as url:
        migrate.upgrade(url, "0003")
        migrate.stamp(url)
        assert migrate.differs(url)


def test_of_two_feedbacks_of_one_number_the_later_gets_the_next(stores: Stores) -> None:
    with stores.empty() as url:
        migrate.upgrade(url, "0003")
        engine = synchronous(url)
        with engine.begin() as connection:
            known = MetaData()
            known.reflect(connection, only=["person", "feedback"])
            person, feedback = known.tables["person"], known.tables["feedback"]
            at = datetime(2022, 6, 9, tzinfo=UTC)
            connection.execute(person.insert(), {"id": 1, "name": "Lan", "phone": "", "locale": "vi", "created_at": at})
            given = {"person_id": 1, "at": at, "text": "?", "answer": "", "version": 1}
            rows = [{**given, "id": row_id, "number": number} for row_id, number in ((1, 1), (2, 1), (3, 2), (4, 2))]
            connection.execute(feedback.insert(), rows)
        migrate.upgrade(url)
        with engine.begin() as connection:
            numbers = connection.execute(select(feedback.c.number).order_by(feedback.c.id)).scalars()
            assert list(numbers) == [1, 3, 2, 4]
        engine.dispose()


def test_an_upgraded_store_names_the_revision_the_program_expects(stores: Stores) -> None:
    with stores.empty() as url:
        assert migrate.current(url) is None
        migrate.upgrade(url)
        assert migrate.current(url) == migrate.head()


def test_a_migration_that_leaves_orphans_is_undone(sqlite_files: SqliteFiles) -> None:
    with sqlite_files.empty() as url:
        engine = synchronous(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE mother (id INTEGER PRIMARY KEY)")
            connection.exec_driver_sql(
                "CREATE TABLE child (id INTEGER PRIMARY KEY, mother INTEGER REFERENCES mother (id))"
            )
            connection.exec_driver_sql("INSERT INTO child VALUES (1, 9)")
        engine.dispose()
        with pytest.raises(RuntimeError, match="rows that refer to nothing"):
            migrate.upgrade(url)
        assert list(described(url)) == ["child", "mother"]


def test_a_failing_migration_leaves_no_trace(stores: Stores) -> None:
    with stores.empty() as url:
        engine = synchronous(url)
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE TABLE unit (id INTEGER PRIMARY KEY)"
            )  # in the way of the first migration
        engine.dispose()
        with pytest.raises(DatabaseError, match="already exists"):
            migrate.upgrade(url)
        assert list(described(url)) == ["unit"]


def described(url: str) -> dict[str, Any]:
    """Everything the engine knows about each table: columns, keys, indexes with their conditions, checks."""
    engine = synchronous(url)
    try:
        found = inspect(engine)
        return {name: _table(engine, name) for name in sorted(found.get_table_names()) if name != "alembic_version"}
    finally:
        engine.dispose()


def synchronous(url: str) -> Engine:
    return create_engine(url.replace("+aiosqlite", ""))


def _table(engine: Engine, name: str) -> dict[str, Any]:
    found = inspect(engine)
    return {
        "columns": sorted((c["name"], str(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(name)),
        "primary key": found.get_pk_constraint(name),
        "foreign keys": sorted(map(_plain, found.get_foreign_keys(name))),
        "unique": sorted(map(_plain, found.get_unique_constraints(name))),
        "indexes": sorted(map(_plain, found.get_indexes(name))),
        "checks": sorted(map(_plain, found.get_check_constraints(name))),
    }


def _plain(described: Any) -> str:
    if isinstance(described, dict):
        return repr(sorted((key, _plain(value)) for key, value in described.items()))
    return str(described)
