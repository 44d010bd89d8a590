"""What is not understood, and any feedback, reaches the officer in charge; his answer comes back and closes it."""

from sqlalchemy import select

from models.feedback import Feedback
from models.people import Person
from tests.chats import Council
from tests.handlers.test_morning import pushed

ASKED = "Mẫu 02 năm nay lấy ở đâu vậy các đồng chí"


async def test_what_is_not_understood_is_passed_on_and_answered_in_the_same_chat(council: Council) -> None:
    lan, thu, quang = council.chat("Lan"), council.chat("Thu"), council.chat("Quang")
    assert (await lan.says(ASKED)).startswith("Chưa hiểu được nội dung này nên chưa ghi nhận.")
    assert await lan.presses("Chuyển câu hỏi cho cơ quan thường trực") == (
        "Đã ghi nhận phản hồi số 1; cơ quan thường trực sẽ trả lời tại đây."
    )
    assert (await pushed(thu))[-1].lines == ("Phản hồi số 1 của Lan, Sở Y tế, lúc 07:25:", ASKED)
    await thu.presses("Trả lời")
    assert await thu.says("Mẫu 02 kèm Kế hoạch số 02/KH-HĐTĐKT.") == "Đã trả lời; phản hồi số 1 đã đóng."
    assert (await pushed(lan))[-1].lines == (
        f"Cơ quan thường trực trả lời phản hồi số 1: {ASKED}",
        "Mẫu 02 kèm Kế hoạch số 02/KH-HĐTĐKT.",
    )
    closed = (await pushed(quang))[-1]
    assert closed.buttons == ()
    assert closed.result.startswith("Thu đã trả lời lúc 07:25")


async def test_only_the_officer_in_charge_is_asked_and_another_reads_what_waits(council: Council) -> None:
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.says("phutrach Quang: SYT")
    before = len(await pushed(thu))
    await council.chat("Lan").says("phanhoi Đề nghị gửi lại đề cương báo cáo")
    assert (await pushed(quang))[-1].lines[1] == "Đề nghị gửi lại đề cương báo cáo"
    assert len(await pushed(thu)) == before
    assert (await thu.says("phanhoi")).splitlines()[0] == "Phản hồi chờ trả lời: 1."
    await thu.presses("Trả lời số 1")
    await thu.presses("Trả lời")
    await thu.says("Đã gửi lại qua thư điện tử.")
    assert await quang.says("phanhoi") == "Không có phản hồi nào chờ trả lời."


async def test_two_officers_answer_once(council: Council) -> None:
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await council.chat("Bình").says("phanhoi Đề nghị họp sớm hơn")
    await thu.presses("Trả lời")
    await quang.presses("Trả lời")
    await thu.says("Đã tiếp thu.")
    assert (await quang.says("Không đồng ý.")).startswith("Thu đã trả lời lúc")
    answers = [seen for seen in await pushed(council.chat("Bình")) if "trả lời phản hồi số 1" in seen.lines[0]]
    assert len(answers) == 1


async def test_feedback_is_asked_for_and_strangers_are_shown_the_way(council: Council) -> None:
    lan = council.chat("Lan")
    assert (await lan.says("phanhoi")).startswith("Đề nghị ghi nội dung phản hồi")
    assert (await lan.says("Trang Tiến độ mở chậm")).startswith("Đã ghi nhận phản hồi số 1")
    assert "mã kết nối" in await council.chat("Người lạ").says("/phanhoi xin chào")
    call = {"command": "phanhoi.traloi", "args": {"feedback": 1, "text": "x"}}
    assert (await lan.hears({"call": call})).startswith("Việc này do")


async def test_all_that_waits_is_turned_over_to_the_last_one(council: Council) -> None:
    async with council.write() as session:
        lan = (await session.scalars(select(Person.id).where(Person.name == "Lan"))).one()
        session.add_all(
            Feedback(number=number, person_id=lan, text=f"Câu {number}", at=council.clock.now())
            for number in range(1, 11)
        )
    thu = council.chat("Thu")
    listed = (await thu.says("phanhoi")).splitlines()
    assert (listed[0], listed[-1]) == ("Phản hồi chờ trả lời: 10.", "và 2 mục khác.")
    assert (await thu.presses("Xem tiếp")).splitlines() == [
        "Phản hồi chờ trả lời: 10.",
        "Số 9, Lan: Câu 9",
        "Số 10, Lan: Câu 10",
    ]
    assert (await thu.seen())[-1].buttons == ("Trả lời số 9", "Trả lời số 10")
