"""Inserting what may already be there, in the one form that both engines know."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def insert_new(session: AsyncSession, table: type[Any]) -> Any:
    """Start an INSERT that leaves rows alone which a unique key already holds (ON CONFLICT DO NOTHING follows)."""
    dialect = session.get_bind().dialect.name
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
