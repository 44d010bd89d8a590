"""A month of a council of thirty units: two notices, a meeting moved twice, the silent urged, conclusions made tasks.

One story from 09/6 to 08/7/2022, on both stores, in the browser, on Telegram and on Zalo.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.outbox import Parcel, ParcelState
from tests.chats import Council, a_council
from tests.handlers.test_following import follow
from tests.phones import a_telegram_council
from tests.stories.communes import CODES, COMMUNES, a_minute_passes, communes_join, read_twice, reads, sent_since, until
from tests.stories.convening import (
    MEETING,
    a_hybrid_meeting_is_called,
    all_answer_anew,
    it_is_held,
    its_conclusions_become_tasks,
    papers_are_missed_and_sent,
    the_meeting_moves_twice,
    they_are_all_done,
    they_are_followed_on_its_card,
)
from tests.zalo_phones import a_posted_zalo_council

pytestmark = pytest.mark.slow

REPORT = "Báo cáo sơ kết 6 tháng"
OPINION = "Đề nghị góp ý dự thảo Quy chế xét tặng sáng kiến."
WRONG = "Mời dự tập huấn phần mềm lúc 8h00 ngày 16/6 tại Hội trường A."
RIGHT = "Mời dự tập huấn phần mềm lúc 8h00 ngày 17/6 tại Hội trường A."
START = "09h30, thứ Ba, ngày 21/6/2022"
SILENT = [
    f"09/06 07h Hạn 14/6: {REPORT}",
    f"09/06 08h {OPINION}",
    f"10/06 08h Giấy mời: {MEETING}",
    f"13/06 07h Hạn 14/6: {REPORT}",
    f"13/06 08h Giấy mời: {MEETING}",
    f"14/06 07h Hạn 14/6: {REPORT}",
    f"14/06 08h Giấy mời: {MEETING}",
    f"14/06 09h {WRONG}",
    f"14/06 09h Đính chính thông báo lúc 09:02 ngày 14/6/2022, “{WRONG}”:",
    f"15/06 07h Hạn 14/6: {REPORT}",
    f"15/06 07h Hạn 14/6: {REPORT}",
    "16/06 07h Chưa trả lời: thông báo lúc 08:02 ngày 09/6/2022.",
    f"16/06 08h {MEETING}, {START}:",
    "17/06 07h Chưa trả lời: thông báo lúc 08:02 ngày 09/6/2022.",
]
# what each is sent without having asked, to the last message
EXPECTED = {
    "Lan": [
        f"09/06 07h Hạn 14/6: {REPORT}",
        f"09/06 08h {OPINION}",
        f"10/06 08h Giấy mời: {MEETING}",
        f"13/06 08h Giấy mời: {MEETING}",
        f"14/06 08h Giấy mời: {MEETING}",
        f"16/06 08h {MEETING}, {START}:",
        f"21/06 07h {START}: {MEETING}",
        "22/06 14h Hạn 28/6: Bổ sung số liệu điển hình tiên tiến",
        "23/06 07h Hạn 28/6: Bổ sung số liệu điển hình tiên tiến",
        "27/06 07h Hạn 28/6: Bổ sung số liệu điển hình tiên tiến",
        "28/06 07h Hạn 28/6: Bổ sung số liệu điển hình tiên tiến",
        f"28/06 09h Đã xác nhận hoàn thành: {REPORT}.",
        "28/06 09h Đã xác nhận hoàn thành: Bổ sung số liệu điển hình tiên tiến (báo cáo số 2).",
    ],
    "Minh": [
        *SILENT,
        "22/06 14h Hạn 30/6: Rà soát Quỹ Thi đua, khen thưởng",
        "27/06 07h Hạn 30/6: Rà soát Quỹ Thi đua, khen thưởng",
        f"28/06 09h Đã xác nhận hoàn thành: {REPORT}.",
        "29/06 07h Hạn 30/6: Rà soát Quỹ Thi đua, khen thưởng",
        "30/06 07h Hạn 30/6: Rà soát Quỹ Thi đua, khen thưởng",
        "30/06 09h Đã xác nhận hoàn thành: Rà soát Quỹ Thi đua, khen thưởng.",
    ],
    "Tùng": [
        *SILENT,
        f"17/06 07h Hạn 14/6: {REPORT}",
        f"21/06 07h {START}: {MEETING}",
        f"28/06 09h Đã xác nhận hoàn thành: {REPORT}.",
    ],
    "Bình": [
        f"10/06 08h Giấy mời: {MEETING}",
        "13/06 07h Tuần từ 13/6/2022: 3 đơn vị đồng chí theo dõi",
        f"13/06 08h Giấy mời: {MEETING}",
        f"14/06 08h Giấy mời: {MEETING}",
        f"16/06 08h {MEETING}, {START}:",
        "17/06 07h Quá hạn: 1 đơn vị đồng chí theo dõi",
        "20/06 07h Tuần từ 20/6/2022: 3 đơn vị đồng chí theo dõi",
        f"21/06 07h {START}: {MEETING}",
        "27/06 07h Tuần từ 27/6/2022: 3 đơn vị đồng chí theo dõi",
    ],
    "Sơn": [
        f"10/06 08h Giấy mời: {MEETING}",
        f"13/06 08h Giấy mời: {MEETING}",
        f"14/06 08h Giấy mời: {MEETING}",
        f"16/06 08h {MEETING}, {START}:",
        f"21/06 07h {START}: {MEETING}",
    ],
    "Xã 05": [
        f"09/06 07h Hạn 14/6: {REPORT}",
        f"09/06 08h {OPINION}",
        f"10/06 08h Đề nghị gia hạn đến ngày 24/6/2022 đã được chấp thuận: {REPORT}.",
        f"15/06 07h Hạn 24/6: {REPORT}",
        "16/06 07h Chưa trả lời: thông báo lúc 08:02 ngày 09/6/2022.",
        "17/06 07h Chưa trả lời: thông báo lúc 08:02 ngày 09/6/2022.",
        f"28/06 09h Đã xác nhận hoàn thành: {REPORT}.",
    ],
    "Xã 07": [
        f"09/06 07h Hạn 14/6: {REPORT}",
        f"09/06 08h {OPINION}",
        f"13/06 07h Hạn 14/6: {REPORT}",
        f"14/06 07h Hạn 14/6: {REPORT}",
        f"15/06 07h Hạn 14/6: {REPORT}",
        f"15/06 07h Hạn 14/6: {REPORT}",
        "16/06 07h Chưa trả lời: thông báo lúc 08:02 ngày 09/6/2022.",
        f"28/06 09h Đã xác nhận hoàn thành: {REPORT}.",
    ],
}


@pytest.fixture(params=[a_council, a_telegram_council, a_posted_zalo_council], ids=["web", "telegram", "zalo"])
async def council(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    async with request.param(database_url, tmp_path, "2022-06-09 07:40") as opened:
        await communes_join(opened)
        await follow(opened)
        yield opened


async def a_task_is_given(council: Council) -> None:
    """Thu gives the half-year report to 23 units in one line; each reads of it once."""
    thu = council.chat("Thu")
    rehearsal = await thu.says(f"giaoviec {CODES}: {REPORT}; hạn 14/6")
    assert rehearsal.splitlines()[0] == (
        "Xem trước: 1 nhiệm vụ giao cho 23 đơn vị, thành viên; 24 tin nhắn; 24 người liên hệ được qua trò chuyện."
    )
    await thu.presses("Giao 1 nhiệm vụ")


async def an_opinion_is_asked_for_once_it_is_approved(council: Council) -> None:
    """Quang's notice goes to more than twenty: Thu has it changed, then approves; it leaves after two minutes."""
    await council.at("2022-06-09 08:00")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.says("/caidat approval_over 20")
    await quang.says(f"guithongbao {CODES}: Đề nghị góp ý dự thảo.")
    await quang.presses("Yêu cầu trả lời", "Ý kiến bằng văn bản")
    why = ["Gửi đến nhiều người: được gửi sau khi duyệt.", "Người duyệt: Thu."]
    assert (await quang.says("17/6")).splitlines()[-2:] == why
    await quang.presses("Trình duyệt")
    await thu.presses("Đề nghị sửa")
    await thu.says("Ghi rõ tên Quy chế.")
    await quang.presses("Xem lại thông báo", "Sửa nội dung")
    await quang.says(OPINION)
    await quang.presses("Trình duyệt")
    assert await thu.presses("Duyệt") == f"Đã duyệt: “{OPINION}” được gửi lúc 08:02 ngày 09/6/2022."
    await council.at("2022-06-09 08:02")
    assert (await reads(council, "Xã 01"))[-1] == f"09/06 08h {OPINION}"
    await council.chat("Lan").presses("Trả lời")
    await council.chat("Lan").says("Nhất trí.")


