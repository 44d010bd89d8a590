"""What a provider calls a file that it was given: uploaded once a bot, then named."""

from collections.abc import Collection, Mapping

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.ids import new_id
from models.inserts import insert_new


class FileReference(Base):
    """The reference of a stored file with the provider of one lane."""

    __tablename__ = "file_reference"
    __table_args__ = (UniqueConstraint("sha256", "lane"),)

    sha256: Mapped[str] = mapped_column(String(64))
    lane: Mapped[str] = mapped_column(String(80))
    reference: Mapped[str] = mapped_column(String(300))


async def references(session: AsyncSession, lane: str, digests: Collection[str]) -> dict[str, str]:
    """Give the references that are known of these files, by digest."""
    rows = await session.execute(
        select(FileReference.sha256, FileReference.reference).where(
            FileReference.sha256.in_(digests), FileReference.lane == lane
        )
    )
    return {row.sha256: row.reference for row in rows}


async def keep_references(session: AsyncSession, lane: str, given: Mapping[str, str]) -> None:
    """Keep what a provider calls files; the newest name holds."""
    rows = [
        {"id": new_id(), "sha256": sha256, "lane": lane, "reference": reference}
        for sha256, reference in given.items()
        if reference
    ]
    if rows:
        insert = insert_new(session, FileReference)
        newest = insert.on_conflict_do_update(
            index_elements=["sha256", "lane"], set_={"reference": insert.excluded.reference}
        )
        await session.execute(newest, rows)
