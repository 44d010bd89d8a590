import pytest
from sqlalchemy import select

from models.meetings import Invitation, Meeting, MeetingState
from tests.chats import Chat, Council
from tests.racing import heard_at_once

LINE = "taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT, STC, VB"
ANSWERS = ("Dự họp", "Vắng mặt", "Cử người dự thay")
MOVE = "Đổi lịch, đề nghị xác nhận lại"


async def called(council: Council, at: str = "2022-06-09 07:40") -> Chat:
    await council.at(at)
    thu = council.chat("Thu")
    await thu.says(LINE)
    await thu.presses("Gửi giấy mời")
    return thu


async def moved(thu: Chat, to: str) -> str:
    await thu.presses("Đổi lịch")
    await thu.says(to)
    return await thu.presses(MOVE)


async def both_about_to_move(council: Council) -> tuple[Chat, Chat]:
    """Let two officers see what the move of one meeting would do, each to another hour."""
    thu, quang = await called(council), council.chat("Quang")
    await quang.says("hop")
    await quang.presses("Xem mục 1")
    for chat, when in ((thu, "08h00"), (quang, "09h00")):
        await chat.presses("Đổi lịch")
        await chat.says(when)
    return thu, quang


async def news(chat: Chat) -> list[str]:
    return [line for seen in await chat.seen() for line in seen.lines[1:2] if seen.lines[0].endswith("20/6/2022:")]


async def test_a_new_hour_asks_everyone_again(council: Council) -> None:
    thu = await called(council)
    lan, hoa, minh = council.chat("Lan"), council.chat("Hoa"), council.chat("Minh")
    await lan.presses("Dự họp")
    assert (await thu.presses("Đổi lịch")).splitlines() == [
        "“Họp Hội đồng” chuyển sang thời gian nào? Lịch hiện tại: 14h00, thứ Hai, ngày 20/6/2022.",
        "Ví dụ: 08h00 ngày 21/6; hoặc 08h00; hoặc 21/6. Có thể ghi thêm lý do sau dấu chấm phẩy.",
    ]
    assert (await thu.says("08h00; lý do: đồng chí Chủ tịch bận")).splitlines() == [
        "Chuyển từ 14h00, thứ Hai, ngày 20/6/2022 sang 08h00, thứ Hai, ngày 20/6/2022.",
        "Đề nghị 3 đơn vị, thành viên xác nhận lại.",
        "1 xác nhận đã gửi hết hiệu lực, được lưu lại.",
        "Gửi ngay.",
    ]
    card = await thu.presses(MOVE)
    assert "Mời: 3; dự: 0; vắng mặt: 0; dự thay: 0; chưa trả lời: 3." in card
    old, new = [seen for seen in await hoa.seen() if seen.lines[0].startswith("Giấy mời")]
    assert old.buttons == ()
    assert old.result == "Đã thay bằng lịch họp 08h00, thứ Hai, ngày 20/6/2022."
    assert new.buttons == ANSWERS
    assert new.lines == (
        "Giấy mời: Họp Hội đồng",
        "Kính mời: Sở Y tế.",
        "Thay cho lịch họp 14h00, thứ Hai, ngày 20/6/2022; đổi lịch lần thứ 1.",
        "Lý do: đồng chí Chủ tịch bận.",
        "Thời gian: 08h00, thứ Hai, ngày 20/6/2022.",
        "Địa điểm: Phòng họp số 2.",
        "Đề nghị xác nhận lại việc dự họp.",
    )
    assert (await minh.seen())[0].result == "Đã thay bằng lịch họp 08h00, thứ Hai, ngày 20/6/2022."


async def test_an_answer_to_the_old_card_is_refused_with_what_now_stands(council: Council) -> None:
    thu = await called(council)
    lan, minh = council.chat("Lan"), council.chat("Minh")
    old = await lan.button("Dự họp")
    await minh.presses("Vắng mặt")
    await moved(thu, "08h00 ngày 21/6")
    said = await lan.hears({"press": list(old)})
    assert "Đã thay bằng lịch họp 08h00, thứ Ba, ngày 21/6/2022." in said
    refused = (
        "“Họp Hội đồng” đã chuyển sang 08:00 ngày 21/6/2022. Không ghi nhận trả lời này; gửi “hop” để xem giấy mời cần "
        "xác nhận."
    )
    assert await minh.says("Đi công tác") == refused
    assert "(0/3 đã trả lời)" in await thu.says("hop")


