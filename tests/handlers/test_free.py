"""Free words and files: done where they are plain, asked where they may mean several tasks, never guessed."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.tasks import Report, ReportFile, Said
from tests.chats import Council

PAPER, OTHER = "Báo cáo sơ kết 6 tháng", "Tổ chức hội nghị"


async def said(council: Council) -> list[tuple[str, str]]:
    async with council.read() as session:
        return [(report.said, report.step) for report in await session.scalars(select(Report).order_by(Report.number))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("xong rồi", (Said.FINISHED, "")),
        ("đã tiếp nhận", (Said.ACKNOWLEDGED, "")),
        ("đang soạn báo cáo", (Said.PROGRESS, "drafting")),
        ("đã ký, chưa có số", (Said.PROGRESS, "submitted")),
        ("đã gửi báo cáo số 45/BC-SYT ngày 8/6", (Said.FINISHED, "sent")),
        ("vướng mắc: chưa có kinh phí", (Said.OBSTACLE, "")),
    ],
)
async def test_plain_words_are_done_where_one_task_fits(
    council: Council, words: str, expected: tuple[str, str]
) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    assert (await council.chat("Lan").says(words)).startswith("Đã ghi nhận số 1 lúc 07:25")
    assert await said(council) == [expected]


RECORDED = "Nhiệm vụ này đã được cơ quan thường trực (đ/c Thu) ghi nhận lúc 07:25 ngày 09/6/2022 (số 1): "


async def test_several_tasks_are_asked_about_by_buttons(council: Council) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    await council.given(OTHER, ("SYT",), "2022-06-20", deliverable="Hội nghị")
    lan = council.chat("Lan")
    assert await lan.says("xong rồi") == "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào."
    assert await said(council) == []
    await lan.presses(f"2. {OTHER}")
    assert await said(council) == [(Said.FINISHED, "")]
    await lan.says("đang soạn")
    assert await said(council) == [(Said.FINISHED, ""), (Said.PROGRESS, "drafting")]


async def test_what_is_not_the_units_task_is_confirmed_first(council: Council) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert await lan.says("việc này không thuộc thẩm quyền của đơn vị") == (
        f"Ghi nhận “{PAPER}” không thuộc nhiệm vụ đơn vị?"
    )
    assert await said(council) == []
    assert (await lan.presses("Ghi nhận")).startswith("Đề nghị nêu lý do")
    assert await said(council) == []
    await lan.says("thuộc Sở Nội vụ")
    assert await said(council) == [(Said.NOT_OURS, "")]


async def test_what_is_not_the_units_task_is_named_by_its_number_and_asked_why(council: Council) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    await council.given(OTHER, ("SYT",), "2022-06-20")
    lan = council.chat("Lan")
    assert await lan.says("Không thuộc nhiệm vụ đơn vị 2") == f"Ghi nhận “{OTHER}” không thuộc nhiệm vụ đơn vị?"
    assert (await lan.presses("Ghi nhận")).startswith("Đề nghị nêu lý do")
    await lan.says("thuộc Sở Nội vụ")
    await lan.says("Không thuộc nhiệm vụ đơn vị 1 vì là việc của Sở Nội vụ")
    await lan.presses("Ghi nhận")
    assert await said(council) == [(Said.NOT_OURS, ""), (Said.NOT_OURS, "")]


async def test_what_is_not_plain_is_not_recorded(council: Council) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    for words in ("xong chưa", "chưa xong", "hôm nay trời đẹp", "không hoàn thành được"):
        answer = await lan.says(words)
        assert answer.splitlines()[0] == "Chưa hiểu được nội dung này nên chưa ghi nhận."
    assert await said(council) == []


async def test_a_file_without_words_is_asked_about(council: Council, tmp_path: Path) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    paper = tmp_path / "bao-cao.pdf"
    paper.write_bytes(b"%PDF-1.4 bao cao")
    assert await lan.says("", paper) == f"Đã nhận tệp. Tệp này thuộc nhiệm vụ “{PAPER}”?"
    await lan.presses("Đúng, báo cáo hoàn thành")
    assert await said(council) == [(Said.FINISHED, "")]
    async with council.read() as session:
        assert len((await session.scalars(select(ReportFile))).all()) == 1


async def test_a_file_with_a_command_goes_to_its_task(council: Council, tmp_path: Path) -> None:
    await council.given(OTHER, ("SYT",), "2022-06-14", deliverable="Hội nghị")
    await council.given(PAPER, ("SYT",), "2022-06-14")
    paper = tmp_path / "bao-cao.pdf"
    paper.write_bytes(b"%PDF-1.4 bao cao")
    answer = await council.chat("Lan").says("xong 2 kèm báo cáo", paper)
    assert answer.splitlines()[0] == f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {PAPER}."


async def test_the_secretariats_words_are_answered_with_what_can_be_said(council: Council) -> None:
    assert (await council.chat("Thu").says("xong rồi")).splitlines()[-1] == (
        "Đề nghị gửi “trogiup” để xem những nội dung có thể gửi."
    )


async def test_more_time_is_asked_of_what_is_due_before_the_day_named(council: Council) -> None:
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    await council.given("Báo cáo tổng kết năm", ("SYT",), "2022-11-30")
    lan = council.chat("Lan")
    asked = await lan.says("xin gia hạn đến 25/6 vì chờ số liệu")
    assert asked == "Ngày 25/6/2022 là ngày nghỉ. Đề nghị chọn ngày làm việc để gia hạn."
    assert (await lan.seen())[-1].buttons == ("24/6/2022", "27/6/2022")


async def test_what_begins_like_a_command_is_speech(council: Council) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    for words in ("đơn vị đang soạn báo cáo", "Bắt đầu triển khai từ ngày mai", "Báo cáo 1 tháng qua chưa có gì mới"):
        answer = await lan.says(words)
        assert not answer.startswith(("Việc này do", "Mã kết nối", "Đề nghị gửi 12")), words
    assert await said(council) == [(Said.PROGRESS, "drafting")]


async def test_a_number_among_words_finishes_nothing_unasked(council: Council) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert await lan.says("xong 1 phần rồi") == f"Ghi nhận hoàn thành “{PAPER}”?"
    assert await lan.says("xong 99999999999999999999") == (
        "Không có nhiệm vụ số 99999999999999999999; đề nghị gửi “nhiemvu” để xem các nhiệm vụ."
    )
    assert await said(council) == []


async def test_leaving_a_question_that_nobody_asked_is_answered(council: Council) -> None:
    assert await council.chat("Lan").says("thôi") == "Không có câu hỏi nào đang chờ trả lời; không có gì thay đổi."


async def test_members_name_a_unit_without_the_slash(council: Council) -> None:
    assert await council.chat("Thu").says("đơn vị Sở Y tế") == "Sở Y tế: không có nhiệm vụ nào chưa hoàn thành."


async def test_a_paper_sent_by_another_route_is_the_units_own_answer(council: Council) -> None:
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    said = await lan.says("đã gửi báo cáo 45/BC-SYT ngày 08/6/2022 qua hệ thống QLVB")
    assert said.splitlines()[1] == "Đã gửi văn bản số 45/BC-SYT ngày 08/6/2022 qua hệ thống quản lý văn bản."
    assert await thu.says("ghinhan 1: SYT; giấy") == (
        "Không ghi nhận Sở Y tế: Nhiệm vụ này đã được đ/c Lan báo cáo hoàn thành lúc 07:25 ngày 09/6/2022 (số 1): "
        "Báo cáo sơ kết 6 tháng."
    )


async def test_which_task_a_sent_paper_answers_is_asked_where_several_are_open(council: Council) -> None:
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    await council.given("Báo cáo điển hình tiên tiến", ("SYT",), "2022-06-20")
    lan = council.chat("Lan")
    assert await lan.says("Đã gửi BC số 123 ngày 08/6") == "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào."
    assert "Đã gửi văn bản số 123 ngày 08/6/2022." in await lan.presses("2. Báo cáo điển hình tiên tiến")


async def test_what_an_officer_recorded_before_is_said_and_not_taken_for_another_task(council: Council) -> None:
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    await council.given("Báo cáo điển hình tiên tiến", ("SYT",), "2022-06-20")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    await thu.says("ghinhan 1: SYT; 123/BC-SYT ngày 08/6; giấy")
    await thu.presses("Ghi nhận 1 đơn vị")
    said = (await lan.says("da gui bc so 123")).splitlines()
    assert said == [
        f"{RECORDED}123/BC-SYT ngày 08/6/2022, đến ngày 09/6/2022 bằng văn bản giấy. Báo cáo sơ kết 6 tháng.",
        "Nếu văn bản này cũng thuộc nhiệm vụ khác, đề nghị chọn nhiệm vụ đó.",
    ]
    assert (await lan.seen())[-1].buttons == ("2. Báo cáo điển hình tiên tiến",)


async def test_a_receipt_without_number_may_be_the_paper_that_a_unit_tells_of(council: Council) -> None:
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    await thu.says("ghinhan 1: SYT; giấy")
    await thu.presses("Ghi nhận 1 đơn vị")
    assert (await lan.says("Đã gửi BC số 123 ngày 08/6")).startswith(f"{RECORDED}đến ngày")


AGREED = ("ok", "OK ạ", "vâng", "Vâng ạ", "dạ", "rõ", "rõ rồi ạ", "đã nhận", "da nhan", "đã tiếp nhận ạ", "ok em nhận")
# what may be on the screen: the card, a question about a paper, one about words, one that finishes by its button
BEFORE = (("nhiemvu 1",), ("nhiemvu 1", "Đã gửi"), ("baocao 1",), ("xong 1 phần rồi",), ("1 xong",))


@pytest.mark.parametrize("before", BEFORE)
async def test_whoever_agrees_finishes_nothing_whatever_is_on_the_screen(
    council: Council, before: tuple[str, ...]
) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    for words in AGREED:
        await lan.says(before[0])
        await lan.presses(*before[1:])
        await lan.says(words)
    assert {kind for kind, _ in await said(council)} <= {Said.ACKNOWLEDGED, Said.PROGRESS}


@pytest.mark.parametrize("words", ["2", " 2. ", "số 2", "chọn 2"])
async def test_a_number_that_answers_nothing_says_what_to_do(council: Council, words: str) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert (await lan.says(words)).splitlines() == [
        "Không có lựa chọn hay câu hỏi nào đang chờ ứng với số 2; chưa ghi nhận nội dung nào.",
        "Đối với nhiệm vụ số 2, đề nghị ghi, ví dụ: “nhiemvu 2” hoặc “2 xong”.",
    ]
    assert (await lan.seen())[-1].buttons == ("Nhiệm vụ", "Trợ giúp")
    assert await said(council) == []


@pytest.mark.parametrize("words", ["cảm ơn", "Cám ơn đồng chí.", "cam on"])
async def test_thanks_are_answered_in_kind_and_record_nothing(council: Council, words: str) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert await lan.says(words) == "Cảm ơn đồng chí. Chưa ghi nhận nội dung nào từ tin nhắn này."
    await lan.says("baocao 1")
    assert await lan.says(words) == "Cảm ơn đồng chí. Chưa ghi nhận nội dung nào từ tin nhắn này."
    assert await said(council) == []
    await lan.says("đã họp triển khai")
    assert await said(council) == [(Said.PROGRESS, "")]


@pytest.mark.parametrize("words", ["ok", "vâng", "rõ", "dạ vâng ạ", "ok cảm ơn", "đã rõ, cảm ơn"])
async def test_a_nod_never_finishes_anything_whatever_was_shown_before(council: Council, words: str) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    for before in ("nhiemvu 1", "xong 1 đơn vị", "baocao 1", "baocao 1 đã họp", "1 xong", "nhiemvu"):
        await lan.says(before)
        await lan.says(words)
    assert Said.FINISHED not in {each for each, _ in await said(council)}
