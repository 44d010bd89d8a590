import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Turn
from models.answering import Answer
from models.assignments import (
    accept,
    ask_extension,
    ask_to_complete,
    decide_extension,
    next_number,
    record,
)
from models.people import Unit
from models.reminders import Nudge
from models.rules.status import DeadlineState, Status
from models.rules.text import Refusal
from models.subjects import Subject, version_of
from models.tasks import Assignment, Report, Said
from tests.models.office import Office, an_office, local

FINISHED, ACKNOWLEDGED, PROGRESS = Answer(Said.FINISHED), Answer(Said.ACKNOWLEDGED), Answer(Said.PROGRESS)
TITLE = "Báo cáo sơ kết 6 tháng"


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


@pytest.fixture
async def task(office: Office) -> int:
    return await office.given(TITLE, "SYT", "2022-06-14")


async def said(office: Office, task: int, name: str, moment: str, answer: Answer) -> int:
    async with office.write() as session:
        report = await record(office.act(session, name, moment), task, answer)
        return report.id


async def refused(office: Office, task: int, name: str, moment: str, answer: Answer) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await said(office, task, name, moment, answer)
    return caught.value


async def asked(office: Office, task: int, name: str, day: date) -> int:
    async with office.write() as session:
        return (await ask_extension(office.act(session, name, "2022-06-10 09:00"), task, day, "Chờ kinh phí")).id


async def version(office: Office, task: int) -> int | None:
    async with office.database.read() as session:
        return await version_of(session, Subject("assignment", task))


async def test_a_finished_task_is_judged_by_the_first_report_and_closed_by_acceptance(
    office: Office, task: int
) -> None:
    await said(office, task, "Lan", "2022-06-14 23:59:30", FINISHED)
    waiting = await office.stands(task, "2022-06-20 08:00")
    assert (waiting.status, waiting.deadline) == (Status.AWAITING_ACCEPTANCE, DeadlineState.IN_TIME)
    async with office.write() as session:
        await accept(office.act(session, "Thu", "2022-06-20 08:00"), task)
    assert (await office.stands(task, "2022-06-20 08:00")).status is Status.DONE_ON_TIME


async def test_each_answer_has_the_next_number_of_its_unit(office: Office, task: int) -> None:
    other = await office.given("Đăng ký thi đua", "SYT", None)
    elsewhere = await office.given("Đăng ký thi đua", "STC", None)
    for about, name in ((task, "Lan"), (other, "Hoa"), (task, "Lan"), (elsewhere, "Minh")):
        await said(office, about, name, "2022-06-10 08:00", Answer(Said.PROGRESS, text="đang làm"))
    async with office.database.read() as session:
        numbers = await session.execute(
            select(Report.assignment_id, Report.number).order_by(Report.assignment_id, Report.number)
        )
        assert sorted(numbers) == sorted([(task, 1), (task, 3), (other, 2), (elsewhere, 1)])


async def test_a_second_report_of_completion_names_the_first(office: Office, task: int) -> None:
    await said(office, task, "Hoa", "2022-06-13 09:12", FINISHED)
    refusal = await refused(office, task, "Lan", "2022-06-13 09:15", FINISHED)
    assert refusal.text.id == "{person} already reported this finished at {at} (no. {number}): {title}."
    assert refusal.text.values["person"] == "Hoa"
    assert refusal.text.values["at"] == local("2022-06-13 09:12")


async def test_two_colleagues_at_the_same_moment_yield_one_report(office: Office, task: int) -> None:
    async def finish(name: str) -> str:
        async def work(session: AsyncSession) -> str:
            try:
                await record(office.act(session, name, "2022-06-13 09:12"), task, FINISHED)
            except Refusal as refusal:
                return str(refusal.text.values["person"])
            return "recorded"

        return await office.database.retrying(Turn.DISPATCH, work)

    outcomes = await asyncio.gather(finish("Lan"), finish("Hoa"))
    async with office.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Report)) == 1
    winner = (await office.stands(task, "2022-06-13 10:00")).finished
    assert winner is not None
    assert sorted(outcomes) == sorted(["recorded", winner.by])


async def test_two_tasks_of_one_unit_answered_at_the_same_moment_get_two_numbers(office: Office, task: int) -> None:
    other = await office.given("Đăng ký thi đua", "SYT", None)

    async def finish(name: str, about: int) -> int:
        async def work(session: AsyncSession) -> int:
            return (await record(office.act(session, name, "2022-06-13 09:12"), about, FINISHED)).number

        return await office.database.retrying(Turn.DISPATCH, work)

    assert sorted(await asyncio.gather(finish("Lan", task), finish("Hoa", other))) == [1, 2]


async def test_an_answer_makes_older_buttons_stale_and_closes_open_reminders(office: Office, task: int) -> None:
    async with office.write() as session:
        for name in ("Lan", "Hoa"):
            session.add(
                Nudge(
                    assignment_id=task,
                    rung="T-3",
                    person_id=office.people[name],
                    day=date(2022, 6, 9),
                    created_at=local("2022-06-09 07:30"),
                )
            )
    before = await version(office, task)
    await said(office, task, "Lan", "2022-06-09 08:00", ACKNOWLEDGED)
    assert await version(office, task) == (before or 0) + 1
    async with office.database.read() as session:
        assert set(await session.scalars(select(Nudge.closed_at))) == {local("2022-06-09 08:00")}


