from pathlib import Path

from tests.chats import Council

TEXT = "Đề nghị các đơn vị gửi danh sách điển hình tiên tiến trước ngày 20/6."
WRITE = "Đề nghị ghi nội dung thông báo đúng như sẽ gửi đi.\nGửi “thôi” để dừng soạn."


async def test_a_notice_is_written_by_questions_and_shown_exactly_as_it_goes_out(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    assert await thu.says("guithongbao") == WRITE
    assert (await thu.says(TEXT)).startswith("Thông báo gửi đến những đâu?")
    preview = await thu.says("Khối thi đua các sở, ngành kinh tế")
    assert preview.splitlines() == [
        "Nơi nhận: Khối thi đua các sở, ngành kinh tế.",
        "2 đơn vị, 0 thành viên, 1 người.",
        "Chưa có đầu mối: Sở Công Thương.",
        "Gửi sau khi bấm “Gửi” 2 phút; trong thời gian đó có thể rút lại.",
        "Nội dung gửi đi:",
        TEXT,
        "Đề nghị bấm “Đã nhận” sau khi xem.",
    ]
    await thu.presses("Gửi")
    await council.at("2022-06-09 07:42")
    assert (await council.chat("Minh").seen())[-1].lines == (TEXT, "Đề nghị bấm “Đã nhận” sau khi xem.")
    assert await council.chat("Lan").seen() == []


async def test_one_line_names_whom_and_what(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    preview = await thu.says("guithongbao SYT, huyện Vụ Bản: Mời gửi báo cáo.\nTrân trọng.")
    assert "Nơi nhận: Sở Y tế, UBND huyện Vụ Bản." in preview
    assert "2 đơn vị, 0 thành viên, 3 người." in preview
    await thu.presses("Gửi")
    await council.at("2022-06-09 07:42")
    assert (await council.chat("Tùng").seen())[-1].lines[:2] == ("Mời gửi báo cáo.", "Trân trọng.")


async def test_a_name_nobody_knows_is_asked_about_with_the_nearest(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {TEXT}")
    answer = await thu.says("SYT, STX, Khối thi đua các sở, ngành kinh tế")
    assert answer == "“STX” không rõ là đơn vị nào trong danh bạ. Đề nghị chọn hoặc ghi lại:"
    preview = await thu.presses("Sở Tài chính")
    assert "Nơi nhận: Sở Y tế, Sở Tài chính, Khối thi đua các sở, ngành kinh tế." in preview


async def test_members_and_all_are_named_by_their_words(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {TEXT}")
    assert "0 đơn vị, 3 thành viên, 3 người." in await thu.presses("Thành viên Hội đồng")
    await thu.presses("Sửa nơi nhận")
    assert "11 đơn vị, 3 thành viên, 7 người." in await thu.says("tat ca")


async def test_an_old_preview_sends_nothing_and_a_sent_notice_is_not_sent_again(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {TEXT}")
    old = await thu.button("Gửi")
    await thu.presses("Sửa nội dung")
    await thu.says("Nội dung mới.")
    assert (await thu.hears({"press": list(old)})).startswith("Nội dung đã được sửa sau bản xem trước này")
    new = await thu.button("Gửi")
    await thu.presses("Gửi")
    again = await thu.hears({"press": list(new)})
    assert again == "Nội dung này đã được gửi lúc 07:40 ngày 09/6/2022; không gửi lại."
    await council.at("2022-06-09 07:45")
    assert [seen.lines[0] for seen in await council.chat("Lan").seen()] == ["Nội dung mới."]


async def test_a_dropped_notice_goes_nowhere(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {TEXT}")
    assert await thu.presses("Bỏ") == "Đã bỏ thông báo; không gửi nội dung nào."
    assert (await thu.presses("Gửi")).startswith("Nội dung này đã được bỏ lúc 07:40")
    assert await council.chat("Lan").seen() == []


async def test_a_notice_waits_until_offices_open(council: Council) -> None:
    await council.at("2022-06-09 06:50")
    thu = council.chat("Thu")
    preview = await thu.says(f"guithongbao SYT: {TEXT}")
    assert "Gửi lúc 07:30 ngày 09/6/2022, trong giờ làm việc." in preview
    await thu.presses("Gửi")
    assert await council.chat("Lan").seen() == []
    await council.at("2022-06-09 07:31")
    assert (await council.chat("Lan").seen())[-1].lines[0] == TEXT


async def test_files_go_with_the_notice(council: Council, tmp_path: Path) -> None:
    await council.at("2022-06-09 07:40")
    (tmp_path / "mau.txt").write_text("Biểu mẫu", encoding="utf-8")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {TEXT}")
    await thu.presses("Đính kèm tệp")
    await thu.says("", tmp_path / "mau.txt")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    sent = (await council.chat("Lan").entries())[-1]
    assert [file["name"] for file in sent.content["files"]] == ["mau.txt"]


async def test_a_focal_point_may_not_broadcast(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    refused = "Việc này do cơ quan thường trực thực hiện; gửi “trogiup” để xem những việc đồng chí có thể thực hiện."
    assert await council.chat("Lan").says(f"guithongbao tất cả: {TEXT}") == refused
    assert await council.chat("Bình").says("guithongbao") == refused


async def test_the_list_of_recipients_is_shown_by_tap(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT, SCT: {TEXT}")
    assert (await thu.presses("Danh sách nơi nhận")).splitlines() == [
        "Nơi nhận từ 1 đến 2 trong 2:",
        "Sở Công Thương: chưa có đầu mối",
        "Sở Y tế: Lan, Hoa",
    ]