async def test_the_second_move_says_that_it_is_the_second(council: Council) -> None:
    thu = await called(council)
    await moved(thu, "21/6")
    await moved(thu, "09h30")
    lan = council.chat("Lan")
    first, second, third = await lan.seen()
    assert third.lines[2] == "Thay cho lịch họp 14h00, thứ Ba, ngày 21/6/2022; đổi lịch lần thứ 2."
    assert third.lines[3] == "Thời gian: 09h30, thứ Ba, ngày 21/6/2022."
    assert {first.result, second.result} == {"Đã thay bằng lịch họp 09h30, thứ Ba, ngày 21/6/2022.", first.result}
    assert (await lan.says("hop")).count("Họp Hội đồng") == 1


async def test_a_new_place_is_told_without_asking_again(council: Council) -> None:
    thu = await called(council)
    lan, minh = council.chat("Lan"), council.chat("Minh")
    await lan.presses("Dự họp")
    await thu.presses("Đổi địa điểm")
    preview = await thu.says("Phòng họp số 1")
    assert preview.splitlines()[0] == "Địa điểm mới: Phòng họp số 1 (trước đây: Phòng họp số 2)."
    assert preview.splitlines()[1:3] == [
        "Thông báo đến 3 đơn vị, thành viên; các xác nhận đã gửi giữ nguyên.",
        "Gửi ngay.",
    ]
    card = await thu.presses("Sửa và thông báo")
    assert "dự: 1;" in card
    told = (await lan.seen())[-1]
    assert told.lines == (
        "Họp Hội đồng, 14h00, thứ Hai, ngày 20/6/2022:",
        "Địa điểm mới: Phòng họp số 1 (trước đây: Phòng họp số 2).",
        "Các xác nhận đã gửi giữ nguyên, không cần xác nhận lại.",
    )
    assert "Địa điểm: Phòng họp số 1." in (await minh.seen())[0].lines
    assert (await minh.seen())[0].buttons == ANSWERS


async def test_what_is_no_change_is_refused(council: Council) -> None:
    thu = await called(council)
    await thu.presses("Đổi lịch")
    same = "Cuộc họp đang đúng như vậy; không thay đổi, không gửi thông báo."
    assert await thu.says("14h00 ngày 20/6") == same
    assert (await thu.says("hôm nào đó")).startswith("“hôm nào đó” chưa rõ giờ và ngày")
    assert (await thu.says("8h00 ngày 08/6/2022")).startswith("Thời điểm 08:00 ngày 08/6/2022 đã qua")
    passed = "Ngày 05/6/2022 đã qua. Đề nghị ghi ngày sau hôm nay, hoặc ghi cả năm nếu là năm sau."
    assert await thu.says("5/6") == await thu.says("14h00 ngày 5/6") == passed
    assert (await thu.says("19/6")).splitlines()[2] == "Lưu ý: Chủ nhật, ngày 19/6/2022 là ngày nghỉ."
    await thu.says("thôi")
    await thu.presses("Đổi địa điểm")
    assert await thu.says("Phòng họp số 2") == same


async def test_the_new_time_may_be_said_plainly_with_its_reason(council: Council) -> None:
    thu = await called(council)
    await thu.presses("Đổi lịch")
    preview = await thu.says("8h sáng mai vì trùng lịch")
    assert preview.splitlines()[0] == "Chuyển từ 14h00, thứ Hai, ngày 20/6/2022 sang 08h00, thứ Sáu, ngày 10/6/2022."
    await thu.presses(MOVE)
    assert (await council.chat("Lan").seen())[-1].lines[3] == "Lý do: trùng lịch."


async def test_number_link_and_agenda_are_told(council: Council) -> None:
    thu = await called(council)
    lan = council.chat("Lan")
    for label, said in (
        ("Số giấy mời", "15/GM-HĐTĐKT"),
        ("Đường dẫn họp trực tuyến", "https://hop.example.gov.vn/15"),
        ("Nội dung họp", "1. Sơ kết 6 tháng\n2. Xét khen thưởng"),
    ):
        await thu.presses("Số giấy mời, đường dẫn, nội dung")
        await thu.presses(label)
        await thu.says(said)
        await thu.presses("Sửa và thông báo")
    assert await news(lan) == [
        "Giấy mời đã ban hành, số 15/GM-HĐTĐKT.",
        "Đường dẫn họp trực tuyến: https://hop.example.gov.vn/15",
        "Nội dung họp:",
    ]
    invitation = (await lan.seen())[0].lines
    assert "Giấy mời số 15/GM-HĐTĐKT." in invitation
    assert "2. Xét khen thưởng" in invitation
    await thu.presses("Số giấy mời, đường dẫn, nội dung")
    await thu.presses("Đường dẫn họp trực tuyến")
    assert (await thu.says("hop truc tuyen")).startswith("“hop truc tuyen” không phải đường dẫn")


