"""Leaving is always confirmed, and whoever can no longer be reached is named to the secretariat."""

from tests.chats import Council


async def test_leaving_is_confirmed_then_told_to_the_secretariat(council: Council) -> None:
    lan = council.chat("Lan")
    asked = await lan.says("ngừng nhận")
    assert asked.startswith("Ngừng gửi tin đến kênh này?")
    done = await lan.presses("Ngừng gửi tại đây")
    assert done.startswith("Sẽ không gửi tin cho đồng chí nữa.")
    told = [seen.lines[0] for seen in await council.chat("Thu").seen()]
    assert told == [
        "Đồng chí Lan đã ngừng nhận và không còn liên hệ được qua trò chuyện; đề nghị liên hệ bằng điện thoại."
    ]
    assert "12 chữ số" in await lan.says("nhiemvu")


async def test_keeping_on_changes_nothing(council: Council) -> None:
    lan = council.chat("Lan")
    await lan.says("/stop")
    assert await lan.presses("Giữ nguyên") == "Không có gì thay đổi; tin vẫn được gửi như trước."
    assert (await lan.says("trogiup")).splitlines()[0] == "Có thể gõ có dấu hoặc không dấu, có hoặc không có “/”:"
