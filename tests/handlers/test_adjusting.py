"""The officer's hand on a given task: found by number or tap, round by round, with what was decided so far."""

from datetime import date

from sqlalchemy import select

from models.tasks import Assignment
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def test_what_can_be_decided_is_offered_with_what_was_decided(council: Council) -> None:
    await council.given(TITLE, ("VB", "SYT"), "2022-06-14")
    thu = council.chat("Thu")
    assert await thu.says("dieuchinh 1") == (
        f"{TITLE}: 2 đơn vị chưa hoàn thành hoặc đang tạm dừng.\nĐề nghị chọn nội dung điều chỉnh."
    )
    assert (await thu.seen())[-1].buttons == ("Điều chỉnh thời hạn", "Tạm dừng nhiệm vụ", "Rút nhiệm vụ")
    await thu.says("/dungviec 1 VB: bão số 2")
    await thu.presses("Tạm dừng và báo 1 đơn vị")
    said = (await thu.says("dieuchinh 1")).splitlines()
    assert said[1] == "UBND huyện Vụ Bản: đ/c Thu đã tạm dừng nhiệm vụ lúc 07:25, lý do: bão số 2."
    assert "Tiếp tục nhiệm vụ" in (await thu.seen())[-1].buttons


async def test_without_a_number_the_newest_tasks_are_offered(council: Council) -> None:
    thu = council.chat("Thu")
    assert await thu.says("dieuchinh") == "Chưa giao nhiệm vụ nào; gửi “giaoviec” để giao."
    await council.given(TITLE, ("VB",), "2022-06-14")
    await council.given("Báo cáo giao ước", ("VB",), "2022-06-20")
    await thu.says("dieuchinh")
    assert set((await thu.seen())[-1].buttons) == {f"1. {TITLE}", "2. Báo cáo giao ước"}
    assert (await thu.presses("2. Báo cáo giao ước")).startswith("Báo cáo giao ước: 1 đơn vị")


async def test_of_one_unit_it_is_reached_from_its_task(council: Council) -> None:
    await council.given(TITLE, ("VB", "SYT"), "2022-06-14")
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    await tung.says("vuongmac 1")
    await tung.says("thiếu số liệu")
    await thu.presses("Xem UBND huyện Vụ Bản")
    await thu.presses("Điều chỉnh")
    assert "Chuyển đơn vị khác" in (await thu.seen())[-1].buttons
    await thu.presses("Điều chỉnh thời hạn")
    assert (await thu.seen())[-1].lines[0].startswith(f"{TITLE}: điều chỉnh thời hạn sang ngày, giờ nào?")


async def test_of_several_rounds_one_is_meant(council: Council) -> None:
    ids = await council.given(TITLE, ("VB",), "2022-06-14")
    async with council.write() as session:
        first = await session.get_one(Assignment, ids["VB"])
        first.period = "2022-06-14"
        session.add(
            Assignment(
                task_id=first.task_id,
                unit_id=first.unit_id,
                period="2022-09-14",
                number=2,
                due_on=date(2022, 9, 14),
                given_at=first.given_at,
                given_on=first.given_on,
            )
        )
    thu = council.chat("Thu")
    assert await thu.says("doihan 1: 20/9; CV 5") == "Nhiệm vụ này có nhiều kỳ. Đề nghị cho biết kỳ nào."
    await thu.presses("Hạn 14/9/2022")
    await thu.presses("Điều chỉnh và báo 1 đơn vị")
    async with council.read() as session:
        days = await session.scalars(select(Assignment.due_on).order_by(Assignment.number))
        assert [str(day) for day in days] == ["2022-06-14", "2022-09-20"]


async def test_units_that_are_named_and_do_not_have_the_task_are_said(council: Council) -> None:
    await council.given(TITLE, ("VB", "SYT"), "2022-06-14")
    said = (await council.chat("Thu").says("doihan 1 VB, STC: 20/6; CV 5")).splitlines()
    assert said[1] == "Đã nêu nhưng không được giao nhiệm vụ này: Sở Tài chính."


async def test_a_suspended_task_may_still_be_moved_or_withdrawn(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    await thu.says("dungviec 1: bão số 2")
    await thu.presses("Tạm dừng và báo 1 đơn vị")
    before = len(await tung.seen())
    await thu.says("dieuchinh 1")
    assert (await thu.seen())[-1].buttons == ("Điều chỉnh thời hạn", "Tiếp tục nhiệm vụ", "Rút nhiệm vụ")
    assert "Đang tạm dừng, điều chỉnh nhưng chưa thông báo: 1." in await thu.says("/doihan 1: 20/6; CV 5")
    await thu.presses("Điều chỉnh, chưa thông báo")
    assert len(await tung.seen()) == before


async def test_what_is_over_is_said_to_be(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    await council.chat("Tùng").says("xong 1")
    thu = council.chat("Thu")
    sentence = f"Nhiệm vụ “{TITLE}” không còn đơn vị nào chưa hoàn thành; kết quả đã báo cáo giữ nguyên."
    assert await thu.says("dieuchinh 1") == sentence
    assert await thu.says("doihan 1: 20/6; CV 5") == sentence
