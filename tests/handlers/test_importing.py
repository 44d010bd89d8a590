"""The secretariat sends the council's documents: previewed, asked about, written once, and nobody is told."""

from pathlib import Path

from sqlalchemy import func, select, update

from models.outbox import Parcel
from models.papers import Oversight
from models.people import Group, Unit
from models.tasks import Assignment, Party, Task
from tests.annexes import annex, task
from tests.chats import Chat, Council

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
ANNEX = EXAMPLES / "phu-luc-ke-hoach-vi-du.docx"
NOTICE = EXAMPLES / "thong-bao-01-vi-du.docx"
LEAVE = "Giữ như văn bản, không giao"


async def last(chat: Chat) -> tuple[str, ...]:
    """The buttons of the newest message."""
    return (await chat.seen())[-1].buttons


async def count(council: Council, table: type) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_an_annex_is_previewed_asked_about_and_written(council: Council) -> None:
    thu = council.chat("Thu")
    preview = (await thu.says("nhap", ANNEX)).splitlines()
    assert preview[0] == "02/KH-HĐTĐKT ngày 07/3/2022: 8 nhiệm vụ."
    assert preview[2] == (
        "2. Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm. Chủ trì: Các cơ quan, đơn vị, địa phương. "
        "Thời hạn: Trước ngày 15/6 (chậm nhất hết ngày 14/6/2022)."
    )
    assert preview[-2:] == [
        "1 nhiệm vụ đã qua hạn; sẽ hỏi chung khi giao việc.",
        "Cần trả lời 3 câu hỏi trước khi ghi.",
    ]
    assert await last(thu) == ("Trả lời 3 câu hỏi", "Bỏ")
    assert (await thu.presses("Trả lời 3 câu hỏi")).splitlines()[0] == (
        "Còn 3 câu hỏi. “Báo Nam Định” (dòng 3) không có trong danh bạ. Là cơ quan, đơn vị nào?"
    )
    assert "Đài PT-TH tỉnh" in await thu.presses(LEAVE)
    assert "Ban Thi đua - Khen thưởng" in await thu.presses(LEAVE)
    assert await thu.says("SNV") == (
        "Đã trả lời hết các câu hỏi: 02/KH-HĐTĐKT ngày 07/3/2022: 8 nhiệm vụ.\n"
        "“Ban Thi đua - Khen thưởng” được hiểu là: Sở Nội vụ."
    )
    assert await thu.presses("Ghi vào hệ thống") == (
        "Đã ghi vào hệ thống lúc 07:25 ngày 09/6/2022: 8 mới, 0 sửa, 0 kết thúc.\n"
        "Chưa gửi nội dung nào đến các đơn vị; các nhiệm vụ là dự thảo cho đến khi được giao."
    )
    assert await count(council, Task) == 8
    assert await count(council, Assignment) == 0


async def test_kinds_of_the_directory_are_understood_in_an_annex_and_in_an_answer(
    council: Council, tmp_path: Path
) -> None:
    async with council.write() as session:
        for kind, begins in (("Sở, ban, ngành", "Sở%"), ("Huyện, thành phố", "UBND%")):
            await session.execute(update(Unit).where(Unit.name.like(begins)).values(kind=kind))
    thu = council.chat("Thu")
    rows = [task("1", "A", "UBND các huyện, thành phố", "20/6"), task("2", "B", "Khối cơ quan lạ", "20/6")]
    preview = (await thu.says("nhap", annex(tmp_path / "a.xlsx", *rows))).splitlines()
    districts = "UBND thành phố Nam Định; UBND huyện Vụ Bản; UBND huyện Ý Yên; UBND huyện Trực Ninh; UBND huyện Hải Hậu"
    assert preview[1] == f"1. A. Chủ trì: {districts}. Thời hạn: 20/6 (chậm nhất hết ngày 20/6/2022)."
    await thu.presses("Trả lời 1 câu hỏi")
    assert await last(thu) == (LEAVE,)
    assert await thu.says("Cơ quan nào đó") == (
        "“Cơ quan nào đó” không có trong danh bạ; đề nghị nhập tên hoặc mã của đơn vị có trong danh bạ."
    )
    assert (await thu.says("các sở, ban, ngành; VB")).splitlines() == [
        "Đã trả lời hết các câu hỏi: 05/KH-HĐTĐKT ngày 07/3/2022: 2 nhiệm vụ.",
        (
            "“Khối cơ quan lạ” được hiểu là: Sở Nội vụ; Sở Tài chính; Sở Công Thương; Sở Y tế; "
            "Sở Thông tin và Truyền thông; UBND huyện Vụ Bản."
        ),
    ]
    await thu.presses("Ghi vào hệ thống")
    assert await count(council, Party) == 11


