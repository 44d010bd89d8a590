"""Alembic's entry: the connection is the one that bot/migrate.py opened, with its transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.sql.elements import False_, True_
from sqlalchemy.types import TypeDecorator

from models.tables import Base


def _plainly(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write a type of our own as what the store keeps: an old migration must not change with `models`.

    A default of yes or no is written so that both engines understand it: SQLite's 0 is no boolean for PostgreSQL.
    """
    if kind == "server_default" and isinstance(default := getattr(item, "arg", None), False_ | True_):
        return f"sa.{default!s}()"
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def _has_another_default(*compared: Any) -> bool | None:
    """Take a default that the engine writes in parentheses for what it is; judge others as Alembic does."""
    *_, inspected, _, wanted = compared
    is_same = inspected is not None and wanted is not None and inspected.strip("()'") == wanted.strip("()'")
    return False if is_same else None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    render_item=_plainly,
    compare_server_default=_has_another_default,
)
with context.begin_transaction():
    context.run_migrations()
