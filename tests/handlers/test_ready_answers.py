"""An answer given once is kept by one tap, and offered to the officer when a question is like it."""

from sqlalchemy import select

from models.people import Person
from models.ready_answers import ReadyAnswer
from tests.chats import Council
from tests.handlers.test_morning import pushed

ASKED = "Mẫu 02 năm nay lấy ở đâu vậy các đồng chí"
SAID = "Mẫu 02 kèm Kế hoạch số 02/KH-HĐTĐKT; gửi “vanban” để nhận lại."


async def answered_and_kept(council: Council) -> str:
    thu = council.chat("Thu")
    await council.chat("Lan").says(f"phanhoi {ASKED}")
    await thu.presses("Trả lời")
    await thu.says(SAID)
    return await thu.presses("Lưu làm câu trả lời sẵn")


async def test_an_answer_is_kept_by_one_tap_and_sent_by_one_tap_to_the_next_who_asks(council: Council) -> None:
    assert (await answered_and_kept(council)).splitlines() == [
        f"Câu trả lời sẵn cho: {ASKED}",
        SAID,
        "Thu lưu lúc 07:25 ngày 09/6/2022; được đề xuất với chuyên viên khi có câu hỏi tương tự.",
    ]
    minh, quang = council.chat("Minh"), council.chat("Quang")
    await council.at("2022-06-09 07:31")
    said = "Đã ghi nhận phản hồi số 2; cơ quan thường trực sẽ trả lời tại đây."
    assert await minh.says("phanhoi Cho hỏi LAY MAU 02 o dau a?") == said
    offered = (await pushed(quang))[-1]
    assert offered.lines[1:] == ("Cho hỏi LAY MAU 02 o dau a?", "Đã có câu trả lời sẵn:", SAID)
    assert offered.buttons == ("Gửi câu trả lời sẵn", "Trả lời")
    assert await quang.presses("Gửi câu trả lời sẵn") == "Đã trả lời; phản hồi số 2 đã đóng."
    assert (await pushed(minh))[-1].lines[1] == SAID
    assert (await quang.seen())[-1].buttons == ()


async def test_a_question_about_something_else_is_offered_nothing(council: Council) -> None:
    await answered_and_kept(council)
    quang = council.chat("Quang")
    asked_at = {"07:31": "Mẫu 03 lấy ở đâu", "07:37": "Bao giờ họp Hội đồng", "07:43": "Đề nghị cho biết số tài khoản"}
    for hour, asked in asked_at.items():
        await council.at(f"2022-06-09 {hour}")
        await council.chat("Minh").says(f"phanhoi {asked}")
        assert (await pushed(quang))[-1].buttons == ("Trả lời",)


async def test_key_words_and_answer_are_replaced_and_what_was_stays_with_its_end(council: Council) -> None:
    await answered_and_kept(council)
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.presses("Sửa từ khóa")
    assert await thu.says("xin hỏi các đồng chí") == "Đề nghị ghi từ khóa của nội dung, ví dụ: mẫu 02 sơ kết."
    await thu.presses("Sửa từ khóa")
    assert (await thu.says("biểu mẫu 02")).splitlines()[0] == "Câu trả lời sẵn cho: biểu mẫu 02"
    assert (await quang.says("traloisan")).splitlines() == [
        "Câu trả lời sẵn: 1.",
        f"1. biểu mẫu 02: {SAID}".rstrip("."),
    ]
    await quang.presses("Xem mục 1")
    await quang.presses("Sửa câu trả lời")
    assert (await quang.says("Mẫu 02 ở Phụ lục I.")).splitlines()[1] == "Mẫu 02 ở Phụ lục I."
    assert (await thu.presses("Xóa câu trả lời sẵn")).startswith("Quang đã thay đổi câu trả lời sẵn này lúc 07:25")
    assert (await thu.says("traloisan bieu mau so 02")).splitlines()[1] == "Mẫu 02 ở Phụ lục I."
    async with council.read() as session:
        rows = (await session.execute(select(ReadyAnswer.words, ReadyAnswer.ended_by).order_by(ReadyAnswer.id))).all()
    people = council.people
    assert [tuple(row) for row in rows] == [
        (ASKED, people["Thu"]),
        ("biểu mẫu 02", people["Quang"]),
        ("biểu mẫu 02", None),
    ]


async def test_a_ready_answer_is_deleted_and_a_card_that_offered_it_says_so(council: Council) -> None:
    await answered_and_kept(council)
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await council.at("2022-06-09 07:31")
    await council.chat("Minh").says("phanhoi Lấy mẫu 02 ở đâu")
    await thu.says("traloisan")
    await thu.presses("Xem mục 1")
    assert await thu.presses("Xóa câu trả lời sẵn") == f"Đã xóa; không đề xuất câu trả lời cho “{ASKED}” nữa."
    assert await thu.says("traloisan") == (
        "Chưa lưu câu trả lời sẵn nào; sau khi trả lời phản hồi có thể lưu bằng một lần chạm."
    )
    assert (await quang.presses("Gửi câu trả lời sẵn")).startswith("Thu đã thay đổi câu trả lời sẵn này lúc")
    assert not any("Mẫu 02 kèm" in line for one in await pushed(council.chat("Minh")) for line in one.lines)


async def test_the_same_answer_is_kept_once_and_only_by_officers(council: Council) -> None:
    first = await answered_and_kept(council)
    assert await council.chat("Thu").presses("Lưu làm câu trả lời sẵn") == first
    assert (await council.chat("Quang").says("traloisan")).splitlines()[0] == "Câu trả lời sẵn: 1."
    assert (await council.chat("Quang").says("traloisan họp")).startswith("Chưa có câu trả lời sẵn phù hợp với “họp”")
    for name in ("Lan", "Bình", "Sơn"):
        assert (await council.chat(name).says("/traloisan")).startswith("Việc này do cơ quan thường trực thực hiện")


async def test_all_are_counted_and_turned_over_to_the_last_one(council: Council) -> None:
    async with council.write() as session:
        thu_id = (await session.scalars(select(Person.id).where(Person.name == "Thu"))).one()
        session.add_all(
            ReadyAnswer(words=f"mẫu {number}", text="Gửi “vanban”", by_id=thu_id, at=council.clock.now())
            for number in range(1, 10)
        )
    thu = council.chat("Thu")
    listed = (await thu.says("traloisan")).splitlines()
    assert (listed[0], listed[-1]) == ("Câu trả lời sẵn: 9.", "và 1 mục khác.")
    assert (await thu.presses("Xem tiếp")).splitlines() == ["Câu trả lời sẵn: 9.", "9. mẫu 9: Gửi “vanban”"]
    assert (await thu.presses("Xem mục 9")).splitlines()[0] == "Câu trả lời sẵn cho: mẫu 9"