async def test_an_import_sends_nothing(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("nhap", ANNEX)
    await thu.presses("Trả lời 3 câu hỏi")
    for _ in range(3):
        await thu.presses(LEAVE)
    await thu.presses("Ghi vào hệ thống")
    async with council.read() as session:
        told = await session.scalars(select(Parcel.person_id).distinct())
        assert set(told) == {council.people["Thu"]}


async def test_the_card_closes_with_what_was_done(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("nhap", NOTICE)
    while "Ghi vào hệ thống" not in await last(thu):
        is_asked = "Giữ như văn bản, không giao" in await last(thu)
        await (thu.presses(LEAVE) if is_asked else thu.presses((await last(thu))[0]))
    await thu.presses("Ghi vào hệ thống")
    cards = [seen for seen in await thu.seen() if seen.result]
    assert [card.result for card in cards] == ["Đã ghi vào hệ thống lúc 07:25 ngày 09/6/2022."]
    assert cards[0].buttons == ()


async def test_the_same_file_again_says_that_nothing_has_changed(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "SYT", "15/6"))
    await thu.says("nhap", path)
    await thu.presses("Ghi vào hệ thống")
    assert await thu.says("nhap", path) == (
        "Tệp này đã được ghi vào hệ thống lúc 07:25 ngày 09/6/2022: 05/KH-HĐTĐKT. Không có gì thay đổi."
    )
    assert await count(council, Task) == 1


async def test_a_file_sent_twice_while_under_review_is_one_review(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "SYT", "15/6"))
    first = await thu.says("nhap", path)
    assert await thu.says("nhap", path) == first
    assert await thu.says("nhap") == first
    await thu.presses("Bỏ")
    assert (await thu.says("nhap")).startswith("Đề nghị gửi văn bản")


async def test_unknown_units_come_with_the_nearest_and_may_be_typed(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "Sở Y tê tỉnh ta", "15/6"))
    await thu.says("nhap", path)
    await thu.presses("Trả lời 1 câu hỏi")
    assert "Sở Y tế" in await last(thu)
    assert await thu.says("Sở Tài chánh") == "“Sở Tài chánh” không có trong danh bạ. Gần nhất là: Sở Tài chính."
    assert (await thu.says("syt")).startswith("Đã trả lời hết")
    await thu.presses("Ghi vào hệ thống")
    async with council.read() as session:
        assert await session.scalar(select(Party.written)) == "Sở Y tê tỉnh ta"


async def test_a_vague_deadline_is_typed_chosen_or_said_to_be_none(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    rows = [
        task("1", "Báo cáo A", "SYT", "theo quy định"),
        task("2", "Báo cáo B", "SYT", "chậm nhất trước ngày 15/6"),
        task("3", "Báo cáo C", "SYT", "sẽ thông báo sau"),
    ]
    await thu.says("nhap", annex(tmp_path / "a.xlsx", *rows))
    asked = await thu.presses("Trả lời 3 câu hỏi")
    assert asked.splitlines()[:2] == [
        "Còn 3 câu hỏi. Dòng 1 ghi “theo quy định”. Thời hạn là khi nào?",
        "Báo cáo A",
    ]
    assert (await thu.says("hôm nào đó")).startswith("Chưa đọc được thời hạn này")
    await thu.says("25/6/2022")
    assert await last(thu) == ("Chậm nhất hết ngày 14/6/2022", "Chậm nhất hết ngày 15/6/2022", "Không hạn")
    await thu.presses("Chậm nhất hết ngày 14/6/2022")
    await thu.presses("Không hạn")
    await thu.presses("Ghi vào hệ thống")
    async with council.read() as session:
        found = await session.execute(select(Task.phrase, Task.reading).order_by(Task.ref))
        assert [tuple(row) for row in found] == [
            ("theo quy định", "2022-06-25"),
            ("chậm nhất trước ngày 15/6", "2022-06-14"),
            ("sẽ thông báo sau", "NONE"),
        ]


async def test_an_answered_question_is_not_answered_again_by_its_old_button(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    await thu.says("nhap", annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "SYT", "theo quy định")))
    await thu.presses("Trả lời 1 câu hỏi")
    parcel, place = await thu.button("Không hạn")
    await thu.hears({"press": [parcel, place]})
    again = await thu.hears({"press": [parcel, place]})
    assert again.splitlines()[0] == "Câu hỏi này đã được trả lời."
    await thu.presses("Ghi vào hệ thống")
    assert (await thu.hears({"press": [parcel, place]})).startswith("Văn bản này đã được ghi vào hệ thống")


