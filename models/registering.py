"""Documents known by issuer, number and date: found again, and registered once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.entries import Head
from models.papers import Document, StoredFile
from models.rules.spelling import fold


async def known_document(session: AsyncSession, head: Head) -> Document | None:
    """Find the document that bears this number and date.

    Issuers are compared only as far as both are known: a letterhead and an annex word the same council differently.
    """
    if not head.number or head.dated is None:
        return None
    found = await session.scalars(
        select(Document).where(Document.number == head.number, Document.dated == head.dated).order_by(Document.id)
    )
    return next((document for document in found if _agrees(document.issuer, head.issuer)), None)


async def is_the_same_file(session: AsyncSession, document: Document, sha256: str) -> bool:
    """Tell whether the document was taken in from these very bytes."""
    kept = await session.scalar(select(StoredFile.sha256).where(StoredFile.id == document.file_id))
    return bool(sha256) and kept == sha256


async def register(
    session: AsyncSession, head: Head, now: datetime, *, file_id: int | None, by: int | None
) -> Document:
    """Enter the document, or bring what is known of it up to date; raises ValueError without number and date."""
    if not head.number or head.dated is None:
        raise ValueError("A document is known by its number and date.")
    document = await known_document(session, head)
    if document is None:
        document = Document(number=head.number[:80], dated=head.dated, issuer=head.issuer[:200], imported_at=now)
        session.add(document)
    document.kind, document.subject = head.kind[:16], head.subject[:500]
    document.supersedes = head.supersedes[:80]
    document.file_id, document.imported_at, document.by_id = file_id or document.file_id, now, by
    await session.flush()
    return document


def _agrees(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    return not first or not second or first.startswith(second) or second.startswith(first)
