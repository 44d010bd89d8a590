"""What an officer forwards, or sends without a word that is understood, becomes the beginning of a notice."""

from pathlib import Path

from tests.chats import Council
from tests.handlers.test_broadcasting import WRITE
from tests.phones import TelegramCouncil

LETTER = "Giao việc SYT, STC: đề nghị gửi danh sách điển hình tiên tiến trước ngày 20/6."


async def test_a_forwarded_text_is_offered_as_a_notice_and_commands_nothing(on_telegram: TelegramCouncil) -> None:
    await on_telegram.at("2022-06-09 07:40")
    thu = on_telegram.chat("Thu")
    thu.person.passes_on(LETTER)
    assert await thu.answer() == "Nội dung chuyển tiếp không được thực hiện như yêu cầu; có thể gửi làm thông báo."
    assert (await thu.presses("Gửi làm thông báo")).splitlines()[0] == "Thông báo gửi đến những đâu?"
    preview = await thu.says("STC")
    assert preview.splitlines() == [
        "Nơi nhận: Sở Tài chính.",
        "1 đơn vị, 0 thành viên, 1 người.",
        "Gửi sau khi bấm “Gửi” 2 phút; trong thời gian đó có thể rút lại.",
        "Nội dung gửi đi:",
        LETTER,
        "Đề nghị bấm “Đã nhận” sau khi xem.",
    ]
    await thu.presses("Gửi")
    await on_telegram.passes(minutes=3)
    assert (await on_telegram.chat("Minh").seen())[-1].lines[0] == LETTER


async def test_a_forwarded_text_answers_the_question_what_the_notice_says(on_telegram: TelegramCouncil) -> None:
    await on_telegram.at("2022-06-09 07:40")
    thu = on_telegram.chat("Thu")
    await thu.says("guithongbao")
    thu.person.passes_on(LETTER)
    assert (await thu.answer()).splitlines()[0] == "Thông báo gửi đến những đâu?"


async def test_what_anybody_else_forwards_is_taken_as_his_own_words(on_telegram: TelegramCouncil) -> None:
    await on_telegram.given("Báo cáo quý I", ("SYT",), "2022-06-20")
    await on_telegram.at("2022-06-09 07:40")
    lan = on_telegram.chat("Lan")
    lan.person.passes_on("nhiemvu")
    assert (await lan.answer()).splitlines()[0] == "1 nhiệm vụ chưa hoàn thành:"
    lan.person.passes_on("đang soạn")
    assert (await lan.answer()).splitlines()[0] == "Đã ghi nhận số 1 lúc 07:40 ngày 09/6/2022: Báo cáo quý I."


async def test_words_that_are_not_understood_are_offered_as_a_notice(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    assert (await thu.says("Kính gửi các đơn vị: họp giao ban lúc 8h.")).splitlines()[0] == (
        "Chưa hiểu được nội dung này nên chưa ghi nhận."
    )
    assert (await thu.seen())[-1].buttons == ("Nhiệm vụ", "Trợ giúp", "Gửi làm thông báo")
    await thu.presses("Gửi làm thông báo")
    preview = await thu.presses("Thành viên Hội đồng")
    assert preview.splitlines()[4] == "Kính gửi các đơn vị: họp giao ban lúc 8h."


async def test_a_file_that_is_no_document_of_the_council_goes_out_with_a_notice(
    council: Council, tmp_path: Path
) -> None:
    await council.at("2022-06-09 07:40")
    (tmp_path / "huong-dan.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    thu = council.chat("Thu")
    await thu.says("Gửi các đơn vị hướng dẫn bình xét.", tmp_path / "huong-dan.pdf")
    assert (await thu.seen())[-1].buttons == ("Gửi làm thông báo",)
    await thu.presses("Gửi làm thông báo")
    preview = await thu.says("STC")
    assert preview.splitlines()[4] == "Gửi các đơn vị hướng dẫn bình xét."
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    arrived = (await council.chat("Minh").entries())[-1]
    assert (arrived.content["lines"][0], [file["name"] for file in arrived.content["files"]]) == (
        "Gửi các đơn vị hướng dẫn bình xét.",
        ["huong-dan.pdf"],
    )


async def test_a_document_that_can_be_taken_in_can_be_sent_as_it_is(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("", Path("examples/nam-dinh-2022/thong-bao-01.docx"))
    assert (await thu.seen())[-1].buttons[-1] == "Gửi làm thông báo"
    assert await thu.presses("Gửi làm thông báo") == WRITE
    await thu.says("Gửi các đồng chí Thông báo 01.")
    await thu.presses("Thành viên Hội đồng")
    assert [file["name"] for file in (await thu.entries())[-1].content["files"]] == ["thong-bao-01.docx"]


async def test_a_unit_is_offered_nothing_of_the_kind(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    lan = council.chat("Lan")
    await lan.says("Trời hôm nay mưa to quá các anh chị ạ.")
    assert (await lan.seen())[-1].buttons == ("Nhiệm vụ", "Trợ giúp", "Chuyển câu hỏi cho cơ quan thường trực")
