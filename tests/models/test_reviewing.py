from collections.abc import AsyncIterator
from datetime import date

import pytest

from models.answering import Answer
from models.assignments import ask_extension, record
from models.reviewing import accept_together, behind_all, requests_waiting, waiting
from models.rules.status import Status
from models.tasks import Said
from tests.models.office import Office, an_office, local

CAST = {"SYT": "Lan", "STC": "Minh", "VB": "Tùng"}


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def finished(office: Office) -> dict[str, tuple[int, int]]:
    """Give three tasks, reported finished one hour after the other; the ids of each assignment and report."""
    found: dict[str, tuple[int, int]] = {}
    for hour, (unit, name) in enumerate(CAST.items(), 8):
        assignment = await office.given("Báo cáo", unit, "2022-06-14")
        async with office.write() as session:
            act = office.act(session, name, f"2022-06-13 {hour:02}:00")
            found[unit] = (assignment, (await record(act, assignment, Answer(Said.FINISHED))).id)
    return found


async def test_what_was_looked_at_is_accepted_together_and_what_changed_since_is_not(office: Office) -> None:
    made = await finished(office)
    async with office.write() as session:
        assignment, report = made["SYT"]
        act = office.act(session, "Lan", "2022-06-13 11:00")
        await record(act, assignment, Answer(Said.FINISHED, text="Bản mới"), corrects=report)
    async with office.write() as session:
        act = office.act(session, "Thu", "2022-06-14 08:00")
        accepted = await accept_together(act, dict(made.values()))
        told = await session.execute(behind_all([each.assignment for each in accepted], date(2022, 6, 14)))
        assert {(person, nothing) for person, nothing in told} == {
            (office.people["Minh"], None),
            (office.people["Tùng"], None),
        }
    assert {each.id for each in accepted} == {made["STC"][0], made["VB"][0]}
    stands = [(await office.stands(assignment, "2022-06-14 09:00")).status for assignment, _ in made.values()]
    assert stands == [Status.AWAITING_ACCEPTANCE, Status.DONE_ON_TIME, Status.DONE_ON_TIME]
    async with office.write() as session:
        act = office.act(session, "Quang", "2022-06-14 10:00")
        assert await accept_together(act, {made["STC"][0]: made["STC"][1]}) == ()


async def test_what_came_first_waits_at_the_head(office: Office) -> None:
    made = await finished(office)
    async with office.database.read() as session:
        found = await waiting(await office.standings(session, "2022-06-14 08:00"))
    assert [each.id for each in found] == [assignment for assignment, _ in made.values()]


async def test_a_request_waits_under_the_name_of_its_unit(office: Office) -> None:
    assignment = await office.given("Báo cáo", "SYT", "2022-06-14")
    async with office.write() as session:
        act = office.act(session, "Lan", "2022-06-10 08:00")
        await ask_extension(act, assignment, date(2022, 6, 24), "Chờ kinh phí")
    async with office.database.read() as session:
        rows = await requests_waiting(session)
    assert [(row.request.asked_on, row.request.at, row.whose, row.title, row.number) for row in rows] == [
        (date(2022, 6, 24), local("2022-06-10 08:00"), "Sở Y tế", "Báo cáo", 1)
    ]
