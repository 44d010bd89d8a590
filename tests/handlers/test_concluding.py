from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update

from models.meetings import Meeting
from tests.annexes import conclusions_in_words
from tests.chats import Chat, Council
from tests.handlers.test_importing import EXAMPLES, LEAVE

NOTICE = EXAMPLES / "nam-dinh-2022" / "thong-bao-ket-luan-05.docx"
WHOSE = "Kết luận cuộc họp “Họp Hội đồng” ngày 25/5/2022; các nhiệm vụ được ghi vào cuộc họp này."
FOLLOWED = [
    "Kết luận “Họp Hội đồng”:",
    (
        "1. Bổ sung số liệu điển hình tiên tiến ngành Y tế, Giáo dục vào báo cáo sơ kết: 1/1 đơn vị hoàn "
        "thành. Chủ trì: Sở Y tế; “Sở Giáo dục và Đào tạo” (giữ như văn bản)."
    ),
    (
        "2. Xây dựng kế hoạch kiểm tra công tác thi đua, khen thưởng năm 2022: 0/1 đơn vị hoàn thành. Chủ "
        "trì: Sở Nội vụ. Phối hợp: “Thanh tra tỉnh” (giữ như văn bản)."
    ),
    (
        "3. Mở chuyên mục “Gương người tốt, việc tốt” tuyên truyền sơ kết phong trào thi đua: chưa giao. Chủ "
        "trì: “Báo Nam Định” (giữ như văn bản). Phối hợp: “Đài PT-TH tỉnh” (giữ như văn bản)."
    ),
    (
        "4. Rà soát, cân đối Quỹ Thi đua, khen thưởng của tỉnh: 0/1 đơn vị hoàn thành. Chủ trì: Sở Tài "
        "chính. Phối hợp: “Kho bạc Nhà nước tỉnh” (giữ như văn bản)."
    ),
    (
        "5. Báo cáo kết quả phong trào “Chung tay xây dựng nông thôn mới”: chưa giao. Chủ trì: “Sở NN&PTNT” "
        "(giữ như văn bản)."
    ),
    (
        "6. Đề xuất khen thưởng đợt thi đua bảo vệ môi trường: chưa giao. Chủ trì: “Sở Tài nguyên Môi "
        "chường” (giữ như văn bản). Phối hợp: Công an tỉnh."
    ),
]


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
    assert "Kết luận: 2 nhiệm vụ, 0 hoàn thành." in await thu.presses("Xem mục 1")


async def test_a_vague_deadline_of_a_conclusion_is_asked(council: Council) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Kết luận")
    asked = await thu.says("SYT: Bổ sung số liệu; hạn theo quy định")
    assert "theo quy định" in asked
    assert (await thu.says("30/6")).startswith("Đã ghi dự thảo: ")
    assert "Xem và giao 1 nhiệm vụ" in (await thu.seen())[-1].buttons


async def test_soon_is_no_day_and_what_is_missing_is_asked_in_the_words_of_the_conclusions(council: Council) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Kết luận")
    assert (await thu.says("SYT, STC: Bổ sung số liệu; sớm")).splitlines()[0] == (
        "Chưa đọc được thời hạn “sớm”. Thời hạn là khi nào?"
    )
    assert (await thu.says("25/6")).splitlines()[0] == (
        "Đã ghi dự thảo: Bổ sung số liệu. Thời hạn: 25/6 (chậm nhất hết ngày 25/6/2022). "
        "Chủ trì: Sở Y tế; Sở Tài chính."
    )
    assert (await thu.says("SYT: Bổ sung số liệu")).splitlines()[0] == (
        "Chưa nêu thời hạn sau dấu “;”; đề nghị ghi SYT, STC: Bổ sung số liệu; trước ngày 25/6."
    )
    await thu.says("thôi")
    await thu.says("hop")
    await thu.presses("Xem mục 1")
    assert (await thu.presses("Kết luận")).splitlines()[1] == (
        "1. Bổ sung số liệu: chưa giao. Chủ trì: Sở Y tế; Sở Tài chính."
    )


