"""Photos that a messenger hands on one by one: those within two minutes of each other are pages of one file.

The first is asked about and waits (it is a page of itself); the next join it. Once it is chosen what they belong to,
they are pages of the one file made of them; a single photo is then simply a file.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.papers import StoredFile
from models.tasks import Report, ReportFile

WITHIN: Final = timedelta(minutes=2)
_PHOTO: Final = "image/jpeg"


def begin(photo: StoredFile) -> None:
    """Let further photos join this one, until it is chosen what it belongs to."""
    photo.page_of_id = photo.id


async def photo_before(session: AsyncSession, photo: StoredFile) -> StoredFile | None:
    """Read the photo that the same person sent last before this one, at most two minutes ago."""
    found: StoredFile | None = await session.scalar(
        select(StoredFile)
        .where(
            StoredFile.by_id == photo.by_id,
            StoredFile.id < photo.id,
            StoredFile.media == _PHOTO,
            StoredFile.kept_at >= photo.kept_at - WITHIN,
        )
        .order_by(StoredFile.id.desc())
        .limit(1)
    )
    return found


async def head_of(session: AsyncSession, photo: StoredFile) -> StoredFile:
    """Give the first photo or the file of which one is a page, or itself."""
    return photo if photo.page_of_id is None else await session.get_one(StoredFile, photo.page_of_id)


def waits(head: StoredFile) -> bool:
    """Tell whether it has not been chosen yet what a photo and its further pages belong to."""
    return head.page_of_id == head.id


async def report_with(session: AsyncSession, head: StoredFile) -> Report | None:
    """Read the answer, standing still, that a photo or the file made of several was handed in with."""
    found: Report | None = await session.scalar(
        select(Report)
        .join(ReportFile, ReportFile.report_id == Report.id)
        .where(ReportFile.file_id == head.id, Report.replaced_at.is_(None))
    )
    return found


async def pages_of(session: AsyncSession, head: StoredFile) -> Sequence[StoredFile]:
    """Read a photo that waits and its further pages, in the order in which they came."""
    found = await session.scalars(select(StoredFile).where(StoredFile.page_of_id == head.id).order_by(StoredFile.id))
    return found.all()


def settle(pages: Sequence[StoredFile], whole: StoredFile | None) -> None:
    """Take note that it was chosen what pages belong to: they are of one file, or each is one by itself (None)."""
    for page in pages:
        page.page_of_id = whole.id if whole is not None else None
