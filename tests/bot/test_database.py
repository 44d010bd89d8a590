import asyncio

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from bot.waker import OUTBOX, will_wake
from models.outbox import Lane
from models.settings import Setting


async def test_what_is_written_is_read(database: Database) -> None:
    async with database.write(Turn.DISPATCH) as session:
        session.add(Setting(name="morning", value="08:00"))
    async with database.read() as session:
        assert await session.scalar(select(Setting.value)) == "08:00"


async def test_an_error_undoes_the_whole_transaction_and_wakes_nobody(database: Database) -> None:
    async def fail_after_writing() -> None:
        async with database.write(Turn.DISPATCH) as session:
            session.add(Setting(name="morning", value="08:00"))
            will_wake(session, OUTBOX)
            await session.flush()
            raise KeyError

    with database.waker.listening(OUTBOX) as bell, pytest.raises(KeyError):
        await fail_after_writing()
    assert not await bell.rung(0)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Setting)) == 0


async def test_a_reading_session_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.read() as session:
            await session.execute(text("DELETE FROM setting"))


async def test_a_reading_session_sees_one_moment(database: Database) -> None:
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Setting)) == 0
        async with database.write(Turn.DISPATCH) as writing:
            writing.add(Setting(name="morning", value="08:00"))
        assert await session.scalar(select(func.count()).select_from(Setting)) == 0


async def test_a_glance_sees_one_moment_and_cannot_write(database: Database) -> None:
    async with database.glance() as session:
        assert await session.scalar(select(func.count()).select_from(Setting)) == 0
        async with database.write(Turn.DISPATCH) as writing:
            writing.add(Setting(name="morning", value="08:00"))
        assert await session.scalar(select(func.count()).select_from(Setting)) == 0
        with pytest.raises(DBAPIError):
            await session.execute(text("DELETE FROM setting"))


async def test_twenty_who_read_and_then_add_lose_nothing(database: Database) -> None:
    async with database.write(Turn.DISPATCH) as session:
        session.add(Lane(key="web", beat=0))

    async def add_one(session: AsyncSession) -> None:
        lane = (await session.scalars(select(Lane).with_for_update())).one()
        lane.beat += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(database.retrying(Turn.DISPATCH, add_one))
    async with database.read() as session:
        assert await session.scalar(select(Lane.beat)) == 20


async def test_work_that_deadlocks_is_done_again(postgres_url: str) -> None:
    database = Database(postgres_url, SystemClock())
    async with database.write(Turn.DISPATCH) as session:
        session.add_all([Lane(key="a"), Lane(key="b")])
    met = asyncio.Barrier(2)
    tries = 0

    async def add_in_order(session: AsyncSession, first: str, second: str) -> None:
        nonlocal tries
        tries += 1
        await session.execute(update(Lane).where(Lane.key == first).values(beat=Lane.beat + 1))
        if tries <= 2:
            await met.wait()
        await session.execute(update(Lane).where(Lane.key == second).values(beat=Lane.beat + 1))

    async with asyncio.TaskGroup() as group:
        group.create_task(database.retrying(Turn.DISPATCH, lambda session: add_in_order(session, "a", "b")))
        group.create_task(database.retrying(Turn.DISPATCH, lambda session: add_in_order(session, "b", "a")))
    async with database.read() as session:
        assert list(await session.scalars(select(Lane.beat))) == [2, 2]
    assert tries == 3
    await database.close()


async def test_whoever_listens_is_woken_by_the_commit(database: Database) -> None:
    with database.waker.listening(OUTBOX) as bell:
        async with database.write(Turn.DISPATCH) as session:
            will_wake(session, OUTBOX)
        assert await bell.rung(0)


async def test_another_process_on_postgresql_is_woken(postgres_url: str) -> None:
    ours, theirs = Database(postgres_url, SystemClock()), Database(postgres_url, SystemClock())
    async with theirs.waker.hearing(postgres_url):
        with theirs.waker.listening(OUTBOX) as bell:
            while not await bell.rung(0.05):  # until the other's LISTEN stands
                async with ours.write(Turn.DISPATCH) as session:
                    will_wake(session, OUTBOX)
    await ours.close()
    await theirs.close()


async def test_sqlite_keeps_what_it_said_through_a_power_cut(sqlite_url: str) -> None:
    database = Database(sqlite_url, SystemClock())
    async with database.write(Turn.DISPATCH) as session:
        said = [
            await session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert said == ["wal", 2, 1]
    await database.close()
