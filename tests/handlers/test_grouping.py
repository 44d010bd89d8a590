"""Group chats: joined by a code, told notices and nothing else, followed when they move."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import offerings
from models.groupchats import GroupChat
from tests.fakes.telegram import Group
from tests.phones import TelegramCouncil, a_telegram_council

CLUSTER = "Cụm thi đua các huyện, thành phố"
CODE = re.compile(r"\d{4} \d{4} \d{4}")


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[TelegramCouncil]:
    async with a_telegram_council(database_url, tmp_path, "2022-06-09 08:00") as opened:
        (offering,) = offerings(opened.assistant)
        await opened.waiting(offering.once())
        yield opened


async def joined(council: TelegramCouncil) -> Group:
    """Join a group chat to the cluster by the link that the officer was given."""
    given = await council.chat("Thu").says(f"nhomchat {CLUSTER}")
    link = next(line for line in given.splitlines() if "startgroup=" in line)
    group = council.world.group("Cụm huyện, thành phố")
    group.removes_bot()
    group.adds_bot(code=link.partition("startgroup=")[2])
    await council.settle()
    return group


async def test_a_group_is_joined_by_the_officers_link(council: TelegramCouncil) -> None:
    group = await joined(council)
    assert group.seen()[-1].text.startswith(f"Thông báo của Hội đồng gửi các đơn vị thuộc {CLUSTER}")
    assert council.owner("Thu").seen()[-1].text == f"Đã nối nhóm trò chuyện của {CLUSTER}."
    assert f"{CLUSTER}: đã nối ngày 09/6/2022" in await council.chat("Thu").says("nhomchat")


async def test_a_wrong_code_is_said_and_an_old_one_opens_nothing(council: TelegramCouncil) -> None:
    await joined(council)
    other = council.world.group("Nhóm khác")
    other.hears(other.owner, "/batdau 1234 5678 9012")
    await council.settle()
    assert "Mã sai, đã dùng hoặc hết hạn" in other.seen()[-1].text


async def test_a_notice_to_the_cluster_is_posted_once_and_without_buttons(council: TelegramCouncil) -> None:
    group = await joined(council)
    await council.chat("Thu").says(f"guithongbao {CLUSTER}: Mời dự giao ban cụm.")
    await council.chat("Thu").presses("Gửi")
    await council.chat("Thu").presses("Gửi ngay")
    posted = group.seen()[-1]
    assert posted.text.splitlines()[0] == "Mời dự giao ban cụm."
    assert posted.labels == []
    assert council.owner("Tùng").seen()[-1].labels == ["Đã nhận"]


async def test_a_notice_to_one_unit_and_what_is_late_are_no_matter_of_the_group(council: TelegramCouncil) -> None:
    group = await joined(council)
    before = len(group.seen())
    await council.chat("Thu").says("guithongbao VB: Mời gửi báo cáo.")
    await council.chat("Thu").presses("Gửi")
    await council.chat("Thu").presses("Gửi ngay")
    await council.given("Báo cáo quý I", ("VB", "YY"), "2022-06-10")
    for day in ("2022-06-13", "2022-06-15", "2022-06-20"):
        await council.at(f"{day} 07:30")
    assert len(group.seen()) == before


async def test_what_is_said_in_a_group_is_not_answered_but_once(council: TelegramCouncil) -> None:
    group = council.world.group("Cụm huyện, thành phố")
    await council.settle()
    assert "/batdau MÃ" in group.seen()[-1].text
    group.hears(group.owner, f"/nhiemvu@{council.world.bot.username}")
    await council.settle()
    assert len(group.seen()) == 1


async def test_a_group_that_moves_is_followed(council: TelegramCouncil) -> None:
    group = await joined(council)
    group.becomes_supergroup()
    await council.settle()
    await council.chat("Thu").says("guithongbao tất cả: Lịch làm việc tuần tới.")
    await council.chat("Thu").presses("Gửi")
    await council.chat("Thu").presses("Gửi ngay")
    assert group.seen()[-1].text.splitlines()[0] == "Lịch làm việc tuần tới."


async def test_a_group_whose_moving_nobody_told_is_followed_when_it_is_written_to(council: TelegramCouncil) -> None:
    group = await joined(council)
    group.becomes_supergroup()
    council.world.bot.inbox.drop()
    await council.chat("Thu").says("guithongbao tất cả: Lịch làm việc tuần tới.")
    await council.chat("Thu").presses("Gửi")
    await council.chat("Thu").presses("Gửi ngay")
    assert group.seen()[-1].text.splitlines()[0] == "Lịch làm việc tuần tới."


async def test_a_group_that_removes_the_assistant_is_told_to_the_secretariat(council: TelegramCouncil) -> None:
    group = await joined(council)
    group.removes_bot()
    await council.settle()
    assert council.owner("Thu").seen()[-1].text.startswith("Trợ lý đã bị đưa ra khỏi nhóm trò chuyện của")
    async with council.read() as session:
        assert (await session.scalars(select(GroupChat.ended_at))).one() is not None


async def test_an_officer_stops_the_posting(council: TelegramCouncil) -> None:
    group = await joined(council)
    await council.chat("Thu").says("nhomchat")
    assert (await council.chat("Thu").presses(f"Ngừng gửi: {CLUSTER}")).startswith("Từ nay không gửi thông báo")
    before = len(group.seen())
    await council.chat("Thu").says("guithongbao tất cả: Lịch làm việc tuần tới.")
    await council.chat("Thu").presses("Gửi")
    await council.chat("Thu").presses("Gửi ngay")
    assert len(group.seen()) == before
