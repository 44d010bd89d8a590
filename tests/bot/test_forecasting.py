"""The month of a bot whose messages are counted: told as the platform counts it, and warned of in time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.checking import check
from bot.forecasting import Forecasting
from bot.outlook import Outlook
from bot.rehearsal import Rehearsed, rehearse
from bot.timepiece import SystemClock
from models.outbox import Parcel
from models.settings import council as settings_of
from models.usage import messages_sent, month_of
from tests.chats import utc
from tests.fakes.zalo import Fault
from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_zalo_council

QUOTA = 140
TOGETHER = "Đến hết tháng, người của bot này được nhắc sớm gộp trong nhiều nhất một tin một tuần."
NOT_EARLY = (
    "Đến hết tháng, người của bot này không được nhắc sớm nữa, chỉ nhắc việc đến hạn, quá hạn; 9 tin cuối dành cho "
    "trả lời và việc gấp."
)


@asynccontextmanager
async def a_council(url: str, folder: Path, quota: int = QUOTA) -> AsyncIterator[ZaloCouncil]:
    """Open a council on two bots that may send so many messages a month; the cast is at the first."""
    opened = partial(an_empty_zalo_council, bots=2, zalo_monthly_quota=quota)
    async with a_zalo_council(url, folder, "2022-06-08 08:00", opened=opened) as council:
        council.world.habits.quota = quota
        yield council


async def outlook(council: ZaloCouncil) -> Outlook:
    """Give the month of the first bot."""
    assistant = council.assistant
    async with council.read() as session:
        foreseeing = Forecasting(assistant.services, assistant.config.zone)
        first, _ = await foreseeing.outlooks(session, await settings_of(session), council.clock.now())
    return first


async def rehearsed(council: ZaloCouncil) -> list[Rehearsed]:
    """Give the mornings that are rehearsed until the month is over."""
    async with council.read() as session:
        return await rehearse(session, council.assistant.composer, council.clock.now(), 23)


def warnings(council: ZaloCouncil) -> list[str]:
    """Give what the officer has been warned of."""
    return [shown.text for shown in council.owner("Thu").seen() if "tháng này đã gửi" in shown.text]


def warning(council: ZaloCouncil, known: Outlook, sparing: str) -> str:
    """Give the whole warning about the first bot, of which so much is known."""
    return (
        f"Zalo, bot {council.world.bot.id}: tháng này đã gửi {known.used}/{known.granted} tin; dự kiến còn khoảng "
        f"{known.reminders} tin nhắc việc ({known.most} tin nếu không ai trả lời), {known.others} tin khác và "
        f"{known.answers} tin trả lời, tổng cộng {known.percent}%. {sparing} Đề nghị người vận hành bổ sung mã của một "
        "bot và chuyển bớt người sang bot đó (“chuyenbot”), hoặc giảm số tin nhắc một tuần (“caidat”)."
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


async def test_what_is_to_come_at_most_is_what_is_rehearsed(database_url: str, tmp_path: Path) -> None:
    async with a_council(database_url, tmp_path) as council:
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB", "STC"), "2022-06-14")
        await council.given("Nhân điển hình tiên tiến", ("STC",), None)
        before = await outlook(council)
        assert before.most == len(await rehearsed(council)) > 0
        assert 0 < before.reminders < before.most
        await council.at("2022-06-08 09:00")
        assert (await outlook(council)).mark == 90
        spared = await outlook(council)
        assert spared.most == len(await rehearsed(council)) < before.most


async def test_on_the_last_days_of_a_month_the_clock_still_owes_summaries(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path) as council:
        council.clock.set(utc("2022-06-29 08:00", council.assistant.config.zone))
        # two officers: what was answered, counted twice a day, and the morning of the 30th
        assert (await outlook(council)).others == 2 * (2 + 1 + 2)
        council.clock.set(utc("2022-06-30 16:31", council.assistant.config.zone))
        assert (await outlook(council)).others == 0


async def test_what_waits_and_what_a_notice_and_a_meeting_will_be_reminded_of_is_foreseen(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_council(sqlite_url, tmp_path, quota=3000) as council:
        before = (await outlook(council)).others
        thu = council.chat("Thu")
        await thu.says("guithongbao SYT, VB: Đề nghị góp ý dự thảo Quy chế.")
        await thu.presses("Yêu cầu trả lời", "Ý kiến bằng văn bản")
        await thu.says("17/6")
        await thu.presses("Gửi")
        assert (await outlook(council)).others == before + 3  # two of Sở Y tế, one of Vụ Bản
        await council.at("2022-06-08 08:03")
        # on the 16th and on the 17th each is reminded
        assert (await outlook(council)).others == before + 2 * 3
        await thu.says("taohop Họp Hội đồng; 8h30 ngày 24/6; Hội trường A; SYT, VB")
        await thu.presses("Gửi giấy mời")
        await council.at("2022-06-08 08:06")
        assert (await outlook(council)).others == before + 2 * 3 + 3


async def test_answers_are_foreseen_as_they_usually_come(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, quota=3000) as council:
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB", "STC"), "2022-06-24")
        known = await outlook(council)
        assert known.answers == pytest.approx(known.reminders * 0.5, abs=1)
        for _ in range(100):
            council.owner("Lan").writes("trogiup")
            await council.settle()
        assert (await outlook(council)).answers == known.answers  # today's are no measure yet
        council.clock.set(utc("2022-06-09 06:00", council.assistant.config.zone))
        talkative = await outlook(council)
        assert talkative.answers == pytest.approx(talkative.reminders * (100 + 20) / 40, abs=2)


async def test_officers_are_warned_once_at_seventy_and_once_at_ninety_percent(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, quota=175) as council:
        await council.at("2022-06-09 08:00")
        assert ((await outlook(council)).mark, warnings(council)) == (None, [])
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB", "STC", "YY"), "2022-06-14")
        seventy = await outlook(council)
        assert seventy.mark == 70
        await council.at("2022-06-09 09:00")
        first = warning(council, seventy, TOGETHER)
        assert warnings(council) == [first]
        await council.at("2022-06-09 09:30")
        assert warnings(council) == [first]
        for _ in range(50):
            council.owner("Lan").writes("trogiup")
            await council.settle()
        ninety = await outlook(council)
        assert ninety.mark == 90
        await council.at("2022-06-09 10:00")
        second = warning(council, ninety, NOT_EARLY)
        assert warnings(council) == [first, second]
        await council.at("2022-06-09 11:00")
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
        (line,) = [line for line in said if "của tháng" in line]
        assert line == (
            f"Zalo, bot {council.world.bot.id}: đã dùng hết 1 tin của tháng; từ đầu tháng sau mới gửi tiếp được. "
            "Đề nghị người vận hành bổ sung mã của một bot và chuyển bớt người sang bot đó (“chuyenbot”)."
        )
