"""An officer sees the bots and moves people between them; each is told by his old bot and goes on with the new."""

import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from models.addresses import Address, AddressState, Chat
from models.outbox import Letter, Parcel
from tests.chats import Council, a_council
from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_zalo_council

CODE = re.compile(r"\d{4} \d{4} \d{4}")
TWELVE = re.compile(r"(\d{4}) (\d{4}) (\d{4})")


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    opened = partial(an_empty_zalo_council, bots=2, zalo_users_per_bot=12)
    async with a_zalo_council(database_url, tmp_path, "2022-06-09 08:00", opened=opened) as council:
        for bot in council.assistant.channels["zalo"].bots:
            await council.assistant.channels["zalo"].introduce(bot)  # type: ignore[attr-defined]
        yield council


def bots(council: ZaloCouncil) -> list[str]:
    return [bot.id for bot in council.world.bots.values()]


async def chats_of(council: Council, name: str) -> list[str]:
    """Name the bots of a person's active addresses, the one that is tried first before others."""
    async with council.read() as session:
        found = await session.scalars(
            select(Chat.bot)
            .join(Address, Address.chat_id == Chat.id)
            .where(Address.person_id == council.people[name], Address.state == AddressState.ACTIVE)
            .order_by(Address.preference)
        )
        return list(found)


async def goes_over(council: ZaloCouncil, name: str, *, back: bool = False) -> None:
    """Let somebody open the other bot, or the first again, and send the code that his old bot brought."""
    first, other = council.world.bots.values()
    target, source = (first, other) if back else (other, first)
    his = council.owner(name)
    code = next(found for shown in reversed(his.at(source).seen()) for found in CODE.findall(shown.text))
    his.at(target).writes(code)
    await council.settle()


async def test_the_bots_are_shown_with_their_people_and_messages(council: ZaloCouncil) -> None:
    first, second = bots(council)
    assert await council.chat("Thu").says("chuyenbot") == (
        f"Zalo, bot {first}: 9/12 người, 0/3000 tin trong tháng này.\n"
        f"Zalo, bot {second}: 0/12 người, 0/3000 tin trong tháng này.\n"
        "Chuyển một người: “chuyenbot” kèm họ tên."
    )
    assert (await council.chat("Thu").seen())[-1].buttons == (f"Chuyển người khỏi bot …{first[-4:]}",)


async def test_several_people_are_told_by_their_old_bot_and_go_on_with_the_new(council: ZaloCouncil) -> None:
    first, second = bots(council)
    thu = council.chat("Thu")
    await thu.says("chuyenbot")
    assert (await thu.presses(f"Chuyển người khỏi bot …{first[-4:]}")).splitlines()[0] == (
        f"Từ bot {first} sang bot {second}, còn chỗ cho 12 người."
    )
    said = await thu.presses("Chuyển 5 người")
    assert said.splitlines()[:2] == [f"Đã mời sang bot {second}: 5 người.", "Sơn, Yên, Bình, Tùng, Minh."]
    told = council.owner("Tùng").seen()[-1].text.splitlines()
    assert told[0] == (
        f"Kênh này đã quá đông người; đề nghị đồng chí chuyển sang trao đổi tại: https://zalo.me/{second}"
    )
    assert TWELVE.sub("…", told[1]) == "Tại đó gửi mã …, đến hết ngày 09/7/2022. Mã chỉ dùng cho đồng chí, một lần."
    assert await chats_of(council, "Tùng") == [first]
    await goes_over(council, "Tùng")
    assert await chats_of(council, "Tùng") == [second, first]
    assert await chats_of(council, "Minh") == [first]
    await thu.says("chuyenbot")
    await thu.presses(f"Chuyển người khỏi bot …{first[-4:]}")
    again = await thu.presses("Chuyển 4 người")
    assert "Tùng" not in again


async def test_one_person_is_moved_by_name_and_asked_once(council: ZaloCouncil) -> None:
    first, second = bots(council)
    thu = council.chat("Thu")
    assert (await thu.says("chuyenbot Lan")).splitlines()[:2] == [f"Đã mời sang bot {second}: 1 người.", "Lan."]
    assert (await thu.says("chuyenbot Lan")) == f"Người này đã được mời sang bot {second}."
    assert (await thu.says("chuyenbot nobody")) == (
        "“nobody” trùng với 0 người trong danh bạ; đề nghị ghi đủ họ tên của một người."
    )
    await goes_over(council, "Lan")
    assert await chats_of(council, "Lan") == [second, first]


async def test_who_let_his_code_lapse_is_asked_again(council: ZaloCouncil) -> None:
    _, second = bots(council)
    thu = council.chat("Thu")
    await thu.says("chuyenbot Lan")
    await council.at("2022-07-08 08:00")
    assert (await thu.says("chuyenbot Lan")) == f"Người này đã được mời sang bot {second}."
    await council.at("2022-07-11 08:00")
    assert (await thu.says("chuyenbot Lan")).splitlines()[0] == f"Đã mời sang bot {second}: 1 người."
    await goes_over(council, "Lan")
    assert (await chats_of(council, "Lan"))[0] == second


async def test_who_moved_and_moved_back_is_written_to_where_he_came_last(council: ZaloCouncil) -> None:
    first, second = bots(council)
    thu = council.chat("Thu")
    for back, expected in ((False, [second, first]), (True, [first, second]), (False, [second, first])):
        assert (await thu.says("chuyenbot Lan")).splitlines()[0] == f"Đã mời sang bot {expected[0]}: 1 người."
        await goes_over(council, "Lan", back=back)
        await council.clock.move(minutes=1)
        assert await chats_of(council, "Lan") == expected


async def test_no_code_stays_readable_once_it_is_used(council: ZaloCouncil) -> None:
    await council.chat("Thu").says("chuyenbot Lan")
    await goes_over(council, "Lan")
    async with council.read() as session:
        rows = await session.execute(
            select(Parcel.content, Letter.content)
            .join(Letter, Letter.id == Parcel.letter_id)
            .where(Parcel.key.startswith("to-bot:"))
        )
        kept = [str(content) for row in rows for content in row]
    assert [CODE.findall(each) for each in kept] == [[], []]


async def test_where_no_bot_is_limited_nobody_has_to_be_moved(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path) as web:
        assert await web.chat("Thu").says("chuyenbot") == (
            "Không có bot nào bị giới hạn số người hay số tin; không cần chuyển ai."
        )


async def test_where_no_bot_has_room_one_more_is_asked_for(sqlite_url: str, tmp_path: Path) -> None:
    async with a_zalo_council(sqlite_url, tmp_path, "2022-06-09 08:00") as alone:
        await alone.assistant.channels["zalo"].introduce(alone.world.bot.id)  # type: ignore[attr-defined]
        assert "Không bot nào còn chỗ; đề nghị người vận hành bổ sung mã của một bot." in (
            await alone.chat("Thu").says("chuyenbot")
        )
        assert await alone.chat("Thu").says("chuyenbot Lan") == (
            "Không bot nào còn chỗ; đề nghị người vận hành bổ sung mã của một bot."
        )
