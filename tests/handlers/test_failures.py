"""Messages that reach nobody: told to the officers in charge at once, in one message, with the reason in words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.app import offerings
from models.people import Person
from tests.clockwork import run_job
from tests.fakes.telegram import Fault
from tests.handlers.test_grouping import CLUSTER, joined
from tests.phones import TelegramCouncil, a_telegram_council
from tests.zalo_phones import a_zalo_council

TEXT = "Đề nghị gửi danh sách điển hình tiên tiến."
GONE = "tài khoản không còn"


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[TelegramCouncil]:
    async with a_telegram_council(database_url, tmp_path, "2022-06-09 08:00") as opened:
        yield opened


async def sent(council: TelegramCouncil, whom: str) -> None:
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {TEXT}")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    await run_job(council, "tell-failures")


async def told(council: TelegramCouncil, name: str) -> list[tuple[str, ...]]:
    """Give the messages in which an officer was told of failures."""
    return [
        seen.lines for seen in await council.chat(name).seen() if seen.lines[0].startswith(("Không gửi được", "Nhóm"))
    ]


async def test_officers_are_told_at_once_and_in_one_message(council: TelegramCouncil) -> None:
    async with council.write() as session:
        tung = Person.id == council.people["Tùng"]
        await session.execute(update(Person).where(tung).values(phone="0912 000 001"))
    for name in ("Minh", "Tùng"):
        council.owner(name).deactivates()
    await sent(council, "SYT, STC, VB")
    expected = (
        "Không gửi được đến 2 người; đề nghị gọi điện:",
        f"UBND huyện Vụ Bản, đ/c Tùng, điện thoại 0912 000 001: {GONE}; chưa nhận: {TEXT}",
        f"Sở Tài chính, đ/c Minh, chưa có số điện thoại: {GONE}; chưa nhận: {TEXT}",
    )
    assert await told(council, "Thu") == [expected]
    assert await told(council, "Quang") == [expected]
    assert (await council.chat("Thu").presses("Chưa gửi được, cần gọi điện")).splitlines()[0] == (
        "Chưa gửi được, đề nghị gọi điện (2):"
    )


async def test_each_officer_reads_of_his_own_units_only(council: TelegramCouncil) -> None:
    await council.chat("Thu").says("phutrach Quang: STC")
    for name in ("Minh", "Bình"):
        council.owner(name).deactivates()
    await sent(council, "STC, thành viên Hội đồng")
    assert [lines[0] for lines in await told(council, "Quang")] == ["Không gửi được đến 2 người; đề nghị gọi điện:"]
    assert await told(council, "Thu") == [
        (
            "Không gửi được đến 1 người; đề nghị gọi điện:",
            f"Giám đốc Sở Tài chính, đ/c Bình, chưa có số điện thoại: {GONE}; chưa nhận: {TEXT}",
        )
    ]


async def test_what_fails_soon_after_comes_together_some_minutes_later(council: TelegramCouncil) -> None:
    council.owner("Minh").deactivates()
    await sent(council, "STC")
    council.owner("Tùng").deactivates()
    council.owner("Yên").deactivates()
    await sent(council, "VB")
    await sent(council, "Giám đốc Sở Y tế")
    assert len(await told(council, "Thu")) == 1
    await council.clock.move(minutes=6)
    await run_job(council, "tell-failures")
    assert [lines[0] for lines in await told(council, "Thu")] == [
        "Không gửi được đến 1 người; đề nghị gọi điện:",
        "Không gửi được đến 2 người; đề nghị gọi điện:",
    ]
    await council.clock.move(minutes=6)
    await run_job(council, "tell-failures")
    assert len(await told(council, "Thu")) == 2


async def test_many_are_counted(council: TelegramCouncil) -> None:
    for name in ("Minh", "Tùng", "Lan", "Hoa", "Bình", "Yên", "Sơn"):
        council.owner(name).deactivates()
    await sent(council, "tất cả")
    assert [(lines[0], len(lines), lines[-1]) for lines in await told(council, "Quang")] == [
        ("Không gửi được đến 7 người; đề nghị gọi điện:", 8, "và 1 mục khác.")
    ]


async def test_a_group_chat_that_takes_nothing_more_is_told(council: TelegramCouncil) -> None:
    (offering,) = offerings(council.assistant)
    await council.waiting(offering.once())
    group = await joined(council)
    forbidden = Fault.refused(403, "Forbidden: bot was kicked from the supergroup chat")
    council.world.fails("sendMessage", forbidden, chat=group.id)
    await sent(council, CLUSTER)
    why = "đã xóa trợ lý khỏi trò chuyện"
    assert await told(council, "Thu") == [
        (f"Nhóm trò chuyện của {CLUSTER} không nhận tin ({why}); nối lại bằng nhomchat.",)
    ]


async def test_who_blocked_a_bot_of_zalo_is_told_likewise(database_url: str, tmp_path: Path) -> None:
    async with a_zalo_council(database_url, tmp_path, "2022-06-09 08:00") as council:
        council.owner("Tùng").blocks()
        thu = council.chat("Thu")
        await thu.says(f"guithongbao VB: {TEXT}")
        await thu.presses("Gửi")
        await thu.presses("Gửi ngay")
        await run_job(council, "tell-failures")
        why = "đã chặn trợ lý hoặc chưa nhắn tin cho trợ lý"
        lost = [seen.lines[:2] for seen in await council.chat("Quang").seen() if seen.lines[0].startswith("Không gửi")]
        assert lost == [
            (
                "Không gửi được đến 1 người; đề nghị gọi điện:",
                f"UBND huyện Vụ Bản, đ/c Tùng, chưa có số điện thoại: {why}; chưa nhận: {TEXT}",
            )
        ]
