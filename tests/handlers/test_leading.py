"""A unit that leads a bloc sees its members with the bloc's tasks and nothing else, urges and reports for them."""

from datetime import date, timedelta

from sqlalchemy import select, update

from models.people import Group, Membership, Part, Post, Unit
from models.rules.permission import Role
from models.tasks import Assignment, Party, Whom
from tests.chats import Council

BLOC = "Khối thi đua các sở, ngành văn hóa - xã hội"
PLEDGE = "Đăng ký giao ước thi đua"


async def a_task_of_the_bloc(council: Council) -> dict[str, int]:
    """Sở Y tế (Lan, Hoa) leads the bloc, Sở Thông tin và Truyền thông is a member; the bloc is given a task."""
    made = await council.given(PLEDGE, ("SYT", "STTTT"), "2022-06-10")
    async with council.write() as session:
        group = (await session.scalars(select(Group.id).where(Group.name == BLOC))).one()
        task = (await session.get_one(Assignment, made["SYT"])).task_id
        session.add(Party(task_id=task, leads=True, whom=Whom.GROUP, group_id=group, written=BLOC))
    await council.given("Việc riêng của Sở", ("STTTT",), "2022-06-10")
    await council.at("2022-06-09 07:40")
    return made


async def somebody_answers_for_the_member(council: Council) -> None:
    """Tùng also becomes the focal point of Sở Thông tin và Truyền thông."""
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "STTTT"))).one()
        person = council.people["Tùng"]
        session.add(Post(person_id=person, unit_id=unit, role=Role.FOCAL_POINT, valid_from=date(2022, 1, 1)))


async def test_the_leader_sees_the_groups_task_and_nothing_else_of_a_member(council: Council) -> None:
    await a_task_of_the_bloc(council)
    lan = council.chat("Lan")
    assert await lan.says("cum") == f"{BLOC}: {PLEDGE}: 2/2 đơn vị chưa báo cáo"
    shown = await lan.presses(f"Xem: {PLEDGE}")
    assert "Sở Thông tin và Truyền thông: chưa thực hiện, chưa trả lời" in shown
    assert "Việc riêng" not in "\n".join(line for seen in await lan.seen() for line in seen.lines)
    for said in ("tiendo", "homnay", "donvi STTTT", "dondoc"):
        assert "Thông tin và Truyền thông" not in await lan.says(f"/{said}")


async def test_the_leader_urges_its_members(council: Council) -> None:
    await somebody_answers_for_the_member(council)
    await a_task_of_the_bloc(council)
    lan = council.chat("Lan")
    await lan.says("cum")
    await lan.presses(f"Xem: {PLEDGE}")
    assert "Sở Thông tin và Truyền thông: Tùng" in await lan.presses("Đôn đốc thành viên chưa báo cáo")
    await lan.presses("Gửi đôn đốc")
    await council.at("2022-06-09 07:42")
    assert (await council.chat("Tùng").seen())[-1].lines[2] == (
        f"Sở Y tế, đơn vị phụ trách {BLOC}, đề nghị Sở Thông tin và Truyền thông báo cáo tiến độ “{PLEDGE}”."
    )


async def test_the_leader_takes_its_urging_back(council: Council) -> None:
    await somebody_answers_for_the_member(council)
    await a_task_of_the_bloc(council)
    lan = council.chat("Lan")
    await lan.says("cum")
    await lan.presses(f"Xem: {PLEDGE}")
    await lan.presses("Đôn đốc thành viên chưa báo cáo")
    await lan.presses("Gửi đôn đốc")
    assert (await lan.presses("Rút lại")).startswith("Đã rút lại")


async def test_the_leader_reports_once_for_all_or_for_those_named(council: Council) -> None:
    await somebody_answers_for_the_member(council)
    await a_task_of_the_bloc(council)
    lan = council.chat("Lan")
    await lan.says("cum")
    await lan.presses(f"Xem: {PLEDGE}")
    await lan.presses("Báo cáo chung cho cụm, khối")
    assert await lan.says("STC: 45/BC ngày 9/6") == (
        f"“STC” không thuộc {BLOC}; đề nghị ghi tên trong danh sách ở “cum”."
    )
    await lan.presses("Báo cáo chung cho cụm, khối")
    assert (await lan.says("45/BC ngày 9/6")).startswith("Ghi nhận báo cáo chung cho 2 đơn vị:")
    assert (await lan.presses("Ghi nhận cho 2 đơn vị")).startswith(f"Đã ghi nhận báo cáo cho 2 đơn vị thuộc {BLOC}")
    told = (await council.chat("Tùng").seen())[-1].lines[0]
    assert told.startswith(f"Sở Y tế đã báo cáo chung cho {BLOC}: {PLEDGE}")
    assert (await council.chat("Thu").says("duyet")).startswith("Chờ quyết định: 2 báo cáo hoàn thành")


async def the_term_ends(council: Council, last: date) -> None:
    """Sở Y tế leads up to and with this day; then Sở Thông tin và Truyền thông does."""
    async with council.write() as session:
        units = dict((await session.execute(select(Unit.code, Unit.id))).all())
        of_leader = update(Membership).where(Membership.unit_id == units["SYT"])
        await session.execute(of_leader.values(valid_to=last))
        group = (await session.scalars(select(Group.id).where(Group.name == BLOC))).one()
        of_member = update(Membership).where(Membership.unit_id == units["STTTT"])
        await session.execute(of_member.values(valid_to=last))
        after = {"group_id": group, "valid_from": last + timedelta(days=1)}
        session.add(Membership(unit_id=units["SYT"], part=Part.MEMBER, **after))
        session.add(Membership(unit_id=units["STTTT"], part=Part.LEADER, **after))


async def test_the_rights_last_with_the_last_day_of_the_term_and_pass_on_the_next(council: Council) -> None:
    await somebody_answers_for_the_member(council)
    await a_task_of_the_bloc(council)
    await the_term_ends(council, date(2022, 6, 9))
    lan, tung = council.chat("Lan"), council.chat("Tùng")
    await council.at("2022-06-09 16:59")
    assert await lan.says("cum") == f"{BLOC}: {PLEDGE}: 2/2 đơn vị chưa báo cáo"
    await lan.presses(f"Xem: {PLEDGE}")
    assert (await tung.says("cum")).startswith("Việc này do")
    await council.at("2022-06-10 07:40")
    for label in ("Đôn đốc thành viên chưa báo cáo", "Báo cáo chung cho cụm, khối", f"Xem: {PLEDGE}"):
        assert (await lan.presses(label)).startswith("Việc này do")
    assert (await lan.says("cum")).startswith("Việc này do")
    assert await tung.says("cum") == f"{BLOC}: {PLEDGE}: 2/2 đơn vị chưa báo cáo"
    assert "Sở Y tế" in await tung.presses(f"Xem: {PLEDGE}")