async def test_a_changed_annex_is_confirmed_row_by_row(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    await thu.says("nhap", annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "SYT", "15/6")))
    await thu.presses("Ghi vào hệ thống")
    preview = await thu.says("nhap", annex(tmp_path / "b.xlsx", task("1", "Báo cáo", "SYT", "25/6")))
    assert "Mới: 0. Không đổi: 0. Thay đổi: 1. Không còn trong bản này: 0." in preview
    assert (await thu.presses("Trả lời 1 câu hỏi")).splitlines() == [
        "Còn 1 câu hỏi. Dòng 1 khác với bản đã ghi.",
        "Đã ghi: 15/6. Bản mới: 25/6.",
        "Gửi “thôi” để tạm dừng; các câu đã trả lời được giữ.",
    ]
    await thu.presses("Sửa theo bản mới")
    assert (await thu.presses("Ghi vào hệ thống")).startswith(
        "Đã ghi vào hệ thống lúc 07:25 ngày 09/6/2022: 0 mới, 1 sửa"
    )
    async with council.read() as session:
        assert await session.scalar(select(Task.reading)) == "2022-06-25"


async def test_three_hundred_rows_are_read_in_pages(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    rows = [task(str(at), f"Báo cáo {at}", "SYT; STC", "15/6") for at in range(1, 301)]
    preview = await thu.says("nhap", annex(tmp_path / "a.xlsx", *rows))
    assert preview.splitlines()[-1] == "Còn 292 dòng tiếp theo."
    assert (await thu.presses("Xem tiếp")).splitlines()[0].startswith("9. Báo cáo 9.")
    await thu.presses("Ghi vào hệ thống")
    assert await count(council, Task) == 300
    assert await count(council, Party) == 600


async def test_a_new_group_of_a_notice_is_made(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("nhap", NOTICE)
    await thu.presses("Trả lời 4 câu hỏi")
    for _ in range(4):
        await thu.presses("Ghi là cụm, khối mới")
    await thu.presses("Ghi vào hệ thống")
    assert await count(council, Group) == 9
    assert await count(council, Oversight) == 14


async def test_running_text_is_named_and_asked_for_its_annex(council: Council) -> None:
    said = await council.chat("Thu").says("nhap", EXAMPLES / "ke-hoach-02-2022.txt")
    first, second = said.splitlines()
    assert first == (
        "02/KH-HĐTĐKT ngày 07/3/2022: Kế hoạch công tác của Hội đồng Thi đua Khen thưởng tỉnh Nam Định năm 2022."
    )
    assert second.endswith("Đề nghị gửi phụ lục dạng bảng Word hoặc Excel.")
    assert (await council.chat("Thu").says("", ANNEX)).startswith("02/KH-HĐTĐKT ngày 07/3/2022: 8 nhiệm vụ.")


async def test_a_marked_document_is_refused_before_anything_is_kept(council: Council, tmp_path: Path) -> None:
    path = annex(tmp_path / "a.xlsx", task("1", "TỐI MẬT", "SYT", "15/6"))
    said = await council.chat("Thu").says("nhap", path)
    assert "độ mật" in said
    assert await count(council, Task) == 0


async def test_only_the_secretariat_takes_documents_in(council: Council) -> None:
    said = await council.chat("Lan").says("nhap", ANNEX)
    assert "cơ quan thường trực" in said


async def test_a_text_without_number_or_day_is_named_by_its_file(council: Council, tmp_path: Path) -> None:
    text = tmp_path / "ghi-chu.txt"
    text.write_text("Ghi chú của phòng", encoding="utf-8")
    assert (await council.chat("Thu").says("", text)).splitlines()[0] == "Đã đọc tệp ghi-chu.txt."
