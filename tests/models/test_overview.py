"""All tasks at a glance: what is seen, what is found, and what has changed."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, true, update

from models.overview import changed, glances, marks
from models.people import Unit
from models.standing import standings
from models.tasks import Assignment
from tests.models.office import ZONE, Office, an_office, local

NOW = local("2022-06-09 08:00")


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def found(office: Office, search: str) -> list[str]:
    async with office.database.read() as session:
        return [glance.task.title for glance in await glances(await standings(session, NOW, ZONE), true(), search)]


async def test_tasks_are_listed_by_their_nearest_deadline_those_without_one_last(office: Office) -> None:
    await office.given("Không hạn", "SYT", None)
    await office.given("Sau", "SYT", "2022-07-01")
    await office.given("Trước", "STC", "2022-06-14")
    assert await found(office, "") == ["Trước", "Sau", "Không hạn"]


@pytest.mark.parametrize("search", ["ĐỀ ÁN", "đề án", "de an", "Sở Y tế", "so y te", "syt"])
async def test_a_task_is_found_by_its_words_or_its_units_however_they_are_typed(office: Office, search: str) -> None:
    await office.given("Trình Đề án 100%", "SYT", "2022-06-14")
    await office.given("Khác", "STC", "2022-06-14")
    assert await found(office, search) == ["Trình Đề án 100%"]


@pytest.mark.parametrize("search", ["%", "_", "0%", "'", "\\", "không có"])
async def test_signs_are_looked_for_as_they_are(office: Office, search: str) -> None:
    await office.given("Trình Đề án 100%", "SYT", "2022-06-14")
    await office.given("Khác", "STC", "2022-06-14")
    assert await found(office, search) == (["Trình Đề án 100%"] if "%" in search else [])


async def test_only_what_is_seen_is_listed_and_found(office: Office) -> None:
    await office.given("Của y tế", "SYT", "2022-06-14")
    await office.given("Của tài chính", "STC", "2022-06-14")
    async with office.database.read() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "SYT"))).one()
        seen = Assignment.unit_id == unit
        stands = await standings(session, NOW, ZONE)
        listed = [glance.task.title for glance in await glances(stands, seen)]
        looked_for = await glances(stands, seen, "tài chính")
    assert (listed, looked_for) == (["Của y tế"], ())


async def test_a_changed_assignment_changes_the_mark_of_its_task_alone(office: Office) -> None:
    first = await office.given("Một", "SYT", "2022-06-14")
    await office.given("Hai", "STC", "2022-06-14")
    async with office.database.read() as session:
        before = await marks(session, true())
    async with office.write() as session:
        await session.execute(update(Assignment).where(Assignment.id == first).values(version=Assignment.version + 1))
    async with office.database.read() as session:
        after = await marks(session, true())
        task_id = (await session.get_one(Assignment, first)).task_id
    assert changed(before, after) == {task_id}
    assert changed(after, after) == set()