async def units_answer_by_chat_and_on_paper(council: Council) -> None:
    """Of 23 units three report by chat, two on paper, one gets more time; seventeen are silent."""
    thu, asking = council.chat("Thu"), council.chat("Xã 05")
    await council.chat("Lan").says("đã gửi báo cáo số 45/BC-SYT ngày 10/6")
    for name in ("Xã 01", "Xã 02"):
        await council.chat(name).says("xong 1")
    await asking.says("xin gia hạn đến 24/6 vì chờ số liệu")
    await a_minute_passes(council)
    assert await thu.presses("Chấp thuận") == "Đã chấp thuận và báo UBND xã số 05: hạn mới 24/6/2022."
    await until(council, "2022-06-13 08:00")
    await thu.says("ghinhan 1: XA03, XA04; giấy; đến 13/6")
    await thu.presses("Ghi nhận 2 đơn vị")


async def a_notice_is_corrected(council: Council) -> None:
    """Thu takes a notice back in time; sent anew with a wrong day, it is corrected: to exactly those who got it."""
    thu, minh = council.chat("Thu"), council.chat("Minh")
    await until(council, "2022-06-14 09:00")
    await thu.says("guithongbao STC, VB: Mời dự tập huấn.")
    await thu.presses("Gửi", "Rút lại")
    await thu.says(f"guithongbao STC, VB: {WRONG}")
    await thu.presses("Gửi")
    await council.at("2022-06-14 09:05")
    await minh.presses("Đã nhận")
    await thu.presses("Đính chính")
    await thu.says(RIGHT)
    await thu.presses("Gửi")
    await council.at("2022-06-14 09:07")
    for name in ("Minh", "Tùng"):
        (only,) = [seen for seen in await council.chat(name).seen() if "Đã nhận" in seen.buttons]
        assert only.lines[:2] == (f"Đính chính thông báo lúc 09:02 ngày 14/6/2022, “{WRONG}”:", RIGHT)
        await council.chat(name).presses("Đã nhận")


