"""The answers to a notice as a table that the officer goes on with: unit, who, when, opinion, and an empty column."""

from typing import Any

from openpyxl import load_workbook

from tests.chats import Council
from tests.handlers.test_replying import TEXT, asked


def the_sheet(council: Council, file: dict[str, Any]) -> Any:
    with council.assistant.files.open(file["sha256"]) as stream:
        return load_workbook(stream).worksheets[0]


async def test_the_table_names_everybody_and_leaves_room_for_how_it_was_taken_up(council: Council) -> None:
    thu = await asked(council, "Ý kiến bằng văn bản", whom="SYT, STC, SCT")
    lan = council.chat("Lan")
    await lan.presses("Trả lời")
    await lan.says("=Nhất trí với dự thảo.")
    assert await thu.presses("Bảng tổng hợp") == f"Trả lời thông báo “{TEXT}”: 1/3."
    file = (await thu.entries())[-1].content["files"][0]
    assert file["name"] == "tong-hop-tra-loi.xlsx"
    sheet = the_sheet(council, file)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows == [
        ["TT", "Đơn vị", "Người trả lời", "Lúc", "Ý kiến", "Tiếp thu/giải trình"],
        [1, "Sở Công Thương", None, None, None, None],
        [2, "Sở Tài chính", None, None, None, None],
        [3, "Sở Y tế", "Lan", "07:40 09/06/2022", "=Nhất trí với dự thảo.", None],
    ]


async def test_a_notice_that_was_only_received_has_its_table_too(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {TEXT}")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    await council.chat("Lan").presses("Đã nhận")
    await thu.presses("Bảng tổng hợp")
    file = (await thu.entries())[-1].content["files"][0]
    sheet = the_sheet(council, file)
    assert [cell.value for cell in sheet[5]][4] == "Đã nhận"
