"""The sample's clock: each step as it says, in the sample only, and never back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.sample import Ahead, Step
from models.inbox import Inbound
from models.rules.calendar import Calendar
from models.rules.windows import WorkingWindows, parse
from models.settings import change_setting
from models.settings import council as settings_of
from tests.chats import Council

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = WorkingWindows(parse("07:30-11:30,13:30-17:00"), Calendar(), ZONE)
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2026, 12, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 - UTC is put in at once


async def in_the_sample(council: Council, moment: str) -> None:
    async with council.write() as session:
        await change_setting(session, "sample", value=True)
    await council.at(moment)


async def moved(council: Council, step: str) -> str:
    """Let Lan press a step; give the local moment at which the clock stands by the setting."""
    before = council.clock.now()
    await council.chat("Lan").hears({"call": {"command": "mauthu.dongho", "args": {"step": step}}})
    async with council.read() as session:
        offset = (await settings_of(session)).clock_offset_seconds
    return f"{(before + timedelta(seconds=offset)).astimezone(ZONE):%d/%m/%Y %H:%M}"


@pytest.mark.parametrize(
    ("at", "step", "stands"),
    [
        ("2022-06-09 07:25", Step.QUARTER, "09/06/2022 07:40"),
        ("2022-06-09 07:25", Step.AFTERNOON, "09/06/2022 13:30"),
        ("2022-06-09 13:30", Step.AFTERNOON, "10/06/2022 13:30"),
        ("2022-06-11 09:00", Step.AFTERNOON, "13/06/2022 13:30"),
        ("2022-06-09 07:25", Step.TOMORROW, "10/06/2022 07:50"),
        ("2022-06-10 15:00", Step.TOMORROW, "13/06/2022 07:50"),
        ("2022-06-09 07:25", Step.DUE, "14/06/2022 07:50"),
        ("2022-06-14 07:50", Step.DUE, "20/06/2022 07:50"),
    ],
)
async def test_a_step_moves_the_clock_as_its_button_says(council: Council, at: str, step: Step, stands: str) -> None:
    await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-14")
    await council.given("Báo cáo giao ước", ("SYT",), "2022-06-20")
    await in_the_sample(council, at)
    assert await moved(council, step) == stands


async def test_what_is_reported_finished_is_no_longer_a_day_to_go_to(council: Council) -> None:
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    await council.given("Báo cáo giao ước", ("SYT",), "2022-06-20")
    await council.chat("Lan").says("xong 1")
    await in_the_sample(council, "2022-06-09 08:25")
    assert await moved(council, Step.DUE) == "20/06/2022 07:50"


async def test_without_a_deadline_ahead_the_clock_stays_and_the_answer_says_why(council: Council) -> None:
    await in_the_sample(council, "2022-06-09 07:25")
    assert await moved(council, Step.DUE) == "09/06/2022 07:25"
    assert await outcomes(council) == ["refused"]


async def test_a_step_that_there_is_not_is_refused(council: Council) -> None:
    await in_the_sample(council, "2022-06-09 07:25")
    assert await moved(council, "yesterday") == "09/06/2022 07:25"
    assert await outcomes(council) == ["refused"]


async def test_a_council_that_is_no_sample_lives_in_real_time(council: Council) -> None:
    assert await moved(council, Step.QUARTER) == "09/06/2022 07:25"
    assert await outcomes(council) == ["refused"]


async def outcomes(council: Council) -> list[str]:
    async with council.read() as session:
        return list(await session.scalars(select(Inbound.outcome)))


@given(now=MOMENTS, days=st.sets(st.dates(date(2021, 1, 1), date(2026, 12, 1)), max_size=5))
def test_no_step_leads_back(now: datetime, days: set[date]) -> None:
    ahead = Ahead(now, HOURS)
    due = ahead.first_morning(days)
    moments = [ahead.afternoon(), ahead.tomorrow(), *([due] if due is not None else [])]
    assert [moment for moment in moments if moment <= now] == []


@given(now=MOMENTS)
def test_tomorrow_and_the_afternoon_are_working_days(now: datetime) -> None:
    ahead = Ahead(now, HOURS)
    days = [moment.astimezone(ZONE).date() for moment in (ahead.afternoon(), ahead.tomorrow())]
    assert [HOURS.calendar.is_working(day) for day in days] == [True, True]
