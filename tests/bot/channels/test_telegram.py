"""Telegram, from telephone to telephone: over HTTP, against a server that refuses what Telegram refuses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models.tasks import Report
from tests.phones import Phone, TelegramCouncil, a_telegram_council


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[TelegramCouncil]:
    async with a_telegram_council(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
def lan(council: TelegramCouncil) -> Phone:
    return council.chat("Lan")


async def test_what_is_written_is_answered(lan: Phone) -> None:
    assert (await lan.says("trogiup")).startswith("Có thể gõ")
    assert lan.person.seen()[-1].labels == ["Nhiệm vụ"]


async def test_a_report_turns_the_card_of_the_colleague_too(council: TelegramCouncil, lan: Phone) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    await council.at("2022-06-10 07:30")
    assert council.chat("Hoa").person.seen()[-1].labels
    assert "Đã ghi nhận số 1" in await lan.says("xong 1")
    async with council.read() as session:
        assert len((await session.scalars(select(Report))).all()) == 1
    assert any(each.edited for each in council.owner("Hoa").seen())
