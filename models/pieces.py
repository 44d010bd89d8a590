"""The further pieces of a message that its channel carries only in several: parcels of the same key and step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.ids import new_id
from models.outbox import Parcel, ParcelState
from models.subjects import Subject

# a parcel of this kind says what it keeps, put into words when its first piece was
PIECE: Final = "piece"
_ALIKE: Final = (
    "letter_id",
    "key",
    "step",
    "op",
    "person_id",
    "chat_id",
    "lane",
    "priority",
    "not_before",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a further piece says; one of them may be the card of the subject."""

    content: Mapping[str, Any]
    subject: Subject | None = None
    version: int | None = None


async def lay_pieces(session: AsyncSession, first: Parcel, pieces: Sequence[Piece]) -> None:
    """Owe the pieces that follow the first; those of an earlier attempt that have not left are replaced."""
    await session.execute(delete(Parcel).where(*_following(first)))
    rows = [_row(first, part, piece) for part, piece in enumerate(pieces, first.part + 1)]
    if rows:
        await session.execute(insert(Parcel), rows, execution_options={"render_nulls": True})


async def drop_pieces(session: AsyncSession, first: Parcel) -> None:
    """Cancel the pieces that follow one that will not arrive."""
    await session.execute(update(Parcel).where(*_following(first)).values(state=ParcelState.CANCELLED))


def _following(first: Parcel) -> tuple[Any, ...]:
    return (
        Parcel.key == first.key,
        Parcel.step == first.step,
        Parcel.part > first.part,
        Parcel.state == ParcelState.QUEUED,
    )


def _row(first: Parcel, part: int, piece: Piece) -> dict[str, Any]:
    return {name: getattr(first, name) for name in _ALIKE} | {
        "id": new_id(),
        "part": part,
        "kind": PIECE,
        "content": dict(piece.content),
        "subject_kind": piece.subject.kind if piece.subject else "",
        "subject_id": piece.subject.id if piece.subject else None,
        "subject_version": piece.version,
        "expires_at": first.expires_at,
    }
