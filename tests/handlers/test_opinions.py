from pathlib import Path

from openpyxl import load_workbook

from tests.chats import Chat, Council
from tests.handlers.test_meetings import called


async def absent(chat: Chat) -> str:
    await chat.presses("Vắng mặt")
    return await chat.says("Bận họp Tỉnh ủy")


async def test_whoever_is_absent_says_in_writing_what_he_thinks(council: Council) -> None:
    thu, minh = await called(council, whom="SYT, STC"), council.chat("Minh")
    await absent(minh)
    asked = await minh.presses("Gửi ý kiến bằng văn bản")
    assert asked == "Đề nghị ghi ý kiến về “Họp Hội đồng” trong một tin, hoặc gửi tệp."
    said = await minh.says("Thống nhất với dự thảo báo cáo.")
    assert said == "Đã ghi nhận ý kiến về “Họp Hội đồng” lúc 07:40 ngày 09/6/2022."
    assert (await thu.presses("Ý kiến bằng văn bản (1)")).splitlines() == [
        "Ý kiến bằng văn bản (1)",
        "Sở Tài chính (Minh, 07:40 ngày 09/6/2022): Thống nhất với dự thảo báo cáo.",
    ]


async def test_an_opinion_stands_when_the_meeting_is_moved(council: Council) -> None:
    thu, minh = await called(council, whom="SYT, STC"), council.chat("Minh")
    await absent(minh)
    await minh.presses("Gửi ý kiến bằng văn bản")
    await minh.says("Thống nhất với dự thảo báo cáo.")
    await thu.presses("Đổi lịch")
    await thu.says("08h00 ngày 21/6")
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    assert (await thu.presses("Ý kiến bằng văn bản (1)")).splitlines() == [
        "Ý kiến bằng văn bản (1)",
        "Sở Tài chính (Minh, 07:40 ngày 09/6/2022): Thống nhất với dự thảo báo cáo.",
    ]
    await thu.presses("Danh sách xác nhận (.xlsx)")
    (file,) = (await thu.entries())[-1].content["files"]
    with council.assistant.files.open(file["sha256"]) as stream:
        sheet = load_workbook(stream).active
    assert sheet is not None
    row = [cell for cell in next(sheet.iter_rows(min_row=4, max_row=4, values_only=True)) if cell]
    assert row == [1, "Sở Tài chính", "Chưa trả lời", "Thống nhất với dự thảo báo cáo."]


async def test_an_opinion_may_come_as_a_file(council: Council, tmp_path: Path) -> None:
    thu, minh = await called(council, whom="SYT, STC"), council.chat("Minh")
    await absent(minh)
    await minh.presses("Gửi ý kiến bằng văn bản")
    assert await minh.presses("Gửi tệp") == "Đề nghị gửi tệp ý kiến."
    file = tmp_path / "y-kien.txt"
    file.write_text("Thống nhất.")
    assert (await minh.says("", file)).startswith("Đã ghi nhận ý kiến")
    assert "gửi dưới dạng tệp" in await thu.presses("Ý kiến bằng văn bản (1)")
    assert [each["name"] for each in (await thu.entries())[-1].content["files"]] == ["y-kien.txt"]


async def test_whoever_comes_says_it_there(council: Council) -> None:
    await called(council, whom="SYT, STC")
    lan, minh = council.chat("Lan"), council.chat("Minh")
    await absent(minh)
    await minh.presses("Gửi ý kiến bằng văn bản")
    await minh.presses("Sửa trả lời")
    await minh.presses("Dự họp")
    entries = [choice for entry in await minh.entries() for choice in entry.content.get("choices", ())]
    opinion = {"command": "hop.ykien", "args": {"meeting": entries[0]["call"]["args"]["meeting"]}}
    refused = "Ý kiến bằng văn bản do người vắng mặt gửi; đề nghị trả lời “Vắng mặt” kèm lý do trước."
    assert await minh.hears({"call": opinion}) == refused
    assert await lan.hears({"call": opinion}) == refused
    foreign = await council.chat("Tùng").hears({"call": opinion})
    assert foreign.startswith("Đơn vị của đồng chí không thuộc thành phần mời họp")


async def test_the_answers_are_handed_out_as_a_workbook(council: Council) -> None:
    thu, minh = await called(council, whom="SYT, STC"), council.chat("Minh")
    await absent(minh)
    await minh.presses("Gửi ý kiến bằng văn bản")
    await minh.says("=1+1")
    said = await thu.presses("Danh sách xác nhận (.xlsx)")
    assert said == "Mời: 2; dự: 0; vắng mặt: 1; dự thay: 0; chưa trả lời: 1."
    (file,) = (await thu.entries())[-1].content["files"]
    with council.assistant.files.open(file["sha256"]) as stream:
        sheet = load_workbook(stream).active
    assert sheet is not None
    rows = [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["Họp Hội đồng, 14h00, thứ Hai, ngày 20/6/2022"]
    assert rows[3] == [1, "Sở Tài chính", "Vắng mặt: Bận họp Tỉnh ủy", "Minh", "07:40 09/06/2022", "=1+1"]
    assert rows[4] == [2, "Sở Y tế", "Chưa trả lời"]
    assert sheet.cell(4, 6).data_type == "s"
    assert (await council.chat("Lan").hears({"call": {"command": "hop.xuat", "args": {"meeting": 1}}})).startswith(
        "Việc này do cơ quan thường trực thực hiện"
    )
