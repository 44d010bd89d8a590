from sqlalchemy import select, update

from models.people import Post, Unit
from tests.chats import Chat, Council


async def at_the_meeting(council: Council, whom: str = "SYT, STC, VB, SCT") -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; {whom}")
    await thu.presses("Gửi giấy mời")
    await council.chat("Lan").says("hop")
    await council.chat("Lan").presses("Dự họp")
    await council.chat("Tùng").presses("Cử người dự thay")
    await council.chat("Tùng").says("Trần Văn B, Phó Phòng")
    await council.at("2022-06-20 13:55")
    await thu.says("hop")
    await thu.presses("Xem mục 1")
    return thu


async def test_the_officer_ticks_who_is_present(council: Council) -> None:
    thu = await at_the_meeting(council)
    assert await thu.presses("Điểm danh") == "Điểm danh: Họp Hội đồng\nCó mặt: 0/4."
    opened = (await thu.seen())[-1]
    assert opened.buttons == (
        "Sở Y tế",
        "UBND huyện Vụ Bản (Trần Văn B, Phó Phòng)",
        "Sở Công Thương",
        "Sở Tài chính",
        "Có mặt cả 2 đơn vị báo dự",
        "Xong",
    )
    await thu.presses("Có mặt cả 2 đơn vị báo dự")
    await thu.presses("Sở Tài chính")
    await thu.presses("Có mặt: Sở Y tế")
    assert (await thu.seen())[-1].lines[1] == "Có mặt: 2/4."
    await thu.presses("Xong")
    assert ((await thu.seen())[-1].result, (await thu.seen())[-1].buttons) == ("Có mặt: 2/4.", ())
    await thu.says("hop")
    assert "Có mặt: 2/4." in await thu.presses("Xem mục 1")


async def test_two_officers_tick_one_list(council: Council) -> None:
    thu = await at_the_meeting(council)
    quang = council.chat("Quang")
    await quang.says("hop")
    await quang.presses("Xem mục 1")
    await thu.presses("Điểm danh")
    await quang.presses("Điểm danh")
    await thu.presses("Sở Y tế")
    await quang.presses("Sở Tài chính")
    assert (await thu.seen())[-1].lines[1] == (await quang.seen())[-1].lines[1] == "Có mặt: 2/4."


async def test_a_long_list_has_pages(council: Council) -> None:
    thu = await at_the_meeting(council, "các cơ quan, đơn vị, địa phương")
    await thu.presses("Điểm danh")
    assert (await thu.seen())[-1].lines[2] == "Trang 1/2."
    await thu.presses("Các đơn vị tiếp theo")
    assert len((await thu.seen())[-1].buttons) == 4
    await thu.presses("Các đơn vị trước")
    assert (await thu.seen())[-1].lines[2] == "Trang 1/2."


async def test_a_closed_list_and_foreign_hands_change_nothing(council: Council) -> None:
    thu = await at_the_meeting(council)
    await thu.presses("Điểm danh")
    shown = (await thu.entries())[-1]
    call = shown.content["choices"][0]["call"]
    closed = "Danh sách này đã đóng; đề nghị chọn “Điểm danh” tại thẻ cuộc họp."
    assert await council.chat("Quang").hears({"call": call}) == closed
    assert (await council.chat("Lan").hears({"call": call})).startswith("Việc này do cơ quan thường trực thực hiện")
    await thu.presses("Xong")
    assert await thu.hears({"call": call}) == closed


async def test_whoever_called_the_meeting_gets_one_message_as_it_begins(council: Council) -> None:
    thu = await at_the_meeting(council)
    begins = "“Họp Hội đồng” bắt đầu: 14h00, thứ Hai, ngày 20/6/2022."
    await council.at("2022-06-20 14:00")
    await council.at("2022-06-20 14:30")
    (only,) = [seen for seen in await thu.seen() if seen.lines[0] == begins]
    assert only.buttons == ("Điểm danh", "Biên bản", "Kết luận")
    assert [seen for seen in await council.chat("Quang").seen() if seen.lines[0] == begins] == []


async def test_a_unit_and_its_head_are_told_apart(council: Council) -> None:
    thu = await at_the_meeting(council, "thành viên Hội đồng, STC, SYT, VB")
    async with council.write() as session:
        unit = await session.scalar(select(Unit.id).where(Unit.code == "STC"))
        await session.execute(update(Post).where(Post.title == "Giám đốc Sở Tài chính").values(unit_id=unit))
    await thu.presses("Điểm danh")
    assert (await thu.seen())[-1].buttons == (
        "Sở Y tế",
        "UBND huyện Vụ Bản (Trần Văn B, Phó Phòng)",
        "Chủ tịch UBND tỉnh",
        "Giám đốc Sở Tài chính",
        "Giám đốc Sở Y tế",
        "Sở Tài chính",
        "Có mặt cả 2 đơn vị báo dự",
        "Xong",
    )
