"""Receipts in the store: recorded for many at once, beside the unit's own answers, corrected and taken back."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import select

from models.answering import Answer
from models.assignments import accept, ask_to_complete, record
from models.chasing import awaited_tasks, chase, is_unfinished
from models.receipts import Arrival, Received, correct, receive, withdraw
from models.reminders import Nudge
from models.rules.status import Status
from models.rules.text import Refusal
from models.settings import Council
from models.silent import count_silent, silent_ones
from models.tasks import Assignment, Receipt, Report, Said
from tests.models.office import Office, an_office, local

TITLE = "Báo cáo sơ kết 6 tháng"
FINISHED = Answer(Said.FINISHED)
NOW = "2022-06-20 08:00"
COUNCIL = Council()


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def came(office: Office, arrivals: dict[int, Arrival], moment: str = NOW) -> tuple[Received, ...]:
    async with office.write() as session:
        return await receive(office.act(session, "Thu", moment), arrivals)


def on(day: int, number: str = "") -> Arrival:
    return Arrival(date(2022, 6, day), "paper", number)


async def accepted(office: Office, assignment: int) -> Status:
    async with office.write() as session:
        await accept(office.act(session, "Quang", "2022-06-21 08:00"), assignment)
    return (await office.stands(assignment, "2022-06-21 08:00")).status


async def test_the_day_of_arrival_counts_though_it_is_recorded_later(office: Office) -> None:
    early, late = [await office.given(TITLE, unit, "2022-06-14") for unit in ("SYT", "STC")]
    assert len(await came(office, {early: on(14, "45/BC-SYT"), late: on(15)})) == 2
    assert [await accepted(office, each) for each in (early, late)] == [Status.DONE_ON_TIME, Status.DONE_LATE]


async def test_what_is_answered_is_left_out_and_numbers_go_on(office: Office) -> None:
    first, second = [await office.given(TITLE, "SYT", "2022-06-14") for _ in range(2)]
    other = await office.given(TITLE, "STC", "2022-06-14")
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-13 08:00"), first, FINISHED)
    done = await came(office, {each: on(14) for each in (first, second, other)})
    assert [one.standing.id for one in done] == [second, other]
    async with office.database.read() as session:
        rows = await session.execute(select(Report.assignment_id, Report.number).order_by(Report.id))
    assert [tuple(row) for row in rows] == [(first, 1), (second, 2), (other, 1)]
    assert await came(office, {second: on(14)}) == ()


async def test_reminders_close_and_nothing_is_silent_or_overdue_any_more(office: Office) -> None:
    task = await office.given(TITLE, "SYT", "2022-06-14")
    async with office.write() as session:
        session.add(
            Nudge(
                assignment_id=task,
                rung="T+1",
                person_id=office.people["Lan"],
                day=date(2022, 6, 15),
                created_at=local("2022-06-15 07:30"),
            )
        )
    await came(office, {task: on(14)})
    async with office.database.read() as session:
        read = await office.standings(session, NOW)
        found = await chase(read)
        silent = await count_silent(read, COUNCIL), await silent_ones(read, COUNCIL, 5)
        assert (found.overdue, silent, await awaited_tasks(read)) == ((), (0, ()), ())
        assert (await session.scalars(select(Nudge.closed_at))).all() == [local(NOW)]


async def test_a_receipt_taken_back_is_owed_again_and_a_corrected_one_is_judged_anew(office: Office) -> None:
    task = await office.given(TITLE, "SYT", "2022-06-14")
    (one,) = await came(office, {task: on(15)})
    async with office.write() as session:
        (newer,) = await correct(office.act(session, "Quang", NOW), [one.report_id], {"on": date(2022, 6, 13)})
    assert newer.arrival == on(13)
    async with office.write() as session:
        with pytest.raises(Refusal):
            await withdraw(office.act(session, "Quang", NOW), [one.report_id])
        await withdraw(office.act(session, "Quang", NOW), [newer.report_id])
    standing = await office.stands(task, NOW)
    assert (standing.status, standing.last) == (Status.NOT_STARTED, None)
    async with office.database.read() as session:
        assert len(await silent_ones(await office.standings(session, NOW), COUNCIL, 5)) == 1
        kept = (await session.scalars(select(Receipt).order_by(Receipt.id))).all()
    assert [each.withdrawn_at for each in kept] == [None, local(NOW)]


async def test_only_what_was_itself_sent_back_is_awaited_again(office: Office) -> None:
    done, sent_back, silent = [await office.given(TITLE, unit, "2022-06-14") for unit in ("SYT", "STC", "VB")]
    await came(office, {done: on(13), sent_back: on(13)}, "2022-06-13 09:00")
    async with office.write() as session:
        await ask_to_complete(office.act(session, "Thu", "2022-06-15 10:00"), sent_back, "Thiếu phụ lục", None)
    async with office.database.read() as session:
        rows = await session.scalars(select(Assignment.id).where(is_unfinished()).order_by(Assignment.id))
        assert rows.all() == [sent_back, silent]
    await came(office, {sent_back: on(16)})
    async with office.database.read() as session:
        assert (await session.scalars(select(Assignment.id).where(is_unfinished()))).all() == [silent]


async def test_what_was_to_be_completed_is_completed_by_what_arrives_afterwards(office: Office) -> None:
    task = await office.given(TITLE, "SYT", "2022-06-14")
    (one,) = await came(office, {task: on(13)}, "2022-06-13 09:00")
    async with office.write() as session:
        await ask_to_complete(office.act(session, "Thu", "2022-06-15 10:00"), task, "Thiếu phụ lục", date(2022, 6, 17))
    assert (await office.stands(task, NOW)).status is Status.TO_COMPLETE
    assert await came(office, {task: on(14)}) == ()
    async with office.write() as session:
        with pytest.raises(Refusal):
            await correct(office.act(session, "Thu", NOW), [one.report_id], {"route": "email"})
    assert len(await came(office, {task: on(15)})) == 1
    assert await accepted(office, task) is Status.DONE_ON_TIME


async def test_a_paper_in_time_is_recorded_beside_a_late_word_in_chat_and_never_the_other_way_round(
    office: Office,
) -> None:
    task = await office.given(TITLE, "SYT", "2022-06-14")
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-16 08:00"), task, FINISHED)
    assert await came(office, {task: on(15)}) == ()
    assert len(await came(office, {task: on(14)})) == 1
    assert await came(office, {task: on(13)}) == ()
    assert await accepted(office, task) is Status.DONE_ON_TIME


async def test_a_day_to_come_is_refused_and_what_is_accepted_stays(office: Office) -> None:
    task = await office.given(TITLE, "SYT", "2022-06-14")
    with pytest.raises(Refusal):
        await came(office, {task: on(21)})
    (one,) = await came(office, {task: on(14)})
    await accepted(office, task)
    async with office.write() as session:
        for change in (
            correct(office.act(session, "Thu", NOW), [one.report_id], {}),
            withdraw(office.act(session, "Thu", NOW), [one.report_id]),
        ):
            with pytest.raises(Refusal):
                await change
    assert await came(office, {task: on(14)}) == ()
