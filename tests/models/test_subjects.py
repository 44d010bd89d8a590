from sqlalchemy import select

from models.subjects import Subject, also_touched
from models.tasks import Assignment
from tests.chats import Council


async def test_what_a_subject_is_part_of_changes_with_it_once(council: Council) -> None:
    made = await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-14")
    async with council.read() as session:
        task = (await session.scalars(select(Assignment.task_id).distinct())).one()
        subjects = [Subject("assignment", made["SYT"]), Subject("assignment", made["STC"])]
        assert await also_touched(session, subjects) == (Subject("task", task),)
        assert await also_touched(session, [*subjects, Subject("task", task)]) == ()
        assert await also_touched(session, [Subject("draft", 1)]) == ()
        assert await also_touched(session, []) == ()
