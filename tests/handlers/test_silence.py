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
    before = len(await council.chat("Minh").seen())
    assert (await thu.hears({"press": list(late)})).startswith("Không ")
    assert len(await council.chat("Minh").seen()) == before


async def test_an_urging_that_reaches_nobody_says_so(council: Council) -> None:
    thu = await sent(council, "SCT, YY")
    await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")
    assert await thu.presses("Gửi đôn đốc") == (
        "Không liên hệ được đơn vị nào qua trò chuyện; chưa gửi nội dung nào.\n"
        "Đề nghị gọi điện: Sở Công Thương: chưa có đầu mối\n"
        "Đề nghị gọi điện: UBND huyện Ý Yên: chưa có đầu mối"
    )
