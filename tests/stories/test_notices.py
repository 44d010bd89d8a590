"""Two notices of a week, on both stores and on telephones: one is approved first, one is corrected once it has gone."""

from pathlib import Path

import pytest

from tests.chats import Council
from tests.handlers.test_releasing import received
from tests.phones import a_telegram_council

pytestmark = pytest.mark.slow
WRONG = "Mời dự tập huấn phần mềm lúc 8h00 ngày 16/6 tại Hội trường A."
RIGHT = "Mời dự tập huấn phần mềm lúc 8h00 ngày 17/6 tại Hội trường A."
OPINION = "Đề nghị góp ý dự thảo Quy chế xét tặng sáng kiến."


async def an_opinion_is_asked_for_and_approved(council: Council) -> None:
    """Quang asks the units for an opinion; Thu has it changed, then approves; it leaves after two minutes."""
    await council.at("2022-06-09 08:00")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.says("/caidat approval_over 2")
    await quang.says(f"guithongbao SYT, STC, VB: {OPINION}")
    await quang.presses("Yêu cầu trả lời")
    await quang.presses("Ý kiến bằng văn bản")
    await quang.says("14/6")
    await quang.presses("Trình duyệt")
    await thu.presses("Đề nghị sửa")
    await thu.says("Ghi rõ tên dự thảo.")
    await quang.presses("Xem lại thông báo")
    await quang.presses("Sửa nội dung")
    await quang.says(f"{OPINION} (lần 2)")
    await quang.presses("Trình duyệt")
    await thu.presses("Duyệt")
    await council.at("2022-06-09 08:02")


async def the_silent_alone_are_reminded(council: Council) -> None:
    """Lan answers at once, Minh after the reminder of the day before, Tùng never."""
    lan, minh = council.chat("Lan"), council.chat("Minh")
    await lan.presses("Trả lời")
    await lan.says("Nhất trí.")
    await council.at("2022-06-13 07:45")
    assert len([line for line in await received(council, "Lan") if line.startswith("Chưa trả lời")]) == 0
    assert len([line for line in await received(council, "Minh") if line.startswith("Chưa trả lời")]) == 1
    await minh.presses("Trả lời")
    await minh.says("Đề nghị bổ sung Điều 3.")
    await council.at("2022-06-14 07:45")
    assert len([line for line in await received(council, "Minh") if line.startswith("Chưa trả lời")]) == 0
    assert len([line for line in await received(council, "Tùng") if line.startswith("Chưa trả lời")]) == 2


async def a_notice_is_corrected(council: Council) -> None:
    """Thu writes the wrong day to two people, notices it after it has gone, and corrects it to exactly them."""
    thu = council.chat("Thu")
    await council.at("2022-06-14 09:00")
    await thu.says(f"guithongbao STC, VB: {WRONG}")
    await thu.presses("Gửi")
    await council.at("2022-06-14 09:05")
    await council.chat("Minh").presses("Đã nhận")
    await thu.presses("Đính chính")
    await thu.says(RIGHT)
    await thu.presses("Gửi")
    await council.at("2022-06-14 09:07")
    head = f"Đính chính thông báo lúc 09:02 ngày 14/6/2022, “{WRONG}”:"
    for name in ("Minh", "Tùng"):
        assert (await received(council, name))[-1] == head
        assert (await council.chat(name).presses("Đã nhận")).startswith("Đã ghi nhận lúc 09:07")
    assert head not in await received(council, "Lan")


async def week(council: Council) -> None:
    await an_opinion_is_asked_for_and_approved(council)
    await the_silent_alone_are_reminded(council)
    await a_notice_is_corrected(council)
    quang = council.chat("Quang")
    table = await quang.presses("Bảng tổng hợp")
    assert table == f"Trả lời thông báo “{OPINION} (lần 2)”: 2/3."


async def test_two_notices_of_a_week_in_the_browser(council: Council) -> None:
    await week(council)


async def test_two_notices_of_a_week_on_telephones(sqlite_url: str, tmp_path: Path) -> None:
    async with a_telegram_council(sqlite_url, tmp_path, "2022-06-09 07:40") as council:
        thu = council.owner("Thu")
        await council.chat("Thu").says(f"guithongbao SYT: {WRONG}")
        await council.chat("Thu").presses("Gửi")
        await council.chat("Thu").presses("Rút lại")
        assert [each for each in council.owner("Lan").seen() if WRONG in each.text] == []
        assert thu.seen()[-1].text.startswith("Đã rút lại thông báo")
        await council.chat("Thu").says(f"guithongbao SYT: {WRONG}")
        await council.chat("Thu").presses("Gửi")
        await council.chat("Thu").presses("Gửi ngay")
        await council.chat("Thu").presses("Đính chính")
        await council.chat("Thu").says(RIGHT)
        await council.chat("Thu").presses("Gửi")
        await council.chat("Thu").presses("Gửi ngay")
        await council.at("2022-06-09 07:42")
        first, correction = [each for each in council.owner("Lan").seen() if WRONG in each.text]
        assert first.edited
        assert first.labels == []
        assert RIGHT in correction.text
        assert correction.labels == ["Đã nhận"]
