"""Urging the silent, whatever they are silent about: shown first, sent once a day, left by a tap."""

from collections.abc import Awaitable, Callable

import pytest

from tests.chats import Chat, Council
from tests.handlers.test_attendance import called
from tests.handlers.test_notices import sent


async def a_notice(council: Council) -> Chat:
    return await sent(council, "SYT, STC, VB, SCT")


Matter = Callable[[Council], Awaitable[Chat]]


@pytest.mark.parametrize("matter", [a_notice, called])
async def test_an_urging_that_is_left_reaches_nobody(council: Council, matter: Matter) -> None:
    thu = await matter(council)
    before = len(await council.chat("Minh").seen())
    assert "Sở Tài chính: Minh" in await thu.presses("Đôn đốc 4 đơn vị chưa trả lời")
    assert await thu.presses("Không gửi") == "Không gửi nội dung nào."
    assert len(await council.chat("Minh").seen()) == before


@pytest.mark.parametrize("matter", [a_notice, called])
async def test_nobody_is_urged_twice_a_day(council: Council, matter: Matter) -> None:
    thu = await matter(council)
    await thu.presses("Đôn đốc 4 đơn vị chưa trả lời")
    late = await thu.button("Gửi đôn đốc")
    await thu.presses("Gửi đôn đốc")
    await council.at("2022-06-09 07:42")
    before = len(await council.chat("Minh").seen())
    assert (await thu.hears({"press": list(late)})).startswith("Không ")
    assert len(await council.chat("Minh").seen()) == before


async def test_where_members_are_among_the_silent_they_are_not_called_units(council: Council) -> None:
    thu = council.chat("Thu")
    await council.at("2022-06-09 07:40")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng 2; SYT, STC, thành viên Hội đồng")
    await thu.presses("Gửi giấy mời")
    assert "Đôn đốc 5 nơi chưa trả lời" in (await thu.seen())[-1].buttons
    for member in ("Bình", "Yên", "Sơn"):
        await council.chat(member).presses("Dự họp")
    assert "Đôn đốc 2 đơn vị chưa trả lời" in (await thu.seen())[-1].buttons


async def test_an_urging_that_reaches_nobody_says_so(council: Council) -> None:
    thu = await sent(council, "SCT, YY")
    await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")
    assert await thu.presses("Gửi đôn đốc") == (
        "Không liên hệ được đơn vị nào qua trò chuyện; chưa gửi nội dung nào.\n"
        "Đề nghị gọi điện: Sở Công Thương: chưa có đầu mối\n"
        "Đề nghị gọi điện: UBND huyện Ý Yên: chưa có đầu mối"
    )


@pytest.mark.parametrize("matter", [a_notice, called])
async def test_an_urging_is_taken_back_while_it_is_held_and_does_not_count(council: Council, matter: Matter) -> None:
    thu = await matter(council)
    before = len(await council.chat("Minh").seen())
    await thu.presses("Đôn đốc 4 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    assert await thu.presses("Rút lại") == "Đã rút lại; không đơn vị nào nhận và không tính là một lần đôn đốc."
    await council.at("2022-06-09 07:45")
    assert len(await council.chat("Minh").seen()) == before
    assert "Sở Tài chính: Minh" in await thu.presses("Đôn đốc 4 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    await council.at("2022-06-09 07:48")
    assert len(await council.chat("Minh").seen()) == before + 1


@pytest.mark.parametrize("matter", [a_notice, called])
async def test_an_urging_that_has_left_is_not_taken_back(council: Council, matter: Matter) -> None:
    thu = await matter(council)
    await thu.presses("Đôn đốc 4 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    back = await thu.button("Rút lại")
    await council.at("2022-06-09 07:43")
    assert await thu.hears({"press": list(back)}) == (
        "Lượt đôn đốc này đã gửi đi, không rút lại được; đề nghị gọi điện cho đơn vị nhận nhầm."
    )


@pytest.mark.parametrize(("matter", "said"), [(a_notice, "Đã nhận"), (called, "Dự họp")])
async def test_who_answers_while_an_urging_is_held_is_not_urged(council: Council, matter: Matter, said: str) -> None:
    thu = await matter(council)
    await thu.presses("Đôn đốc 4 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    await council.chat("Lan").presses(said)
    before = {name: len(await council.chat(name).seen()) for name in ("Lan", "Hoa", "Minh")}
    await council.at("2022-06-09 07:43")
    after = {name: len(await council.chat(name).seen()) for name in ("Lan", "Hoa", "Minh")}
    assert after == {**before, "Minh": before["Minh"] + 1}
