"""“Not the unit's task” decided: released here, received there, or left where it is."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from models.addressing import Addressee
from models.adjustments import Adjustment
from models.answering import Answer
from models.assignments import record
from models.people import Unit
from models.reassigning import Handover, reassign, uphold
from models.rules.status import Status
from models.rules.text import Refusal
from models.tasks import Assignment, Party, Said, Whom
from tests.models.office import Office, an_office
from tests.models.reminding import Wanted, give, june, spoken

MORNING = "2022-06-09 09:00"


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def unit(office: Office, code: str) -> int:
    async with office.database.read() as session:
        return (await session.execute(select(Unit.id).where(Unit.code == code))).scalar_one()


async def disclaimed(office: Office, due: int = 14) -> int:
    ids = await give(office, Wanted(june(due)))
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-09 08:00"), ids["SYT"], Answer(Said.NOT_OURS, text="của STC"))
    return ids["SYT"]


async def handed(office: Office, assignment: int, code: str, due: int = 14) -> None:
    to = Addressee(await unit(office, code))
    async with office.write() as session:
        await reassign(office.act(session, "Thu", MORNING), assignment, Handover(to, june(due), "của đơn vị này"))


async def test_the_new_unit_gets_it_with_a_number_and_reminders_from_now(office: Office) -> None:
    old = await disclaimed(office)
    await handed(office, old, "STC")
    async with office.database.read() as session:
        new = (await session.scalars(select(Assignment).where(Assignment.id != old))).one()
        rows = await session.execute(select(Adjustment.decided, Adjustment.other_id).order_by(Adjustment.id))
        assert rows.all() == [("released", new.id), ("received", old)]
    assert (new.number, new.due_on, new.given_on) == (1, june(14), june(9))
    assert (await office.stands(old, MORNING)).status is Status.CANCELLED
    rows_said = [(name, rung) for name, rung, _ in await spoken(office, june(9), june(14))]
    assert rows_said == [("Minh", "T-1"), ("Minh", "T0")]


async def test_what_was_given_and_comes_back_is_the_same_assignment_again(office: Office) -> None:
    old = await disclaimed(office)
    await handed(office, old, "STC")
    async with office.database.read() as session:
        new = (await session.execute(select(Assignment.id).where(Assignment.id != old))).scalar_one()
    await handed(office, new, "SYT")
    standing = await office.stands(old, MORNING)
    assert (standing.status, standing.last, standing.assignment.number) == (
        Status.NOT_STARTED,
        None,
        standing.assignment.number,
    )
    assert standing.awaits_unit


async def test_a_unit_that_has_the_task_cannot_get_it_twice(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC")))
    with pytest.raises(Refusal, match="has the task already"):
        await handed(office, ids["SYT"], "STC")


@pytest.mark.parametrize("day", [8, 9])
async def test_a_deadline_that_nobody_new_can_meet_is_refused(office: Office, day: int) -> None:
    old = await disclaimed(office, 20)
    with pytest.raises(Refusal, match="nearer than one working day"):
        await handed(office, old, "STC", day)


async def test_rounds_to_come_go_to_the_new_unit_where_the_old_one_leads_by_name(office: Office) -> None:
    old = await disclaimed(office)
    async with office.write() as session:
        task_id = (await session.execute(select(Assignment.task_id))).scalar_one()
        session.add(
            Party(task_id=task_id, leads=True, whom=Whom.UNIT, unit_id=await unit(office, "SYT"), written="SYT")
        )
        session.add(Party(task_id=task_id, leads=True, whom=Whom.GROUP_LEADERS, written="các trưởng cụm"))
    await handed(office, old, "STC")
    async with office.database.read() as session:
        rows = await session.execute(select(Party.whom, Party.unit_id).order_by(Party.id))
        assert rows.all() == [(Whom.UNIT, await unit(office, "STC")), (Whom.GROUP_LEADERS, None)]


async def test_a_task_left_with_its_unit_is_reminded_of_again(office: Office) -> None:
    old = await disclaimed(office)
    assert await spoken(office, june(10), june(14)) == []
    async with office.write() as session:
        await uphold(office.act(session, "Thu", MORNING), old, "theo Quyết định số 5")
    standing = await office.stands(old, MORNING)
    assert (standing.last, standing.awaits_unit, standing.due) == (None, True, june(14))
    assert ("Lan", "T-1", june(13)) in await spoken(office, june(10), june(14))
    async with office.write() as session:
        with pytest.raises(Refusal, match="does not say any more"):
            await uphold(office.act(session, "Quang", MORNING), old, "theo Quyết định số 5")


async def test_two_officers_cannot_both_give_it_away(office: Office) -> None:
    old = await disclaimed(office)
    await handed(office, old, "STC")
    with pytest.raises(Refusal, match="nothing open here any more"):
        await handed(office, old, "VB")
