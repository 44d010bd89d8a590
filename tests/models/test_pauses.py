"""Pauses in the plan: silent days for some, everybody else as ever; what fell in them said once, afterwards."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import select

from models.audiences import Audience, Called, Circle
from models.nudging import open_nudges
from models.pauses import Pause, end_pause, pause, paused_on, running
from models.people import Group, Unit
from models.rules.pauses import Silence
from models.rules.text import Refusal
from tests.models.office import Office, an_office, local
from tests.models.reminding import Wanted, follow, give, inserted, june, keys, planned, spoken, tick

MORNING = "2022-06-09 06:30"
EVERYBODY = Audience((Called(Circle.EVERYBODY),))


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def of_unit(office: Office, code: str) -> Audience:
    async with office.database.read() as session:
        unit = (await session.scalars(select(Unit).where(Unit.code == code))).one()
        return Audience((Called(Circle.UNIT, unit.name, unit.id),))


async def paused(office: Office, audience: Audience, first: date, last: date, at: str = MORNING) -> int:
    async with office.write() as session:
        made = await pause(office.act(session, "Thu", at), audience, Silence(first, last), "bão số 2")
        return made.id


async def ended(office: Office, pause_id: int, at: str, name: str = "Thu") -> Pause:
    async with office.write() as session:
        return await end_pause(office.act(session, name, at), pause_id)


async def test_a_paused_unit_is_silent_and_the_others_are_not(office: Office) -> None:
    await give(office, Wanted(june(14), ("STC", "VB")))
    await paused(office, await of_unit(office, "VB"), june(10), june(15))
    rows = await spoken(office, june(9), june(17))
    assert [(rung, day) for name, rung, day in rows if name == "Tùng"] == [
        ("T-3", june(9)),
        ("paused", june(16)),
        ("+3", june(17)),
    ]
    assert [rung for name, rung, _ in rows if name == "Minh"] == ["T-3", "T-1", "T0", "+1", "+3"]


async def test_nobody_is_told_upwards_of_a_paused_unit_and_what_fell_is_told_at_its_end(office: Office) -> None:
    await give(office, Wanted(june(14), ("VB",)))
    await follow(office, "Bình", units=("VB",))
    await paused(office, EVERYBODY, june(16), june(18))
    rows = [(rung, day) for name, rung, day in await spoken(office, june(15), june(20)) if name == "Bình"]
    assert rows == [("paused:member", june(20))]


async def test_the_clock_inserts_exactly_what_the_plan_gives(office: Office) -> None:
    await give(office, Wanted(june(14), ("SYT", "VB")))
    await give(office, Wanted(None, ("VB",)))
    await paused(office, await of_unit(office, "VB"), june(13), june(15))
    expected = keys(await planned(office, june(9), june(17)))
    for day in range(9, 18):
        await tick(office, june(day), june(day))
    assert await inserted(office) == expected


async def test_days_missed_by_an_outage_over_the_end_of_a_pause_are_made_up_for(office: Office) -> None:
    await give(office, Wanted(june(14), ("VB",)))
    await paused(office, EVERYBODY, june(10), june(15))
    await tick(office, june(9), june(20))
    assert ("paused", june(16)) in {(rung, day) for _, rung, _, day in await inserted(office)}


async def test_undated_work_is_asked_about_after_the_pause(office: Office) -> None:
    await give(office, Wanted(None, ("VB",)))
    await paused(office, EVERYBODY, june(13), june(15))
    assert await spoken(office, june(1), june(30)) == [("Tùng", "paused", june(16))]


async def test_express_work_is_reminded_of_all_the_same(office: Office) -> None:
    await give(office, Wanted(june(14), ("VB",), urgency="express"))
    await paused(office, EVERYBODY, june(10), june(15))
    assert [rung for _, rung, _ in await spoken(office, june(10), june(15))] == ["T-1", "T0", "+1"]


async def test_a_group_is_paused_with_all_its_units(office: Office) -> None:
    await give(office, Wanted(june(14), ("STC", "VB")))
    async with office.database.read() as session:
        group = (await session.scalars(select(Group).where(Group.name.startswith("Cụm")))).one()
    await paused(office, Audience((Called(Circle.GROUP, group.name, group.id),)), june(9), june(20))
    async with office.database.read() as session:
        assert len(await paused_on(session, june(9))) == 5
        (only,) = await running(session, june(9))
    assert (len(only.to), only.by) == (5, "Thu")
    assert {name for name, *_ in await spoken(office, june(9), june(20))} == {"Minh"}


async def test_a_pause_ended_earlier_says_on_that_day_what_fell_in_it(office: Office) -> None:
    await give(office, Wanted(june(14), ("VB",)))
    made = await paused(office, EVERYBODY, june(10), june(30))
    await ended(office, made, "2022-06-15 10:00")
    rows = [(rung, day) for _, rung, day in await spoken(office, june(10), june(15))]
    assert rows == [("+1", june(15))]
    async with office.database.read() as session:
        assert await paused_on(session, june(15)) == {}


async def test_what_waits_this_morning_is_hushed_and_comes_back_when_the_pause_ends_the_same_day(
    office: Office,
) -> None:
    await give(office, Wanted(june(14), ("VB",)))
    await tick(office, june(9), june(9))
    made = await paused(office, EVERYBODY, june(9), june(15))
    tung = office.people["Tùng"]
    async with office.database.read() as session:
        assert await open_nudges(session, tung, june(9), local(MORNING)) == ()
    await ended(office, made, "2022-06-09 07:00")
    async with office.database.read() as session:
        assert [each.rung for each in await open_nudges(session, tung, june(9), local(MORNING))] == ["T-3"]


async def test_a_pause_is_ended_once(office: Office) -> None:
    made = await paused(office, EVERYBODY, june(9), june(15))
    await ended(office, made, "2022-06-10 10:00")
    with pytest.raises(Refusal, match="ended this pause"):
        await ended(office, made, "2022-06-10 11:00", "Quang")
    with pytest.raises(Refusal, match="over already"):
        await ended(office, made, "2022-06-20 11:00", "Quang")


async def test_a_pause_for_nobody_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="Nobody belongs"):
        await paused(office, Audience((Called(Circle.KIND, "trường"),)), june(9), june(15))


async def test_the_same_pause_is_recorded_once(office: Office) -> None:
    await paused(office, EVERYBODY, june(9), june(15))
    with pytest.raises(Refusal, match="recorded this pause"):
        await paused(office, EVERYBODY, june(9), june(15))
    await paused(office, EVERYBODY, june(9), june(16))


@pytest.mark.parametrize("circle", [Circle.UNITS, Circle.MEMBERS])
async def test_officers_who_pause_the_same_at_one_moment_record_it_once(office: Office, circle: Circle) -> None:
    audience = Audience((Called(circle),))
    together = (paused(office, audience, june(9), june(15)) for _ in range(4))
    found = await asyncio.gather(*together, return_exceptions=True)
    assert [type(one) for one in found].count(Refusal) == 3
    async with office.database.read() as session:
        assert len(await running(session, june(9))) == 1
