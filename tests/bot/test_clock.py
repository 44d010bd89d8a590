import asyncio
from dataclasses import dataclass, field
from datetime import datetime, time

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import ClockRunner
from bot.database import Database
from bot.lanes import CLOCK_LANE, Lane
from bot.waker import OUTBOX
from handlers.kit import ClockContext, Job, Speaker
from models.reminders import Slot
from models.settings import Setting
from tests.postoffice import ZONE
from tests.timepiece import HandClock

Run = tuple[str, str, str | None]


@dataclass
class Runs:
    """Writes down in the store, and here, what ran."""

    log: list[Run] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)

    def job(self, name: str, **when: int | time) -> Job:
        async def run(context: ClockContext) -> None:
            context.session.add(Setting(name=f"{name} {context.slot}", value=""))
            if name in self.failing:
                raise ValueError(name)
            self.log.append((name, local(context.slot), local(context.since) if context.since else None))

        return Job(name, run, **when)  # type: ignore[arg-type]


def local(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%d %H:%M")


async def settle(session: AsyncSession, speaker: Speaker) -> None:
    assert speaker.session is session


def runner(database: Database, clock: HandClock, *jobs: Job, owner: str = "me") -> ClockRunner:
    return ClockRunner(Lane(database, clock, CLOCK_LANE, owner), {job.name: job for job in jobs}, ZONE, settle)


async def effects(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Setting)) or 0


async def test_a_job_runs_once_a_slot(database: Database, clock: HandClock) -> None:
    runs = Runs()
    ticking = runner(database, clock, runs.job("sweep", minutes=10))
    for _ in range(25):
        await ticking.run_due(clock.now())
        await clock.move(minutes=1)
    assert runs.log == [
        ("sweep", "09 07:20", None),
        ("sweep", "09 07:30", "09 07:20"),
        ("sweep", "09 07:40", "09 07:30"),
    ]


async def test_a_daily_job_runs_at_the_council_s_time(database: Database, clock: HandClock) -> None:
    runs = Runs()
    ticking = runner(database, clock, runs.job("morning", at=time(7, 30)))
    for _ in range(40):
        await ticking.run_due(clock.now())
        await clock.move(hours=1)
    assert runs.log == [
        ("morning", "08 07:30", None),
        ("morning", "09 07:30", "08 07:30"),
        ("morning", "10 07:30", "09 07:30"),
    ]


async def test_an_outage_of_a_day_yields_one_merged_run(database: Database, clock: HandClock) -> None:
    runs = Runs()
    job = runs.job("sweep", minutes=10)
    await runner(database, clock, job).run_due(clock.now())
    await clock.move(days=1)
    restarted = runner(database, clock, job)
    assert await restarted.run_due(clock.now()) == ["sweep"]
    assert await restarted.run_due(clock.now()) == []
    assert runs.log == [("sweep", "09 07:20", None), ("sweep", "10 07:20", "09 07:20")]


async def test_a_restart_repeats_nothing(database: Database, clock: HandClock) -> None:
    runs = Runs()
    job = runs.job("sweep", minutes=10)
    for _ in range(3):
        await runner(database, clock, job).run_due(clock.now())
    assert len(runs.log) == 1


async def test_two_schedulers_at_once_do_each_slot_once(database: Database, clock: HandClock) -> None:
    runs = Runs()
    job = runs.job("sweep", minutes=10)
    both = [runner(database, clock, job, owner=name) for name in "ab"]
    for _ in range(5):
        await asyncio.gather(*(ticking.run_due(clock.now()) for ticking in both))
        await clock.move(minutes=10)
    assert await effects(database) == 5


async def test_a_scheduler_whose_clock_is_behind_does_nothing_again(database: Database, clock: HandClock) -> None:
    runs = Runs()
    job = runs.job("sweep", minutes=10)
    behind = clock.now()
    await clock.move(hours=1)
    await runner(database, clock, job).run_due(clock.now())
    assert await runner(database, clock, job, owner="behind").run_due(behind) == []


async def test_a_job_that_fails_is_undone_and_stops_no_other(database: Database, clock: HandClock) -> None:
    runs = Runs(failing={"bad"})
    ticking = runner(database, clock, runs.job("bad", minutes=10), runs.job("good", minutes=10))
    assert await ticking.run_due(clock.now()) == ["good"]
    assert await effects(database) == 1
    async with database.read() as session:
        assert list(await session.scalars(select(Slot.job))) == ["good"]


async def test_a_job_that_failed_rests_and_is_tried_again(database: Database, clock: HandClock) -> None:
    runs = Runs(failing={"bad"})
    ticking = runner(database, clock, runs.job("bad", minutes=60))
    await ticking.run_due(clock.now())
    runs.failing.clear()
    assert await ticking.run_due(clock.now()) == []
    await clock.move(seconds=5)
    assert await ticking.run_due(clock.now()) == ["bad"]


async def test_what_a_job_owes_wakes_the_courier(database: Database, clock: HandClock) -> None:
    with database.waker.listening(OUTBOX) as bell:
        await runner(database, clock, Runs().job("sweep", minutes=10)).run_due(clock.now())
        assert await bell.rung(0)


async def test_slots_of_last_week_are_dropped(database: Database, clock: HandClock) -> None:
    ticking = runner(database, clock, Runs().job("morning", at=time(7, 30)))
    for _ in range(12):
        await ticking.run_due(clock.now())
        await clock.move(days=1)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Slot)) == 8


async def test_the_clock_ticks_while_it_holds_its_lane(database: Database, clock: HandClock) -> None:
    ran, stopping = asyncio.Event(), asyncio.Event()

    async def run(_context: ClockContext) -> None:
        ran.set()

    ticking = runner(database, clock, Job("sweep", run, minutes=10))
    running = asyncio.create_task(ticking.run(stopping))  # noqa: TID251 - awaited below
    async with asyncio.timeout(20):
        await ran.wait()
        stopping.set()
        await running
    assert not ticking.lane.held
    assert await Lane(database, clock, CLOCK_LANE, "next").take(nothing)


async def nothing(_session: AsyncSession, _epoch: int) -> None:
    pass


@pytest.mark.parametrize("when", [{"minutes": 10}, {"at": time(7, 30)}])
async def test_the_first_run_is_of_the_present_slot_only(
    database: Database, clock: HandClock, when: dict[str, int | time]
) -> None:
    runs = Runs()
    await runner(database, clock, runs.job("new", **when)).run_due(clock.now())
    assert [since for _, _, since in runs.log] == [None]
