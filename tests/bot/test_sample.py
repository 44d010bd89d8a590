"""The sample council: what it holds when it begins, that it goes on from there, and that it fills empty stores only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, true

from bot.app import Assistant, clock_runner, couriers, opened
from bot.config import Config
from bot.database import Turn
from bot.sample import fill, prepare, reload_clock
from bot.story import lines_of
from bot.timepiece import MovedClock
from documents import sample
from documents.offering import offer, review_of
from models.addresses import Chat
from models.chasing import chase, is_unreported
from models.conversation import Entry, before
from models.importing import Source
from models.inviting import units_without_focal_point
from models.meetings import Invitation, Meeting
from models.notices import NoticeUnit
from models.overview import glances
from models.people import Person, Post, Unit
from models.questions import Asked, questions
from models.rules.permission import Role
from models.rules.text import Refusal
from models.settings import Setting, change_setting
from models.settings import council as settings_of
from models.standing import TaskCounts, standings
from models.tasks import Extension, Receipt
from models.urging import select_urged

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2022, 6, 9, 7, 25, tzinfo=ZONE)


@asynccontextmanager
async def a_sample(url: str, folder: Path) -> AsyncIterator[tuple[Assistant, MovedClock]]:
    clock = MovedClock()
    config = Config(_env_file=None, database_url=url, files=folder / "files", secret_key="0" * 64)
    async with opened(config, clock, is_sample=True) as assistant:
        yield assistant, clock


@pytest.mark.slow
async def test_the_sample_begins_in_the_middle_of_its_year_and_goes_on(database_url: str, tmp_path: Path) -> None:
    async with a_sample(database_url, tmp_path) as (assistant, clock):
        await broken_off(assistant)
        await prepare(assistant, clock)
        await it_holds_sixty_units_twelve_members_and_three_officers(assistant)
        await its_clock_stands_at_twenty_five_past_seven(clock)
        await thirty_nine_of_sixty_have_answered_about_the_half_year(assistant)
        await seventeen_that_can_be_reached_have_not(assistant)
        await something_was_late_something_waits_and_a_second_meeting_is_called(assistant)
        await the_waiting_document_asks_two_questions(assistant)
        await a_quarter_of_an_hour_later_lan_has_one_message_about_both_her_deadlines(assistant, clock)
    async with a_sample(database_url, tmp_path) as (assistant, clock):
        await prepare(assistant, clock)
        await it_holds_sixty_units_twelve_members_and_three_officers(assistant)
        assert MORNING <= clock.now() < MORNING + timedelta(minutes=14)
        with pytest.raises(Refusal, match="holds a council already"):
            await fill(assistant, clock)


async def broken_off(assistant: Assistant) -> None:
    """Leave what a filling leaves that was killed."""
    async with assistant.database.write(Turn.IMPORT) as session:
        session.add(Setting(name="sample_begun", value=True))
        session.add(Unit(code="SYT", name="Sở Y tế", valid_from=date(2022, 1, 20)))


async def it_holds_sixty_units_twelve_members_and_three_officers(assistant: Assistant) -> None:
    async with assistant.database.read() as session:
        units = await session.scalar(select(func.count(Unit.id)))
        rows = await session.execute(select(Post.role, func.count(Post.person_id.distinct())).group_by(Post.role))
        posts = dict(rows.all())
        alone = await units_without_focal_point(session, date(2022, 6, 9))
        chats = await session.scalar(select(func.count(Chat.id)).where(Chat.external_id.startswith("sample-")))
        council = await settings_of(session)
    assert units == 60
    assert posts == {Role.CHAIR: 1, Role.COUNCIL_MEMBER: 11, Role.SECRETARIAT: 3, Role.FOCAL_POINT: 62}
    assert [unit.code for unit in alone] == ["DNCK", "DNMT", "DNTP"]
    assert chats == 77
    assert (council.sample, council.standing_agency) == (True, "Ban Thi đua - Khen thưởng, Sở Nội vụ")


async def its_clock_stands_at_twenty_five_past_seven(clock: MovedClock) -> None:
    assert MORNING <= clock.now() < MORNING + timedelta(seconds=30)


async def thirty_nine_of_sixty_have_answered_about_the_half_year(assistant: Assistant) -> None:
    counts = await counts_by_row(assistant)
    assert counts["2"] == TaskCounts(given=60, silent=21, acknowledged=11, finished=2, accepted=26)
    async with assistant.database.read() as session:
        on_paper = await session.scalar(select(func.count(Receipt.id)))
    assert on_paper == 20


async def seventeen_that_can_be_reached_have_not(assistant: Assistant) -> None:
    async with assistant.database.read() as session:
        after = datetime(2022, 6, 15, 7, 50, tzinfo=ZONE).astimezone(UTC)
        read = await standings(session, after, ZONE)
        owing = [one for one in (await chase(read, true())).now if is_unreported(one)]
        found = await select_urged(read, owing, 3)
        alone = await units_without_focal_point(session, date(2022, 6, 15))
    assert len(found.parties) == 18  # seventeen and Sở Y tế, in whose place the newcomer answers
    assert sorted(party.id for party in found.to_call) == sorted(unit.id for unit in alone)


async def counts_by_row(assistant: Assistant) -> dict[str, TaskCounts]:
    async with assistant.database.read() as session:
        found = await glances(await standings(session, MORNING.astimezone(UTC), ZONE), true())
    return {glance.task.ref: glance.counts for glance in found}


async def something_was_late_something_waits_and_a_second_meeting_is_called(assistant: Assistant) -> None:
    counts = await counts_by_row(assistant)
    assert counts["6"] == TaskCounts(given=18, silent=9, accepted=9)
    assert counts["8"] == TaskCounts(given=3, silent=1, finished=1, accepted=1, overdue=1)
    async with assistant.database.read() as session:
        asked = list(await session.scalars(select(Extension.asked_on).where(Extension.approved.is_(None))))
        meetings = await session.execute(
            select(Meeting.starts_at, Meeting.quarter, func.count(Invitation.answered_at))
            .join(Invitation, Invitation.meeting_id == Meeting.id)
            .group_by(Meeting.id)
            .order_by(Meeting.starts_at)
        )
        notice = (await session.execute(select(func.count(NoticeUnit.id), func.count(NoticeUnit.answered_at)))).one()
    assert asked == [date(2022, 6, 17)]
    assert [(f"{starts_at.astimezone(ZONE):%d/%m %H:%M}", *about) for starts_at, *about in meetings] == [
        ("25/05 08:00", "2022Q2", 7),
        ("16/06 14:00", "", 2),
    ]
    assert tuple(notice) == (60, 9)


async def the_waiting_document_asks_two_questions(assistant: Assistant) -> None:
    offered = offer(sample.WAITING, sample.WAITING.name)
    async with assistant.database.read() as session:
        source = Source(MORNING, MORNING.date())
        review = await review_of(session, offered, source, await settings_of(session))
    assert (review.head.number, review.head.dated) == ("05/TB-HĐTĐKT", date(2022, 6, 8))
    assert [(question.asked, question.key) for question in questions(review)] == [
        (Asked.DEADLINE, "4"),
        (Asked.NAME, "Sở Tài nguyên Môi chường"),
    ]


async def a_quarter_of_an_hour_later_lan_has_one_message_about_both_her_deadlines(
    assistant: Assistant, clock: MovedClock
) -> None:
    clock.offset_seconds += 15 * 60
    await clock_runner(assistant).run_due(clock.now())
    sender = next(each for each in couriers(assistant) if each.channel.name == "webchat")
    await sender.take_lane()
    await sender.drain()
    await sender.release_lane()
    today = [entry for entry in await conversation(assistant, "Nguyễn Thị Lan (ví dụ)") if entry.moment >= MORNING]
    assert len(today) == 1
    said = "\n".join(today[0].content["lines"])
    assert [day in said for day in ("14/6", "20/6")] == [True, True]
    await reload_clock(assistant.database, clock)
    assert clock.now() < MORNING + timedelta(minutes=14)


async def conversation(assistant: Assistant, name: str) -> list[Entry]:
    async with assistant.database.read() as session:
        person = await session.scalar(select(Person.id).where(Person.name == name))
        chat = await session.scalar(select(Chat.id).where(Chat.external_id == f"sample-{person}"))
        assert chat is not None
        return await before(session, [chat], None, 100)


async def test_a_store_with_a_council_of_its_own_is_never_filled(database_url: str, tmp_path: Path) -> None:
    async with a_sample(database_url, tmp_path) as (assistant, clock):
        async with assistant.database.write(Turn.IMPORT) as session:
            session.add(Unit(code="SYT", name="Sở Y tế", valid_from=date(2022, 1, 20)))
        for filling in (fill, prepare):
            with pytest.raises(Refusal, match="holds a council already"):
                await filling(assistant, clock)
        async with assistant.database.read() as session:
            assert await session.scalar(select(func.count(Unit.id))) == 1


async def test_the_clock_shows_what_the_store_says_of_it(sqlite_url: str, tmp_path: Path) -> None:
    async with a_sample(sqlite_url, tmp_path) as (assistant, clock):
        async with assistant.database.write(Turn.IMPORT) as session:
            await change_setting(session, "clock_offset_seconds", -3600)
        await reload_clock(assistant.database, clock)
        assert clock.offset_seconds == -3600


def test_the_story_is_told_in_order_and_ends_before_the_sample_begins() -> None:
    moments = [line.at for line in lines_of(sample.STORY, ZONE)]
    assert moments == sorted(moments)
    assert moments[-1] < MORNING
