"""Deadlines moved in the store: history kept, requests answered, reminders laid anew, documents followed."""

from collections.abc import AsyncIterator
from datetime import date, datetime

import pytest
from sqlalchemy import select

from models.adjustments import Adjustment, Decided, Done
from models.answering import Answer
from models.assignments import accept, ask_extension, ask_to_complete, decide_extension, held_all, record
from models.moving import Move, foresee, mark_of, move, redate
from models.reminders import Nudge
from models.rules.moving import Fate
from models.rules.status import Due
from models.standing import standings
from models.suspending import suspend
from models.tasks import Assignment, Extension, Said, Task
from tests.models.office import ZONE, Office, an_office, local
from tests.models.reminding import Wanted, give, june, spoken, tick

MORNING = "2022-06-09 09:00"
BY = "Công văn số 123/UBND-VP"


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def moved(office: Office, ids: list[int], to: Due | None, at: str = MORNING, *, shorten: bool = False) -> Done:
    async with office.write() as session:
        act = office.act(session, "Thu", at)
        found = await held_all(act, Assignment.id.in_(ids))
        wanted = Move(to, shorten)
        foreseen = await foresee(await standings(session, act.at, ZONE), found, wanted)
        return await move(act, foreseen, wanted, BY)


async def fates(office: Office, ids: list[int], to: Due | None) -> dict[int, Fate]:
    async with office.database.read() as session:
        read = await office.standings(session, MORNING)
        found = await read.of(Assignment.id.in_(ids))
        return {each.standing.id: each.fate for each in await foresee(read, found, Move(to))}


async def granted(office: Office, assignment: int, day: date, at: str = "2022-06-09 08:00") -> None:
    async with office.write() as session:
        request = await ask_extension(office.act(session, "Lan", at), assignment, day, "chờ số liệu")
        await decide_extension(office.act(session, "Thu", at), request.id, approved=True)


async def test_only_what_is_open_is_told_and_a_granted_extension_stays(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC", "VB", "YY")))
    await granted(office, ids["SYT"], june(27))
    async with office.write() as session:
        await record(office.act(session, "Minh", MORNING), ids["STC"], Answer(Said.FINISHED))
    async with office.write() as session:
        act = office.act(session, "Thu", MORNING)
        await suspend(act, await held_all(act, Assignment.id == ids["YY"]), "bão")
    found = await fates(office, list(ids.values()), june(20))
    assert found == {ids["SYT"]: Fate.KEPT, ids["STC"]: Fate.OVER, ids["VB"]: Fate.MOVED, ids["YY"]: Fate.MOVED}
    done = await moved(office, list(ids.values()), june(20))
    assert [row.id for row in done.told] == [ids["VB"]]
    assert {row.id for row in done.changed} == {ids["VB"], ids["YY"]}
    days = {code: (await office.stands(ids[code], MORNING)).assignment.due_on for code in ids}
    assert days == {"SYT": june(27), "STC": june(14), "VB": june(20), "YY": june(20)}


async def test_shortening_is_an_express_choice_after_which_the_extension_is_gone(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))
    await granted(office, ids["SYT"], june(27))
    await moved(office, [ids["SYT"]], june(20), shorten=True)
    assert (await office.stands(ids["SYT"], MORNING)).due == june(20)
    assert await fates(office, [ids["SYT"]], june(16)) == {ids["SYT"]: Fate.MOVED}


async def test_an_extension_granted_after_a_move_is_kept_from_the_next(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))
    await moved(office, [ids["SYT"]], june(16))
    await granted(office, ids["SYT"], june(27), "2022-06-09 10:00")
    assert await fates(office, [ids["SYT"]], june(20)) == {ids["SYT"]: Fate.KEPT}


async def test_a_move_keeps_who_when_from_where_to_where_and_why(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))
    await moved(office, [ids["SYT"]], datetime(2022, 6, 20, 16, tzinfo=ZONE))
    async with office.database.read() as session:
        row = (await session.scalars(select(Adjustment))).one()
    assert (row.decided, row.old_due_on, row.new_due_on) == (Decided.MOVED, june(14), june(20))
    assert (row.new_due_at, row.by_id) == (local("2022-06-20 16:00"), office.people["Thu"])
    assert (row.instruction, row.told_on, row.at) == (BY, june(9), local(MORNING))
    standing = await office.stands(ids["SYT"], MORNING)
    assert (standing.due, standing.assignment.original_due_on) == (local("2022-06-20 16:00"), june(14))


