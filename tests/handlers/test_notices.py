from sqlalchemy import select, update

from models.addresses import Address, AddressState
from models.notices import NoticeUnit
from models.people import Person
from tests.chats import Chat, Council
from tests.clockwork import run_job

TEXT = "Đề nghị gửi danh sách điển hình tiên tiến."


async def sent(council: Council, whom: str = "SYT, STC, VB") -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {TEXT}")
    await thu.presses("Gửi")
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


async def test_the_officers_card_counts_live(council: Council) -> None:
    thu = await sent(council)
    await run_job(council, "count-arrivals")
    assert (await thu.seen())[-1].lines == (
        f"Thông báo lúc 07:40 ngày 09/6/2022: {TEXT}",
        "Đã đến 4/4 người.",
        "Đã trả lời: 0/3 đơn vị, thành viên; chưa trả lời: 3.",
    )
    await council.chat("Hoa").presses("Đã nhận")
    await council.chat("Minh").presses("Đã nhận")
    card = (await thu.seen())[-1]
    assert card.lines[2] == "Đã trả lời: 2/3 đơn vị, thành viên; chưa trả lời: 1."
    assert card.buttons == ("Chưa trả lời (1)", "Đôn đốc 1 đơn vị chưa trả lời")
    await council.chat("Tùng").presses("Đã nhận")
    assert (await thu.seen())[-1].result == "Tất cả đã trả lời."


async def test_urging_reaches_only_the_silent_and_once_a_day(council: Council) -> None:
    thu = await sent(council)
    await council.chat("Lan").presses("Đã nhận")
    await council.at("2022-06-09 14:00")
    preview = await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")
    assert "Sở Tài chính: Minh" in preview
    assert "Sở Y tế" not in preview
    answer = await thu.presses("Gửi đôn đốc")
    assert answer == "Đã gửi đôn đốc đến 2 đơn vị, thành viên; các đơn vị khác không nhận thêm tin."
    urged = (await council.chat("Minh").seen())[-1]
    assert urged.lines == (
        "Chưa xác nhận đã nhận: thông báo lúc 07:40 ngày 09/6/2022.",
        f"“{TEXT}”",
        "Đề nghị xem và bấm “Đã nhận”.",
    )
    assert len([seen for seen in await council.chat("Hoa").seen() if not seen.mine]) == 1
    assert (await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")).startswith("Không còn đơn vị nào cần đôn đốc hôm nay")
    await council.at("2022-06-10 08:00")
    assert "Sở Tài chính: Minh" in await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")


async def test_the_first_copy_can_still_be_answered_after_an_urging(council: Council) -> None:
    thu = await sent(council)
    first = await council.chat("Minh").button("Đã nhận")
    await thu.presses("Đôn đốc 3 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    assert (await council.chat("Minh").hears({"press": list(first)})).startswith("Đã ghi nhận lúc 07:40")


async def test_whom_no_chat_reaches_is_listed_with_his_telephone(council: Council) -> None:
    async with council.write() as session:
        tung = council.people["Tùng"]
        await session.execute(update(Person).where(Person.id == tung).values(phone="0912 000 001"))
        await session.execute(update(Address).where(Address.person_id == tung).values(state=AddressState.UNREACHABLE))
    thu = await sent(council, "STC, VB, SCT")
    assert await thu.presses("Chưa trả lời (3)") == (
        "Chưa trả lời (3)\n"
        "Sở Công Thương: chưa có đầu mối\n"
        "Sở Tài chính: Minh\n"
        "UBND huyện Vụ Bản: Tùng (chưa liên lạc được qua trợ lý, điện thoại 0912 000 001)"
    )


async def test_an_urging_that_reaches_nobody_says_so(council: Council) -> None:
    thu = await sent(council, "SCT, YY")
    await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")
    assert await thu.presses("Gửi đôn đốc") == (
        "Không liên hệ được đơn vị nào qua trò chuyện; chưa gửi nội dung nào.\n"
        "Đề nghị gọi điện: Sở Công Thương: chưa có đầu mối\n"
        "Đề nghị gọi điện: UBND huyện Ý Yên: chưa có đầu mối"
    )


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
    assert await minh.hears({"call": call}) == "Chỉ cơ quan thường trực xem được tình hình trả lời thông báo."
