"""Tasks suspended, resumed, withdrawn: previewed, told once, silent meanwhile."""

from tests.chats import Chat, Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def lines(chat: Chat) -> tuple[str, ...]:
    return (await chat.seen())[-1].lines


async def test_a_suspended_task_is_silent_until_it_goes_on(council: Council) -> None:
    await council.given(TITLE, ("VB", "SYT"), "2022-06-14")
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    assert (await thu.says("/dungviec 1 VB: bão số 2")).splitlines() == [
        f"Tạm dừng “{TITLE}”, lý do: bão số 2. 1 đơn vị chưa hoàn thành sau đây được thông báo:",
        "UBND huyện Vụ Bản (hạn ngày 14/6/2022)",
    ]
    await thu.presses("Tạm dừng và báo 1 đơn vị")
    assert await lines(tung) == (
        TITLE,
        "Kính gửi: UBND huyện Vụ Bản.",
        "Tạm dừng thực hiện nhiệm vụ (lý do: bão số 2); đơn vị chưa phải báo cáo cho đến khi có thông báo tiếp tục.",
    )
    told = len(await tung.seen())
    for day in ("10", "13", "14", "15"):
        await council.at(f"2022-06-{day} 08:00")
    assert len(await tung.seen()) == told
    assert await thu.says("/tieptuc 1: hết bão") == "Đã quá hạn đối với UBND huyện Vụ Bản. Đề nghị ghi ngày hạn mới."
    assert (await thu.says("24/6")).splitlines()[-1] == "Thời hạn mới: ngày 24/6/2022."
    await thu.presses("Tiếp tục và báo 1 đơn vị")
    assert (await lines(tung))[:3] == (
        f"Hạn 24/6: {TITLE}",
        "Kính gửi: UBND huyện Vụ Bản.",
        "Tiếp tục thực hiện nhiệm vụ (lý do: hết bão); hạn mới là ngày 24/6/2022 (hạn cũ: ngày 14/6/2022).",
    )
    assert (await tung.seen())[-1].buttons[0] == "Đã tiếp nhận"


async def test_a_task_goes_on_with_the_deadline_as_it_was_by_one_tap(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    await thu.says("dungviec 1")
    await thu.says("chờ hướng dẫn")
    await thu.presses("Tạm dừng và báo 1 đơn vị")
    await thu.says("tieptuc")
    await thu.presses(f"1. {TITLE}")
    assert await thu.presses("Giữ hạn cũ: ngày 14/6/2022") == (
        "Tiếp tục theo văn bản, ý kiến chỉ đạo nào hoặc vì lý do gì? Đơn vị sẽ nhận được nội dung này."
    )
    await thu.says("Hướng dẫn số 8")
    await thu.presses("Tiếp tục và báo 1 đơn vị")
    assert (await lines(tung))[2] == "Tiếp tục thực hiện nhiệm vụ (theo Hướng dẫn số 8); hạn vẫn là ngày 14/6/2022."


async def test_a_withdrawn_task_ends_for_those_who_have_it_open(council: Council) -> None:
    await council.given(TITLE, ("VB", "STC"), "2022-06-14")
    thu, tung, minh = (council.chat(name) for name in ("Thu", "Tùng", "Minh"))
    await minh.says("xong 1")
    before = len(await minh.seen())
    await thu.says("rutviec 1")
    await thu.says("Quyết định số 9")
    assert await thu.presses("Rút và báo 1 đơn vị") == (
        f"Đã rút: {TITLE}; đã thông báo cho 1 đơn vị, không phải báo cáo."
    )
    assert (await lines(tung))[2] == "Rút nhiệm vụ (theo Quyết định số 9); đơn vị không phải báo cáo."
    assert (await tung.says("xong 1")).startswith("Nhiệm vụ này đã tạm dừng hoặc hủy")
    assert len(await minh.seen()) == before
    await thu.says("tiendo 1")
    assert (await thu.seen())[-1].lines[1].startswith("Đã giao: 1;")


async def test_the_second_officer_is_told_what_stands(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    for officer in (thu, quang):
        await officer.says("/rutviec 1: Quyết định số 9")
    await thu.presses("Rút và báo 1 đơn vị")
    assert await quang.presses("Rút và báo 1 đơn vị") == (
        "Không còn nội dung phải quyết định. "
        "UBND huyện Vụ Bản: đ/c Thu đã rút nhiệm vụ lúc 07:25, theo Quyết định số 9."
    )


async def test_only_what_is_suspended_can_go_on(council: Council) -> None:
    thu = council.chat("Thu")
    assert await thu.says("tieptuc") == "Chưa giao nhiệm vụ nào; gửi “giaoviec” để giao."
    await council.given(TITLE, ("VB",), "2022-06-14")
    assert await thu.says("tieptuc") == "Hiện không có nhiệm vụ nào phù hợp; gửi “tiendo” để xem các nhiệm vụ đã giao."


async def test_the_word_under_is_said_once(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    await thu.says("dungviec 1 VB: theo Công văn số 5/UBND")
    await thu.presses("Tạm dừng và báo 1 đơn vị")
    assert (await lines(tung))[2].startswith("Tạm dừng thực hiện nhiệm vụ (theo Công văn số 5/UBND);")
    await thu.says("rutviec 1 VB: theo không còn cần")
    await thu.presses("Rút và báo 1 đơn vị")
    assert (await lines(tung))[2] == "Rút nhiệm vụ (lý do: không còn cần); đơn vị không phải báo cáo."


async def test_units_that_are_named_and_not_concerned_are_refused(council: Council) -> None:
    await council.given(TITLE, ("VB", "STC", "SYT"), "2022-06-14")
    thu = council.chat("Thu")
    await council.chat("Minh").says("xong 1")
    refused = f"Nhiệm vụ “{TITLE}” không có nội dung này để quyết định:"
    for line in ("/rutviec 1 STC: trùng", "/dungviec 1 STC: bão", "/doihan 1 STC: 20/6; CV 5"):
        assert await thu.says(line) == f"{refused} Sở Tài chính: chờ xác nhận."
    await thu.says("/dungviec 1 VB: bão")
    await thu.presses("Tạm dừng và báo 1 đơn vị")
    assert await thu.says("/tieptuc 1 SYT: hết bão") == f"{refused} Sở Y tế: chưa thực hiện."


async def test_only_the_secretariat_suspends(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    for word in ("dungviec", "tieptuc", "rutviec", "tamdung"):
        assert "cơ quan thường trực" in (await council.chat("Tùng").says(f"/{word} 1")).lower()
