from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.audit import AuditEntry, Seal
from models.ids import reserve_ids
from models.seals import Verdict, seal, verify

START = datetime(2022, 6, 9, 1, tzinfo=UTC)
LATER = START + timedelta(hours=1)


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    database = Database(database_url, SystemClock())
    async with database.write(Turn.CLOCK) as session:
        yield session
    await database.close()


async def say(session: AsyncSession, count: int = 1, at: datetime = START) -> int:
    """Record so many entries; give the id of the first."""
    ids = reserve_ids(count)
    row = {"at": at, "person_id": 7, "channel": "webchat", "command": "xong", "outcome": "done", "salt": "s"}
    entries = [row | {"id": ids + number, "digest": f"{number:064}"} for number in range(1, count + 1)]
    await session.execute(insert(AuditEntry), entries)
    return ids + 1


async def test_what_was_said_is_sealed_once_and_verified(session: AsyncSession) -> None:
    await say(session, 3)
    assert await seal(session, LATER) == 3
    assert await seal(session, LATER) == 0
    await say(session, 2)
    assert await seal(session, LATER) == 2
    assert await verify(session) == Verdict(5)


async def test_what_was_said_just_now_waits(session: AsyncSession) -> None:
    await say(session, at=LATER)
    assert await seal(session, LATER) == 0


async def test_a_long_day_gets_several_seals(session: AsyncSession) -> None:
    await say(session, 10_001)
    assert await seal(session, LATER) == 10_001
    assert await session.scalar(select(func.count()).select_from(Seal)) == 3
    assert await verify(session) == Verdict(10_001)


async def test_erasing_a_person_leaves_the_chain_whole(session: AsyncSession) -> None:
    await say(session, 3)
    await seal(session, LATER)
    await session.execute(update(AuditEntry).values(salt=""))
    assert (await verify(session)).holds


async def test_a_changed_entry_breaks_the_chain(session: AsyncSession) -> None:
    first = await say(session, 3)
    await seal(session, LATER)
    await session.execute(update(AuditEntry).where(AuditEntry.id == first).values(outcome="refused"))
    assert not (await verify(session)).holds


async def test_an_entry_taken_away_breaks_the_chain(session: AsyncSession) -> None:
    first = await say(session, 3)
    await seal(session, LATER)
    await session.execute(delete(AuditEntry).where(AuditEntry.id == first))
    assert not (await verify(session)).holds


async def test_an_entry_slipped_in_breaks_the_chain(session: AsyncSession) -> None:
    first = await say(session, 3)
    await seal(session, LATER)
    await session.execute(
        insert(AuditEntry).values(id=first - 1, at=START, channel="webchat", command="xong", outcome="done")
    )
    assert not (await verify(session)).holds


async def test_a_seal_taken_away_breaks_the_chain(session: AsyncSession) -> None:
    for _ in range(3):
        await say(session, 2)
        await seal(session, LATER)
    middle = (await session.scalars(select(Seal.id).order_by(Seal.last_entry))).all()[1]
    await session.execute(delete(Seal).where(Seal.id == middle))
    verdict = await verify(session)
    assert (verdict.entries, verdict.holds) == (2, False)
