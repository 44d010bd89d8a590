from datetime import date

from models.papers import Document
from models.tasks import Task
from tests.chats import Chat, Council

PLAN = "02/KH-HĐTĐKT"


async def planned(council: Council, *rows: tuple[str, str, str]) -> Chat:
    async with council.write() as session:
        now = council.clock.now()
        plan = Document(number=PLAN, dated=date(2022, 3, 7), kind="KH", imported_at=now)
        session.add(plan)
        await session.flush()
        session.add_all(
            Task(document_id=plan.id, ref=str(at), title=title, phrase=phrase, reading=reading, created_at=now)
            for at, (title, phrase, reading) in enumerate(rows, 1)
        )
    await council.at("2022-06-09 07:40")
    return council.chat("Thu")


ROWS = (
    ("Họp Hội đồng phiên thứ nhất", "Quý II", "2022-04-01..2022-06-30"),
    ("Họp Hội đồng phiên thứ hai", "Quý III", "2022-07-01..2022-09-30"),
    ("Báo cáo sơ kết", "15/6/2022", "2022-06-15"),
)


async def begun(thu: Chat) -> None:
    await thu.says("hop")
    await thu.presses("Phiên họp định kỳ theo kế hoạch (2)")
    await thu.presses("Soạn giấy mời phiên họp quý II/2022")
    await thu.says("14h00 ngày 20/6")


async def test_the_plans_meetings_are_proposed_and_become_invitations(council: Council) -> None:
    thu = await planned(council, *ROWS)
    assert await thu.says("hop") == "Không có cuộc họp nào sắp tới."
    assert (await thu.presses("Phiên họp định kỳ theo kế hoạch (2)")).splitlines() == [
        "Phiên họp định kỳ theo kế hoạch, chưa mời:",
        f"1. Quý II/2022: Họp Hội đồng phiên thứ nhất ({PLAN})",
        f"2. Quý III/2022: Họp Hội đồng phiên thứ hai ({PLAN})",
    ]
    assert await thu.presses("Soạn giấy mời phiên họp quý II/2022") == "Thời gian họp? Ví dụ: 14h00 ngày 20/6."
    assert await thu.says("14h00 ngày 20/6") == "Địa điểm họp?"
    preview = await thu.says("Phòng họp số 1")
    assert "Nơi nhận: thành viên Hội đồng." in preview
    assert "Giấy mời: Họp Hội đồng phiên thứ nhất" in preview
    await thu.presses("Gửi giấy mời")
    await thu.says("hop")
    listed = await thu.presses("Phiên họp định kỳ theo kế hoạch (1)")
    assert listed.splitlines()[1:] == [f"1. Quý III/2022: Họp Hội đồng phiên thứ hai ({PLAN})"]


async def test_two_officers_call_one_regular_meeting_once(council: Council) -> None:
    thu, quang = await planned(council, *ROWS), council.chat("Quang")
    for chat in (thu, quang):
        await begun(chat)
        await chat.says("Phòng họp số 1")
    await thu.presses("Gửi giấy mời")
    refused = await quang.presses("Gửi giấy mời")
    assert refused == (
        "Đ/c Thu đã mời họp “Họp Hội đồng phiên thứ nhất” lúc 07:40 ngày 09/6/2022; gửi “hop” để xem. "
        "Không gửi hai lần."
    )
    assert len(await council.chat("Bình").seen()) == 1


async def test_a_cancelled_regular_meeting_is_proposed_again_a_moved_one_is_not(council: Council) -> None:
    thu = await planned(council, *ROWS)
    await begun(thu)
    await thu.says("Phòng họp số 1")
    await thu.presses("Gửi giấy mời")
    await thu.presses("Đổi lịch")
    await thu.says("21/6")
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    await thu.says("hop")
    assert "Phiên họp định kỳ theo kế hoạch (1)" in (await thu.seen())[-1].buttons
    await thu.presses("Xem mục 1")
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    await thu.presses("Hủy và thông báo")
    await thu.says("hop")
    assert "Phiên họp định kỳ theo kế hoạch (2)" in (await thu.seen())[-1].buttons


async def test_ad_hoc_meetings_stand_beside_the_regular_ones(council: Council) -> None:
    thu = await planned(council, *ROWS)
    await thu.says("taohop Họp đột xuất; 14h00 ngày 10/6; Phòng 1; SYT")
    await thu.presses("Gửi giấy mời")
    await thu.says("hop")
    assert (await thu.seen())[-1].buttons == ("Xem mục 1", "Phiên họp định kỳ theo kế hoạch (2)")
    await council.chat("Lan").says("hop")
    assert (await council.chat("Lan").seen())[-1].buttons == ("Xem mục 1",)


async def test_a_quarter_that_is_over_is_no_longer_proposed(council: Council) -> None:
    thu = await planned(council, *ROWS)
    await council.at("2022-10-03 08:00")
    await thu.says("hop")
    assert (await thu.seen())[-1].buttons == ()


async def called_beside_the_plan(council: Council) -> Chat:
    thu = await planned(council, *ROWS)
    await thu.says("taohop Phiên họp thứ nhất của Hội đồng; 14h00 ngày 10/6; Phòng 1; thành viên Hội đồng")
    await thu.presses("Gửi giấy mời")
    await thu.says("taohop Họp Tổ giúp việc; 14h00 ngày 13/6; Phòng 1; SYT")
    await thu.presses("Gửi giấy mời")
    await council.at("2022-06-13 07:40")
    return thu


async def test_a_meeting_called_beside_the_plan_is_taken_for_the_regular_one_by_one_tap(council: Council) -> None:
    thu = await called_beside_the_plan(council)
    await thu.says("hop")
    assert (await thu.presses("Phiên họp định kỳ theo kế hoạch (2)")).splitlines()[1:] == [
        f"1. Quý II/2022: Họp Hội đồng phiên thứ nhất ({PLAN})",
        f"2. Quý III/2022: Họp Hội đồng phiên thứ hai ({PLAN})",
        "Có thể là phiên quý II: 14h00, thứ Sáu, ngày 10/6/2022, “Phiên họp thứ nhất của Hội đồng”.",
    ]
    assert (await thu.seen())[-1].buttons == (
        "Soạn giấy mời phiên họp quý II/2022",
        "Soạn giấy mời phiên họp quý III/2022",
        "Quý II: phiên ngày 10/6/2022",
    )
    taken = await thu.presses("Quý II: phiên ngày 10/6/2022")
    assert taken == "Đã ghi nhận “Phiên họp thứ nhất của Hội đồng” là phiên họp định kỳ của quý."
    await thu.says("hop")
    assert (await thu.seen())[-1].buttons[-1] == "Phiên họp định kỳ theo kế hoạch (1)"


async def test_what_was_taken_for_the_regular_meeting_by_mistake_is_taken_back(council: Council) -> None:
    thu, quang = await called_beside_the_plan(council), council.chat("Quang")
    for chat in (thu, quang):
        await chat.says("hop")
        await chat.presses("Phiên họp định kỳ theo kế hoạch (2)")
    await thu.presses("Quý II: phiên ngày 10/6/2022")
    assert await quang.presses("Quý II: phiên ngày 10/6/2022") == (
        "Đ/c Thu đã mời họp “Phiên họp thứ nhất của Hội đồng” lúc 07:40 ngày 09/6/2022; gửi “hop” để xem. "
        "Không gửi hai lần."
    )
    assert (await thu.presses("Không phải phiên định kỳ")).splitlines()[1] == (
        f"1. Quý II/2022: Họp Hội đồng phiên thứ nhất ({PLAN})"
    )
