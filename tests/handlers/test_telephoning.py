"""Whom a notice did not reach: named with the reason in words and the telephone; what was said there is recorded."""

from sqlalchemy import update

from models.addresses import Address, AddressState
from models.people import Person
from tests.chats import Chat, Council

TEXT = "Đề nghị đăng ký dự thi."


async def partly_reached(council: Council) -> Chat:
    async with council.write() as session:
        tung = council.people["Tùng"]
        await session.execute(update(Person).where(Person.id == tung).values(phone="0912 000 001"))
        await session.execute(update(Address).where(Address.person_id == tung).values(state=AddressState.UNREACHABLE))
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao STC, VB: {TEXT}")
    await thu.presses("Yêu cầu trả lời")
    await thu.presses("Chọn một phương án")
    await thu.says("Dự thi; Không dự thi")
    await thu.says("14/6")
    await thu.presses("Gửi")
    await council.at("2022-06-09 07:44")
    return thu


async def test_who_was_not_reached_is_named_with_reason_and_telephone(council: Council) -> None:
    thu = await partly_reached(council)
    await council.at("2022-06-09 07:45")
    card = [seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]
    assert card.lines[1:3] == (
        "Phải gửi 2 người: đã gửi 1, chờ gửi 0, không gửi được 1.",
        "Đã xem: 0/1 người.",
    )
    assert await thu.presses("Không gửi được (1)") == (
        f"Không gửi được “{TEXT}” (1), đề nghị gọi điện:\n"
        "UBND huyện Vụ Bản, Tùng, điện thoại 0912 000 001: chưa kết nối hoặc đã ngừng nhận"
    )


async def test_what_was_said_on_the_telephone_is_the_units_answer(council: Council) -> None:
    thu = await partly_reached(council)
    await council.at("2022-06-09 07:45")
    await thu.presses("Không gửi được (1)")
    assert await thu.presses("Ghi trả lời qua điện thoại") == "Đơn vị nào trả lời qua điện thoại?"
    assert (await thu.presses("UBND huyện Vụ Bản")).startswith("UBND huyện Vụ Bản chọn phương án nào")
    assert (await thu.says("có lẽ")).startswith("Đề nghị chọn một trong các phương án")
    said = await thu.says("du thi")
    assert said == "Đã ghi nhận lúc 07:45 ngày 09/6/2022 cho UBND huyện Vụ Bản, qua điện thoại: Dự thi"
    card = [seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]
    assert "Đã trả lời: 1/2 đơn vị, thành viên; chưa trả lời: 1." in card.lines
    assert "Dự thi: 1" in card.lines
    minh = council.chat("Minh")
    await minh.presses("Không dự thi")
    assert await thu.presses("Ghi trả lời qua điện thoại") == "Tất cả đã trả lời; không còn nội dung cần ghi nhận."
