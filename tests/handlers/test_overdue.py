"""Late work is told upwards politely: to whoever follows the unit, and once a week to the Chair."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from models.papers import Document, Oversight
from models.people import Post, Unit
from tests.chats import Council
from tests.handlers.test_morning import SIX_MONTHS, pushed


async def let_follow(council: Council, name: str, code: str) -> None:
    async with council.write() as session:
        document = Document(number="01/TB-HĐTĐKT", dated=date(2022, 3, 1), imported_at=datetime(2022, 3, 1, tzinfo=UTC))
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
