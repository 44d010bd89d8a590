"""The month of a bot whose messages are counted: told as the platform counts it, and warned of in time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.checking import check
from bot.forecasting import Forecasting, Outlook
from bot.rehearsal import rehearse
from bot.timepiece import SystemClock
from models.outbox import Parcel
from models.settings import council as settings_of
from models.usage import messages_sent, month_of
from tests.fakes.zalo import Fault
from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_zalo_council

QUOTA = 36


@asynccontextmanager
async def a_council(url: str, folder: Path) -> AsyncIterator[ZaloCouncil]:
    """Open a council on two bots that may send 36 messages a month; the cast is at the first."""
    opened = partial(an_empty_zalo_council, bots=2, zalo_monthly_quota=QUOTA)
    async with a_zalo_council(url, folder, "2022-06-08 08:00", opened=opened) as council:
        council.world.habits.quota = QUOTA
        yield council


async def outlook(council: ZaloCouncil) -> Outlook:
    """Give the month of the first bot."""
    assistant = council.assistant
    async with council.read() as session:
        foreseeing = Forecasting(assistant.services, assistant.config.zone)
        first, _ = await foreseeing.outlooks(session, await settings_of(session), council.clock.now())
    return first


def warnings(council: ZaloCouncil) -> list[str]:
    """Give what the officer has been warned of."""
    return [shown.text for shown in council.owner("Thu").seen() if "tháng này đã gửi" in shown.text]


def warning(council: ZaloCouncil, standing: str) -> str:
    """Give the whole warning about the first bot."""
    return (
        f"Zalo, bot {council.world.bot.id}: tháng này {standing}. Đề nghị người vận hành bổ sung mã của một bot và "
        "chuyển bớt người sang bot đó (“capma” kèm họ tên), hoặc giảm số tin nhắc một tuần (“caidat”)."
    )


def counted(council: ZaloCouncil) -> int:
    """Give what the platform has counted of the first bot in the month."""
    return council.world.bot.sent[council.world.bot.month]


async def test_what_a_bot_has_used_is_what_the_platform_counts(database_url: str, tmp_path: Path) -> None:
    async with a_council(database_url, tmp_path) as council:
        await council.chat("Lan").says("trogiup")
        await council.chat("Thu").says("capma")
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB", "STC"), "2022-06-10")
        await council.at("2022-06-09 07:35")
        assert counted(council) > 4
        assert (await outlook(council)).used == counted(council)


async def test_what_was_sent_twice_counts_twice(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path) as council:
        council.world.fails("sendMessage", Fault.TIMEOUT_LATE)
        council.chat("Lan").person.writes("trogiup")
        await council.settle()
        await council.passes(seconds=70)
        assert (counted(council), (await outlook(council)).used) == (2, 2)


async def test_a_new_month_begins_at_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path) as council:
        await council.chat("Lan").says("trogiup")
        async with council.read() as session:
            july, days = month_of(council.clock.now() + timedelta(days=23), council.assistant.config.zone)
            assert (str(july), days) == ("2022-07-01 00:00:00+07:00", 31)
            assert await messages_sent(session, july) == {}


async def test_what_is_to_come_is_what_is_rehearsed(database_url: str, tmp_path: Path) -> None:
    async with a_council(database_url, tmp_path) as council:
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB", "STC"), "2022-06-14")
        await council.given("Nhân điển hình tiên tiến", ("STC",), None)
        async with council.read() as session:
            coming = await rehearse(session, council.assistant.composer, council.clock.now(), 23)
        assert (await outlook(council)).to_come == len(coming) > 0


async def test_officers_are_warned_once_at_seventy_and_once_at_ninety_percent(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path) as council:
        await council.at("2022-06-09 08:00")
        assert warnings(council) == []
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB", "STC", "YY"), "2022-06-14")
        await council.at("2022-06-09 09:00")
        first = warning(council, "đã gửi 2/36 tin, dự kiến còn 25 tin nhắc việc, tổng cộng 75%")
        assert warnings(council) == [first]
        await council.at("2022-06-09 10:00")
        assert warnings(council) == [first]
        await council.given("Đăng ký thi đua", ("SYT", "VB", "STC", "YY"), "2022-06-24")
        await council.at("2022-06-09 11:00")
        await council.at("2022-06-09 12:00")
        second = warning(council, "đã gửi 4/36 tin, dự kiến còn 41 tin nhắc việc, tổng cộng 125%")
        assert warnings(council) == [first, second]


async def test_the_check_says_how_the_month_stands(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with a_council(sqlite_url, tmp_path) as council:
        await council.chat("Lan").says("trogiup")
        async with council.write() as session:
            await session.execute(update(Parcel).values(sent_at=SystemClock().now()))
        settings = {
            "DATABASE_URL": sqlite_url,
            "FILES": str(tmp_path / "files"),
            "ZALO_TOKENS": ",".join(council.world.tokens),
            "ZALO_API": council.world.address,
            "ZALO_MONTHLY_QUOTA": "1",
        }
        monkeypatch.chdir(tmp_path)
        for name, value in settings.items():
            monkeypatch.setenv(f"DONDOC_{name}", value)
        assert await check() == 1
        said = capsys.readouterr().err.splitlines()
        standing = "đã gửi 1/1 tin, dự kiến còn 0 tin nhắc việc, tổng cộng 100%"
        assert [line for line in said if "tháng này" in line] == [warning(council, standing)]
