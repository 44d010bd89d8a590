"""The list of tasks: a unit's own with numbers, and for those who follow others the counts of each task."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from models.papers import Document, Oversight
from models.people import Post, Unit
from models.tasks import Assignment, Party, Whom
from tests.chats import Council

FIRST, SECOND = "Báo cáo sơ kết 6 tháng", "Đăng ký danh hiệu thi đua"


async def follow(council: Council, title: str, code: str) -> None:
    """Let the holder of a post follow a unit, as a notice assigns it."""
    async with council.write() as session:
        post = (await session.execute(select(Post.id).where(Post.title == title))).scalar_one()
        unit = (await session.execute(select(Unit.id).where(Unit.code == code))).scalar_one()
        notice = Document(number="01/TB-HĐTĐKT", dated=date(2022, 2, 11), imported_at=datetime(2022, 3, 1, tzinfo=UTC))
        session.add(notice)
        await session.flush()
        session.add(Oversight(post_id=post, unit_id=unit, document_id=notice.id, ref="1", valid_from=date(2022, 2, 11)))


async def test_a_unit_sees_its_open_tasks_with_number_deadline_and_status(council: Council) -> None:
    await council.given(SECOND, ("SYT",), None)
    await council.given(FIRST, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert (await lan.says("nhiệm vụ")).splitlines() == [
        "2 nhiệm vụ chưa hoàn thành:",
        f"2. Hạn 14/6: {FIRST}: chưa thực hiện, còn 3 ngày làm việc",
        f"1. {SECOND}: chưa thực hiện",
    ]
    await lan.says("xong 2")
    assert (await lan.says("tasks")).splitlines()[-1] == "Chờ xác nhận: 1."


async def test_a_task_that_is_over_is_shown_without_buttons(council: Council) -> None:
    await council.given(FIRST, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("xong 1")
    assert (await lan.says("nhiemvu 1")).splitlines()[-1] == "Đ/c Lan đã báo cáo hoàn thành lúc 07:25 (số 1)."
    assert (await lan.seen())[-1].buttons == ()


async def test_who_coordinates_sees_the_task_and_is_not_counted(council: Council) -> None:
    made = await council.given(FIRST, ("SYT",), "2022-06-14")
    async with council.write() as session:
        row = await session.get_one(Assignment, made["SYT"])
        unit = (await session.execute(select(Unit.id).where(Unit.code == "STC"))).scalar_one()
        session.add(Party(task_id=row.task_id, leads=False, whom=Whom.UNIT, unit_id=unit, written="Sở Tài chính"))
    assert await council.chat("Minh").says("nhiemvu") == f"Phối hợp trong 1 nhiệm vụ, để biết: {FIRST}."
    assert await council.chat("Minh").says("xong 1") == (
        "Không có nhiệm vụ số 1; đề nghị gửi “nhiemvu” để xem các nhiệm vụ."
    )


async def test_a_member_sees_the_counts_of_the_units_he_follows_only(council: Council) -> None:
    await council.given(FIRST, ("SYT", "VB"), "2022-06-14")
    await follow(council, "Giám đốc Sở Tài chính", "VB")
    binh = council.chat("Bình")
    assert (await binh.says("nhiemvu")).splitlines() == [
        "Theo dõi: 1 nhiệm vụ chưa hoàn thành.",
        f"{FIRST}: 1 đơn vị, 0 đã xác nhận, 0 chờ xác nhận, 0 đang thực hiện, 1 chưa báo cáo, 0 quá hạn",
    ]
    assert (await binh.presses(f"Đơn vị: {FIRST}")).splitlines() == [
        f"Hạn 14/6: {FIRST}",
        "UBND huyện Vụ Bản: chưa thực hiện, sắp đến hạn",
    ]


async def test_the_secretariat_sees_all_the_silent_first(council: Council) -> None:
    await council.given(FIRST, ("SYT", "STC", "VB"), "2022-06-14")
    await council.chat("Minh").says("xong 1")
    thu = council.chat("Thu")
    await thu.says("nhiemvu")
    assert (await thu.presses(f"Đơn vị: {FIRST}")).splitlines()[1:] == [
        "Sở Y tế: chưa thực hiện, sắp đến hạn",
        "UBND huyện Vụ Bản: chưa thực hiện, sắp đến hạn",
        "Sở Tài chính: chờ xác nhận",
    ]


async def test_a_member_answers_for_what_is_given_to_his_post(council: Council) -> None:
    made = await council.given(FIRST, ("SYT",), "2022-06-14")
    async with council.write() as session:
        row = await session.get_one(Assignment, made["SYT"])
        post = (await session.execute(select(Post.id).where(Post.title == "Giám đốc Sở Tài chính"))).scalar_one()
        about = {"due_on": row.due_on, "due_at": row.due_at, "given_at": row.given_at, "given_on": row.given_on}
        session.add(Assignment(task_id=row.task_id, post_id=post, number=1, **about))
    answer = await council.chat("Bình").says("xong 1")
    assert answer.splitlines()[0] == f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {FIRST}."


async def test_nothing_open_is_said(council: Council) -> None:
    assert await council.chat("Lan").says("nhiemvu") == "Không có nhiệm vụ nào chưa hoàn thành."


async def test_a_unit_turns_over_all_of_its_tasks(council: Council) -> None:
    for number in range(1, 15):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-20")
    lan = council.chat("Lan")
    first = (await lan.says("nhiemvu")).splitlines()
    assert (first[0], first[-1]) == ("14 nhiệm vụ chưa hoàn thành:", "và 2 mục khác.")
    assert (await lan.presses("Xem tiếp")).splitlines()[1:] == [
        f"{number}. Hạn 20/6: Kế hoạch {number}: chưa thực hiện, còn 7 ngày làm việc" for number in (13, 14)
    ]


async def test_whoever_follows_turns_over_all_tasks(council: Council) -> None:
    for number in range(1, 10):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-20")
    thu = council.chat("Thu")
    assert (await thu.says("nhiemvu")).splitlines()[-1] == "và 1 mục khác."
    assert (await thu.presses("Xem tiếp nhiệm vụ theo dõi")).splitlines()[1].startswith("Kế hoạch 9: ")


async def test_where_too_many_tasks_are_meant_the_list_is_named(council: Council) -> None:
    for number in range(1, 10):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-20")
    assert await council.chat("Lan").says("xong") == (
        "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào.\nVà 1 nhiệm vụ khác: gửi “nhiemvu” để xem."
    )
