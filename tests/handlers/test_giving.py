"""Drafts are rehearsed and given: once, to whom they mean, with what is past asked about together."""

from pathlib import Path

from sqlalchemy import func, select

from models.tasks import Assignment, Task
from tests.annexes import annex, task
from tests.chats import Chat, Council
from tests.handlers.test_ticking import many


async def taken_in(chat: Chat, path: Path) -> None:
    """Take an annex without questions in."""
    await chat.says("nhap", path)
    await chat.presses("Ghi vào hệ thống")


async def numbers(council: Council) -> list[tuple[str, bool]]:
    async with council.read() as session:
        rows = await session.execute(
            select(Task.title, Assignment.done_before)
            .join(Assignment, Assignment.task_id == Task.id)
            .order_by(Assignment.id)
        )
        return [(title, done) for title, done in rows]


async def test_drafts_are_rehearsed_then_given(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    rows = [task("1", "Báo cáo A", "SYT; STC", "15/6", coordinating="VB"), task("2", "Báo cáo B", "SYT", "20/6")]
    await taken_in(thu, annex(tmp_path / "a.xlsx", *rows))
    rehearsal = (await thu.presses("Xem và giao việc")).splitlines()
    assert rehearsal == [
        "Xem trước: 2 nhiệm vụ giao cho 2 đơn vị, thành viên; 4 tin nhắn; 4 người liên hệ được qua trò chuyện.",
        (
            "1. Báo cáo A. Thời hạn: 15/6 (chậm nhất hết ngày 15/6/2022). Giao cho 2 nơi: Sở Y tế, Sở Tài chính. "
            "Phối hợp: UBND huyện Vụ Bản."
        ),
        "2. Báo cáo B. Thời hạn: 20/6 (chậm nhất hết ngày 20/6/2022). Giao cho 1 nơi: Sở Y tế.",
    ]
    assert (await council.chat("Lan").seen()) == []
    assert await thu.presses("Giao 2 nhiệm vụ") == (
        "Đã giao lúc 07:25 ngày 09/6/2022: 2 nhiệm vụ, 3 lượt giao cho đơn vị; 4 tin nhắn đang được gửi."
    )
    assert await thu.presses("Giao 2 nhiệm vụ") == "Các nhiệm vụ này đã được giao; không giao lần thứ hai."
    assert len(await numbers(council)) == 3


async def test_what_is_past_is_asked_about_together(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    rows = [task("1", "Báo cáo A", "SYT", "31/3"), task("2", "Báo cáo B", "SYT", "30/4"), task("3", "C", "SYT", "20/6")]
    await taken_in(thu, annex(tmp_path / "a.xlsx", *rows))
    asked = await thu.says("giaoviec")
    assert asked.splitlines()[0] == (
        "2 trong 3 nhiệm vụ đã qua hạn. Các nhiệm vụ đó đã thực hiện trước đây, hay vẫn phải thực hiện?"
    )
    await thu.presses("Đã thực hiện trước đây")
    await thu.presses("Giao 3 nhiệm vụ")
    assert await numbers(council) == [("Báo cáo A", True), ("Báo cáo B", True), ("C", False)]
    await council.at("2022-06-09 07:40")
    told = (await council.chat("Lan").seen())[0]
    assert told.lines[0] == "Hạn 20/6: C"


async def test_a_deadline_written_as_it_is_said_is_said_once(council: Council) -> None:
    said = await council.chat("Thu").says("giaoviec SYT: Báo cáo sơ kết; chậm nhất 16h00 ngày 20/6/2022")
    assert said.splitlines()[1] == (
        "Báo cáo sơ kết. Thời hạn: chậm nhất 16h00 ngày 20/6/2022. Giao cho 1 nơi: Sở Y tế."
    )


async def test_one_task_is_given_in_one_line(council: Council) -> None:
    thu = council.chat("Thu")
    said = await thu.says("giaoviec SYT, STC: Báo cáo sơ kết 6 tháng; hạn 16h00 ngày 20/6")
    assert said.splitlines() == [
        "Xem trước: 1 nhiệm vụ giao cho 2 đơn vị, thành viên; 3 tin nhắn; 3 người liên hệ được qua trò chuyện.",
        (
            "Báo cáo sơ kết 6 tháng. Thời hạn: 16h00 ngày 20/6 (chậm nhất 16h00 ngày 20/6/2022). "
            "Giao cho 2 nơi: Sở Y tế, Sở Tài chính."
        ),
    ]
    await thu.presses("Giao 1 nhiệm vụ")
    assert await numbers(council) == [("Báo cáo sơ kết 6 tháng", False)] * 2


async def test_a_task_of_one_line_may_be_dropped(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("giaoviec SYT: Báo cáo; hạn 20/6")
    assert await thu.presses("Bỏ qua") == "Đã bỏ nhiệm vụ này; chưa gửi nội dung nào."
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(Task)) == 0


async def test_a_deadline_that_is_not_understood_is_asked(council: Council) -> None:
    thu = council.chat("Thu")
    asked = await thu.says("giaoviec SYT: Báo cáo; hạn chậm nhất trước ngày 20/6")
    assert asked.splitlines()[0] == "Chưa đọc được thời hạn “chậm nhất trước ngày 20/6”. Thời hạn là khi nào?"
    assert (await thu.says("ngày nào đó")).startswith("Chưa đọc được thời hạn “ngày nào đó”")
    assert "chậm nhất hết ngày 21/6/2022" in await thu.says("21/6")


async def test_a_unit_that_nobody_knows_is_named_with_the_nearest(council: Council) -> None:
    said = await council.chat("Thu").says("giaoviec Sở Y tê ta: Báo cáo; hạn 20/6")
    assert said.startswith("“Sở Y tê ta” không có trong danh bạ. Gần nhất là: SYT")


async def test_a_day_that_is_past_is_refused(council: Council) -> None:
    said = await council.chat("Thu").says("giaoviec SYT: Báo cáo; hạn 01/6/2022")
    assert said == "Ngày 01/6/2022 đã qua; đề nghị ghi thời hạn từ hôm nay trở đi."


async def test_members_of_the_council_are_given_tasks_too(council: Council) -> None:
    thu = council.chat("Thu")
    said = await thu.says("giaoviec thành viên Hội đồng: Cho ý kiến dự thảo; hạn 20/6")
    assert said.startswith("Xem trước: 1 nhiệm vụ giao cho 2 đơn vị, thành viên")
    await thu.presses("Giao 1 nhiệm vụ")
    await council.at("2022-06-09 07:40")
    told = (await council.chat("Bình").seen())[0]
    assert told.lines[0] == "Hạn 20/6: Cho ý kiến dự thảo"


async def test_units_without_a_focal_point_are_named(council: Council) -> None:
    said = await council.chat("Thu").says("giaoviec SYT, HH: Báo cáo; hạn 20/6")
    assert said.splitlines()[-1] == "1 nơi chưa có đầu mối, cần liên hệ bằng điện thoại: UBND huyện Hải Hậu."


async def test_without_drafts_the_officer_learns_what_to_do(council: Council) -> None:
    assert (await council.chat("Thu").says("giaoviec")).startswith("Không có nhiệm vụ nào chờ giao.")


async def test_several_documents_are_looked_at_one_by_one(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    await taken_in(thu, annex(tmp_path / "a.xlsx", task("1", "A", "SYT", "20/6")))
    await taken_in(thu, annex(tmp_path / "b.xlsx", task("1", "B", "SYT", "20/6"), number="06/KH-HĐTĐKT"))
    assert await thu.says("giaoviec") == "Có 2 nhiệm vụ chờ giao. Xem phần nào?"
    await thu.presses("06/KH-HĐTĐKT (1 nhiệm vụ)")
    await thu.presses("Bỏ qua")
    await thu.presses("05/KH-HĐTĐKT (1 nhiệm vụ)")
    await thu.presses("Giao 1 nhiệm vụ")
    assert await numbers(council) == [("A", False)]


async def test_several_tasks_typed_a_line_each_are_rehearsed_together(council: Council) -> None:
    thu = council.chat("Thu")
    said = await thu.says("giaoviec 1. SYT: Báo cáo A; hạn 20/6\n2. STC: Báo cáo B; hạn 25/6")
    assert said.splitlines() == [
        "Xem trước: 2 nhiệm vụ giao cho 2 đơn vị, thành viên; 3 tin nhắn; 3 người liên hệ được qua trò chuyện.",
        "Báo cáo A. Thời hạn: 20/6 (chậm nhất hết ngày 20/6/2022). Giao cho 1 nơi: Sở Y tế.",
        "Báo cáo B. Thời hạn: 25/6 (chậm nhất hết ngày 25/6/2022). Giao cho 1 nơi: Sở Tài chính.",
    ]
    await thu.presses("Giao 2 nhiệm vụ")
    assert await numbers(council) == [("Báo cáo A", False), ("Báo cáo B", False)]


async def test_of_several_tasks_one_in_doubt_leaves_none_half_typed(council: Council) -> None:
    thu = council.chat("Thu")
    refused = "“STC: Báo cáo B; hạn theo quy định”: chưa rõ thời hạn; đề nghị ghi lại dòng này."
    assert await thu.says("giaoviec SYT: Báo cáo A; hạn 20/6\nSTC: Báo cáo B; hạn theo quy định") == refused
    assert (await thu.says("giaoviec")).startswith("Không có nhiệm vụ nào chờ giao")


async def test_units_behind_whom_nobody_stands_are_named_and_the_others_counted(council: Council) -> None:
    await many(council, 23)
    codes = ", ".join(f"X{number:02d}" for number in range(23))
    named = ", ".join(f"Xã X{number:02d}" for number in range(20))
    said = (await council.chat("Thu").says(f"giaoviec {codes}: Báo cáo; hạn 20/6")).splitlines()
    assert said[1:] == [
        f"Báo cáo. Thời hạn: 20/6 (chậm nhất hết ngày 20/6/2022). Giao cho 23 nơi: {named} và 3 đơn vị khác.",
        f"23 nơi chưa có đầu mối, cần liên hệ bằng điện thoại: {named} và 3 đơn vị khác.",
    ]