async def test_whoever_has_not_got_the_invitation_gets_only_the_newest(council: Council) -> None:
    thu = await called(council, "2022-06-09 06:30")
    lan = council.chat("Lan")
    assert await lan.seen() == []
    assert "Hủy 4 giấy mời chưa gửi đi." in [await thu.presses("Đổi lịch"), await thu.says("08h00")][1]
    await thu.presses(MOVE)
    await thu.presses("Đổi địa điểm")
    await thu.says("Phòng họp số 1")
    await thu.presses("Sửa và thông báo")
    await council.at("2022-06-09 07:31")
    (only,) = await lan.seen()
    assert only.lines[3:5] == ("Thời gian: 08h00, thứ Hai, ngày 20/6/2022.", "Địa điểm: Phòng họp số 1.")


async def test_of_two_officers_who_move_one_meeting_the_second_is_told_what_stands(council: Council) -> None:
    thu, quang = await both_about_to_move(council)
    await thu.presses(MOVE)
    assert await quang.presses(MOVE) == (
        "Đ/c Thu đã thay đổi cuộc họp này lúc 07:40 ngày 09/6/2022; không thay đổi thêm. “Họp Hội đồng” đã chuyển sang "
        "08:00 ngày 20/6/2022."
    )
    assert len([seen for seen in await council.chat("Lan").seen() if seen.buttons == ANSWERS]) == 1


async def test_only_the_secretariat_changes_a_meeting(council: Council) -> None:
    thu = await called(council)
    calls = (await thu.entries())[-1].content["choices"]
    call = next(choice["call"] for choice in calls if choice["label"] == "Đổi lịch")
    refused = await council.chat("Lan").hears({"call": call})
    assert refused.startswith("Việc này do cơ quan thường trực thực hiện")


async def test_a_meeting_that_began_is_no_longer_changed(council: Council) -> None:
    thu = await called(council)
    await council.at("2022-06-20 13:50")
    await thu.presses("Đổi lịch")
    await council.at("2022-06-20 14:01")
    assert await thu.says("15h00") == "Cuộc họp đã bắt đầu lúc 14:00 ngày 20/6/2022; không thay đổi được nữa."


@pytest.mark.parametrize("answers_first", [True, False])
async def test_a_move_during_answers_leaves_one_result_each(council: Council, *, answers_first: bool) -> None:
    thu = await called(council)
    lan, hoa, minh = council.chat("Lan"), council.chat("Hoa"), council.chat("Minh")
    await thu.presses("Đổi lịch")
    await thu.says("08h00 ngày 21/6")
    move = (thu, await thu.button(MOVE))
    answers = [(chat, await chat.button("Dự họp")) for chat in (lan, hoa, minh)]
    await heard_at_once(*([*answers, move] if answers_first else [move, *answers]))
    async with council.read() as session:
        new = (await session.scalars(select(Meeting).where(Meeting.state == MeetingState.CALLED))).one()
        given = await session.scalars(select(Invitation.answer).where(Invitation.meeting_id == new.id))
        assert set(given) == {None}
    for chat in (lan, hoa, minh):
        open_cards = [seen for seen in await chat.seen() if seen.buttons == ANSWERS and "21/6/2022" in str(seen.lines)]
        told = [seen for seen in await chat.seen() if seen.mine or "Đã ghi nhận" in seen.lines[0]]
        assert open_cards, chat.name
        assert len(told) <= 2
    assert await lan.presses("Dự họp")
    assert "(1/3 đã trả lời)" in await thu.says("hop")


async def test_two_officers_at_the_same_moment_move_it_once(council: Council) -> None:
    thu, quang = await both_about_to_move(council)
    await heard_at_once((thu, await thu.button(MOVE)), (quang, await quang.button(MOVE)))
    async with council.read() as session:
        states = sorted(str(state) for state in await session.scalars(select(Meeting.state)))
    assert states == ["called", "moved"]
    refused = [seen for chat in (thu, quang) for seen in await chat.seen() if "không thay đổi thêm" in str(seen.lines)]
    assert len(refused) == 1