async def test_an_answer_can_be_corrected_until_accepted_and_the_old_one_is_kept(office: Office, task: int) -> None:
    first = await said(office, task, "Lan", "2022-06-13 09:00", Answer(Said.FINISHED, text="Gửi 45/BC"))
    async with office.write() as session:
        act = office.act(session, "Hoa", "2022-06-15 09:00")
        second = (await record(act, task, Answer(Said.FINISHED, text="Gửi 46/BC"), corrects=first)).id
    stands = await office.stands(task, "2022-06-15 10:00")
    assert [(answer.text, answer.replaced_at is None) for answer in stands.answers] == [
        ("Gửi 45/BC", False),
        ("Gửi 46/BC", True),
    ]
    assert stands.facts.reported_at == local("2022-06-13 09:00")
    with pytest.raises(Refusal):
        async with office.write() as session:
            await record(office.act(session, "Lan", "2022-06-15 11:00"), task, FINISHED, corrects=first)
    async with office.write() as session:
        await accept(office.act(session, "Thu", "2022-06-16 09:00"), task)
    with pytest.raises(Refusal):
        async with office.write() as session:
            await record(office.act(session, "Lan", "2022-06-16 10:00"), task, FINISHED, corrects=second)


async def test_a_report_of_completion_taken_back_leaves_the_task_open(office: Office, task: int) -> None:
    first = await said(office, task, "Lan", "2022-06-13 09:00", FINISHED)
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-13 09:01"), task, PROGRESS, corrects=first)
    stands = await office.stands(task, "2022-06-15 08:00")
    assert (stands.status, stands.deadline) == (Status.IN_PROGRESS, DeadlineState.OVERDUE)


async def test_what_is_sent_back_is_completed_by_a_later_report(office: Office, task: int) -> None:
    await said(office, task, "Lan", "2022-06-13 09:00", FINISHED)
    async with office.write() as session:
        act = office.act(session, "Thu", "2022-06-15 09:00")
        await ask_to_complete(act, task, "Thiếu phụ lục 2", date(2022, 6, 20))
    asked = await office.stands(task, "2022-06-15 10:00")
    assert (asked.status, asked.due) == (Status.TO_COMPLETE, date(2022, 6, 20))
    await said(office, task, "Hoa", "2022-06-17 09:00", FINISHED)
    assert (await office.stands(task, "2022-06-17 10:00")).status is Status.AWAITING_ACCEPTANCE


async def test_nothing_is_accepted_unseen(office: Office, task: int) -> None:
    first = await said(office, task, "Lan", "2022-06-13 09:00", Answer(Said.FINISHED, text="Gửi 45/BC"))
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-13 09:05"), task, Answer(Said.FINISHED), corrects=first)
    with pytest.raises(Refusal):
        async with office.write() as session:
            await accept(office.act(session, "Thu", "2022-06-13 10:00"), task, first)


async def test_an_approved_extension_moves_the_deadline_and_keeps_the_first(office: Office, task: int) -> None:
    request_id = await asked(office, task, "Lan", date(2022, 6, 24))
    waiting = await office.stands(task, "2022-06-16 08:00")
    assert (waiting.status, waiting.deadline) == (Status.AWAITING_EXTENSION, DeadlineState.DUE_SOON)
    async with office.write() as session:
        await decide_extension(office.act(session, "Thu", "2022-06-16 08:00"), request_id, approved=True)
    moved = (await office.stands(task, "2022-06-16 08:00")).assignment
    assert (moved.due_on, moved.original_due_on) == (date(2022, 6, 24), date(2022, 6, 14))
    assert moved.due_at is not None
    assert moved.due_at.astimezone(local("2022-06-24 23:00").tzinfo).date() == date(2022, 6, 24)


async def test_a_day_off_cannot_be_asked_for(office: Office, task: int) -> None:
    with pytest.raises(Refusal) as caught:
        await asked(office, task, "Lan", date(2022, 6, 25))
    assert caught.value.text.values["days"] == (date(2022, 6, 24), date(2022, 6, 27))


async def test_one_request_at_a_time_is_decided_once_by_another(office: Office, task: int) -> None:
    request_id = await asked(office, task, "Lan", date(2022, 6, 24))
    with pytest.raises(Refusal):
        await asked(office, task, "Hoa", date(2022, 6, 27))
    with pytest.raises(Refusal):
        async with office.write() as session:
            await decide_extension(office.act(session, "Lan", "2022-06-10 10:00"), request_id, approved=True)
    async with office.write() as session:
        act = office.act(session, "Thu", "2022-06-10 10:00")
        await decide_extension(act, request_id, approved=False, reason="Không đủ lý do")
    assert (await office.stands(task, "2022-06-10 11:00")).due == date(2022, 6, 14)
    with pytest.raises(Refusal):
        async with office.write() as session:
            await decide_extension(office.act(session, "Quang", "2022-06-10 11:00"), request_id, approved=True)


async def test_the_day_set_for_completing_can_be_extended_too(office: Office, task: int) -> None:
    await said(office, task, "Lan", "2022-06-13 09:00", FINISHED)
    async with office.write() as session:
        await ask_to_complete(office.act(session, "Thu", "2022-06-15 09:00"), task, "Thiếu", date(2022, 6, 20))
        request = await ask_extension(office.act(session, "Lan", "2022-06-15 10:00"), task, date(2022, 6, 24), "Chờ")
        await decide_extension(office.act(session, "Thu", "2022-06-15 11:00"), request.id, approved=True)
    stands = await office.stands(task, "2022-06-15 12:00")
    assert (stands.due, stands.assignment.due_on) == (date(2022, 6, 24), date(2022, 6, 14))


async def test_short_numbers_run_within_a_unit(office: Office, task: int) -> None:
    async with office.write() as session:
        units = dict(iter(await session.execute(select(Unit.code, Unit.id))))
        assert await session.scalar(select(func.max(Assignment.number))) == 1
        assert await next_number(session, unit_id=units["SYT"]) == 2
        assert await next_number(session, unit_id=units["STC"]) == 1
