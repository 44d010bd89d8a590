"""What is kept and for how long: files that rows name, and raw updates for thirty days."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.inbox import Inbound
from models.papers import StoredFile

RAW_LIFE: Final = timedelta(days=30)


async def named_files(session: AsyncSession) -> frozenset[str]:
    """Give the digests of all files that a row names, or an update that is not handled yet."""
    rows = await session.scalars(select(StoredFile.sha256).distinct())
    waiting = await session.scalars(select(Inbound.raw).where(Inbound.handled_at.is_(None)))
    return frozenset(rows) | frozenset(digest for raw in waiting for digest in _digests(raw))


def _digests(raw: Any) -> Iterator[str]:
    for file in (raw or {}).get("files", ()):
        if isinstance(file, dict) and isinstance(file.get("sha256"), str):
            yield file["sha256"]


async def forget_raw(session: AsyncSession, now: datetime) -> None:
    """Empty what was heard more than thirty days ago; its effects, and the entry of the audit, stay."""
    await session.execute(
        update(Inbound).where(Inbound.handled_at < now - RAW_LIFE, Inbound.raw.is_not(None)).values(raw=null())
    )
