"""One message lists several tasks: one tap acknowledges them all, and it closes for every colleague."""

from sqlalchemy import select

from models.tasks import Report, Said
from tests.chats import Council, Seen


async def listed(council: Council) -> None:
    """Give Sở Y tế two tasks, of which a morning reminds in one message."""
    await council.at("2022-06-01 08:00")
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    await council.given("Báo cáo chuyên đề", ("SYT",), "2022-06-14")
    await council.at("2022-06-09 07:40")


async def list_of(council: Council, name: str) -> Seen:
    return next(seen for seen in await council.chat(name).seen() if seen.lines[0].startswith("Hạn 14/6 và 1 hạn khác"))


async def test_one_tap_acknowledges_all_and_closes_the_message_for_both_colleagues(council: Council) -> None:
    await listed(council)
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    assert (await list_of(council, "Hoa")).buttons == ("Đã tiếp nhận tất cả", "Mở nhiệm vụ 1", "Mở nhiệm vụ 2")
    assert await lan.presses("Đã tiếp nhận tất cả") == (
        "Đã ghi nhận tiếp nhận lúc 07:40 ngày 09/6/2022: 2 nhiệm vụ của Sở Y tế."
    )
    for name in ("Lan", "Hoa"):
        closed = await list_of(council, name)
        assert (closed.buttons, closed.result) == ((), "Đã trả lời đủ 2 nhiệm vụ.")
        assert closed.lines[1] == "1. Báo cáo sơ kết 6 tháng. Đ/c Lan đã tiếp nhận lúc 07:40 (số 1)."
    async with council.read() as session:
        assert list(await session.scalars(select(Report.said))) == [Said.ACKNOWLEDGED, Said.ACKNOWLEDGED]
    assert (await hoa.says("nhiemvu")).count("Báo cáo") >= len(("sơ kết", "chuyên đề"))


async def test_what_is_left_can_still_be_acknowledged(council: Council) -> None:
    await listed(council)
    hoa = council.chat("Hoa")
    await council.chat("Lan").says("xong 1")
    left = await list_of(council, "Hoa")
    assert left.buttons == ("Đã tiếp nhận", "Mở nhiệm vụ 2")
    assert "Đ/c Lan" in left.lines[1]
    assert (await hoa.presses("Đã tiếp nhận")).startswith("Đã ghi nhận tiếp nhận lúc 07:40")


async def test_a_press_on_what_all_have_answered_changes_nothing(council: Council) -> None:
    await listed(council)
    press = list(await council.chat("Hoa").button("Đã tiếp nhận tất cả"))
    await council.chat("Lan").presses("Đã tiếp nhận tất cả")
    assert (await council.chat("Hoa").hears({"press": press})).startswith("Các nhiệm vụ này đều đã được trả lời")


async def test_another_units_list_cannot_be_acknowledged(council: Council) -> None:
    made = await council.given("Báo cáo A", ("SYT",), "2022-06-30")
    call = {"command": "nhan.tatca", "args": {"assignments": [made["SYT"]]}}
    assert (await council.chat("Minh").hears({"call": call})).startswith("Các nhiệm vụ này không giao cho đơn vị")