async def test_a_request_that_the_move_fulfils_is_answered_and_any_other_waits(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC")))
    async with office.write() as session:
        for name, code, day in (("Lan", "SYT", june(17)), ("Minh", "STC", june(30))):
            await ask_extension(office.act(session, name, "2022-06-09 08:00"), ids[code], day, "chờ số liệu")
    done = await moved(office, list(ids.values()), june(20))
    assert len(done.requests) == 2
    async with office.database.read() as session:
        rows = await session.scalars(select(Extension).order_by(Extension.asked_on))
        assert [(row.asked_on, row.approved, row.old_due_on) for row in rows] == [
            (june(17), True, june(14)),
            (june(30), None, june(20)),
        ]


async def test_the_day_set_for_completing_is_moved_and_kept_like_an_extension(office: Office) -> None:
    ids = await give(office, Wanted(june(8)))
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-08 09:00"), ids["SYT"], Answer(Said.FINISHED))
    async with office.write() as session:
        await ask_to_complete(office.act(session, "Thu", "2022-06-08 10:00"), ids["SYT"], "thiếu biểu", june(16))
    assert await fates(office, [ids["SYT"]], june(14)) == {ids["SYT"]: Fate.KEPT}
    await moved(office, [ids["SYT"]], june(20))
    standing = await office.stands(ids["SYT"], MORNING)
    assert (standing.due, standing.assignment.due_on) == (june(20), june(8))


async def test_what_was_accepted_is_left_alone(office: Office) -> None:
    ids = await give(office, Wanted(june(8)))
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-08 09:00"), ids["SYT"], Answer(Said.FINISHED))
        await accept(office.act(session, "Thu", "2022-06-08 10:00"), ids["SYT"])
    assert (await moved(office, [ids["SYT"]], june(20))).changed == ()


async def test_reminders_follow_the_new_day_and_those_of_the_old_are_closed(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))
    await tick(office, june(9), june(9))
    await moved(office, [ids["SYT"]], june(20))
    async with office.database.read() as session:
        assert await session.scalar(select(Nudge.id).where(Nudge.closed_at.is_(None))) is None
    rungs = [(rung, day) for name, rung, day in await spoken(office, june(9), june(20)) if name == "Lan"]
    assert rungs == [("T-3", june(15)), ("T-1", june(17)), ("T0", june(20))]


async def test_nobody_is_reminded_on_the_day_on_which_he_reads_of_the_move(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))
    await moved(office, [ids["SYT"]], june(10))
    assert [rung for name, rung, _ in await spoken(office, june(9), june(10)) if name == "Lan"] == ["T0"]


async def test_a_move_to_the_same_day_changes_nothing(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))
    version = (await office.stands(ids["SYT"], MORNING)).assignment.version
    assert (await moved(office, [ids["SYT"]], june(14))).changed == ()
    assert (await office.stands(ids["SYT"], MORNING)).assignment.version == version


async def test_a_preview_is_marked_by_what_it_would_do(office: Office) -> None:
    ids = await give(office, Wanted(june(14)))

    async def mark() -> int:
        async with office.database.read() as session:
            read = await office.standings(session, MORNING)
            found = await read.of(Assignment.id.in_(ids.values()))
            return mark_of(await foresee(read, found, Move(june(20))))

    before = await mark()
    async with office.write() as session:
        await record(office.act(session, "Lan", MORNING), ids["SYT"], Answer(Said.ACKNOWLEDGED))
    assert await mark() == before
    await moved(office, [ids["SYT"]], june(17))
    assert await mark() != before


async def test_a_newer_document_moves_what_is_open_and_keeps_what_was_granted(office: Office) -> None:
    ids = await give(office, Wanted(june(14), ("SYT", "STC", "VB"), reading="2022-06-14"))
    await granted(office, ids["SYT"], june(27))
    async with office.write() as session:
        await record(office.act(session, "Minh", MORNING), ids["STC"], Answer(Said.FINISHED))
    async with office.write() as session:
        task = (await session.scalars(select(Task))).one()
        task.reading = "2022-06-24T16:00"
        (done,) = await redate(office.act(session, "Thu", MORNING), [task.id])
    assert [row.id for row in done.told] == [ids["VB"]]
    standing = await office.stands(ids["VB"], MORNING)
    assert (standing.due, standing.assignment.original_due_on) == (local("2022-06-24 16:00"), june(14))
    assert (await office.stands(ids["SYT"], MORNING)).due == june(27)


async def test_a_day_before_the_window_opens_opens_it(office: Office) -> None:
    ids = await give(office, Wanted(date(2022, 8, 31), opens=date(2022, 8, 1)))
    await moved(office, [ids["SYT"]], june(20))
    assert (await office.stands(ids["SYT"], MORNING)).assignment.opens_on is None
    assert ("Lan", "T0", june(20)) in await spoken(office, june(10), june(20))
