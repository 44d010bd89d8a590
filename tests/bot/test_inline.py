import asyncio
import sqlite3
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete, func, insert, make_url, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.ids import reserve_ids
from models.outbox import Lane
from models.settings import Setting
from tests.timepiece import others_go_on


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    made = Database(sqlite_url, SystemClock())
    yield made
    await made.close()


async def beats(database: Database) -> int | None:
    async with database.read() as session:
        return await session.scalar(select(func.sum(Lane.beat)))


async def add_lanes(database: Database, count: int) -> None:
    ids = reserve_ids(count)
    rows = [
        {"id": ids + number, "key": f"{number}", "owner": "", "epoch": 0, "beat": 1} for number in range(1, count + 1)
    ]
    async with database.write(Turn.IMPORT) as session:
        await session.execute(insert(Lane), rows)


async def test_many_rows_are_written_beside_everything_else(database: Database) -> None:
    went_on = 0

    async def goes_on() -> None:
        nonlocal went_on
        while not writing.done():
            went_on += 1
            await others_go_on()

    async with asyncio.TaskGroup() as group:
        writing = group.create_task(add_lanes(database, 20_000))
        group.create_task(goes_on())
    assert await beats(database) == 20_000
    assert went_on > 10


async def test_a_table_is_filled_from_a_query(database: Database) -> None:
    await add_lanes(database, 3)
    async with database.write(Turn.CLOCK) as session:
        copied = select(Lane.id, Lane.key, text("'1'")).select_from(Lane)
        await session.execute(insert(Setting).from_select(["id", "name", "value"], copied, include_defaults=False))
        assert await session.scalar(select(func.count()).select_from(Setting)) == 3


async def test_rows_may_be_changed_while_they_are_gone_through(database: Database) -> None:
    await add_lanes(database, 50)
    async with database.write(Turn.DISPATCH) as session:
        for lane in await session.scalars(select(Lane)):
            await session.execute(delete(Lane).where(Lane.id == lane.id))
    assert await beats(database) is None


async def test_a_savepoint_is_undone_alone(database: Database) -> None:
    await add_lanes(database, 2)
    async with database.write(Turn.DISPATCH) as session:
        await session.execute(update(Lane).where(Lane.key == "1").values(beat=10))
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                await session.execute(update(Lane).values(key="2"))
    assert await beats(database) == 11


async def test_another_process_that_writes_is_waited_for(database: Database) -> None:
    await add_lanes(database, 1)
    other = sqlite3.connect(str(make_url(database.url).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE lane SET beat = 5")

    async def add_one() -> None:
        async with database.write(Turn.DISPATCH) as session:
            await session.execute(update(Lane).values(beat=Lane.beat + 1))

    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(add_one())
        await others_go_on(turns=100)
        assert not waiting.done()
        other.execute("COMMIT")
    other.close()
    assert await beats(database) == 6


async def test_whoever_is_cancelled_while_committing_leaves_the_store_usable(database: Database) -> None:
    await add_lanes(database, 1)

    async def add_one() -> None:
        async with database.write(Turn.DISPATCH) as session:
            await session.execute(update(Lane).values(beat=Lane.beat + 1))

    for steps in range(12):
        cancelled = asyncio.create_task(add_one())  # noqa: TID251 - awaited below
        await others_go_on(steps)
        cancelled.cancel()
        await asyncio.wait([cancelled])
    before = await beats(database)
    await add_one()
    assert before is not None
    assert await beats(database) == before + 1
