"""The clock inserts exactly the plan, once, however its days are cut; a busy week leaves early warnings out."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.laying import span_of
from models.papers import Oversight
from models.reminders import Nudge, Snooze
from models.settings import Council
from models.tasks import Assignment, Task
from models.thrift import Thrift, begin_thrift
from tests.models.office import ZONE, Office, an_office, local
from tests.models.reminding import COUNCIL, Wanted, follow, give, inserted, june, keys, planned, spoken, tick

GENEROUS = Council(nudges_a_week=7)
JUNE = [date(2022, 6, 1) + timedelta(days=days) for days in range(60)]


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def test_early_warnings_beyond_the_weeks_budget_wait_for_the_next_rung(office: Office) -> None:
    for day in (14, 15, 16, 17):
        await give(office, Wanted(june(day)))
    few = Council(nudges_a_week=2)
    mornings = sorted({day for name, _, day in await spoken(office, june(6), june(20), few) if name == "Lan"})
    assert mornings == [june(day) for day in (6, 7, 13, 14, 15, 16, 17, 20)]
    assert ("Lan", "T-1", june(14)) in await spoken(office, june(6), june(14), few)


async def thrifty(office: Office, marks: dict[date, int]) -> None:
    """Let the bot of all people have reached a mark in each of these months."""
    async with office.write() as session:
        for month, mark in marks.items():
            await begin_thrift(session, ("webchat", "webchat"), month, mark, local("2022-06-01 08:00"))


async def rungs_of_lan(office: Office, last: date) -> list[tuple[int, str]]:
    """Give on which days of June, up to one, Lan is reminded, and by which rungs."""
    return sorted((day.day, rung) for name, rung, day in await spoken(office, june(1), last) if name == "Lan")


async def test_whose_bot_has_few_messages_left_is_warned_early_once_a_week_and_then_no_more(office: Office) -> None:
    for day in (14, 15, 28):
        await give(office, Wanted(june(day)))
    pressing = [(14, "T-1"), (14, "T0"), (15, "+1"), (15, "T0")]
    usual = [(3, "T-7"), (6, "T-7"), (9, "T-3"), (10, "T-3"), (13, "T-1"), *pressing]
    assert await rungs_of_lan(office, june(15)) == usual
    await thrifty(office, {june(1): 70})
    assert await rungs_of_lan(office, june(15)) == [(3, "T-7"), (10, "T-3"), *pressing]
    await thrifty(office, {june(1): 90})
    assert await rungs_of_lan(office, june(15)) == pressing


async def test_two_ticks_of_a_day_insert_and_owe_once(office: Office) -> None:
    await give(office, Wanted(june(14)))
    assert await tick(office, june(9), june(9)) == tuple(sorted(office.people[name] for name in ("Lan", "Hoa")))
    before = await inserted(office)
    await tick(office, june(9), june(9))
    assert await inserted(office) == before == keys(await planned(office, june(9), june(9)))


async def test_days_missed_are_made_up_for_with_their_own_days(office: Office) -> None:
    await give(office, Wanted(june(14)))
    await tick(office, june(13), june(16))
    assert await inserted(office) == keys(await planned(office, june(13), june(16)))
    assert {day for *_, day in await inserted(office)} == {june(13), june(14), june(15)}


DUES = st.sampled_from([day for day in JUNE if day > june(2)])
WANTED = st.builds(
    Wanted,
    due=st.none() | DUES,
    units=st.sampled_from([("SYT",), ("STC", "VB"), ("SYT", "STC", "VB")]),
    given=st.sampled_from(JUNE[:30]),
    urgency=st.sampled_from(["normal", "urgent", "express"]),
)
MARKS = st.dictionaries(st.sampled_from([june(1), date(2022, 7, 1)]), st.sampled_from([70, 90]))
SPANS = st.tuples(st.sampled_from(JUNE), st.sampled_from(JUNE), st.sampled_from(JUNE)).map(sorted)


async def _clear(session: AsyncSession) -> None:
    for table in (Nudge, Snooze, Assignment, Task, Thrift):
        await session.execute(delete(table))


@settings(max_examples=settings().max_examples // 8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WANTED, min_size=1, max_size=4), SPANS, MARKS)
async def test_a_plan_is_its_parts_and_the_clock_inserts_exactly_it(
    office: Office, wanted: list[Wanted], span: list[date], marks: dict[date, int]
) -> None:
    async with office.write() as session:
        await _clear(session)
        await session.execute(delete(Oversight))
    await thrifty(office, marks)
    for each in wanted:
        await give(office, each)
    await follow(office, "Bình", units=("VB",), groups=("Khối thi đua các sở, ngành kinh tế",))
    first, middle, last = span
    whole = await planned(office, first, last)
    early = await planned(office, first, middle)
    assert early == tuple(each for each in whole if each.day <= middle)
    async with office.write() as session:
        await session.execute(delete(Thrift))
    free = [await planned(office, *days, GENEROUS) for days in ((first, last), (first, middle))]
    rest = await planned(office, middle + timedelta(days=1), last, GENEROUS) if middle < last else ()
    assert free[0] == (*free[1], *rest)
    await thrifty(office, marks)
    async with office.database.read() as session:
        rows = (await session.execute(select(Assignment.id, Assignment.given_on))).all()
        calendar = (await span_of(session, COUNCIL, ZONE, first, last)).calendar
    given_days = dict(rows)
    assert all(each.day > given_days[each.assignment_id] and calendar.is_working(each.day) for each in whole)
    day = first
    while day <= last:
        await tick(office, day, day)
        day += timedelta(days=1)
    assert await inserted(office) == keys(whole)
