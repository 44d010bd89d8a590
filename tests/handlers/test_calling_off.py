from tests.chats import Council
from tests.handlers.test_rescheduling import ANSWERS, called, moved


async def test_what_is_told_of_a_meeting_put_off_is_seen_before_it_is_sent(council: Council) -> None:
    thu = await called(council)
    lan = council.chat("Lan")
    told = len(await lan.seen())
    assert await thu.presses("Hoãn") == (
        "Lý do hoãn “Họp Hội đồng” (chưa định ngày)? Ghi một dòng, sẽ thông báo đến mọi thành phần mời."
    )
    assert (await thu.says("mưa bão.")).splitlines() == [
        "Cuộc họp tạm hoãn, thời gian sẽ thông báo sau bằng giấy mời khác.",
        "Lý do: mưa bão.",
        "Thông báo một lần đến 3 đơn vị, thành viên; nơi chưa nhận giấy mời thì không gửi.",
        "Gửi ngay.",
    ]
    assert len(await lan.seen()) == told
    assert await thu.presses("Giữ nguyên") == "Cuộc họp giữ nguyên; không gửi thông báo."
    await thu.presses("Hoãn")
    await thu.says("mưa bão.")
    card = (await thu.presses("Hoãn và thông báo")).splitlines()
    assert card[1:3] == [
        "Thời gian: hoãn, chưa định ngày (trước là 14h00, thứ Hai, ngày 20/6/2022).",
        "Lý do: mưa bão.",
    ]


async def test_what_is_told_of_a_meeting_cancelled_is_seen_before_it_is_sent(council: Council) -> None:
    thu = await called(council)
    lan = council.chat("Lan")
    told = len(await lan.seen())
    await thu.presses("Hủy họp")
    assert (await thu.says("trùng lịch")).splitlines() == [
        "Cuộc họp không tổ chức.",
        "Lý do: trùng lịch.",
        "Thông báo một lần đến 3 đơn vị, thành viên; nơi chưa nhận giấy mời thì không gửi.",
        "Gửi ngay.",
    ]
    assert len(await lan.seen()) == told
    assert "Lý do: trùng lịch." in (await thu.presses("Hủy và thông báo")).splitlines()


async def test_a_meeting_put_off_gets_its_day_later(council: Council) -> None:
    thu = await called(council)
    lan = council.chat("Lan")
    await thu.presses("Hoãn")
    await thu.says("mưa bão.")
    await thu.presses("Hoãn và thông báo")
    assert (await lan.seen())[-1].lines[1:] == (
        "Cuộc họp tạm hoãn, thời gian sẽ thông báo sau bằng giấy mời khác.",
        "Lý do: mưa bão.",
    )
    assert (await lan.seen())[0].result == "Tạm hoãn; thời gian họp sẽ thông báo sau."
    put_off = "1. Họp Hội đồng: hoãn, chưa định ngày (trước là 14h00, thứ Hai, ngày 20/6/2022)"
    assert (await lan.says("hop")).splitlines()[-1] == put_off
    assert (await thu.says("hop")).splitlines()[-1] == put_off
    await moved(thu, "14h00 ngày 27/6")
    assert (await lan.seen())[-1].buttons == ANSWERS
    assert (await lan.seen())[-1].lines[2] == "Thay cho lịch họp 14h00, thứ Hai, ngày 20/6/2022; đổi lịch lần thứ 1."


async def test_a_cancelled_meeting_is_told_once_and_reminds_nobody(council: Council) -> None:
    thu = await called(council)
    lan = council.chat("Lan")
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    await thu.presses("Hủy và thông báo")
    assert (await lan.seen())[-1].lines == ("Họp Hội đồng, 14h00, thứ Hai, ngày 20/6/2022:", "Cuộc họp không tổ chức.")
    assert (await lan.seen())[0].result == "Đã hủy lúc 07:40 ngày 09/6/2022."
    told = len(await lan.seen())
    await council.at("2022-06-20 08:00")
    assert len(await lan.seen()) == told
    assert await thu.says("hop") == "Không có cuộc họp nào sắp tới."


async def test_a_meeting_cancelled_before_anybody_was_invited_is_never_spoken_of(council: Council) -> None:
    thu = await called(council, "2022-06-09 06:30")
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    await thu.presses("Hủy và thông báo")
    await council.at("2022-06-09 07:31")
    assert await council.chat("Lan").seen() == []
