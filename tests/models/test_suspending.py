"""Tasks suspended, resumed and withdrawn: nothing is awaited, reminded of or counted meanwhile."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from models.adjustments import Done
from models.answering import Answer
from models.assignments import ask_extension, held_all, record
from models.rules.status import Due, Status
from models.rules.text import Refusal
from models.suspending import resume, suspend, withdraw
from models.tasks import Assignment, Extension, Said
from tests.models.office import Office, an_office
from tests.models.reminding import Wanted, give, june, spoken

MORNING = "2022-06-09 09:00"


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def resumed(office: Office, ids: list[int], to: Due | None = None) -> Done:
    async with office.write() as session:
        act = office.act(session, "Thu", "2022-06-10 09:00")
        return await resume(act, await held_all(act, Assignment.id.in_(ids)), "hết bão", to)


async def suspended(office: Office, ids: list[int]) -> Done:
    async with office.write() as session:
        act = office.act(session, "Thu", MORNING)
        return await suspend(act, await held_all(act, Assignment.id.in_(ids)), "bão số 2")


async def test_a_suspended_task_is_neither_reminded_of_nor_counted(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC")))
    done = await suspended(office, [ids["SYT"]])
    assert [row.id for row in done.told] == [ids["SYT"]]
    standing = await office.stands(ids["SYT"], "2022-06-20 09:00")
    assert (standing.status, standing.deadline.value) == (Status.SUSPENDED, "undated")
    assert {name for name, *_ in await spoken(office, june(1), june(20))} == {"Minh"}
    async with office.database.read() as session:
        (count,) = (await (await office.standings(session, "2022-06-20 09:00")).counts()).values()
    assert (count.given, count.overdue) == (1, 1)


async def test_suspending_concerns_only_what_is_open_and_only_once(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC")))
    async with office.write() as session:
        await record(office.act(session, "Minh", MORNING), ids["STC"], Answer(Said.FINISHED))
    assert len((await suspended(office, list(ids.values()))).told) == 1
    assert (await suspended(office, list(ids.values()))).told == ()


async def test_a_task_goes_on_with_its_deadline_as_it_was_or_with_a_new_one(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC")))
    await suspended(office, list(ids.values()))
    await resumed(office, [ids["SYT"]])
    await resumed(office, [ids["STC"]], june(20))
    assert [(await office.stands(ids[code], MORNING)).due for code in ("SYT", "STC")] == [june(14), june(20)]
    rows = [(name, rung) for name, rung, _ in await spoken(office, june(10), june(14)) if name in {"Lan", "Minh"}]
    assert rows == [("Lan", "T-1"), ("Lan", "T0")]


async def test_a_withdrawn_task_ends_the_request_that_waits_and_suspended_units_hear_of_it_too(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC")))
    async with office.write() as session:
        await ask_extension(office.act(session, "Lan", MORNING), ids["SYT"], june(20), "chờ số liệu")
    await suspended(office, [ids["STC"]])
    async with office.write() as session:
        act = office.act(session, "Thu", MORNING)
        done = await withdraw(act, await held_all(act, Assignment.id.in_(list(ids.values()))), "Quyết định số 9")
    assert {row.id for row in done.told} == set(ids.values())
    async with office.database.read() as session:
        request = (await session.scalars(select(Extension))).one()
        gone = await session.scalars(select(Assignment.cancelled_at))
        assert (request.approved, request.decision_reason) == (False, "Quyết định số 9")
        assert None not in gone.all()


async def test_a_decision_names_its_reason(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))
    async with office.write() as session:
        act = office.act(session, "Thu", MORNING)
        with pytest.raises(Refusal, match="Please name the document"):
            await suspend(act, await held_all(act, Assignment.id.in_(list(ids.values()))), " .")
