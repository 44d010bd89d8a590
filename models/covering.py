"""Codes and personal data that were shown once and must not stay readable in what is kept of it."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import JoinCode
from models.codes import CODE, COVERED, digest_of
from models.enrolments import UnitCode
from models.groupchats import GroupCode
from models.outbox import Letter, Parcel
from models.papers import StoredFile

TO_BOT: Final = "to-bot:"
"""What the key of a message begins with that asks somebody to come to another bot, with a code."""

_LOOKED_BACK: Final = timedelta(days=3)
# what showed codes: who made them and when, for they are shown in the answer to the same update
Made = tuple[int | None, datetime]


async def cover_ended(session: AsyncSession, key: bytes, made: Collection[Made], now: datetime) -> None:
    """Cover the codes that open nothing any more in the answers that showed them; those that still hold stay."""
    for by, at in made:
        if by is None:  # made on the terminal, shown in no message
            continue
        await _rewrite(session, _shown(by, at), _all_but(key, await _held(session, by, at, now)))


async def cover_expired(session: AsyncSession, now: datetime) -> None:
    """Cover the codes that have expired of late, and let go of the sheets on which they were printed."""
    since = now - _LOOKED_BACK
    made: set[Made] = set()
    for table in (JoinCode, UnitCode, GroupCode):
        rows = await session.execute(
            select(table.made_by, table.made_at).where(table.expires_at > since, table.expires_at <= now).distinct()
        )
        made |= {(by, at) for by, at in rows}
    for by, at in made:
        if by is not None and not await _held(session, by, at, now):
            await _rewrite(session, _shown(by, at), lambda text: CODE.sub(COVERED, text))
            sheets = update(StoredFile).where(StoredFile.by_id == by, StoredFile.kept_at == at)
            await session.execute(sheets.values(sha256=""))


async def cover_words(session: AsyncSession, words: Collection[str], *where: ColumnElement[bool]) -> None:
    """Cover somebody's words, his name or telephone, in the parcels and letters for which the conditions hold."""
    said = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    if said:
        pattern = re.compile("|".join(re.escape(word) for word in said))
        await _rewrite(session, and_(*where), lambda text: pattern.sub(COVERED, text))


def _all_but(key: bytes, held: Collection[str]) -> Callable[[str], str]:
    """Give what covers every code in a text but those of these digests."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if digest_of(key, re.sub(r"\D", "", found[0])) in held else COVERED

    return lambda text: CODE.sub(kept, text)


def _shown(by: int | None, at: datetime) -> ColumnElement[bool]:
    """Name what showed codes made at a moment: the answer to the officer, and what brought people their own."""
    given = select(JoinCode.person_id).where(JoinCode.made_by == by, JoinCode.made_at == at)
    to_him = and_(Parcel.person_id.in_(given), Parcel.key.startswith(TO_BOT))
    return and_(Parcel.created_at == at, or_(and_(Parcel.person_id == by, Parcel.key.startswith("in:")), to_him))


async def _held(session: AsyncSession, by: int | None, at: datetime, now: datetime) -> frozenset[str]:
    """Give the digests of the codes made in one answer that still open something."""
    personal = await session.scalars(
        select(JoinCode.digest).where(
            JoinCode.made_by == by, JoinCode.made_at == at, JoinCode.used_at.is_(None), JoinCode.expires_at > now
        )
    )
    shared = await session.scalars(
        select(UnitCode.digest).where(
            UnitCode.made_by == by, UnitCode.made_at == at, UnitCode.ended_at.is_(None), UnitCode.expires_at > now
        )
    )
    of_groups = await session.scalars(
        select(GroupCode.digest).where(
            GroupCode.made_by == by, GroupCode.made_at == at, GroupCode.used_at.is_(None), GroupCode.expires_at > now
        )
    )
    return frozenset((*personal, *shared, *of_groups))


async def _rewrite(session: AsyncSession, where: ColumnElement[bool], write: Callable[[str], str]) -> None:
    rows = await session.execute(select(Parcel, Letter).join(Letter, Letter.id == Parcel.letter_id).where(where))
    for parcel, letter in rows.all():
        for row in (parcel, letter):
            if row.content is not None and (anew := _written(row.content, write)) != row.content:
                row.content = anew
    await session.flush()


def _written(kept: Any, write: Callable[[str], str]) -> Any:
    match kept:
        case str():
            return write(kept)
        case Mapping():
            return {name: _written(value, write) for name, value in kept.items()}
        case list() | tuple():
            return [_written(value, write) for value in kept]
        case _:
            return kept


def about_any(pairs: Collection[tuple[str, int]]) -> ColumnElement[bool]:
    """Give the condition that a parcel is a card of one of these subjects, or an edit of one."""
    return or_(*(and_(Parcel.subject_kind == kind, Parcel.subject_id == id_) for kind, id_ in pairs))