async def test_several_conclusions_are_written_in_one_message(council: Council) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Kết luận")
    said = await thu.says(
        "1. SYT: Bổ sung số liệu; 25/6\n2. Sở Lạ: Báo cáo; 30/6\n"
        "3. STC: Rà soát Quỹ; hạn theo quy định\n4. SYT: Họp; hạn theo quy định"
    )
    assert said.splitlines() == [
        "Đã ghi dự thảo: Bổ sung số liệu. Thời hạn: 25/6 (chậm nhất hết ngày 25/6/2022). Chủ trì: Sở Y tế.",
        "“Sở Lạ: Báo cáo; 30/6”: “Sở Lạ” không có trong danh bạ. Gần nhất là: SNV, Giám đốc Sở Y tế, STC.",
        "“SYT: Họp; hạn theo quy định”: chưa rõ thời hạn; đề nghị ghi lại dòng này.",
        "Chưa đọc được thời hạn “theo quy định”. Thời hạn là khi nào?",
        "Hoặc nhập thời hạn, ví dụ 25/6/2022 hoặc hết quý III.",
    ]
    assert (await thu.says("30/6")).splitlines()[0].startswith("Đã ghi dự thảo: Rà soát Quỹ. Thời hạn: 30/6")
    assert "Xem và giao 2 nhiệm vụ" in (await thu.seen())[-1].buttons


async def test_the_question_for_conclusions_says_how_to_leave_it_and_a_commands_word_does(council: Council) -> None:
    thu = await after_the_meeting(council)
    assert (await thu.presses("Kết luận")).splitlines()[-1] == "Gửi “thôi” để kết thúc."
    assert (await thu.says("SYT: Bổ sung số liệu; 25/6")).splitlines()[-1] == "Gửi “thôi” để kết thúc."
    assert (await thu.says("hop")).splitlines()[:2] == ["Không có cuộc họp nào sắp tới.", "Các cuộc họp đã diễn ra:"]
    assert not (await thu.says("SYT: Báo cáo kết quả; 30/6")).startswith("Đã ghi dự thảo")
    await thu.says("hop")
    await thu.presses("Xem mục 1")
    await thu.presses("Kết luận")
    assert await thu.says("thôi") == "Đã bỏ câu hỏi; chưa ghi nhận nội dung nào."


async def test_minutes_are_kept_with_the_meeting(council: Council, tmp_path: Path) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Biên bản")
    minutes = tmp_path / "bien-ban.txt"
    minutes.write_text("Biên bản họp.")
    assert "Biên bản: 1 tệp." in await thu.says("", minutes)
    await thu.presses("Biên bản")
    assert [each["name"] for each in (await thu.entries())[-1].content["files"]] == ["bien-ban.txt"]
    assert all("bien-ban.txt" not in str(entry.content) for entry in await council.chat("Lan").entries())


async def held_in_may(council: Council) -> Chat:
    """Let the meeting be the one of 25/5/2022, which the notice names."""
    thu = await after_the_meeting(council)
    async with council.write() as session:
        await session.execute(update(Meeting).values(starts_at=datetime(2022, 5, 25, 1, tzinfo=UTC)))
    return thu


async def settled(thu: Chat) -> str:
    """Answer what the notice leaves open: names that the directory lacks, and the vague deadline."""
    asked = await thu.presses("Trả lời 8 câu hỏi")
    while "Ghi vào hệ thống" not in (await thu.seen())[-1].buttons:
        asked = await (thu.presses(LEAVE) if LEAVE in (await thu.seen())[-1].buttons else thu.says("30/9/2022"))
    return asked


async def test_the_notice_sent_in_the_chat_finds_its_meeting_by_the_day_it_names(council: Council) -> None:
    thu = await held_in_may(council)
    preview = await thu.says("", NOTICE)
    assert preview.splitlines()[:2] == ["05/TB-HĐTĐKT ngày 08/6/2022: 6 nhiệm vụ.", WHOSE]
    await settled(thu)
    await thu.presses("Ghi vào hệ thống")
    card = [seen for seen in await thu.seen() if seen.lines[0] == "Cuộc họp: Họp Hội đồng"][-1]
    assert "Kết luận: 6 nhiệm vụ, 6 chưa giao, 0 hoàn thành." in card.lines
    assert "ngày 25/5/2022: Họp Hội đồng (đã họp)" in await thu.says("hop")


