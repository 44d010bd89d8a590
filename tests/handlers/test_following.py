from datetime import UTC, date, datetime

from sqlalchemy import select

from models.papers import Document, Oversight
from models.people import Group, Post, Unit
from tests.chats import Council

START = date(2022, 1, 1)


async def follow(council: Council) -> None:
    """Bình follows the bloc of the economy, and Vụ Bản by name."""
    async with council.write() as session:
        notice = Document(number="01/TB-HĐTĐKT", dated=START, imported_at=datetime(2022, 1, 1, tzinfo=UTC))
        session.add(notice)
        await session.flush()
        post = (await session.scalars(select(Post.id).where(Post.person_id == council.people["Bình"]))).one()
        group = (await session.scalars(select(Group.id).where(Group.name.endswith("ngành kinh tế")))).one()
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "VB"))).one()
        about = {"post_id": post, "document_id": notice.id, "valid_from": START}
        session.add_all([Oversight(ref="1", group_id=group, **about), Oversight(ref="2", unit_id=unit, **about)])


async def test_a_member_sees_his_own_units_what_is_late_first(council: Council) -> None:
    await follow(council)
    await council.given("Báo cáo quý I", ("STC", "SYT"), "2022-06-08")
    for number in range(1, 7):
        await council.given(f"Kế hoạch {number}", ("STC",), "2022-06-10")
    await council.at("2022-06-09 07:40")
    lines = (await council.chat("Bình").says("donvi")).splitlines()
    assert lines == [
        "Sở Công Thương: không có nhiệm vụ nào chưa hoàn thành.",
        "Sở Tài chính: 7 nhiệm vụ chưa hoàn thành, 1 quá hạn, 6 sắp đến hạn, 0 chờ xác nhận.",
        "– Báo cáo quý I (quá hạn, 08/6/2022)",
        "– Kế hoạch 1 (sắp đến hạn, 10/6/2022)",
        "– Kế hoạch 2 (sắp đến hạn, 10/6/2022)",
        "– Kế hoạch 3 (sắp đến hạn, 10/6/2022)",
        "UBND huyện Vụ Bản: không có nhiệm vụ nào chưa hoàn thành.",
    ]


async def test_a_member_names_one_of_his_units_and_no_other(council: Council) -> None:
    await follow(council)
    binh = council.chat("Bình")
    assert await binh.says("donvi huyện Vụ Bản") == "UBND huyện Vụ Bản: không có nhiệm vụ nào chưa hoàn thành."
    assert (await binh.says("donvi SYT")).startswith("Đơn vị này không thuộc phạm vi phân công của đồng chí")
    assert (await binh.says("donvi Sở Không Có")).startswith("“Sở Không Có” không phải đơn vị trong danh bạ")


async def test_a_member_counts_and_urges_only_among_his_units(council: Council) -> None:
    await follow(council)
    await council.given("Báo cáo sơ kết", ("STC", "SYT"), "2022-06-14")
    await council.at("2022-06-09 07:40")
    binh = council.chat("Bình")
    assert "Đã giao: 1;" in await binh.says("tiendo 1")
    assert "Sở Y tế" not in await binh.presses("Đôn đốc 1 đơn vị chưa báo cáo")
    await binh.presses("Gửi đôn đốc")
    await council.at("2022-06-09 07:42")
    assert await council.chat("Lan").seen() == []
    assert len(await council.chat("Minh").seen()) == 1


async def test_the_chair_pages_through_all_units(council: Council) -> None:
    son = council.chat("Sơn")
    first = (await son.says("donvi")).splitlines()
    second = (await son.presses("Xem tiếp")).splitlines()
    assert (len(first), first[-1], len(second)) == (7, "và 5 mục khác.", 5)


async def test_the_list_says_of_each_unit_its_last_answer_and_its_next_meeting_in_five_lines(council: Council) -> None:
    await follow(council)
    for number in range(1, 6):
        await council.given(f"Kế hoạch {number}", ("STC",), "2022-06-10")
    await council.at("2022-06-09 07:40")
    await council.chat("Minh").says("baocao 2 đã họp triển khai")
    thu = council.chat("Thu")
    for title, when, whom in (("Họp sơ kết", "14h00 ngày 20/6", "VB, STC"), ("Họp giao ban", "8h00 ngày 17/6", "STC")):
        await thu.says(f"taohop {title}; {when}; Phòng họp số 2; {whom}")
        await thu.presses("Gửi giấy mời")
    binh = council.chat("Bình")
    assert (await binh.says("donvi")).splitlines()[1:] == [
        "Sở Tài chính: 5 nhiệm vụ chưa hoàn thành, 0 quá hạn, 5 sắp đến hạn, 0 chờ xác nhận.",
        "– Kế hoạch 1 (sắp đến hạn, 10/6/2022)",
        "– Kế hoạch 2 (sắp đến hạn, 10/6/2022)",
        "– trả lời gần nhất về “Kế hoạch 2”. Đ/c Minh đã báo cáo lúc 07:40 (số 1): đã họp triển khai.",
        "– cuộc họp tới: Họp giao ban, 08:00 ngày 17/6/2022",
        "UBND huyện Vụ Bản: không có nhiệm vụ nào chưa hoàn thành.",
        "– cuộc họp tới: Họp sơ kết, 14:00 ngày 20/6/2022",
    ]
    await thu.presses("Hoãn")
    await thu.says("mưa bão.")
    await thu.presses("Hoãn và thông báo")
    assert "Họp giao ban" not in await binh.says("donvi")


async def test_a_member_without_units_is_told_so(council: Council) -> None:
    assert "chưa" in await council.chat("Yên").says("donvi")
