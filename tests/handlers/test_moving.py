"""A deadline moved by an instruction: previewed with counts, confirmed once, told once to whom it concerns."""

from sqlalchemy import select

from models.adjustments import Adjustment
from models.tasks import Assignment, Extension
from tests.chats import Chat, Council, Seen

TITLE = "Báo cáo sơ kết 6 tháng"
BY = "Công văn số 123/UBND-VP8 ngày 09/6/2022"


async def last(chat: Chat) -> Seen:
    return (await chat.seen())[-1]


async def due(council: Council, assignment: int) -> str:
    async with council.read() as session:
        return str((await session.get_one(Assignment, assignment)).due_on)


async def test_a_deadline_moves_for_everybody_and_only_those_with_it_open_are_told(council: Council) -> None:
    ids = await council.given(TITLE, ("SYT", "STC", "VB", "SCT"), "2022-06-14")
    lan, minh, tung, thu = (council.chat(name) for name in ("Lan", "Minh", "Tùng", "Thu"))
    await lan.says("xin gia hạn đến 27/6 vì chờ kinh phí")
    await thu.presses("Chấp thuận")
    await minh.says("xong 1")
    before = [len(await chat.seen()) for chat in (lan, minh)]
    await thu.says("tiendo 1")
    await thu.presses("Điều chỉnh")
    await thu.presses("Điều chỉnh thời hạn")
    await thu.presses("Tất cả 3 đơn vị")
    assert await thu.says("20/6") == (
        "Điều chỉnh theo văn bản hoặc ý kiến chỉ đạo nào? Đề nghị ghi số, ngày hoặc nội dung."
    )
    assert (await thu.says(BY)).splitlines() == [
        f"{TITLE}: thời hạn mới ngày 20/6/2022, theo {BY}.",
        "Điều chỉnh và thông báo (2):",
        "Sở Công Thương: hạn hiện nay ngày 14/6/2022",
        "UBND huyện Vụ Bản: hạn hiện nay ngày 14/6/2022",
        "Sở Y tế đã được gia hạn đến ngày 27/6/2022 và giữ nguyên hạn này, trừ khi đồng chí chọn rút ngắn.",
        "Đã báo cáo hoặc đã rút, giữ nguyên và không thông báo: 1.",
    ]
    assert (await last(thu)).buttons == ("Điều chỉnh và báo 2 đơn vị", "Rút ngắn cả 1 hạn đã gia hạn", "Bỏ qua")
    assert (await thu.presses("Điều chỉnh và báo 2 đơn vị")).splitlines() == [
        f"Đã điều chỉnh: {TITLE}, thời hạn mới ngày 20/6/2022; đã thông báo cho 2 đơn vị.",
        "Đề nghị gọi điện: Sở Công Thương: chưa có đầu mối",
    ]
    told = await last(tung)
    assert told.lines == (
        f"Hạn 20/6: {TITLE}",
        "Kính gửi: UBND huyện Vụ Bản.",
        f"Thời hạn được điều chỉnh từ ngày 14/6/2022 sang ngày 20/6/2022, theo {BY}.",
        "Thời hạn: 14/6/2022, nay đến hết ngày 20/6/2022; còn 7 ngày làm việc.",
    )
    assert told.buttons[0] == "Đã tiếp nhận"
    assert [len(await chat.seen()) for chat in (lan, minh)] == before
    assert [await due(council, ids[code]) for code in ("SYT", "STC", "VB")] == [
        "2022-06-27",
        "2022-06-14",
        "2022-06-20",
    ]


