from tests.chats import Chat, Council, utc
from tests.clockwork import run_job

REMINDER = "remind-of-meetings"


async def called(council: Council, when: str = "14h00 ngày 20/6", whom: str = "SYT, STC, VB") -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"taohop Họp Hội đồng; {when}; Phòng họp số 2; {whom}")
    await thu.presses("Gửi giấy mời")
    return thu


async def reminders(chat: Chat) -> list[str]:
    return [seen.lines[0] for seen in await chat.seen() if seen.lines[0].startswith(("14h00, ", "07h30, "))]


async def test_an_absence_needs_its_reason_and_a_substitute_his_name(council: Council) -> None:
    thu = await called(council)
    lan, minh, tung = council.chat("Lan"), council.chat("Minh"), council.chat("Tùng")
    assert (await lan.presses("Dự họp")).startswith("Đã ghi nhận lúc 07:40 ngày 09/6/2022 đối với “Họp Hội đồng”: Dự")
    assert await minh.presses("Vắng mặt") == "Đề nghị ghi lý do vắng mặt tại “Họp Hội đồng”."
    assert "Vắng mặt: Bận họp Tỉnh ủy." in await minh.says("Bận họp Tỉnh ủy")
    assert (await tung.presses("Cử người dự thay")).startswith("Ai dự thay tại “Họp Hội đồng”?")
    assert await tung.says("Trần Văn B") == "Trần Văn B giữ chức vụ gì?"
    assert "Dự thay: Trần Văn B, Phó Phòng Nội vụ." in await tung.says("Phó Phòng Nội vụ")
    card = (await thu.seen())[-1]
    assert card.lines[-1] == "Mời: 3; dự: 1; vắng mặt: 1; dự thay: 1; chưa trả lời: 0."
    assert (await council.chat("Hoa").seen())[-1].result == "Dự họp (đ/c Lan, 07:40 ngày 09/6/2022)."


async def test_an_answer_is_changed_until_the_meeting_starts(council: Council) -> None:
    thu = await called(council)
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    await lan.presses("Dự họp")
    assert await hoa.presses("Sửa trả lời") == "Đề nghị xác nhận lại việc dự “Họp Hội đồng”."
    await hoa.presses("Vắng mặt")
    await hoa.says("Đi công tác")
    assert (await lan.seen())[-2].result == "Vắng mặt: Đi công tác (đ/c Hoa, 07:40 ngày 09/6/2022)."
    assert "dự: 0; vắng mặt: 1;" in (await thu.seen())[-1].lines[-1]
    council.clock.set(utc("2022-06-20 14:00", council.assistant.config.zone))
    begun = "Cuộc họp đã bắt đầu lúc 14:00 ngày 20/6/2022; đề nghị liên hệ trực tiếp cơ quan thường trực."
    assert await lan.presses("Sửa trả lời") == begun


async def test_when_the_meeting_begins_its_cards_lose_their_buttons_by_the_clock(council: Council) -> None:
    thu = await called(council)
    lan, minh = council.chat("Lan"), council.chat("Minh")
    await lan.presses("Dự họp")
    await council.at("2022-06-20 13:45")
    assert [(await chat.seen())[0].buttons for chat in (lan, minh)] == [
        ("Sửa trả lời",),
        ("Dự họp", "Vắng mặt", "Cử người dự thay"),
    ]
    await council.at("2022-06-20 14:00")
    cards = [card for chat in (lan, minh) for card in await chat.seen() if card.result]
    assert [(card.lines[0], card.buttons, card.result) for card in cards] == [
        ("Giấy mời: Họp Hội đồng", (), f"Đã họp lúc 14:00 ngày 20/6/2022. {answer}")
        for answer in (*("Dự họp (đ/c Lan, 07:40 ngày 09/6/2022).",) * 2, *("Chưa trả lời.",) * 2)
    ]
    (card,) = [seen for seen in await thu.seen() if seen.lines[0] == "Cuộc họp: Họp Hội đồng"]
    assert "Kết luận" in card.buttons
    shown = len(await lan.entries())
    await council.at("2022-06-20 14:30")
    assert len(await lan.entries()) == shown


async def test_the_reminder_comes_in_the_last_window_that_leaves_time_to_come(council: Council) -> None:
    await called(council)
    lan, minh = council.chat("Lan"), council.chat("Minh")
    await minh.presses("Vắng mặt")
    await minh.says("Đi công tác")
    await lan.presses("Dự họp")
    await council.at("2022-06-20 07:20")
    await run_job(council, REMINDER)
    assert await reminders(lan) == []
    await council.at("2022-06-20 07:30")
    await run_job(council, REMINDER)
    await run_job(council, REMINDER)
    assert await reminders(lan) == ["14h00, thứ Hai, ngày 20/6/2022: Họp Hội đồng"]
    assert (await lan.seen())[-1].lines[2] == "Đã trả lời: Dự họp."
    assert (await council.chat("Tùng").seen())[-1].buttons == ("Dự họp", "Vắng mặt", "Cử người dự thay")
    assert await reminders(minh) == []


