"""A notice that has gone is corrected: exactly its recipients, the first named, its cards closed, no reminder left."""

from sqlalchemy import select

from models.notices import Notice
from tests.chats import Chat, Council
from tests.handlers.test_releasing import received
from tests.handlers.test_replying import asked

FIRST = "Đề nghị gửi danh sách trước ngày 20/6."
RIGHT = "Đề nghị gửi danh sách trước ngày 25/6."
HEAD = f"Đính chính thông báo lúc 07:40 ngày 09/6/2022, “{FIRST}”:"

VOID = "Nội dung đã trả lời thông báo trước không còn giá trị; đề nghị trả lời theo bản đính chính này."
KEPT = "Nội dung yêu cầu trả lời giữ như thông báo trước; bấm “Yêu cầu trả lời” để thay đổi trước khi gửi."


async def gone(council: Council, whom: str = "SYT, STC") -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {FIRST}")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    return thu


async def corrected(council: Council, thu: Chat) -> None:
    await thu.presses("Đính chính")
    await thu.says(RIGHT)
    await thu.presses("Gửi")


async def test_the_correction_goes_to_exactly_the_recipients_and_closes_the_first(council: Council) -> None:
    thu = await gone(council)
    await council.chat("Lan").presses("Đã nhận")
    await council.at("2022-06-09 08:00")
    asked = await thu.presses("Đính chính")
    assert asked.startswith("Đề nghị ghi lại toàn bộ nội dung đúng")
    assert (await thu.says(RIGHT)).splitlines() == [
        "Gửi đúng những nơi đã nhận thông báo trước: 2 đơn vị, thành viên; 3 người.",
        "Thông báo trước không gửi thêm nữa; các nút của thông báo đó đóng lại khi bản đính chính được gửi.",
        "Đã có 1 đơn vị, thành viên trả lời thông báo trước; nội dung đó không còn giá trị, tất cả được hỏi lại.",
        KEPT,
        "Gửi sau khi bấm “Gửi” 2 phút; trong thời gian đó có thể rút lại.",
        "Nội dung gửi đi:",
        HEAD,
        RIGHT,
        VOID,
        "Đề nghị bấm “Đã nhận” sau khi xem.",
    ]
    await thu.presses("Gửi")
    await council.at("2022-06-09 08:02")
    for name in ("Lan", "Hoa", "Minh"):
        first, correction = [seen for seen in await council.chat(name).seen() if seen.lines[0] in {FIRST, HEAD}]
        assert first.result == "Đã được đính chính lúc 08:02 ngày 09/6/2022; thực hiện theo bản đính chính."
        assert first.buttons == ()
        assert correction.lines == (HEAD, RIGHT, VOID, "Đề nghị bấm “Đã nhận” sau khi xem.")
        assert correction.buttons == ("Đã nhận",)
    assert await received(council, "Tùng") == []


async def test_an_old_button_of_the_first_points_to_the_correction(council: Council) -> None:
    thu = await gone(council)
    async with council.read() as session:
        notice = (await session.scalars(select(Notice.id))).one()
    await corrected(council, thu)
    await council.at("2022-06-09 07:43")
    answer = await council.chat("Minh").hears({"call": {"command": "thongbao.nhan", "args": {"notice": notice}}})
    assert answer == "Thông báo này đã được đính chính lúc 07:42 ngày 09/6/2022; đề nghị trả lời bản đính chính."
    assert (await council.chat("Minh").presses("Đã nhận")).startswith("Đã ghi nhận lúc 07:43")


async def test_a_correction_taken_back_leaves_the_first_as_it_was(council: Council) -> None:
    thu = await gone(council)
    await corrected(council, thu)
    await thu.presses("Rút lại")
    await council.at("2022-06-09 08:00")
    assert (await council.chat("Minh").presses("Đã nhận")).startswith("Đã ghi nhận lúc 08:00")
    assert (await received(council, "Hoa")) == [FIRST]


async def test_a_notice_is_corrected_once_by_whoever_is_first(council: Council) -> None:
    thu = await gone(council)
    quang = council.chat("Quang")
    await quang.says("thongbao")
    await quang.presses("Xem mục 1")
    await quang.presses("Đính chính")
    await quang.says("Nội dung của Quang.")
    await corrected(council, thu)
    refused = "Thông báo này đã có bản đính chính; đề nghị đính chính hoặc rút lại bản đó."
    assert await quang.presses("Gửi") == refused
    await council.at("2022-06-09 08:00")
    assert (await received(council, "Minh")) == [FIRST, HEAD]


async def test_what_has_not_left_is_taken_back_not_corrected(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {FIRST}")
    await thu.presses("Gửi")
    async with council.read() as session:
        notice = (await session.scalars(select(Notice.id))).one()
    answer = await thu.hears({"call": {"command": "thongbao.dinhchinh", "args": {"notice": notice}}})
    assert answer == "Thông báo này chưa gửi đến ai; đề nghị rút lại và soạn lại."


async def test_an_urging_that_waits_is_not_sent_once_the_notice_is_corrected(council: Council) -> None:
    thu = await gone(council)
    await council.at("2022-06-09 11:29")
    await corrected(council, thu)
    await council.at("2022-06-09 12:00")
    await thu.says("thongbao")
    await thu.presses("Xem mục 2")
    await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    await council.at("2022-06-09 13:30")
    assert [line for line in await received(council, "Minh") if line.startswith("Chưa xác nhận")] == []


async def test_lists_say_of_a_corrected_notice_which_one_holds(council: Council) -> None:
    thu = await gone(council)
    await council.chat("Minh").presses("Đã nhận")
    await corrected(council, thu)
    await council.at("2022-06-09 08:00")
    by = "đã đính chính bằng thông báo lúc 07:42 ngày 09/6/2022"
    assert (await council.chat("Minh").says("thongbao")).splitlines()[1:] == [
        f"1. 07:42 ngày 09/6/2022: Đính chính: {RIGHT} (chưa xác nhận)",
        f"2. 07:40 ngày 09/6/2022: {FIRST} ({by})",
    ]
    assert (await thu.says("thongbao")).splitlines()[2] == (f"2. 07:40 ngày 09/6/2022: {FIRST} (1/2 đã trả lời; {by})")


async def test_the_answers_that_are_asked_again_are_shown_and_may_be_changed_first(council: Council) -> None:
    thu = await asked(council, "Chọn một phương án", "Dự thi; Không dự thi")
    await thu.presses("Đính chính")
    preview = (await thu.says(RIGHT)).splitlines()
    assert KEPT in preview
    assert preview[-1] == "Các phương án: Dự thi, Không dự thi."
    await thu.presses("Yêu cầu trả lời")
    await thu.presses("Chọn một phương án")
    changed = (await thu.says("Dự thi; Không dự thi; Dự thi trực tuyến")).splitlines()
    assert KEPT not in changed
    assert changed[-1] == "Các phương án: Dự thi, Không dự thi, Dự thi trực tuyến."


async def test_a_correction_that_asks_for_nothing_asks_nobody_anew(council: Council) -> None:
    thu = await gone(council)
    await council.chat("Lan").presses("Đã nhận")
    await thu.presses("Đính chính")
    await thu.says(RIGHT)
    await thu.presses("Yêu cầu trả lời")
    preview = (await thu.presses("Không yêu cầu trả lời")).splitlines()
    assert preview[2:] == [
        "Gửi sau khi bấm “Gửi” 2 phút; trong thời gian đó có thể rút lại.",
        "Nội dung gửi đi:",
        HEAD,
        RIGHT,
    ]
