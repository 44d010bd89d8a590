"""The plan of reminders: who is owed what on which morning, at which moment and why."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import delete, select

from models.addresses import Address
from models.answering import Answer
from models.assignments import accept, ask_extension, ask_to_complete, decide_extension, record
from models.laying import span_of
from models.nudging import snooze
from models.people import Post, Unit
from models.plan import coming_days
from models.reminders import DayOff, Nudge, Snooze
from models.rules.ladder import Audience
from models.rules.permission import Role
from models.settings import Council, change_setting
from models.tasks import Assignment, Said
from tests.models.office import ZONE, Office, an_office, local
from tests.models.reminding import COUNCIL, Wanted, follow, give, june, planned, spoken, tick


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def test_the_ladder_reaches_both_focal_points_of_the_unit(office: Office) -> None:
    await give(office, Wanted(june(14)))
    rungs = [(rung, day) for name, rung, day in await spoken(office, june(1), june(15)) if name == "Lan"]
    assert rungs == [("T-7", june(3)), ("T-3", june(9)), ("T-1", june(13)), ("T0", june(14)), ("+1", june(15))]
    assert {name for name, *_ in await spoken(office, june(1), june(15))} == {"Lan", "Hoa"}


async def test_a_reminder_fires_on_the_morning_and_says_why(office: Office) -> None:
    await give(office, Wanted(june(14)))
    first, *_ = await planned(office, june(9), june(9))
    assert first.fires_at == local("2022-06-09 07:30")
    assert (first.reason.id, first.reason.values) == (
        "Due {due}: {days} working days left.",
        {"due": june(14), "days": 3},
    )


async def test_each_urgency_has_its_ladder(office: Office) -> None:
    await give(office, Wanted(june(14), ("STC",), urgency="urgent"))
    await give(office, Wanted(june(14), ("VB",), urgency="express"))
    rows = await spoken(office, june(1), june(14))
    assert [(rung, day) for name, rung, day in rows if name == "Minh"] == [
        ("T-3", june(9)),
        ("T-1", june(13)),
        ("T0", june(14)),
    ]
    assert [(rung, day) for name, rung, day in rows if name == "Tùng"] == [("T-1", june(13)), ("T0", june(14))]


async def test_nothing_comes_up_to_the_day_of_giving_or_before_the_period_opens(office: Office) -> None:
    await give(office, Wanted(june(14), given=june(9)))
    await give(office, Wanted(june(14), ("STC",), opens=june(10)))
    assert {day for _, _, day in await spoken(office, june(1), june(14))} == {june(13), june(14)}


async def test_undated_work_is_asked_about_once_a_period_and_what_waits_for_an_event_never(office: Office) -> None:
    await give(office, Wanted(None))
    await give(office, Wanted(None, ("STC",), reading="ANCHOR:-3wd"))
    assert await spoken(office, june(1), date(2022, 12, 31)) == [
        (name, "period", day) for day in (june(14), date(2022, 12, 14)) for name in ("Lan", "Hoa")
    ]


async def test_tet_is_left_in_peace(office: Office) -> None:
    await give(office, Wanted(date(2022, 2, 7), given=date(2022, 1, 3)))
    days = {day for _, _, day in await spoken(office, date(2022, 1, 24), date(2022, 2, 8))}
    assert days == {date(2022, 1, 26), date(2022, 1, 28), date(2022, 2, 7), date(2022, 2, 8)}


async def test_a_swapped_saturday_is_worked(office: Office) -> None:
    async with office.write() as session:
        session.add_all([DayOff(day=june(13)), DayOff(day=june(11), working=True)])
    await give(office, Wanted(june(14)))
    rows = await spoken(office, june(10), june(14))
    assert [(rung, day) for name, rung, day in rows if name == "Lan"] == [("T-1", june(11)), ("T0", june(14))]


async def test_what_is_finished_or_set_aside_is_silent(office: Office) -> None:
    made = await give(office, Wanted(june(14), ("SYT", "STC", "VB")))
    async with office.write() as session:
        await record(office.act(session, "Lan", "2022-06-02 09:00"), made["SYT"], Answer(Said.FINISHED))
        await record(office.act(session, "Minh", "2022-06-02 09:00"), made["STC"], Answer(Said.NOT_OURS, text="Không"))
        (await session.get_one(Assignment, made["VB"])).suspended_at = local("2022-06-02 09:00")
    assert await spoken(office, june(1), june(30)) == []
    async with office.write() as session:
        await record(office.act(session, "Minh", "2022-06-10 09:00"), made["STC"], Answer(Said.PROGRESS, text="Làm"))
        (await session.get_one(Assignment, made["VB"])).suspended_at = None
    assert {name for name, *_ in await spoken(office, june(13), june(13))} == {"Minh", "Tùng"}


async def test_what_must_be_completed_is_reminded_of_by_its_new_day(office: Office) -> None:
    made = await give(office, Wanted(june(14)))
    async with office.write() as session:
        report = await record(office.act(session, "Lan", "2022-06-10 09:00"), made["SYT"], Answer(Said.FINISHED))
        await ask_to_complete(office.act(session, "Thu", "2022-06-13 09:00"), made["SYT"], "Thiếu số liệu", june(21))
    rows = [(rung, day) for name, rung, day in await spoken(office, june(13), june(22)) if name == "Lan"]
    assert rows == [("T-3", june(16)), ("T-1", june(20)), ("T0", june(21)), ("+1", june(22))]
    async with office.write() as session:
        again = await record(office.act(session, "Lan", "2022-06-15 09:00"), made["SYT"], Answer(Said.FINISHED))
        await accept(office.act(session, "Thu", "2022-06-16 09:00"), made["SYT"], again.id)
    assert report.number < again.number
    assert await spoken(office, june(13), june(30)) == []


async def test_a_timely_request_holds_the_ladder_and_a_late_one_does_not(office: Office) -> None:
    made = await give(office, Wanted(june(14), ("SYT", "STC")))
    async with office.write() as session:
        await ask_extension(office.act(session, "Lan", "2022-06-14 16:00"), made["SYT"], june(24), "Chờ kinh phí")
        await ask_extension(office.act(session, "Minh", "2022-06-15 09:00"), made["STC"], june(24), "Chờ kinh phí")
    assert {name for name, *_ in await spoken(office, june(15), june(17))} == {"Minh"}


async def test_a_deadline_that_moves_takes_the_ladder_along_and_closes_what_waits(office: Office) -> None:
    made = await give(office, Wanted(june(14)))
    await tick(office, june(13), june(13))
    async with office.write() as session:
        asked = await ask_extension(office.act(session, "Lan", "2022-06-13 08:00"), made["SYT"], june(24), "Chờ")
        await decide_extension(office.act(session, "Thu", "2022-06-13 09:00"), asked.id, approved=True)
        standing = await (await office.standings(session, "2022-06-13 10:00")).one(made["SYT"])
        assert standing is not None
        span = await span_of(session, COUNCIL, ZONE, june(14), june(24))
        assert await coming_days(session, span, standing) == (june(15), june(21), june(23), june(24))
        assert list(await session.scalars(select(Nudge.id).where(Nudge.closed_at.is_(None)))) == []
    rows = [(rung, day) for name, rung, day in await spoken(office, june(14), june(24)) if name == "Lan"]
    assert rows == [("T-7", june(15)), ("T-3", june(21)), ("T-1", june(23)), ("T0", june(24))]


async def test_a_snooze_is_quiet_until_its_day_and_never_past_the_deadline(office: Office) -> None:
    made = await give(office, Wanted(june(14), ("SYT", "STC")))
    async with office.write() as session:
        for unit, until in (("SYT", june(10)), ("STC", june(30))):
            by = office.people["Lan"]
            await snooze(session, Snooze(assignment_id=made[unit], until=until, by_id=by, at=local("2022-06-02 08:00")))
    rows = await spoken(office, june(3), june(14))
    assert [(rung, day) for name, rung, day in rows if name == "Lan"] == [
        ("again", june(10)),
        ("T-1", june(13)),
        ("T0", june(14)),
    ]
    assert [(rung, day) for name, rung, day in rows if name == "Minh"] == [("T0", june(14))]


async def test_the_third_day_tells_whoever_follows_the_unit_and_nobody_in_general_charge(office: Office) -> None:
    await follow(office, "Bình", units=("VB",), groups=("Khối thi đua các sở, ngành kinh tế",))
    await follow(office, "Yên")
    await give(office, Wanted(june(14), ("VB", "STC", "SYT")))
    told = [each for each in await planned(office, june(14), june(19)) if each.audience is Audience.MEMBER]
    assert {(each.person_id, each.rung, each.day) for each in told} == {(office.people["Bình"], "+3:member", june(17))}
    async with office.database.read() as session:
        units = dict((await session.execute(select(Unit.id, Unit.code))).all())
        assert {units[each.unit_id] for each in told if each.unit_id} == {"VB", "STC"}


async def test_whoever_follows_a_unit_by_name_is_told_before_who_follows_its_group(office: Office) -> None:
    await follow(office, "Bình", units=("STC",))
    await follow(office, "Yên", groups=("Khối thi đua các sở, ngành kinh tế",))
    await give(office, Wanted(june(14), ("STC", "SCT")))
    told = [each for each in await planned(office, june(14), june(19)) if each.audience is Audience.MEMBER]
    async with office.database.read() as session:
        units = dict((await session.execute(select(Unit.id, Unit.code))).all())
    assert {(units[each.unit_id], each.person_id) for each in told if each.unit_id} == {
        ("STC", office.people["Bình"]),
        ("SCT", office.people["Yên"]),
    }


async def hold_seat(office: Office, name: str, code: str, council_title: str = "") -> None:
    """Let the seat of a member be of a unit, and bear a title in the council."""
    async with office.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == code))).one()
        post = (await session.scalars(select(Post).where(Post.person_id == office.people[name]))).one()
        post.unit_id, post.council_title = unit, council_title


async def upwards(office: Office, council: Council = COUNCIL) -> set[tuple[str, str, Audience]]:
    """Name who is told on the third day of which unit, and as whom."""
    async with office.database.read() as session:
        units = dict((await session.execute(select(Unit.id, Unit.code))).all())
    names = {person: name for name, person in office.people.items()}
    told = [each for each in await planned(office, june(17), june(17), council) if each.audience is not Audience.FOCAL]
    return {(names[each.person_id], units[each.unit_id], each.audience) for each in told if each.unit_id}


async def test_a_members_own_agency_is_told_to_the_standing_vice_chair_and_his_own_to_the_chair(office: Office) -> None:
    await hold_seat(office, "Bình", "STC")
    await hold_seat(office, "Yên", "SYT", "Phó Chủ tịch Thường trực Hội đồng")
    await follow(office, "Bình", groups=("Khối thi đua các sở, ngành kinh tế",))
    await follow(office, "Yên", units=("SYT", "CA"))
    await give(office, Wanted(june(14), ("STC", "SCT", "SYT", "CA", "VB")))
    assert await upwards(office) == {
        ("Yên", "STC", Audience.STANDING),
        ("Bình", "SCT", Audience.MEMBER),
        ("Sơn", "SYT", Audience.STANDING),
        ("Yên", "CA", Audience.MEMBER),
    }
    another = Council(standing_vice_chair="Phó Chủ tịch thứ nhất")
    async with office.write() as session:
        await change_setting(session, "standing_vice_chair", another.standing_vice_chair)
    assert {one for one in await upwards(office, another) if one[2] is Audience.STANDING} == {
        ("Sơn", "STC", Audience.STANDING),
        ("Sơn", "SYT", Audience.STANDING),
    }


async def test_another_who_follows_the_same_agency_by_name_is_told_as_ever(office: Office) -> None:
    await hold_seat(office, "Bình", "STC")
    await follow(office, "Bình", units=("STC",))
    await follow(office, "Yên", units=("STC",))
    await give(office, Wanted(june(14), ("STC",)))
    assert await upwards(office) == {("Yên", "STC", Audience.MEMBER), ("Sơn", "STC", Audience.STANDING)}


async def test_the_chair_is_told_once_a_week_of_what_is_a_week_late(office: Office) -> None:
    await give(office, Wanted(june(14), ("VB", "STC")))
    told = [each for each in await planned(office, june(14), date(2022, 7, 5)) if each.audience is Audience.CHAIR]
    assert {each.person_id for each in told} == {office.people["Sơn"]}
    assert sorted((each.rung, each.day) for each in told) == [
        ("+14:chair", date(2022, 7, 4)),
        ("+14:chair", date(2022, 7, 4)),
        ("+7:chair", june(27)),
        ("+7:chair", june(27)),
    ]


async def test_whoever_left_the_post_is_reminded_no_more(office: Office) -> None:
    await give(office, Wanted(june(14)))
    async with office.write() as session:
        post = await session.scalar(select(Post).where(Post.person_id == office.people["Hoa"]))
        assert post is not None
        post.valid_to = june(13)
    rows = await spoken(office, june(13), june(14))
    assert rows == [("Lan", "T-1", june(13)), ("Hoa", "T-1", june(13)), ("Lan", "T0", june(14))]


async def test_a_focal_point_without_an_address_is_in_the_plan(office: Office) -> None:
    await give(office, Wanted(june(14)))
    async with office.write() as session:
        await session.execute(delete(Address).where(Address.person_id == office.people["Hoa"]))
    assert await spoken(office, june(14), june(14)) == [("Lan", "T0", june(14)), ("Hoa", "T0", june(14))]


async def test_the_holder_of_a_seat_is_reminded_of_what_is_his(office: Office) -> None:
    made = await give(office, Wanted(june(14)))
    async with office.write() as session:
        row = await session.get_one(Assignment, made["SYT"])
        post = await session.scalar(select(Post).where(Post.role == Role.COUNCIL_MEMBER).order_by(Post.id))
        assert post is not None
        row.unit_id, row.post_id = None, post.id
        holder = post.person_id
    assert {each.person_id for each in await planned(office, june(1), june(17))} == {holder}
