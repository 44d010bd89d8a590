"""The chain over the audit: each seal hashes the seal before it and the entries since, so that nothing said before can
be changed, added or taken away unnoticed. Salts are not sealed: erasing a person drops them and the chain still holds.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.audit import AuditEntry, Seal
from models.ids import new_id

# an entry is written with an id given a little earlier; by then every such transaction has ended
SETTLED: Final = timedelta(minutes=10)
_MOST: Final = 5_000
_SEALED: Final = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.person_id,
    AuditEntry.channel,
    AuditEntry.inbound_id,
    AuditEntry.command,
    AuditEntry.outcome,
    AuditEntry.subject_kind,
    AuditEntry.subject_id,
    AuditEntry.digest,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many entries are sealed and unbroken, and the first seal that does not hold."""

    entries: int
    broken: int | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing sealed was changed."""
        return self.broken is None


async def seal(session: AsyncSession, now: datetime) -> int:
    """Seal the entries written up to ten minutes before `now` and not sealed yet; give how many.

    Only the holder of the clock's lane calls this: the chain has one end. At most 5,000 entries a seal; those left over
    get the next seals at once.
    """
    sealed = 0
    while count := await _seal_some(session, now):
        sealed += count
    return sealed


async def verify(session: AsyncSession) -> Verdict:
    """Compute the whole chain anew and compare; entries not sealed yet are not judged."""
    previous, start, entries = "", 0, 0
    seals = await session.scalars(select(Seal).order_by(Seal.last_entry))
    for link in seals.all():
        rows = await _entries(session, start, link.last_entry)
        if len(rows) != link.entries or _hash(previous, rows) != link.hash:
            return Verdict(entries, broken=link.id)
        previous, start, entries = link.hash, link.last_entry, entries + len(rows)
    return Verdict(entries)


async def _seal_some(session: AsyncSession, now: datetime) -> int:
    last = await session.scalar(select(Seal).order_by(Seal.last_entry.desc()).limit(1))
    start, previous = (last.last_entry, last.hash) if last else (0, "")
    settled = (
        select(AuditEntry.id)
        .where(AuditEntry.id > start, AuditEntry.at <= now - SETTLED)
        .order_by(AuditEntry.id)
        .limit(_MOST)
        .subquery()
    )
    end = await session.scalar(select(func.max(settled.c.id)))
    if end is None:
        return 0
    rows = await _entries(session, start, end)
    session.add(Seal(id=new_id(), last_entry=end, entries=len(rows), hash=_hash(previous, rows), at=now))
    await session.flush()
    return len(rows)


async def _entries(session: AsyncSession, after: int, last: int) -> list[Any]:
    between = select(*_SEALED).where(AuditEntry.id > after, AuditEntry.id <= last).order_by(AuditEntry.id)
    return list((await session.execute(between)).all())


def _hash(previous: str, rows: Iterable[Any]) -> str:
    chain = hashlib.sha256(previous.encode())
    for row in rows:
        chain.update(json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n")
    return chain.hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
