from sqlalchemy import select

from models.notices import NoticeUnit
from tests.chats import Chat, Council

TEXT = "Đề nghị gửi danh sách điển hình tiên tiến."


async def sent(council: Council, whom: str = "SYT, STC, VB") -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {TEXT}")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    return thu


async def test_the_unit_answers_once_and_every_colleague_sees_by_whom(council: Council) -> None:
    await sent(council)
    await council.at("2022-06-09 09:12")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    assert await lan.presses("Đã nhận") == f"Đã ghi nhận lúc 09:12 ngày 09/6/2022: đã nhận “{TEXT}”."
    card = (await hoa.seen())[-1]
    assert (card.result, card.buttons, card.lines) == ("Đ/c Lan đã nhận lúc 09:12 ngày 09/6/2022.", (), (TEXT,))


async def test_two_colleagues_racing_yield_one_answer(council: Council) -> None:
    await sent(council)
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    late = await hoa.button("Đã nhận")
    await lan.presses("Đã nhận")
    answer = await hoa.hears({"press": list(late)})
    assert "Đ/c Lan đã nhận lúc 07:40 ngày 09/6/2022." in answer
    async with council.read() as session:
        answered = (await session.scalars(select(NoticeUnit).where(NoticeUnit.answered_at.is_not(None)))).all()
    assert [row.answered_by for row in answered] == [council.people["Lan"]]


async def test_notices_are_listed_for_whom_they_went_to_and_for_officers_with_counts(council: Council) -> None:
    thu = await sent(council)
    await council.chat("Lan").presses("Đã nhận")
    assert f"1. 07:40 ngày 09/6/2022: {TEXT} (1/3 đã trả lời)" in await thu.says("thongbao")
    assert f"1. 07:40 ngày 09/6/2022: {TEXT} (đã nhận)" in await council.chat("Hoa").says("thông báo")
    minh = council.chat("Minh")
    assert f"1. 07:40 ngày 09/6/2022: {TEXT} (chưa xác nhận)" in await minh.says("thongbao")
    await minh.presses("Xem mục 1")
    assert (await minh.seen())[-1].buttons == ("Đã nhận",)
    assert await council.chat("Sơn").says("thongbao") == "Chưa có thông báo nào gửi đến đồng chí."


async def test_a_notice_of_others_is_neither_shown_nor_confirmed(council: Council) -> None:
    await sent(council, "SYT")
    async with council.read() as session:
        row = (await session.scalars(select(NoticeUnit))).one()
    minh = council.chat("Minh")
    nothing = "Thông báo này không gửi đến đơn vị của đồng chí; không có nội dung cần xác nhận."
    call = {"command": "thongbao.nhan", "args": {"notice": row.notice_id}}
    assert await minh.hears({"call": call}) == nothing
    call = {"command": "thongbao.xem", "args": {"kind": "notice_unit", "id": row.id}}
    assert await minh.hears({"call": call}) == nothing
    call = {"command": "thongbao.xem", "args": {"kind": "notice", "id": row.notice_id}}
    assert await minh.hears({"call": call}) == (
        "Chỉ cơ quan thường trực xem được tình hình trả lời thông báo; gửi “thongbao” để xem thông báo đã nhận."
    )
