"""“Không thuộc nhiệm vụ đơn vị” decided from “duyet”: given to another unit, left with the unit, withdrawn."""

from sqlalchemy import select

from models.people import Unit
from models.tasks import Assignment, Party, Whom
from tests.chats import Chat, Council

TITLE = "Báo cáo sơ kết 6 tháng"
WHY = "việc của ngành y tế"
RULED = "thuộc lĩnh vực y tế"
ASKED_WHY = "Đề nghị nêu lý do chuyển đơn vị khác; cả hai đơn vị sẽ nhận được lý do này."


async def disclaimed(council: Council, due: str = "2022-06-20") -> None:
    await council.given(TITLE, ("VB",), due)
    tung = council.chat("Tùng")
    await tung.says("nhiemvu 1")
    await tung.presses("Không thuộc nhiệm vụ đơn vị")
    await tung.says(WHY)


async def opened(officer: Chat) -> None:
    await officer.says("duyet")
    await officer.presses("Không thuộc nhiệm vụ: UBND huyện Vụ Bản")


async def test_it_is_given_to_another_unit_and_both_are_told(council: Council) -> None:
    await disclaimed(council)
    thu, tung, lan = (council.chat(name) for name in ("Thu", "Tùng", "Lan"))
    await opened(thu)
    assert (await thu.seen())[-1].buttons == ("Chuyển đơn vị khác", "Giữ nguyên đơn vị", "Rút nhiệm vụ")
    await thu.presses("Chuyển đơn vị khác")
    assert await thu.says("SYT") == ASKED_WHY
    assert (await thu.says(RULED)).splitlines() == [
        f"Chuyển “{TITLE}” từ UBND huyện Vụ Bản sang Sở Y tế, hạn ngày 20/6/2022.",
        "UBND huyện Vụ Bản được thông báo không phải thực hiện, lý do: thuộc lĩnh vực y tế.",
    ]
    assert (await thu.presses("Chuyển cho Sở Y tế")).splitlines() == [
        f"Đã chuyển cho Sở Y tế: {TITLE}, hạn ngày 20/6/2022. UBND huyện Vụ Bản không phải thực hiện.",
        "Đã thông báo: Sở Y tế, UBND huyện Vụ Bản.",
    ]
    assert (await tung.seen())[-1].lines == (
        TITLE,
        "Kính gửi: UBND huyện Vụ Bản.",
        (
            "UBND huyện Vụ Bản không phải thực hiện nhiệm vụ này nữa; nhiệm vụ đã chuyển cho Sở Y tế, "
            "lý do: thuộc lĩnh vực y tế."
        ),
    )
    told = (await lan.seen())[-1]
    assert told.lines[:3] == (
        f"Hạn 20/6: {TITLE}",
        "Kính gửi: Sở Y tế.",
        (
            f"Giao Sở Y tế thực hiện nhiệm vụ này thay UBND huyện Vụ Bản (lý do: {RULED}); "
            "đây là nhiệm vụ số 1 của đơn vị."
        ),
    )
    assert told.buttons[0] == "Đã tiếp nhận"
    assert await thu.says("duyet") == "Không có nội dung nào chờ quyết định."
    await council.at("2022-06-15 08:00")
    assert (await lan.seen())[-1].lines[0] == f"Hạn 20/6: {TITLE}"


async def test_a_unit_without_a_focal_point_is_to_be_called_and_not_said_to_be_told(council: Council) -> None:
    await disclaimed(council)
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    await opened(thu)
    await thu.presses("Chuyển đơn vị khác")
    await thu.says("SCT")
    await thu.says(RULED)
    assert (await thu.presses("Chuyển cho Sở Công Thương")).splitlines()[1:] == [
        "Đã thông báo: UBND huyện Vụ Bản.",
        "Đề nghị gọi điện: Sở Công Thương: chưa có đầu mối",
    ]
    assert "Nhiệm vụ đã kết thúc: đã chuyển cho Sở Công Thương." in [seen.result for seen in await tung.seen()]
    assert not any("hủy" in line for seen in await tung.seen() for line in (*seen.lines, seen.result))


