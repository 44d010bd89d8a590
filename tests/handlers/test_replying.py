"""A notice is answered by one tap or one short line, corrected until its day, and only the silent are reminded."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.notices import Notice
from tests.chats import Chat, Council, utc

TEXT = "Đề nghị đăng ký dự thi."

NOTHING_OPEN = "Không có lựa chọn hay câu hỏi nào đang chờ ứng với số 12; chưa ghi nhận nội dung nào."


async def asked(council: Council, kind: str, *lines: str, whom: str = "SYT, STC", until: str = "14/6") -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {TEXT}")
    await thu.presses("Yêu cầu trả lời")
    await thu.presses(kind)
    for line in lines:
        await thu.says(line)
    await thu.says(until)
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    return thu


async def reminders(council: Council, name: str) -> list[str]:
    return [
        seen.lines[1]
        for seen in await council.chat(name).seen()
        if seen.lines[0] == "Chưa trả lời: thông báo lúc 07:40 ngày 09/6/2022."
    ]


async def test_one_tap_answers_for_the_unit_and_can_be_changed_until_the_day(council: Council) -> None:
    thu = await asked(council, "Chọn một phương án", "Dự thi; Không dự thi")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    assert await lan.presses("Dự thi") == "Đã ghi nhận lúc 07:40 ngày 09/6/2022: Dự thi"
    card = (await hoa.seen())[-1]
    assert (card.result, card.buttons) == ("Đ/c Lan trả lời lúc 07:40 ngày 09/6/2022: Dự thi", ("Sửa trả lời",))
    await council.at("2022-06-10 08:00")
    assert await hoa.presses("Sửa trả lời") == "Đề nghị chọn:"
    assert await hoa.presses("Không dự thi") == "Đã ghi nhận lúc 08:00 ngày 10/6/2022: Không dự thi"
    standing = [seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]
    assert standing.lines[3:] == (
        "Đã trả lời: 1/2 đơn vị, thành viên; chưa trả lời: 1.",
        "Dự thi: 0",
        "Không dự thi: 1",
    )
    await council.at("2022-06-15 08:00")
    late = await lan.presses("Sửa trả lời")
    assert late.startswith("Chỉ sửa trả lời được đến 23:59 ngày 14/6/2022")


async def test_two_colleagues_racing_yield_one_answer_and_the_other_is_told(council: Council) -> None:
    await asked(council, "Chọn một phương án", "Dự thi; Không dự thi")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    late = await hoa.button("Không dự thi")
    await lan.presses("Dự thi")
    answer = await hoa.hears({"press": list(late)})
    assert "Đ/c Lan trả lời lúc 07:40 ngày 09/6/2022: Dự thi" in answer


async def test_a_number_and_an_opinion_are_one_short_line(council: Council) -> None:
    thu = await asked(council, "Một số liệu")
    minh, lan = council.chat("Minh"), council.chat("Lan")
    await minh.presses("Trả lời")
    assert (await minh.says("mười hai")).startswith("“mười hai” không phải là số")
    assert await minh.says("1.250") == "Đã ghi nhận lúc 07:40 ngày 09/6/2022: 1.250"
    await lan.presses("Trả lời")
    await lan.says("12,5")
    standing = [seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]
    assert "Tổng: 1.262,5 (2 trả lời)." in standing.lines


async def test_a_file_is_handed_in_and_given_to_the_officer(council: Council, tmp_path: Path) -> None:
    thu = await asked(council, "Một tệp")
    (tmp_path / "dang-ky.txt").write_text("Danh sách", encoding="utf-8")
    minh = council.chat("Minh")
    assert await minh.presses("Gửi tệp") == "Đề nghị gửi tệp."
    assert await minh.says("", tmp_path / "dang-ky.txt") == "Đã ghi nhận lúc 07:40 ngày 09/6/2022: dang-ky.txt"
    assert "Sở Tài chính: dang-ky.txt" in await thu.presses("Tệp đã nhận")
    assert [file["name"] for file in (await thu.entries())[-1].content["files"]] == ["dang-ky.txt"]


async def test_only_the_silent_are_reminded_the_working_day_before_and_on_the_day(council: Council) -> None:
    await asked(council, "Ý kiến bằng văn bản", until="13/6")  # a Monday
    await council.chat("Lan").presses("Trả lời")
    await council.chat("Lan").says("Nhất trí với dự thảo.")
    for moment in ("2022-06-09 14:00", "2022-06-10 07:45", "2022-06-10 09:00", "2022-06-11 08:00", "2022-06-13 07:45"):
        await council.at(moment)
    assert await reminders(council, "Minh") == [f"“{TEXT}”", f"“{TEXT}”"]
    assert await reminders(council, "Hoa") == []
    await council.at("2022-06-14 08:00")
    assert len(await reminders(council, "Minh")) == 2
    assert (await council.chat("Minh").presses("Trả lời")) == "Đề nghị ghi ý kiến."
    assert "Trả lời sau thời hạn" in await council.chat("Minh").says("Nhất trí.")


@pytest.mark.parametrize(("last", "told"), [("13", 1), ("14", 0)])
async def test_of_reminders_that_could_not_leave_only_the_days_own_is_told(
    council: Council, last: str, told: int
) -> None:
    await asked(council, "Chọn một phương án", "Dự thi; Không dự thi", until="13/6")
    for day in ("10", "13", last):
        council.clock.set(utc(f"2022-06-{day} 07:31", council.assistant.config.zone))
        await council.runner.run_due(council.clock.now())
    await council.settle()
    assert await reminders(council, "Minh") == [f"“{TEXT}”"] * told


async def test_a_reminder_that_waits_is_dropped_once_the_unit_has_answered(council: Council) -> None:
    await asked(council, "Chọn một phương án", "Dự thi; Không dự thi", until="10/6")
    council.clock.set("2022-06-10T00:31:00")  # 07:31: the reminder is owed and has not left
    await council.runner.run_due(council.clock.now())
    await council.chat("Minh").presses("Dự thi")
    assert await reminders(council, "Minh") == []
    assert await reminders(council, "Lan") == [f"“{TEXT}”"]


@pytest.mark.parametrize("command", ["thongbao.traloi", "thongbao.bang", "thongbao.tep"])
async def test_nobody_reads_or_answers_the_notices_of_others(council: Council, command: str) -> None:
    await asked(council, "Một số liệu", whom="STC")
    async with council.read() as session:
        notice = (await session.scalars(select(Notice.id))).one()
    call = {"command": command, "args": {"notice": notice, "text": "5"}}
    for name in ("Tùng", "Bình"):
        answer = await council.chat(name).hears({"call": call})
        assert answer.startswith(("Thông báo này không gửi đến", "Việc này do cơ quan thường trực"))


async def test_the_one_number_in_a_line_is_recorded_once_it_is_confirmed(council: Council) -> None:
    await asked(council, "Một số liệu")
    minh = council.chat("Minh")
    await minh.presses("Trả lời")
    assert await minh.says("khoảng 1250 hồ sơ") == "Ghi nhận 1.250? Nếu không đúng, đề nghị chỉ ghi một số."
    assert await minh.presses("Ghi nhận 1.250") == "Đã ghi nhận lúc 07:40 ngày 09/6/2022: 1.250"
    lan = council.chat("Lan")
    await lan.presses("Trả lời")
    assert (await lan.says("từ 10 đến 12")).startswith("“từ 10 đến 12” không phải là số")
    await lan.says("khoảng 12 hồ sơ")
    assert await lan.says("13") == "Đã ghi nhận lúc 07:40 ngày 09/6/2022: 13"


async def test_a_number_typed_unasked_is_taken_for_the_only_notice_that_waits_for_one(council: Council) -> None:
    await asked(council, "Một số liệu")
    lan = council.chat("Lan")
    assert await lan.says("12") == f"Ghi nhận “12” cho thông báo “{TEXT}”?"
    assert (await lan.seen())[-1].buttons == ("Ghi nhận", "Không")
    assert await lan.presses("Ghi nhận") == "Đã ghi nhận lúc 07:40 ngày 09/6/2022: 12"
    assert (await lan.says("12")).splitlines()[0] == NOTHING_OPEN
    await asked(council, "Một số liệu")
    await asked(council, "Một số liệu")
    assert (await council.chat("Minh").says("12")).splitlines()[0] == NOTHING_OPEN


async def test_an_option_typed_unasked_is_taken_too(council: Council) -> None:
    await asked(council, "Chọn một phương án", "Dự thi; Không dự thi")
    lan = council.chat("Lan")
    await lan.says("nhiemvu")
    await lan.says("trogiup")
    assert await lan.says("không dự thi") == f"Ghi nhận “Không dự thi” cho thông báo “{TEXT}”?"
    assert await lan.presses("Ghi nhận") == "Đã ghi nhận lúc 07:40 ngày 09/6/2022: Không dự thi"