async def test_the_notice_sent_at_the_meetings_card_becomes_tasks_that_are_followed_there(council: Council) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Kết luận")
    assert await thu.presses("Gửi tệp Word") == "Đề nghị gửi tệp thông báo kết luận cuộc họp “Họp Hội đồng”."
    preview = await thu.says("", NOTICE)
    assert preview.splitlines()[1] == WHOSE.replace("25/5/2022", "10/6/2022")
    await settled(thu)
    await thu.presses("Ghi vào hệ thống")
    await thu.presses("Xem và giao việc")
    await thu.presses("Giao 3 nhiệm vụ")
    assert (await council.chat("Minh").seen())[-1].lines[0] == "Hạn 30/9: Rà soát, cân đối Quỹ Thi đua, khen…"
    await council.chat("Lan").says("xong 1")
    await thu.says("duyet")
    await thu.presses((await thu.seen())[-1].buttons[0])
    await thu.presses("Sở Y tế")
    await thu.presses("Xác nhận hoàn thành")
    card = next(seen for seen in await thu.seen() if seen.lines[0] == "Cuộc họp: Họp Hội đồng")
    assert card.lines[-1] == "Kết luận: 6 nhiệm vụ, 3 chưa giao, 1 hoàn thành."
    await thu.says("hop")
    assert "Kết luận: 6 nhiệm vụ, 3 chưa giao, 1 hoàn thành." in await thu.presses("Xem mục 1")
    assert (await thu.presses("Kết luận")).splitlines()[:-2] == FOLLOWED


async def test_a_notice_sent_where_the_conclusions_are_asked_for_belongs_to_that_meeting(council: Council) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Kết luận")
    preview = await thu.says("", NOTICE)
    assert preview.splitlines()[1] == WHOSE.replace("25/5/2022", "10/6/2022")


async def test_of_two_meetings_on_that_day_it_is_asked_which(council: Council) -> None:
    thu = await held_in_may(council)
    async with council.write() as session:
        first = (await session.scalars(select(Meeting))).one()
        said = {name: getattr(first, name) for name in ("place", "audience", "created_at", "called_at", "by_id")}
        session.add(Meeting(title="Họp Tổ giúp việc", starts_at=datetime(2022, 5, 25, 7, tzinfo=UTC), **said))
    preview = await thu.says("", NOTICE)
    assert WHOSE not in preview.splitlines()
    asked = await thu.presses("Trả lời 9 câu hỏi")
    assert asked.splitlines()[0] == "Còn 9 câu hỏi. Đây là kết luận của cuộc họp nào?"
    assert (await thu.seen())[-1].buttons == (
        "25/5/2022: Họp Hội đồng",
        "25/5/2022: Họp Tổ giúp việc",
        "Không thuộc cuộc họp nào ở trên",
    )
    assert (await thu.says("hôm nọ")).startswith("Đề nghị chọn một trong các mục: 25/5/2022: Họp Hội đồng,")
    await thu.presses("25/5/2022: Họp Hội đồng")
    assert WHOSE in (await thu.says("/nhap")).splitlines()


async def test_a_notice_is_taken_off_its_meeting_and_put_on_it_later(council: Council) -> None:
    thu = await held_in_may(council)
    await thu.says("", NOTICE)
    assert WHOSE not in (await thu.presses("Không thuộc cuộc họp này")).splitlines()
    await settled(thu)
    await thu.presses("Ghi vào hệ thống")
    await thu.presses("Kết luận")
    await thu.presses("Gửi tệp Word")
    joined = await thu.says("", NOTICE)
    assert joined.splitlines()[1].endswith(
        "vào báo cáo sơ kết: chưa giao. Chủ trì: Sở Y tế; “Sở Giáo dục và Đào tạo” (giữ như văn bản)."
    )
    await thu.presses("Gửi tệp Word")
    assert await thu.says("", NOTICE) == "Các nhiệm vụ trong tệp này đã ghi vào cuộc họp “Họp Hội đồng”."