async def the_silent_are_urged_in_three_taps(council: Council) -> None:
    """The morning after the due day: who is silent, whom it reaches, sent; nobody who answered in whatever way."""
    await until(council, "2022-06-15 07:46")
    thu = council.chat("Thu")
    preview = (await thu.presses("Đôn đốc 17 đơn vị chưa báo cáo")).splitlines()
    silent = ("Sở Tài chính: Minh", "UBND huyện Vụ Bản: Tùng", *(f"UBND xã số {n:02}: Xã {n:02}" for n in range(6, 21)))
    tasks = f"{REPORT}, hạn 14/6/2022: 17 đơn vị"
    assert preview[:-1] == ["17 đơn vị chưa báo cáo và chưa được đôn đốc hôm nay:", *silent, tasks]
    await thu.presses("Gửi đôn đốc")
    await council.at("2022-06-15 07:48")
    await a_minute_passes(council)
    assert sorted(await sent_since(council, "2022-06-15 07:48")) == ["Minh", "Tùng", *COMMUNES[5:]]
    for name in COMMUNES[5:]:
        await council.chat(name).says("xong 1")


async def a_member_asks_about_his_units(council: Council) -> None:
    binh = council.chat("Bình")
    assert await binh.says("đơn vị nào của tôi chậm?") == (
        "2 đơn vị đồng chí theo dõi quá hạn:\n"
        f"Sở Tài chính: {REPORT}, hạn 14/6/2022\n"
        f"UBND huyện Vụ Bản: {REPORT}, hạn 14/6/2022"
    )
    assert (await binh.says("Vụ Bản thế nào")).splitlines()[-1] == f"– cuộc họp tới: {MEETING}, 09:30 ngày 21/6/2022"
    assert await binh.says("Sở Y tế thế nào") == (
        "Đơn vị này không thuộc phạm vi phân công của đồng chí; cơ quan thường trực sẽ cho biết ai theo dõi."
    )
    await council.chat("Minh").says("xong 1")


