"""Late work is told upwards politely: to whoever follows the unit, and once a week to the Chair."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from models.papers import Document, Oversight
from models.people import Post, Unit
from tests.chats import Council
from tests.handlers.test_following import follow
from tests.handlers.test_morning import SIX_MONTHS, pushed


async def let_follow(council: Council, name: str, code: str) -> None:
    async with council.write() as session:
        number = f"01-{code}/TB-HĐTĐKT"
        document = Document(number=number, dated=date(2022, 3, 1), imported_at=datetime(2022, 3, 1, tzinfo=UTC))
        session.add(document)
        post_id = (await session.execute(select(Post.id).where(Post.person_id == council.people[name]))).scalar_one()
        unit_id = (await session.execute(select(Unit.id).where(Unit.code == code))).scalar_one()
        await session.flush()
        session.add(
            Oversight(post_id=post_id, unit_id=unit_id, document_id=document.id, ref="1", valid_from=date(2022, 3, 1))
        )


async def days_pass(council: Council, *days: str) -> None:
    for day in days:
        await council.at(f"{day} 07:40")


async def test_the_member_is_told_on_the_third_day_and_urges_by_one_tap(council: Council) -> None:
    await let_follow(council, "Bình", "VB")
    await council.given(SIX_MONTHS, ("VB", "SYT"), "2022-06-14")
    await days_pass(council, "2022-06-14", "2022-06-15", "2022-06-16")
    binh, tung = council.chat("Bình"), council.chat("Tùng")
    assert await pushed(binh) == []
    await days_pass(council, "2022-06-17")
    assert (await pushed(binh))[-1].lines == (
        "Quá hạn: 1 đơn vị đồng chí theo dõi",
        "Kính gửi đồng chí Giám đốc Sở Tài chính.",
        "UBND huyện Vụ Bản: Báo cáo sơ kết 6 tháng đầu năm (hạn 14/6/2022, quá 3 ngày làm việc).",
        "Kính đề nghị đồng chí quan tâm, đôn đốc các đơn vị. Trân trọng.",
    )
    assert (await binh.presses("Đôn đốc 1 đơn vị")).startswith("Đôn đốc 1 đơn vị: UBND huyện Vụ Bản;")
    await council.at("2022-06-17 07:42")
    urged = (await pushed(tung))[-1]
    assert urged.lines[2] == (
        "Đồng chí Giám đốc Sở Tài chính, được phân công theo dõi, đề nghị UBND huyện Vụ Bản khẩn trương thực hiện "
        "“Báo cáo sơ kết 6 tháng đầu năm” (hạn 14/6/2022)."
    )
    assert (await binh.presses("Đôn đốc 1 đơn vị")).startswith("Không còn đơn vị nào cần đôn đốc hôm nay")
    await tung.presses("Hoàn thành")
    assert (await binh.presses("Đôn đốc 1 đơn vị")).startswith("Các đơn vị này đều đã báo cáo")
    assert (await pushed(tung))[-2].buttons == ()


async def test_a_focal_point_cannot_urge(council: Council) -> None:
    made = await council.given(SIX_MONTHS, ("VB",), "2022-06-14")
    lan = council.chat("Lan")
    answer = await lan.hears({"call": {"command": "nhacviec.dondoc", "args": {"assignments": list(made.values())}}})
    assert "Đã đôn đốc" not in answer


async def test_the_chair_reads_once_a_week_what_is_a_week_late(council: Council) -> None:
    await council.given(SIX_MONTHS, ("VB", "SYT"), "2022-06-14")
    await council.given("Đăng ký thi đua", ("VB",), "2022-06-15")
    await days_pass(council, "2022-06-20", "2022-06-21", "2022-06-24")
    son = council.chat("Sơn")
    assert await pushed(son) == []
    await days_pass(council, "2022-06-27", "2022-06-28")
    (digest,) = await pushed(son)
    assert digest.lines == (
        "Tuần từ 27/6/2022: 2 đơn vị quá hạn từ 7 ngày",
        "Kính gửi đồng chí Chủ tịch UBND tỉnh.",
        "Sở Y tế: 1 nhiệm vụ, lâu nhất từ hạn 14/6/2022.",
        "UBND huyện Vụ Bản: 2 nhiệm vụ, lâu nhất từ hạn 14/6/2022.",
        "Trân trọng báo cáo.",
    )


async def let_hold(council: Council, name: str, code: str, council_title: str = "") -> None:
    """Let the seat of a member be of a unit, and bear a title in the council."""
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == code))).one()
        post = (await session.scalars(select(Post).where(Post.person_id == council.people[name]))).one()
        post.unit_id, post.council_title = unit, council_title


STANDING = "Phó Chủ tịch thường trực Hội đồng"


async def test_a_members_own_agency_is_told_to_the_standing_vice_chair_who_urges_it(council: Council) -> None:
    await let_follow(council, "Bình", "STC")
    await let_hold(council, "Bình", "STC")
    await let_hold(council, "Yên", "SYT", STANDING)
    await council.given(SIX_MONTHS, ("STC", "VB"), "2022-06-14")
    await days_pass(council, "2022-06-14", "2022-06-15", "2022-06-16", "2022-06-17")
    binh, yen = council.chat("Bình"), council.chat("Yên")
    assert await pushed(binh) == []
    assert (await pushed(yen))[-1].lines == (
        "Quá hạn: 1 cơ quan của chính thành viên theo dõi",
        "Kính gửi đồng chí Giám đốc Sở Y tế.",
        "Sở Tài chính: Báo cáo sơ kết 6 tháng đầu năm (hạn 14/6/2022, quá 3 ngày làm việc).",
        "Thành viên theo dõi là người của chính cơ quan này; kính đề nghị đồng chí xem xét, chỉ đạo. Trân trọng.",
    )
    assert (await binh.says("donvi")).startswith("Sở Tài chính: 1 nhiệm vụ chưa hoàn thành, 1 quá hạn")
    assert (await yen.says("donvi")).startswith("Sở Tài chính: 1 nhiệm vụ chưa hoàn thành, 1 quá hạn")
    assert (await yen.presses("Đôn đốc 1 cơ quan thành viên")).startswith("Đôn đốc 1 đơn vị: Sở Tài chính;")
    await council.at("2022-06-17 07:43")
    assert (await pushed(council.chat("Minh")))[-1].lines[2] == (
        "Đồng chí Giám đốc Sở Y tế, Phó Chủ tịch thường trực Hội đồng, đề nghị Sở Tài chính khẩn trương thực hiện "
        "“Báo cáo sơ kết 6 tháng đầu năm” (hạn 14/6/2022)."
    )


async def test_the_standing_vice_chairs_own_agency_is_told_to_the_chair(council: Council) -> None:
    await let_follow(council, "Yên", "SYT")
    await let_hold(council, "Yên", "SYT", STANDING)
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    await days_pass(council, "2022-06-14", "2022-06-15", "2022-06-16", "2022-06-17")
    assert await pushed(council.chat("Yên")) == []
    assert [seen.lines[:2] for seen in await pushed(council.chat("Sơn"))] == [
        ("Quá hạn: 1 cơ quan của chính thành viên theo dõi", "Kính gửi đồng chí Chủ tịch UBND tỉnh.")
    ]
    assert (await council.chat("Sơn").presses("Đôn đốc 1 cơ quan thành viên")).startswith("Đôn đốc 1 đơn vị: Sở Y tế;")
    await council.at("2022-06-17 07:43")
    assert (await pushed(council.chat("Lan")))[-1].lines[2] == (
        "Đồng chí Chủ tịch UBND tỉnh đề nghị Sở Y tế khẩn trương thực hiện “Báo cáo sơ kết 6 tháng đầu năm” "
        "(hạn 14/6/2022)."
    )


async def test_where_nobody_is_standing_vice_chair_the_chair_is_told(council: Council) -> None:
    await let_follow(council, "Bình", "STC")
    await let_hold(council, "Bình", "STC", "Ủy viên thường trực")
    await council.given(SIX_MONTHS, ("STC",), "2022-06-14")
    await days_pass(council, "2022-06-14", "2022-06-15", "2022-06-16", "2022-06-17")
    assert [len(await pushed(council.chat(name))) for name in ("Bình", "Yên", "Sơn")] == [0, 0, 1]


async def test_whoever_follows_the_group_beside_another_by_name_reads_it_in_his_lists(council: Council) -> None:
    await follow(council)
    await let_follow(council, "Yên", "STC")
    await council.given(SIX_MONTHS, ("STC",), "2022-06-14")
    await days_pass(council, "2022-06-14", "2022-06-15", "2022-06-16", "2022-06-17")
    binh = council.chat("Bình")
    assert [len(await pushed(council.chat(name))) for name in ("Bình", "Yên")] == [0, 1]
    assert "Sở Tài chính: 1 nhiệm vụ chưa hoàn thành, 1 quá hạn" in await binh.says("donvi")
    assert (await binh.says("homnay")).splitlines()[1] == "Quá hạn: 1."
    assert "Sở Tài chính: Báo cáo sơ kết" in await binh.presses("Quá hạn (1)")
