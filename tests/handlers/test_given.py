"""What a unit sees of it: one message with its whole list, one tap for all, and each next period in its time."""

from pathlib import Path

from sqlalchemy import select

from models.tasks import Assignment
from tests.annexes import annex, task
from tests.chats import Chat, Council


async def given(chat: Chat, path: Path, count: int) -> None:
    """Take an annex without questions in and give all of it."""
    await chat.says("nhap", path)
    await chat.presses("Ghi vào hệ thống")
    await chat.presses("Xem và giao việc")
    await chat.presses(f"Giao {count} nhiệm vụ")
    await chat.council.at("2022-06-09 07:40")


async def test_a_unit_gets_one_message_with_its_whole_list(council: Council, tmp_path: Path) -> None:
    rows = [
        task("1", "Báo cáo A", "SYT; STC", "Trước ngày 30/6"),
        task("2", "Báo cáo B", "SYT", "Chậm nhất ngày 20/6"),
        task("3", "Báo cáo C", "STC", "21/6", coordinating="SYT"),
    ]
    await given(council.chat("Thu"), annex(tmp_path / "a.xlsx", *rows), 3)
    for name in ("Lan", "Hoa"):
        told = (await council.chat(name).seen())[0]
        assert told.lines == (
            "Giao 2 nhiệm vụ, hạn đầu 20/6/2022: 05/KH-HĐTĐKT",
            "Kính gửi: Sở Y tế.",
            "2. Báo cáo B: Chậm nhất ngày 20/6.",
            "1. Báo cáo A: Trước ngày 30/6 (chậm nhất hết ngày 29/6).",
            "Quý cơ quan đồng thời phối hợp thực hiện: Báo cáo C.",
        )
        assert told.buttons == ("Đã tiếp nhận tất cả", "Mở nhiệm vụ 2", "Mở nhiệm vụ 1")


async def test_the_first_task_is_opened_from_the_message(council: Council, tmp_path: Path) -> None:
    await given(council.chat("Thu"), annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "SYT", "30/6")), 1)
    lan = council.chat("Lan")
    assert (await lan.presses("Mở nhiệm vụ 1")).splitlines()[0] == "Hạn 30/6: Báo cáo A"


async def test_who_only_coordinates_is_told_once_and_asked_nothing(council: Council, tmp_path: Path) -> None:
    rows = [task("1", "Báo cáo A", "SYT", "30/6", coordinating="VB")]
    await given(council.chat("Thu"), annex(tmp_path / "a.xlsx", *rows), 1)
    (told,) = await council.chat("Tùng").seen()
    assert told.lines == (
        "Phối hợp 1 nhiệm vụ: Báo cáo A",
        "Kính gửi: UBND huyện Vụ Bản.",
        "Quý cơ quan phối hợp thực hiện: Báo cáo A. Cơ quan chủ trì báo cáo; không cần trả lời tin này.",
        "Theo Kế hoạch số 05/KH-HĐTĐKT ngày 07/3/2022.",
    )
    assert told.buttons == ()
    async with council.read() as session:
        assert len(list(await session.scalars(select(Assignment)))) == 1


async def test_the_next_quarter_comes_when_this_one_is_over(council: Council, tmp_path: Path) -> None:
    rows = [task("1", "Báo cáo quý", "SYT", "Chậm nhất ngày 20 của tháng cuối quý")]
    await given(council.chat("Thu"), annex(tmp_path / "a.xlsx", *rows), 1)
    for day in ("2022-06-20", "2022-06-21", "2022-06-22"):
        await council.at(f"{day} 08:00")
    async with council.read() as session:
        periods = list(await session.scalars(select(Assignment.period).order_by(Assignment.id)))
    assert periods == ["2022-06-20", "2022-09-20"]


async def test_a_member_is_addressed_by_his_post_and_counts_his_own_task_once(council: Council) -> None:
    thu, son = council.chat("Thu"), council.chat("Sơn")
    await thu.says("giaoviec Chủ tịch UBND tỉnh: Cho ý kiến về dự thảo quy chế; trước ngày 15/6")
    await thu.presses("Giao 1 nhiệm vụ")
    await council.at("2022-06-09 07:40")
    assert (await son.seen())[-1].lines[1] == "Kính gửi đồng chí Chủ tịch UBND tỉnh."
    await council.at("2022-06-13 07:40")
    assert (await son.seen())[-1].lines[1] == "Kính gửi đồng chí Chủ tịch UBND tỉnh."
    assert "Theo dõi" not in await son.says("nhiemvu")


async def test_a_deadline_that_the_document_changed_is_shown_in_its_words(council: Council, tmp_path: Path) -> None:
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await given(thu, annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "SYT", "Trước ngày 15/6")), 1)
    await thu.says("", annex(tmp_path / "b.xlsx", task("1", "Báo cáo A", "SYT", "Trước ngày 30/6")))
    await thu.presses("Trả lời 1 câu hỏi")
    await thu.presses("Sửa theo bản mới")
    assert (await thu.presses("Ghi vào hệ thống")).splitlines() == [
        "Đã ghi vào hệ thống lúc 07:40 ngày 09/6/2022: 0 mới, 1 sửa, 0 kết thúc.",
        "1 nhiệm vụ đã giao có thời hạn mới; đã thông báo cho 1 đơn vị.",
    ]
    assert (await lan.seen())[-1].lines[:3] == (
        "Hạn 29/6: Báo cáo A",
        "Kính gửi: Sở Y tế.",
        "Thời hạn được điều chỉnh từ ngày 14/6/2022 sang ngày 29/6/2022, theo Kế hoạch số 05/KH-HĐTĐKT ngày 07/3/2022.",
    )
    assert "Trước ngày 30/6 (chậm nhất hết ngày 29/6)" in await lan.says("nhiemvu 1")


async def test_a_newer_document_leaves_a_granted_extension_alone_and_says_so(council: Council, tmp_path: Path) -> None:
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await given(thu, annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "SYT, STC", "Trước ngày 15/6")), 1)
    await lan.says("xin gia hạn đến 30/6 vì chờ kinh phí")
    await thu.presses("Chấp thuận")
    before = len(await lan.seen())
    await thu.says("", annex(tmp_path / "b.xlsx", task("1", "Báo cáo A", "SYT, STC", "Trước ngày 21/6")))
    await thu.presses("Trả lời 1 câu hỏi")
    await thu.presses("Sửa theo bản mới")
    assert (await thu.presses("Ghi vào hệ thống")).splitlines()[1:] == [
        "1 nhiệm vụ đã giao có thời hạn mới; đã thông báo cho 1 đơn vị.",
        "Đã được gia hạn dài hơn, giữ nguyên hạn: Sở Y tế.",
    ]
    assert len(await lan.seen()) == before
