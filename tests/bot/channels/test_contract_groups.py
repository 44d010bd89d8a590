"""In a group several read what is said: what is not meant for the assistant is not heard, and nobody's work is told."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.tasks import Report
from tests.bot.channels.platforms import Platform
from tests.served import ServedCouncil

TITLE = "Báo cáo sơ kết"


@pytest.fixture
async def council(platform: Platform, sqlite_url: str, tmp_path: Path) -> AsyncIterator[ServedCouncil]:
    async with platform.council(sqlite_url, tmp_path) as opened:
        await opened.given(TITLE, ("SYT",), "2022-06-14")
        yield opened


@pytest.fixture
async def group(council: ServedCouncil) -> Any:
    """A group on the fake's side, with the bot in it, that has said whatever it says first."""
    made = council.world.group("Cụm thi đua số 1")
    await council.settle()
    return made


async def reports(council: ServedCouncil) -> list[str]:
    async with council.read() as session:
        return list(await session.scalars(select(Report.said)))


async def test_what_members_say_among_themselves_is_not_heard(council: ServedCouncil, group: Any) -> None:
    before = group.seen()
    for words in ("xong 1", "nhiemvu", "1", "Lan đã gửi báo cáo chưa?"):
        group.hears(council.chat("Lan").person, words)
    await council.settle()
    assert (group.seen(), await reports(council)) == (before, [])


@pytest.mark.parametrize("words", ["nhiemvu", "nhiemvu 1", "xong 1", "baocao 1", "donvi SYT", "1"])
async def test_whoever_calls_the_assistant_in_a_group_is_told_of_nobodys_task(
    council: ServedCouncil, group: Any, words: str
) -> None:
    group.calls(council.chat("Lan").person, words)
    await council.settle()
    assert TITLE not in str([shown.text for shown in group.seen()])
    assert await reports(council) == []


async def test_in_his_own_chat_the_same_person_is_served(council: ServedCouncil, group: Any) -> None:
    group.calls(council.chat("Lan").person, "nhiemvu")
    await council.settle()
    assert TITLE in await council.chat("Lan").says("nhiemvu")
