import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, Turn
from bot.lanes import Lane, LaneLost
from bot.timepiece import SystemClock
from tests.timepiece import HandClock


async def nothing(_session: AsyncSession, _epoch: int) -> None:
    pass


async def beat(lane: Lane) -> None:
    began = lane.clock.monotonic()
    async with lane.database.write(Turn.COURIER) as session:
        await lane.beat(session)
    lane.beaten(began)


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    made = Database(postgres_url, SystemClock())
    yield made
    await made.close()


async def test_a_free_lane_is_taken_at_once(database: Database, clock: HandClock) -> None:
    lane = Lane(database, clock, "clock", "me")
    assert await lane.take(nothing)
    assert (lane.epoch, lane.fresh) == (1, True)


async def test_a_released_lane_is_taken_at_once(database: Database, clock: HandClock) -> None:
    mine, yours = Lane(database, clock, "clock", "me"), Lane(database, clock, "clock", "you")
    await mine.take(nothing)
    async with database.write(Turn.COURIER) as session:
        await mine.release(session)
    mine.released()
    assert await yours.take(nothing)
    assert (mine.held, yours.epoch) == (False, 2)


async def test_on_sqlite_the_last_holder_is_known_to_be_dead(sqlite_url: str, clock: HandClock) -> None:
    database = Database(sqlite_url, SystemClock())
    await Lane(database, clock, "clock", "dead").take(nothing)
    mine = Lane(database, clock, "clock", "me")
    assert await mine.take(nothing)
    assert mine.epoch == 2
    await database.close()


async def test_a_lane_whose_beat_stands_still_is_taken_after_its_time(postgres: Database, clock: HandClock) -> None:
    await Lane(postgres, clock, "clock", "dead").take(nothing)
    mine = Lane(postgres, clock, "clock", "me", ttl=10)
    assert not await mine.take(nothing)
    await clock.move(seconds=9.9)
    assert not await mine.take(nothing)
    await clock.move(seconds=0.1)
    assert await mine.take(nothing)


async def test_a_lane_whose_holder_beats_is_never_taken(postgres: Database, clock: HandClock) -> None:
    holder, other = Lane(postgres, clock, "clock", "holder"), Lane(postgres, clock, "clock", "other")
    await holder.take(nothing)
    for _ in range(10):
        await beat(holder)
        assert not await other.take(nothing)
        await clock.move(seconds=5)


async def test_a_holder_who_slept_finds_his_lane_gone(postgres: Database, clock: HandClock) -> None:
    sleeper, other = Lane(postgres, clock, "clock", "sleeper"), Lane(postgres, clock, "clock", "other")
    await sleeper.take(nothing)
    await other.take(nothing)
    await clock.move(seconds=8)
    assert not sleeper.fresh
    await clock.move(seconds=2)
    assert await other.take(nothing)
    with pytest.raises(LaneLost):
        await beat(sleeper)


async def test_of_two_who_take_a_lane_at_once_one_gets_it(postgres: Database, clock: HandClock) -> None:
    lanes = [Lane(postgres, clock, "clock", name) for name in "ab"]
    got = await asyncio.gather(*(lane.take(nothing) for lane in lanes))
    assert sorted(got) == [False, True]


async def test_an_idle_holder_shows_that_he_lives_only_where_others_look(database: Database, clock: HandClock) -> None:
    lane = Lane(database, clock, "clock", "me", ttl=10)
    await lane.take(nothing)
    await clock.move(seconds=2)
    assert lane.beat_is_due is not database.is_sqlite