async def test_a_meeting_on_monday_morning_is_reminded_of_on_friday_afternoon(council: Council) -> None:
    await called(council, "07h30 ngày 20/6")
    await council.at("2022-06-17 13:30")
    await run_job(council, REMINDER)
    assert await reminders(council.chat("Lan")) == ["07h30, thứ Hai, ngày 20/6/2022: Họp Hội đồng"]
    assert (await council.chat("Lan").seen())[-1].lines[-1] == "Chưa trả lời."


async def test_after_an_outage_the_reminder_still_comes_before_the_meeting_or_never(council: Council) -> None:
    await called(council, "07h30 ngày 20/6")
    await council.at("2022-06-20 07:10")
    await run_job(council, REMINDER)
    assert await reminders(council.chat("Lan")) == ["07h30, thứ Hai, ngày 20/6/2022: Họp Hội đồng"]
    await called(council, "14h00 ngày 21/6")
    await council.at("2022-06-21 14:10")
    await run_job(council, REMINDER)
    assert await reminders(council.chat("Lan")) == []


async def test_who_says_in_time_that_he_is_absent_is_not_reminded(council: Council) -> None:
    await called(council)
    await council.at("2022-06-20 12:00")
    await run_job(council, REMINDER)
    minh = council.chat("Minh")
    assert await reminders(minh) == []
    await minh.presses("Vắng mặt")
    await minh.says("Ốm")
    await council.at("2022-06-20 13:31")
    assert await reminders(minh) == []
    assert len(await reminders(council.chat("Lan"))) == 1


async def test_meetings_to_come_are_listed_with_what_was_answered(council: Council) -> None:
    thu = await called(council)
    lan = council.chat("Lan")
    assert "1. 14h00, thứ Hai, ngày 20/6/2022: Họp Hội đồng (Chưa trả lời)" in await lan.says("hop")
    await lan.presses("Xem mục 1")
    await lan.presses("Dự họp")
    assert "(Dự họp)" in await council.chat("Hoa").says("họp")
    assert "(1/3 đã trả lời)" in await thu.says("hop")
    assert await council.chat("Sơn").says("hop") == "Không có cuộc họp nào sắp tới."


async def test_meetings_that_are_over_stand_under_their_own_heading(council: Council) -> None:
    thu = await called(council)
    await called(council, "14h00 ngày 24/6")
    await council.at("2022-06-21 08:00")
    assert (await thu.says("hop")).splitlines() == [
        "Các cuộc họp sắp tới:",
        "1. 14h00, thứ Sáu, ngày 24/6/2022: Họp Hội đồng (0/3 đã trả lời)",
        "Các cuộc họp đã diễn ra:",
        "2. 14h00, thứ Hai, ngày 20/6/2022: Họp Hội đồng (đã họp)",
    ]
    await council.at("2022-06-25 08:00")
    assert (await thu.says("hop")).splitlines()[:2] == ["Không có cuộc họp nào sắp tới.", "Các cuộc họp đã diễn ra:"]


async def test_a_meeting_that_has_begun_is_under_way_until_its_half_day_ends(council: Council) -> None:
    thu = await called(council)
    await council.at("2022-06-20 14:05")
    assert (await thu.says("hop")).splitlines() == [
        "Không có cuộc họp nào sắp tới.",
        "Các cuộc họp đang diễn ra:",
        "1. 14h00, thứ Hai, ngày 20/6/2022: Họp Hội đồng (đang họp)",
    ]
    await council.at("2022-06-20 17:00")
    assert (await thu.says("hop")).splitlines()[1:] == [
        "Các cuộc họp đã diễn ra:",
        "1. 14h00, thứ Hai, ngày 20/6/2022: Họp Hội đồng (đã họp)",
    ]


async def test_the_uninvited_neither_answer_nor_see(council: Council) -> None:
    await called(council, whom="SYT")
    lan, minh = council.chat("Lan"), council.chat("Minh")
    await lan.says("hop")
    call = (await lan.entries())[-1].content["choices"][0]["call"]
    not_invited = "Đơn vị của đồng chí không thuộc thành phần mời họp; đề nghị liên hệ cơ quan thường trực."
    assert await minh.hears({"call": call}) == not_invited


async def test_what_is_no_meeting_is_not_seen_as_one(council: Council) -> None:
    made = await council.given("Báo cáo quý I", ("STC",), "2022-06-10")
    await called(council)
    call = {"command": "hop.xem", "args": {"kind": "assignment", "id": made["STC"]}}
    not_invited = "Đơn vị của đồng chí không thuộc thành phần mời họp; đề nghị liên hệ cơ quan thường trực."
    assert await council.chat("Lan").hears({"call": call}) == not_invited
