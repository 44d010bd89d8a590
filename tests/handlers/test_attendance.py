from sqlalchemy import update

from models.people import Person
from tests.chats import Chat, Council, utc
from tests.handlers.test_ticking import many


async def called(council: Council) -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT, STC, VB, SCT")
    await thu.presses("Gửi giấy mời")
    return thu


async def test_each_answer_has_its_list(council: Council) -> None:
    thu = await called(council)
    await council.chat("Lan").presses("Dự họp")
    await council.chat("Minh").presses("Vắng mặt")
    await council.chat("Minh").says("Bận họp Tỉnh ủy")
    await council.chat("Tùng").presses("Cử người dự thay")
    await council.chat("Tùng").says("Trần Văn B, Phó Phòng Nội vụ")
    assert await thu.presses("Dự họp (1)") == "Dự họp (1)\nSở Y tế: Dự họp"
    assert await thu.presses("Vắng mặt (1)") == "Vắng mặt (1)\nSở Tài chính: Vắng mặt: Bận họp Tỉnh ủy"
    substitutes = "Dự thay (1)\nUBND huyện Vụ Bản: Dự thay: Trần Văn B, Phó Phòng Nội vụ"
    assert await thu.presses("Dự thay (1)") == substitutes
    assert await thu.presses("Chưa trả lời (1)") == "Chưa trả lời (1)\nSở Công Thương: chưa có đầu mối"


async def test_urging_reaches_only_who_has_not_answered_and_once_a_day(council: Council) -> None:
    thu = await called(council)
    await council.chat("Lan").presses("Dự họp")
    preview = await thu.presses("Đôn đốc 3 đơn vị chưa trả lời")
    assert "Sở Tài chính: Minh" in preview
    assert "Sở Y tế" not in preview
    answer = await thu.presses("Gửi đôn đốc")
    assert answer.splitlines() == [
        "Đôn đốc 2 đơn vị, thành viên; các đơn vị khác không nhận thêm tin.",
        "Tin gửi đi từ 07:42, trong giờ làm việc; trước đó có thể rút lại.",
        "Đề nghị gọi điện: Sở Công Thương: chưa có đầu mối",
    ]
    await council.at("2022-06-09 07:42")
    assert len(await council.chat("Minh").seen()) == 2
    assert len(await council.chat("Hoa").seen()) == 1
    preview = await thu.presses("Đôn đốc 3 đơn vị chưa trả lời")
    assert "Sở Tài chính" not in preview
    council.clock.set(utc("2022-06-20 14:00", council.assistant.config.zone))
    begun = "Cuộc họp đã bắt đầu lúc 14:00 ngày 20/6/2022; không đôn đốc nữa."
    assert await thu.presses("Đôn đốc 3 đơn vị chưa trả lời") == begun


async def test_a_seat_is_listed_by_its_post(council: Council) -> None:
    async with council.write() as session:
        await session.execute(update(Person).where(Person.id == council.people["Bình"]).values(phone="0912"))
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; thành viên Hội đồng")
    await thu.presses("Gửi giấy mời")
    await council.chat("Bình").says("hop")
    await council.chat("Bình").presses("Dự họp")
    assert await thu.presses("Dự họp (1)") == "Dự họp (1)\nGiám đốc Sở Tài chính: Dự họp"
    assert "Chủ tịch UBND tỉnh: Sơn" in await thu.presses("Chưa trả lời (2)")


async def test_the_silent_are_turned_over_to_the_last_one(council: Council) -> None:
    await many(council, 42)
    thu = council.chat("Thu")
    await thu.says("taohop Họp sơ kết; 14h00 ngày 20/6; Phòng họp số 2; tất cả đơn vị")
    await thu.presses("Gửi giấy mời")
    silent = next(label for label in (await thu.seen())[-1].buttons if label.startswith("Chưa trả lời"))
    first = (await thu.presses(silent)).splitlines()
    last = (await thu.presses("Xem tiếp")).splitlines()
    assert (len(first), first[0], first[-1]) == (42, silent, "và 13 mục khác.")
    assert (last[0], last[1:]) == (silent, [f"Xã X{number}: chưa có đầu mối" for number in range(29, 42)])