async def test_a_file_without_a_table_of_tasks_is_no_notice_of_conclusions(council: Council) -> None:
    thu = await after_the_meeting(council)
    await thu.presses("Kết luận")
    await thu.presses("Gửi tệp Word")
    assert await thu.says("", EXAMPLES / "ke-hoach-02-2022.txt") == (
        "ke-hoach-02-2022.txt không có bảng nhiệm vụ. Đề nghị gửi tệp có bảng nhiệm vụ, hoặc ghi từng dòng."
    )
    assert (await thu.says("", NOTICE)).startswith("05/TB-HĐTĐKT ngày 08/6/2022: 6 nhiệm vụ.")


async def test_a_notice_without_a_table_becomes_tasks_sentence_by_sentence(council: Council, tmp_path: Path) -> None:
    thu = await after_the_meeting(council)
    notice = conclusions_in_words(
        tmp_path / "tb-06.docx",
        "10/6/2022",
        "1. Hội đồng đánh giá cao kết quả 6 tháng đầu năm 2022; Sở Y tế đã triển khai tốt.",
        "2. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan bổ sung số liệu; "
        "hoàn thành trước ngày 30/6/2022.",
        "3. Giao các đơn vị:",
        "- UBND huyện Vũ Bảng báo cáo kết quả chậm nhất hết ngày 31/7/2022;",
        "- Sở Công Thương rà soát hồ sơ, thời hạn theo quy định.",
        "4. Yêu cầu các đơn vị nghiêm túc thực hiện Thông báo này.",
    )
    assert (await thu.says("", notice)).splitlines() == [
        "06/TB-HĐTĐKT ngày 22/6/2022: 3 nhiệm vụ.",
        WHOSE.replace("25/5/2022", "10/6/2022"),
        "2. Bổ sung số liệu. Chủ trì: Sở Y tế. Thời hạn: trước ngày 30/6/2022 (chậm nhất hết ngày 29/6/2022).",
        "3.1. Báo cáo kết quả. Chủ trì: “UBND huyện Vũ Bảng” (chưa rõ). Thời hạn: chậm nhất hết ngày 31/7/2022.",
        "3.2. Rà soát hồ sơ. Chủ trì: Sở Công Thương. Thời hạn: theo quy định (chưa rõ thời hạn).",
        "2 đoạn không giao nhiệm vụ cho đơn vị nào, không ghi thành nhiệm vụ:",
        "“Hội đồng đánh giá cao kết quả 6 tháng đầu năm 2022; Sở Y tế đã triển khai tốt”",
        "“Yêu cầu các đơn vị nghiêm túc thực hiện Thông báo này”",
        "Cần trả lời 2 câu hỏi trước khi ghi.",
    ]
    assert (await thu.presses("Trả lời 2 câu hỏi")).splitlines()[0] == (
        "Còn 2 câu hỏi. “UBND huyện Vũ Bảng” (dòng 3.1) không có trong danh bạ. Là cơ quan, đơn vị nào?"
    )
    await thu.presses("UBND huyện Vụ Bản")
    assert (await thu.says("15/7")).splitlines()[0].startswith("Đã trả lời hết các câu hỏi")
    await thu.presses("Ghi vào hệ thống")
    await thu.presses("Xem và giao việc")
    await thu.presses("Giao 3 nhiệm vụ")
    assert (await council.chat("Tùng").seen())[-1].lines[0].startswith("Hạn 31/7: Báo cáo kết quả")
    card = next(seen for seen in await thu.seen() if seen.lines[0] == "Cuộc họp: Họp Hội đồng")
    assert card.lines[-1] == "Kết luận: 3 nhiệm vụ, 0 hoàn thành."
