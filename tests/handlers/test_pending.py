"""What waits for a decision is listed whole: the first of each kind at once, all of them a page at a time."""

from datetime import date

from sqlalchemy import select

from models.people import Person
from models.tasks import Assignment, Extension, Report, Said
from tests.chats import Council
from tests.handlers.enrolling import LINE, asks
from tests.handlers.test_ticking import TITLE, many


async def test_what_a_unit_says_is_not_its_task_waits_in_the_list(council: Council) -> None:
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    await lan.says("không thuộc nhiệm vụ đơn vị")
    await lan.presses("Ghi nhận")
    await lan.says("thuộc Sở Nội vụ")
    listed = await thu.says("duyet")
    assert "Sở Y tế báo không thuộc nhiệm vụ của đơn vị: Báo cáo sơ kết 6 tháng" in listed
    assert (await thu.presses("Không thuộc nhiệm vụ: Sở Y tế")).startswith("Hạn 14/6: Báo cáo sơ kết 6 tháng")


async def test_who_asks_to_serve_a_unit_waits_for_a_decision_too(council: Council) -> None:
    await asks(council, "SCT", LINE, "máy lạ")
    thu = council.chat("Thu")
    assert "Đề nghị làm đầu mối, chờ xác nhận: 1." in await thu.says("duyet")
    assert "Nguyễn Thị Lan" in await thu.presses("Đề nghị làm đầu mối (1)")


async def test_what_one_unit_asks_of_two_tasks_has_each_its_own_button(council: Council) -> None:
    for number in range(1, 5):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-14")
    await council.given("Kế hoạch", ("VB",), "2022-06-14")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    for name, number in (("Lan", 1), ("Tùng", 1), ("Lan", 2)):
        await council.chat(name).says(f"giahan {number} đến 17/6 vì chờ số liệu")
    for number in (3, 4):
        await lan.says(f"nhiemvu {number}")
        await lan.presses("Không thuộc nhiệm vụ đơn vị")
        await lan.says("thuộc Sở Nội vụ")
    await thu.says("duyet")
    assert (await thu.seen())[-1].buttons == (
        "Gia hạn đến 17/6/2022: Sở Y tế, nhiệm vụ 1",
        "Gia hạn đến 17/6/2022: UBND huyện Vụ Bản",
        "Gia hạn đến 17/6/2022: Sở Y tế, nhiệm vụ 2",
        "Không thuộc nhiệm vụ: Sở Y tế, nhiệm vụ 3",
        "Không thuộc nhiệm vụ: Sở Y tế, nhiệm vụ 4",
    )
    assert "Kế hoạch 2" in (await thu.presses("Gia hạn đến 17/6/2022: Sở Y tế, nhiệm vụ 2")).splitlines()


async def test_requests_and_tasks_disclaimed_are_turned_over_to_the_last_one(council: Council) -> None:
    await many(council, 19)
    async with council.write() as session:
        rows = (await session.scalars(select(Assignment).order_by(Assignment.id))).all()
        at, by = council.clock.now(), (await session.scalars(select(Person.id).where(Person.name == "Lan"))).one()
        session.add_all(
            Extension(
                assignment_id=row.id, asked_on=date(2022, 6, 17), old_due_on=row.due_on, reason="Chờ", at=at, by_id=by
            )
            for row in rows[:9]
        )
        session.add_all(Report(assignment_id=row.id, number=1, said=Said.NOT_OURS, at=at, by_id=by) for row in rows[9:])
    thu = council.chat("Thu")
    assert (await thu.says("duyet")).splitlines() == [
        "Chờ quyết định: 0 báo cáo hoàn thành, 9 đề nghị gia hạn.",
        *(f"Xã X{number:02d} báo không thuộc nhiệm vụ của đơn vị: {TITLE}" for number in range(9, 12)),
    ]
    assert (await thu.seen())[-1].buttons[-2:] == ("Đề nghị gia hạn (9)", "Không thuộc nhiệm vụ (10)")
    assert await thu.presses("Đề nghị gia hạn (9)") == "Đề nghị gia hạn (9)\nvà 1 mục khác."
    assert await thu.presses("Xem tiếp") == "Đề nghị gia hạn (9)"
    assert (await thu.seen())[-1].buttons == ("Gia hạn đến 17/6/2022: Xã X08",)
    assert (await thu.presses("Không thuộc nhiệm vụ (10)")).splitlines()[-1] == "và 2 mục khác."
    assert (await thu.presses("Xem tiếp")).splitlines() == [
        "Không thuộc nhiệm vụ (10)",
        *(f"Xã X{number} báo không thuộc nhiệm vụ của đơn vị: {TITLE}" for number in (17, 18)),
    ]
    assert (await thu.seen())[-1].buttons == ("Không thuộc nhiệm vụ: Xã X17", "Không thuộc nhiệm vụ: Xã X18")


async def test_tasks_with_reports_are_turned_over_too(council: Council) -> None:
    for number in range(1, 10):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-14")
        await council.chat("Lan").says(f"xong {number}")
    thu = council.chat("Thu")
    await thu.says("duyet")
    assert len((await thu.seen())[-1].buttons) == 6
    assert (await thu.presses("Báo cáo theo nhiệm vụ (9)")).splitlines()[-1] == "và 1 mục khác."
    assert (await thu.presses("Xem tiếp")).splitlines() == ["Báo cáo theo nhiệm vụ (9)", "Kế hoạch 9: 1 báo cáo"]