async def test_a_day_that_has_passed_is_not_next_years(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    thu = council.chat("Thu")
    assert await thu.says("doihan 1 SYT: 5/6; Công văn 3") == (
        "Ngày 05/6/2022 đã qua. Đề nghị ghi ngày sau hôm nay, hoặc ghi cả năm nếu là năm sau."
    )
    assert "05/6/2023" in await thu.says("doihan 1 SYT: 5/6/2023; Công văn 3")


async def test_reminders_follow_the_new_day(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-10")
    await council.at("2022-06-09 08:00")
    tung, thu = council.chat("Tùng"), council.chat("Thu")
    reminded = len(await tung.seen())
    await thu.says("doihan 1 sang 17/6 theo CV 5")
    await thu.presses("Điều chỉnh và báo 1 đơn vị")
    for day in ("10", "13"):
        await council.at(f"2022-06-{day} 08:00")
    assert len(await tung.seen()) == reminded + 1
    await council.at("2022-06-14 08:00")
    assert (await last(tung)).lines[0] == f"Hạn 17/6: {TITLE}"
    assert len(await tung.seen()) == reminded + 2


async def test_one_line_says_it_all_for_the_units_that_are_named(council: Council) -> None:
    ids = await council.given(TITLE, ("SYT", "VB"), "2022-06-14")
    thu = council.chat("Thu")
    assert (await thu.says(f"doihan 1 VB: 16h00 ngày 20/6; {BY}")).splitlines()[0] == (
        f"{TITLE}: thời hạn mới 16h00 ngày 20/6/2022, theo {BY}."
    )
    await thu.presses("Điều chỉnh và báo 1 đơn vị")
    assert [await due(council, ids[code]) for code in ("SYT", "VB")] == ["2022-06-14", "2022-06-20"]
    assert (await last(council.chat("Tùng"))).lines[2] == (
        f"Thời hạn được điều chỉnh từ ngày 14/6/2022 sang 16h00 ngày 20/6/2022, theo {BY}."
    )


async def test_a_longer_extension_is_shortened_only_by_an_express_choice(council: Council) -> None:
    ids = await council.given(TITLE, ("SYT",), "2022-06-14")
    thu = council.chat("Thu")
    await council.chat("Lan").says("xin gia hạn đến 27/6 vì chờ kinh phí")
    await thu.presses("Chấp thuận")
    await thu.says("doihan 1: 20/6; ý kiến Chủ tịch tại cuộc họp")
    assert (await last(thu)).buttons == ("Rút ngắn cả 1 hạn đã gia hạn", "Bỏ qua")
    assert (await thu.presses("Rút ngắn cả 1 hạn đã gia hạn")).splitlines()[1:] == [
        "Điều chỉnh và thông báo (1):",
        "Sở Y tế: hạn hiện nay ngày 27/6/2022",
    ]
    await thu.presses("Điều chỉnh và báo 1 đơn vị")
    assert await due(council, ids["SYT"]) == "2022-06-20"


async def test_the_second_officer_is_told_what_stands(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    thu, quang, tung = (council.chat(name) for name in ("Thu", "Quang", "Tùng"))
    for officer in (thu, quang):
        await officer.says("doihan 1: 20/6; CV 5")
    before = len(await tung.seen())
    await thu.presses("Điều chỉnh và báo 1 đơn vị")
    assert await quang.presses("Điều chỉnh và báo 1 đơn vị") == (
        "Các đơn vị này đã có thời hạn đó. UBND huyện Vụ Bản: đ/c Thu đã điều chỉnh thời hạn từ ngày 14/6/2022 sang "
        "ngày 20/6/2022 lúc 07:25, theo CV 5."
    )
    assert len(await tung.seen()) == before + 1
    async with council.read() as session:
        assert len((await session.scalars(select(Adjustment))).all()) == 1


async def test_a_preview_that_no_longer_holds_is_shown_anew(council: Council) -> None:
    await council.given(TITLE, ("VB", "SYT"), "2022-06-14")
    thu = council.chat("Thu")
    await thu.says("doihan 1")
    await thu.presses("Tất cả 2 đơn vị")
    await thu.says("20/6")
    await thu.says("CV 5")
    await council.chat("Tùng").says("xong 1")
    said = (await thu.presses("Điều chỉnh và báo 2 đơn vị")).splitlines()
    assert said[0] == "Nội dung đã thay đổi sau khi hiển thị; đề nghị xem lại."
    assert (await last(thu)).buttons[0] == "Điều chỉnh và báo 1 đơn vị"


async def test_a_request_that_the_move_makes_moot_is_answered(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, thu, quang = (council.chat(name) for name in ("Lan", "Thu", "Quang"))
    await lan.says("xin gia hạn đến 17/6 vì chờ kinh phí")
    assert "Giải quyết luôn đề nghị gia hạn của: Sở Y tế." in await thu.says("doihan 1: 20/6; CV 5")
    await thu.presses("Điều chỉnh và báo 1 đơn vị")
    assert (await last(lan)).lines[3] == (
        "Đề nghị gia hạn đến ngày 17/6/2022 của đơn vị được giải quyết bằng việc điều chỉnh này."
    )
    assert await thu.says("duyet") == "Không có nội dung nào chờ quyết định."
    closed = next(message for message in reversed(await quang.seen()) if "Lý do: chờ kinh phí" in message.lines)
    assert (closed.buttons, closed.result) == ((), "Đ/c Thu đã chấp thuận gia hạn đến ngày 17/6/2022 lúc 07:25.")
    async with council.read() as session:
        assert (await session.scalars(select(Extension.approved))).all() == [True]


async def test_what_is_missing_or_past_is_refused_with_what_to_do(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    thu = council.chat("Thu")
    assert (await thu.says("doihan 1")).startswith(f"{TITLE}: điều chỉnh thời hạn sang ngày, giờ nào?")
    assert await thu.says("08/6/2022") == "Ngày 08/6/2022 đã qua; đề nghị đặt hạn từ ngày 09/6/2022 trở đi."
    assert (await thu.says("/doihan 1: hôm nào đó; CV 5")).startswith("Không đọc được ngày trong")
    assert (await thu.says("/doihan 1: 20/6; --")).startswith("Điều chỉnh theo văn bản hoặc ý kiến chỉ đạo nào?")
    assert (await thu.says("--")).startswith("Đề nghị nêu văn bản hoặc ý kiến chỉ đạo")
    assert (await thu.says("/doihan 1 STC: 20/6; CV 5")).startswith("Các đơn vị vừa nêu không được giao nhiệm vụ")
    assert (await thu.says("/doihan 1 Sở Thể dục: 20/6; CV 5")).startswith("“Sở Thể dục”")
    assert (await thu.says("/doihan 9: 20/6; CV 5")).startswith("Không có nhiệm vụ số 9")
    assert await thu.says("/doihan 1: 18/6; CV 5") != ""
    assert "Ngày 18/6/2022 là ngày nghỉ." in (await last(thu)).lines
    assert await thu.presses("Bỏ qua") == "Không thay đổi và không thông báo gì."


async def test_only_the_secretariat_moves_deadlines(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    for name in ("Tùng", "Bình"):
        assert "cơ quan thường trực" in (await council.chat(name).says("/doihan 1: 20/6; CV 5")).lower()
