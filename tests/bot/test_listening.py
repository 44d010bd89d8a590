"""Asking for updates: one process at a time, stored before the next question, on through every trouble."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import listeners
from bot.listening import Listener
from models.darkness import dark_lanes
from models.inbox import Inbound
from models.outbox import Lane as LaneRow
from tests.fakes.telegram import Fault
from tests.phones import TelegramCouncil, a_telegram_council

# who waits for a moment when nothing else goes on: whoever watches the lane, its beat, and a question or a pause
AT_REST = 3


@pytest.fixture
async def council(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TelegramCouncil]:
    async with a_telegram_council(sqlite_url, tmp_path) as opened:
        yield opened


@asynccontextmanager
async def running(council: TelegramCouncil, deaf_seconds: float = 60) -> AsyncIterator[Listener]:
    """Let a listener run as the program runs it."""
    (listener,) = listeners(council.assistant)
    listener.deaf_seconds = deaf_seconds
    stopping = asyncio.Event()
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(listener.run(stopping))
        try:
            yield listener
        finally:
            stopping.set()
            await council.clock.wait_out(seconds=60)


async def comes(council: TelegramCouncil, true: Callable[[], bool]) -> None:
    """Let time pass until something is so; it passes whenever nothing else goes on."""
    while not true():
        await council.clock.goes_on(among=AT_REST)


async def heard(council: TelegramCouncil) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(Inbound)) or 0


def asked(council: TelegramCouncil) -> int:
    return len(council.world.calls("getUpdates"))


async def test_what_is_written_is_stored_and_then_left_behind(council: TelegramCouncil) -> None:
    async with running(council) as listener:
        await comes(council, lambda: asked(council) > 0)
        council.owner("Lan").writes("trogiup")
        await comes(council, lambda: not council.world.queued)
        assert await heard(council) == 1
        assert listener.after != ""


@pytest.mark.parametrize(
    "fault", [Fault.BAD_GATEWAY, Fault.TORN, Fault.HALF, Fault.UNREADABLE, Fault.CONFLICT, Fault.FLOOD_UNSAID]
)
async def test_it_asks_again_after_every_trouble(council: TelegramCouncil, fault: Fault) -> None:
    council.world.fails("getUpdates", fault, times=3)
    council.owner("Lan").writes("trogiup")
    async with running(council):
        await comes(council, lambda: not council.world.queued)
    assert await heard(council) == 1
    assert asked(council) >= 5


async def test_a_server_that_is_deaf_is_asked_anew(council: TelegramCouncil) -> None:
    council.world.fails("getUpdates", Fault.delay(10_000))
    async with running(council, deaf_seconds=0.2):
        await comes(council, lambda: asked(council) > 1)


async def test_it_is_known_since_when_nothing_is_heard_and_when_something_is_again(council: TelegramCouncil) -> None:
    council.world.fails("getUpdates", Fault.BAD_GATEWAY, times=4)
    began = council.clock.now()
    async with running(council) as listener:
        while not await dark(council):
            await council.clock.goes_on(among=AT_REST)
        assert await dark(council) == [(listener.lane.key, began)]
        while await dark(council):
            await council.clock.goes_on(among=AT_REST)
    assert asked(council) > 4


async def dark(council: TelegramCouncil) -> list[tuple[str, datetime | None]]:
    async with council.read() as session:
        return [(lane.key, lane.dark_since) for lane in await dark_lanes(session)]


async def test_of_two_processes_one_asks_and_the_other_takes_over(postgres_url: str, tmp_path: Path) -> None:
    async with a_telegram_council(postgres_url, tmp_path) as council:
        (other,) = listeners(council.assistant)
        async with running(council) as first:
            await comes(council, lambda: first.lane.held)
            assert not await other.lane.take(nothing)
            before = await beats(council, first)
            while await beats(council, first) == before:
                await council.clock.goes_on(among=AT_REST)
        assert await other.lane.take(nothing)


async def beats(council: TelegramCouncil, listener: Listener) -> int:
    async with council.read() as session:
        return await session.scalar(select(LaneRow.beat).where(LaneRow.key == listener.lane.key)) or 0


async def nothing(*_: object) -> None:
    """Do nothing with the lane."""
