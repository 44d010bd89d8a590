"""The list of units that an officer ticks: a tap turns one, pages for many, closed when it is over."""

from datetime import date

from models.people import Unit
from tests.chats import Chat, Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def listed(chat: Chat) -> tuple[str, ...]:
    """The buttons of the list as it is shown now."""
    return next(seen.buttons for seen in reversed(await chat.seen()) if seen.lines[0].startswith("Đơn vị nào"))


async def many(council: Council, count: int) -> None:
    codes = tuple(f"X{number:02d}" for number in range(count))
    async with council.write() as session:
        session.add_all(Unit(code=code, name=f"Xã {code}", valid_from=date(2022, 1, 1)) for code in codes)
    await council.given(TITLE, codes, "2022-06-14")


async def test_a_tap_ticks_and_a_second_one_takes_the_tick_away(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    thu = council.chat("Thu")
    await thu.says("ghinhan 1")
    assert await listed(thu) == ("Sở Tài chính", "Sở Y tế", "Chọn tất cả 2 đơn vị", "Bỏ")
    await thu.presses("Sở Y tế")
    await thu.presses("Đã chọn: Sở Y tế")
    assert await listed(thu) == ("Sở Tài chính", "Sở Y tế", "Chọn tất cả 2 đơn vị", "Bỏ")
    await thu.presses("Chọn tất cả 2 đơn vị")
    assert await listed(thu) == ("Đã chọn: Sở Tài chính", "Đã chọn: Sở Y tế", "Ghi nhận 2 đơn vị", "Bỏ")


async def test_many_units_are_turned_over_page_by_page_and_ticks_stay(council: Council) -> None:
    await many(council, 23)
    thu = council.chat("Thu")
    await thu.says("ghinhan 1")
    assert len([label for label in await listed(thu) if label.startswith("Xã")]) == 10
    await thu.presses("Xã X03")
    await thu.presses("Các đơn vị tiếp theo")
    await thu.presses("Các đơn vị tiếp theo")
    assert (await listed(thu))[:3] == ("Xã X20", "Xã X21", "Xã X22")
    await thu.presses("Xã X22")
    await thu.presses("Các đơn vị trước")
    await thu.presses("Ghi nhận 2 đơn vị")
    assert (await thu.presses("Gửi qua thư điện tử")).splitlines()[1] == "Xã X03, Xã X22."


async def test_a_preview_is_stale_once_the_ticks_changed(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    thu = council.chat("Thu")
    await thu.says("ghinhan 1: SYT; giấy")
    preview = await thu.button("Ghi nhận 1 đơn vị")
    await thu.presses("Chọn lại đơn vị")
    await thu.presses("Sở Tài chính")
    assert (await thu.hears({"press": list(preview)})).startswith("Nội dung đã được sửa sau bản xem trước này")


async def test_a_list_that_is_over_is_closed(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.says("ghinhan 1")
    await thu.presses("Bỏ")
    closed = next(seen for seen in await thu.seen() if seen.result)
    assert (closed.buttons, closed.result) == (
        (),
        "Đã bỏ lúc 07:25 ngày 09/6/2022; chưa ghi nội dung nào vào hệ thống.",
    )
    await thu.says("ghinhan 1: SYT; giấy")
    await thu.presses("Ghi nhận 1 đơn vị")
    assert (await thu.presses("Ghi nhận 1 đơn vị")).startswith("Nội dung này đã được ghi nhận lúc 07:25")
    assert (await quang.says("ghinhan 1: SYT")).startswith("Không ghi nhận Sở Y tế")
