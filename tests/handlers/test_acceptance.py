"""What waits for the secretariat: accepted one by one or together, or sent back with a reason and a day."""

from sqlalchemy import select

from models.tasks import Review
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def reported(council: Council, *names: str) -> None:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
    for name in names:
        await council.chat(name).says("xong 1")


async def test_a_report_is_accepted_and_the_unit_is_told(council: Council) -> None:
    await reported(council, "Lan")
    thu = council.chat("Thu")
    assert (await thu.says("duyệt")).splitlines() == [
        "Chờ quyết định: 1 báo cáo hoàn thành, 0 đề nghị gia hạn.",
        f"{TITLE}: 1 báo cáo",
    ]
    assert (await thu.presses(f"1 báo cáo: {TITLE}")).splitlines()[1] == "Sở Y tế: hoàn thành (07:25)"
    await thu.presses("Sở Y tế")
    assert await thu.presses("Xác nhận hoàn thành") == f"Đã xác nhận hoàn thành: Sở Y tế, {TITLE}. Đơn vị đã được báo."
    for name in ("Lan", "Hoa"):
        told = (await council.chat(name).seen())[-1]
        assert told.lines == (f"Đã xác nhận hoàn thành: {TITLE} (báo cáo số 1).",)
    assert await thu.says("duyet") == "Không có nội dung nào chờ quyết định."


async def test_all_are_accepted_together_after_a_preview_but_not_what_changed_since(council: Council) -> None:
    await reported(council, "Lan", "Minh", "Tùng")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("duyet")
    await thu.presses(f"3 báo cáo: {TITLE}")
    assert (await thu.presses("Xác nhận cả 3")).splitlines()[0] == "Xác nhận hoàn thành cho 3 đơn vị sau?"
    await lan.presses("Sửa lại")
    await lan.says("Gửi lại bản mới")
    assert (await thu.presses("Xác nhận cả 3")).splitlines() == [
        "Đã xác nhận 2 báo cáo. Các đơn vị đã được báo.",
        "1 báo cáo đã thay đổi nên giữ nguyên.",
    ]
    async with council.read() as session:
        assert len((await session.scalars(select(Review))).all()) == 2


async def test_a_report_is_sent_back_with_a_reason_and_a_day(council: Council) -> None:
    await reported(council, "Lan")
    thu, hoa = council.chat("Thu"), council.chat("Hoa")
    await thu.says("duyet")
    await thu.presses(f"1 báo cáo: {TITLE}")
    await thu.presses("Sở Y tế")
    assert (await thu.presses("Đề nghị bổ sung")).startswith("Đề nghị nêu nội dung Sở Y tế cần bổ sung")
    await thu.says("Thiếu phụ lục 2")
    assert await thu.says("16/6") == "Đã đề nghị Sở Y tế bổ sung: Thiếu phụ lục 2"
    card = (await hoa.seen())[-1]
    assert card.lines[0] == f"Hạn 16/6: {TITLE}"
    assert card.lines[-1] == "Cơ quan thường trực đề nghị bổ sung: Thiếu phụ lục 2"
    assert card.buttons == ("Hoàn thành", "Khó khăn, vướng mắc", "Đề nghị gia hạn")
    assert (await hoa.presses("Hoàn thành")).startswith("Đã ghi nhận số 2")


async def test_another_officers_card_closes_with_the_decision(council: Council) -> None:
    await reported(council, "Lan")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    for officer in (thu, quang):
        await officer.says("duyet")
        await officer.presses(f"1 báo cáo: {TITLE}")
        await officer.presses("Sở Y tế")
    await thu.presses("Xác nhận hoàn thành")
    closed = (await quang.seen())[-1]
    assert (closed.buttons, closed.result) == ((), "Đã xác nhận lúc 07:25 ngày 09/6/2022: hoàn thành đúng hạn.")


async def test_only_the_secretariat_accepts(council: Council) -> None:
    await reported(council, "Lan")
    assert "duyet" not in await council.chat("Lan").says("trogiup")
    assert (await council.chat("Lan").says("duyet")) != ""
    async with council.read() as session:
        assert (await session.scalars(select(Review))).all() == []
