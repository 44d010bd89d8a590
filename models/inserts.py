"""Inserting what may already be there, in the one form that both engines know."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def insert_new(session: AsyncSession, table: type[Any]) -> Any:
    """Start an INSERT of rows some of which a unique key may already hold (ON CONFLICT follows)."""
    dialect = session.get_bind().dialect.name
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
