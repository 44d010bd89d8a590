from pathlib import Path

from tests.chats import Chat, Council


async def after_the_meeting(council: Council) -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 10h00 ngày 10/6; Phòng họp số 2; SYT, STC")
    await thu.presses("Gửi giấy mời")
    await council.at("2022-06-10 14:00")
    assert "(đã họp)" in await thu.says("hop")
    await thu.presses("Xem mục 1")
    return thu


async def test_conclusions_become_tasks_with_units_and_deadlines(council: Council) -> None:
    thu = await after_the_meeting(council)
    assert (await thu.presses("Kết luận")).startswith("Kết luận “Họp Hội đồng”:")
    said = await thu.says("SYT, STC: Bổ sung số liệu điển hình tiên tiến; trước ngày 25/6")
    assert said.startswith("Đã ghi dự thảo: ")
    assert (await thu.says("Bổ sung số liệu")).startswith("Chưa nêu đơn vị trước dấu")
    await thu.says("SYT: Báo cáo kết quả; hạn 30/6")
    rehearsal = await thu.presses("Xem và giao 2 nhiệm vụ")
    assert rehearsal.startswith("Xem trước: 2 nhiệm vụ giao cho 2 đơn vị")
    assert (await thu.presses("Giao 2 nhiệm vụ")).startswith("Đã giao lúc 14:00")
    assert "Bổ sung số liệu" in str((await council.chat("Minh").seen())[-1].lines)
    await thu.says("hop")
    assert "Kết luận: 2 nhiệm vụ, đã giao 2." in await thu.presses("Xem mục 1")


async def test_a_vague_deadline_of_a_conclusion_is_asked(council: Council) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Kết luận")
    asked = await thu.says("SYT: Bổ sung số liệu; hạn theo quy định")
    assert "theo quy định" in asked
    assert (await thu.says("30/6")).startswith("Đã ghi dự thảo: ")
    assert "Xem và giao 1 nhiệm vụ" in (await thu.seen())[-1].buttons


async def test_minutes_are_kept_with_the_meeting(council: Council, tmp_path: Path) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Biên bản")
    minutes = tmp_path / "bien-ban.txt"
    minutes.write_text("Biên bản họp.")
    assert "Biên bản: 1 tệp." in await thu.says("", minutes)
    await thu.presses("Biên bản")
    assert [each["name"] for each in (await thu.entries())[-1].content["files"]] == ["bien-ban.txt"]
    assert all("bien-ban.txt" not in str(entry.content) for entry in await council.chat("Lan").entries())
