"""Drafts become assignments: for whom, until when, under which number, once."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, Turn
from models.giving import Giving, Plan, give, give_periods, next_periods, planned
from models.people import Unit
from models.tasks import Assignment, Party, Task, Whom
from tests.cast import enrol
from tests.timepiece import HandClock

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 6, 9, 1, tzinfo=UTC)


@dataclass(slots=True)
class Office:
    """A store with the named cast, in which drafts are made and given."""

    session: AsyncSession
    officer: int

    async def draft(self, reading: str, *parties: tuple[Whom, bool, str]) -> int:
        row = Task(ref="1", title="Báo cáo", reading=reading, created_at=NOW)
        self.session.add(row)
        await self.session.flush()
        for whom, leads, code in parties:
            unit = await self.session.scalar(select(Unit.id).where(Unit.code == code))
            self.session.add(Party(task_id=row.id, leads=leads, whom=whom, unit_id=unit, written=code))
        await self.session.flush()
        return row.id

    async def give(self, *tasks: int, past_is_done: bool = False, now: datetime = NOW) -> Plan:
        giving = Giving(now, ZONE, past_is_done)
        plan = await planned(self.session, tasks, giving)
        await give(self.session, plan, giving, self.officer)
        return plan

    async def given(self) -> list[tuple[str | None, str, int, date | None]]:
        rows = await self.session.execute(
            select(Unit.code, Assignment.period, Assignment.number, Assignment.due_on)
            .select_from(Assignment)
            .outerjoin(Unit, Unit.id == Assignment.unit_id)
            .order_by(Assignment.id)
        )
        return [tuple(row) for row in rows]  # type: ignore[misc]

    async def moments(self) -> Sequence[datetime | None]:
        return list(await self.session.scalars(select(Assignment.due_at).order_by(Assignment.id)))


SYT, STC, SNV = (Whom.UNIT, True, "SYT"), (Whom.UNIT, True, "STC"), (Whom.UNIT, True, "SNV")
EVERYONE = (Whom.EVERYONE, True, "")


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    database = Database(database_url, HandClock())
    async with database.write(Turn.IMPORT) as session:
        people = await enrol(session, "webchat", "browser")
        yield Office(session, people["Thu"])
    await database.close()


async def test_a_day_ends_with_its_last_instant_and_an_hour_is_kept(office: Office) -> None:
    await office.give(await office.draft("2022-06-14", SYT), await office.draft("2022-06-20T16:00", SYT))
    assert await office.given() == [("SYT", "", 1, date(2022, 6, 14)), ("SYT", "", 2, date(2022, 6, 20))]
    assert await office.moments() == [
        datetime(2022, 6, 14, 16, 59, 59, 999999, tzinfo=UTC),
        datetime(2022, 6, 20, 9, tzinfo=UTC),
    ]


async def test_numbers_go_on_within_each_unit(office: Office) -> None:
    await office.give(await office.draft("2022-06-14", SYT))
    await office.give(await office.draft("NONE", STC, SYT), await office.draft("NONE", SYT))
    assert [(code, number) for code, _, number, _ in await office.given()] == [
        ("SYT", 1),
        ("STC", 1),
        ("SYT", 2),
        ("SYT", 3),
    ]


async def test_the_same_task_is_given_to_the_same_unit_once(office: Office) -> None:
    task = await office.draft("2022-06-14", SYT, EVERYONE)
    plan = await office.give(task)
    assert len(plan.planned) == 11
    assert (await office.give(task)).planned == ()
    assert len(await office.given()) == 11


@pytest.mark.parametrize(
    ("whom", "count"),
    [(Whom.EVERYONE, 11), (Whom.GROUP_LEADERS, 5), (Whom.GROUP_MEMBERS, 11), (Whom.MEMBERS, 2)],
)
async def test_words_that_mean_many_mean_those_of_the_day(office: Office, whom: Whom, count: int) -> None:
    await office.give(await office.draft("NONE", (whom, True, "")))
    assert len(await office.given()) == count


async def test_what_has_no_date_gets_none(office: Office) -> None:
    await office.give(*[await office.draft(notation, SYT) for notation in ("NONE", "ANCHOR:-5wd")])
    assert [due for *_, due in await office.given()] == [None, None]


async def test_a_window_opens_and_several_deadlines_are_several_periods(office: Office) -> None:
    await office.give(await office.draft("2022-04-01..2022-06-30|2022-07-01..2022-09-30", SYT))
    assert await office.given() == [
        ("SYT", "2022-06-30", 1, date(2022, 6, 30)),
        ("SYT", "2022-09-30", 2, date(2022, 9, 30)),
    ]
    opens = await office.session.scalars(select(Assignment.opens_on).order_by(Assignment.id))
    assert list(opens) == [date(2022, 4, 1), date(2022, 7, 1)]


async def test_the_next_period_is_given_once_the_one_before_is_over(office: Office) -> None:
    await office.give(await office.draft("RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", SYT))
    assert [period for _, period, *_ in await office.given()] == ["2022-06-20"]
    for day in (date(2022, 6, 20), date(2022, 6, 21), date(2022, 6, 22)):
        giving = Giving(datetime(day.year, day.month, day.day, tzinfo=UTC), ZONE)
        await give_periods(office.session, await next_periods(office.session, giving, day), giving)
    assert [period for _, period, *_ in await office.given()] == ["2022-06-20", "2022-09-20"]


async def test_periods_missed_while_the_clock_stood_still_are_made_up(office: Office) -> None:
    await office.give(await office.draft("RRULE:FREQ=MONTHLY;BYMONTHDAY=25", SYT))
    giving = Giving(NOW + timedelta(days=50), ZONE)
    await give_periods(office.session, await next_periods(office.session, giving, date(2022, 6, 9)), giving)
    assert [period for _, period, *_ in await office.given()] == ["2022-06-25", "2022-07-25", "2022-08-25"]


async def test_whoever_was_relieved_of_a_round_gets_no_further_one_until_it_goes_on(office: Office) -> None:
    await office.give(await office.draft("RRULE:FREQ=MONTHLY;BYMONTHDAY=25", SYT, STC))
    first, second = await office.session.scalars(select(Assignment).order_by(Assignment.id))
    first.cancelled_at = second.suspended_at = NOW
    giving = Giving(NOW + timedelta(days=20), ZONE)
    assert await next_periods(office.session, giving, date(2022, 6, 26)) == ()
    second.suspended_at = None
    (planned_one,) = await next_periods(office.session, giving, date(2022, 6, 26))
    assert (planned_one.to.unit_id, planned_one.period) == (second.unit_id, "2022-07-25")


async def test_what_was_due_before_is_done_or_still_to_be_done(office: Office) -> None:
    first, second = await office.draft("2022-03-31", SYT), await office.draft("2022-03-31", STC)
    plan = await office.give(first, past_is_done=True)
    assert plan.past_tasks == (first,)
    await office.give(second)
    done = await office.session.scalars(select(Assignment.done_before).order_by(Assignment.id))
    assert list(done) == [True, False]


async def test_a_task_without_a_known_lead_stays_a_draft(office: Office) -> None:
    task = await office.draft("2022-06-14", (Whom.UNIT, True, "nobody"), (Whom.UNIT, False, "SYT"))
    plan = await office.give(task)
    assert [one.id for one in plan.without_lead] == [task]
    assert plan.coordinating == {}
    assert await office.given() == []


async def test_whoever_leads_does_not_coordinate_as_well(office: Office) -> None:
    plan = await office.give(await office.draft("NONE", SYT, (Whom.EVERYONE, False, "")))
    assert len(plan.coordinating) == 10