async def test_the_units_that_coordinate_are_offered(council: Council) -> None:
    await disclaimed(council)
    async with council.write() as session:
        task_id = (await session.execute(select(Assignment.task_id))).scalar_one()
        unit = (await session.execute(select(Unit.id).where(Unit.code == "STC"))).scalar_one()
        session.add(Party(task_id=task_id, leads=False, whom=Whom.UNIT, unit_id=unit, written="STC"))
    thu = council.chat("Thu")
    await opened(thu)
    await thu.presses("Chuyển đơn vị khác")
    await thu.presses("Sở Tài chính")
    await thu.says(RULED)
    assert (await thu.seen())[-1].buttons[0] == "Chuyển cho Sở Tài chính"


async def test_a_deadline_too_near_calls_for_another(council: Council) -> None:
    await disclaimed(council, "2022-06-09")
    thu = council.chat("Thu")
    await opened(thu)
    await thu.presses("Chuyển đơn vị khác")
    assert await thu.says("SYT") == (
        "Hạn ngày 09/6/2022 đã qua hoặc còn chưa đến một ngày làm việc. Giao đến ngày nào?"
    )
    await thu.says("17/6")
    await thu.says(RULED)
    assert (await thu.seen())[-1].lines[0].endswith("hạn ngày 17/6/2022.")
    await thu.presses("Đặt hạn khác")
    await thu.says("24/6")
    await thu.presses("Chuyển cho Sở Y tế")
    assert (await council.chat("Lan").seen())[-1].lines[0] == f"Hạn 24/6: {TITLE}"


async def test_it_is_left_with_the_unit_with_the_reason(council: Council) -> None:
    await disclaimed(council)
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    await opened(thu)
    assert await thu.presses("Giữ nguyên đơn vị") == (
        "Đề nghị nêu lý do giữ nguyên UBND huyện Vụ Bản; đơn vị sẽ nhận được lý do này."
    )
    assert await thu.says("theo Quyết định số 5") == (
        f"Giữ nguyên nhiệm vụ cho UBND huyện Vụ Bản: {TITLE}, hạn ngày 20/6/2022.\nĐã thông báo: UBND huyện Vụ Bản."
    )
    told = (await tung.seen())[-1]
    assert told.lines[2] == (
        "Cơ quan thường trực giữ nguyên việc giao nhiệm vụ này cho UBND huyện Vụ Bản, theo Quyết định số 5."
    )
    assert "Hoàn thành" in told.buttons
    await council.at("2022-06-15 08:00")
    assert (await tung.seen())[-1].lines[0] == f"Hạn 20/6: {TITLE}"


async def test_it_is_withdrawn_in_two_steps(council: Council) -> None:
    await disclaimed(council)
    thu = council.chat("Thu")
    await opened(thu)
    await thu.presses("Rút nhiệm vụ")
    await thu.says("trùng nhiệm vụ")
    await thu.presses("Rút và báo 1 đơn vị")
    assert await thu.says("duyet") == "Không có nội dung nào chờ quyết định."


async def test_the_second_officer_is_told_what_stands(council: Council) -> None:
    await disclaimed(council)
    thu, quang = council.chat("Thu"), council.chat("Quang")
    for officer in (thu, quang):
        await opened(officer)
        await officer.presses("Chuyển đơn vị khác")
        await officer.says("SYT" if officer is thu else "STC")
        await officer.says(RULED)
    await thu.presses("Chuyển cho Sở Y tế")
    assert await quang.presses("Chuyển cho Sở Tài chính") == (
        "Không còn nội dung phải quyết định. UBND huyện Vụ Bản: đ/c Thu đã chuyển nhiệm vụ cho đơn vị khác lúc 07:25, "
        "lý do: thuộc lĩnh vực y tế."
    )


async def test_who_takes_over_is_one_other_unit(council: Council) -> None:
    await disclaimed(council)
    thu = council.chat("Thu")
    await opened(thu)
    await thu.presses("Chuyển đơn vị khác")
    assert (await thu.says("SYT, STC")).startswith("Chỉ chuyển cho một đơn vị")
    await thu.presses("Chuyển đơn vị khác")
    assert await thu.says("VB") == "UBND huyện Vụ Bản đang được giao nhiệm vụ này; đề nghị nêu đơn vị khác."
    await thu.presses("Chuyển đơn vị khác")
    assert (await thu.says("Sở Thể dục")).startswith("“Sở Thể dục” không rõ")
