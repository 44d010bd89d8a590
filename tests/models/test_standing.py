from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import event, insert, select

from models.answering import Answer
from models.assignments import accept, record
from models.evidence import due_of
from models.ids import new_id
from models.people import Post, Unit
from models.rules.permission import Allowed
from models.rules.status import DeadlineState, Status
from models.standing import TaskCounts
from models.tasks import Assignment, Report, Said, Task
from tests.models.office import ZONE, Office, an_office, local

UNITS, TASKS = 300, 4


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def test_what_nobody_answered_is_silent_and_overdue_after_its_day(office: Office) -> None:
    task = await office.given("Báo cáo", "SYT", "2022-06-14")
    stands = await office.stands(task, "2022-06-14 23:59:59")
    assert (stands.status, stands.deadline, stands.whose) == (Status.NOT_STARTED, DeadlineState.DUE_SOON, "Sở Y tế")
    assert (await office.stands(task, "2022-06-15 00:00")).deadline is DeadlineState.OVERDUE


async def test_the_counts_of_a_task_add_up_to_what_was_given(office: Office) -> None:
    first = await office.given("Báo cáo", "SYT", "2022-06-14")
    async with office.write() as session:
        row = await session.get(Assignment, first)
        assert row is not None
        units = dict(iter(await session.execute(select(Unit.code, Unit.id))))
        made = {
            code: Assignment(
                task_id=row.task_id,
                unit_id=units[code],
                number=1,
                due_on=row.due_on,
                due_at=row.due_at,
                given_at=row.given_at,
                given_on=row.given_on,
                suspended_at=local("2022-06-02 08:00") if code == "TN" else None,
            )
            for code in ("STC", "VB", "YY", "TN")
        }
        session.add_all(made.values())
        await session.flush()
        act = office.act(session, "Lan", "2022-06-15 08:00")
        await record(act, first, Answer(Said.FINISHED))
        await record(office.act(session, "Minh", "2022-06-13 08:00"), made["STC"].id, Answer(Said.FINISHED))
        await record(office.act(session, "Tùng", "2022-06-13 08:00"), made["VB"].id, Answer(Said.ACKNOWLEDGED))
        await accept(office.act(session, "Thu", "2022-06-15 09:00"), made["STC"].id)
    async with office.database.read() as session:
        read = await office.standings(session, "2022-06-15 10:00")
        counts = await read.counts()
        assert counts == {row.task_id: TaskCounts(given=4, silent=1, acknowledged=1, finished=1, accepted=1, overdue=2)}


async def test_one_sees_what_is_within_his_reach(office: Office) -> None:
    ours = await office.given("Báo cáo", "SYT", "2022-06-14")
    theirs = await office.given("Báo cáo", "STC", None)
    async with office.write() as session:
        units = dict(iter(await session.execute(select(Unit.code, Unit.id))))
        post = (await session.execute(select(Post).where(Post.title == "Giám đốc Sở Tài chính"))).scalar_one()
        row = await session.get(Assignment, theirs)
        assert row is not None
        member = Assignment(
            task_id=row.task_id, post_id=post.id, number=1, given_at=row.given_at, given_on=date(2022, 6, 1)
        )
        session.add(member)
        await session.flush()
        read = await office.standings(session, "2022-06-09 08:00")
        seen = {
            "focal point": await read.within(Allowed(units=frozenset({units["SYT"]})), {post.id}),
            "member": await read.within(Allowed(himself=True), {post.id}),
            "secretariat": await read.within(Allowed(everything=True), ()),
        }
    assert [standing.id for standing in seen["focal point"]] == [ours]
    assert [(standing.id, standing.whose) for standing in seen["member"]] == [(member.id, "Giám đốc Sở Tài chính")]
    assert {standing.id for standing in seen["secretariat"]} == {ours, theirs, member.id}


async def test_an_hour_named_by_the_document_is_the_deadline(office: Office) -> None:
    row = Assignment(id=1, due_on=date(2022, 11, 30), due_at=local("2022-11-30 16:00"))
    assert due_of(row, ZONE) == local("2022-11-30 16:00")
    row.due_at = local("2022-11-30 23:59:59.999999")
    assert due_of(row, ZONE) == date(2022, 11, 30)


async def test_a_long_list_takes_as_many_queries_as_a_short_one(office: Office) -> None:
    await _a_whole_council(office)
    queries: list[str] = []
    async with office.database.read() as session:
        read = await office.standings(session, "2022-06-09 08:00")
        engine = session.get_bind()

        @event.listens_for(engine, "before_cursor_execute")
        def count(*about: object) -> None:
            queries.append(str(about[2]))

        found = await read.of()
        counts = await read.counts()
    assert (len(found), len(counts), len(queries)) == (UNITS * TASKS, TASKS, 8)


async def _a_whole_council(office: Office) -> None:
    at = local("2022-06-01 08:00")
    async with office.write() as session:
        tasks = [Task(id=new_id(), ref=f"r{each}", title=f"Nhiệm vụ {each}", created_at=at) for each in range(TASKS)]
        units = [
            Unit(id=new_id(), code=f"D{each}", name=f"Đơn vị {each}", valid_from=date(2022, 1, 1))
            for each in range(UNITS)
        ]
        session.add_all([*tasks, *units])
        await session.flush()
        rows = [
            {"id": new_id(), "task_id": task.id, "unit_id": unit.id, "number": number, "given_at": at}
            | {
                "given_on": date(2022, 6, 1),
                "due_on": date(2022, 6, 14),
                "period": "",
                "done_before": False,
                "version": 1,
            }
            for number, task in enumerate(tasks, 1)
            for unit in units
        ]
        await session.execute(insert(Assignment), rows)
        await session.execute(
            insert(Report),
            [
                {"id": new_id(), "assignment_id": row["id"], "number": row["number"], "said": Said.FINISHED, "step": ""}
                | {"text": "", "paper_number": "", "at": at, "by_id": office.people["Lan"]}
                for row in rows[::2]
            ],
        )