async def an_opinion_comes_after_the_reminder(council: Council) -> None:
    """Who answers on the day before is not reminded on the day; the rest are, and the table adds up."""
    await until(council, "2022-06-16 09:00")
    await council.chat("Xã 07").presses("Trả lời")
    await council.chat("Xã 07").says("Đề nghị bổ sung Điều 3.")
    assert await council.chat("Quang").presses("Bảng tổng hợp") == f"Trả lời thông báo “{OPINION}”: 2/23."


async def the_last_report(council: Council) -> None:
    """Tùng reports on the third day, when the member who follows his unit has read of it; so does who has more time."""
    await until(council, "2022-06-17 09:00")
    await council.chat("Tùng").says("xong 1")
    await council.chat("Xã 05").says("xong 1")


async def the_half_year_is_accepted(council: Council) -> None:
    await until(council, "2022-06-28 09:00")
    quang = council.chat("Quang")
    await quang.says("duyet")
    await quang.presses(f"23 báo cáo: {REPORT}", "Xác nhận cả 23", "Xác nhận cả 23")


async def nobody_read_anything_twice_or_after_it_died(council: Council) -> None:
    assert await read_twice(council) == []
    assert await sent_since(council, "2022-06-13 08:00", "Thời gian: 14h00, thứ Hai, ngày 20/6/2022.") == []
    assert await sent_since(council, "2022-06-14 08:00", "Thời gian: 08h00, thứ Ba, ngày 21/6/2022.") == []
    assert await sent_since(council, "2022-06-14 09:00", "Mời dự tập huấn.") == []
    assert await sent_since(council, "2022-06-14 09:06", WRONG) == []
    async with council.read() as session:
        left = select(func.count()).where(Parcel.state.in_([ParcelState.QUEUED, ParcelState.SENDING]))
        assert await session.scalar(left) == 0


async def test_a_month(council: Council, tmp_path: Path) -> None:
    await a_task_is_given(council)
    await an_opinion_is_asked_for_once_it_is_approved(council)
    await a_hybrid_meeting_is_called(council)
    await units_answer_by_chat_and_on_paper(council)
    await the_meeting_moves_twice(council)
    await a_notice_is_corrected(council)
    await the_silent_are_urged_in_three_taps(council)
    await a_member_asks_about_his_units(council)
    await papers_are_missed_and_sent(council, tmp_path)
    await an_opinion_comes_after_the_reminder(council)
    await all_answer_anew(council)
    await the_last_report(council)
    await it_is_held(council, tmp_path)
    await its_conclusions_become_tasks(council, tmp_path)
    await the_half_year_is_accepted(council)
    await they_are_followed_on_its_card(council)
    await they_are_all_done(council)
    await until(council, "2022-07-08 16:45")
    await nobody_read_anything_twice_or_after_it_died(council)
    assert {name: await reads(council, name) for name in EXPECTED} == EXPECTED
