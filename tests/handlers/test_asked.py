"""Requests and questions come to the officer at once; what follows within minutes is one message, not one each."""

from tests.chats import Council
from tests.handlers.test_morning import pushed

TITLE = "Báo cáo sơ kết 6 tháng"
ASKING = {"Lan": "Sở Y tế", "Minh": "Sở Tài chính", "Tùng": "UBND huyện Vụ Bản"}


async def test_the_first_request_is_a_card_at_once_and_the_next_ones_are_one_list(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
    await council.at("2022-06-09 07:31")
    thu = council.chat("Thu")
    await council.chat("Lan").says("giahan 1 đến 17/6 vì chờ số liệu")
    (card,) = await pushed(thu)
    assert card.buttons == ("Chấp thuận", "Không chấp thuận")
    for name in ("Minh", "Tùng"):
        await council.chat(name).says("giahan 1 đến 20/6 vì chờ kinh phí")
    assert len(await pushed(thu)) == 1
    await council.at("2022-06-09 07:36")
    (_, gathered) = await pushed(thu)
    assert gathered.lines == (
        "2 đề nghị gia hạn chờ quyết định:",
        f"1. Sở Tài chính, “{TITLE}”: đến ngày 20/6/2022; chờ kinh phí",
        f"2. UBND huyện Vụ Bản, “{TITLE}”: đến ngày 20/6/2022; chờ kinh phí",
    )
    await thu.presses("Xem mục 2")
    assert (await thu.presses("Chấp thuận")).startswith("Đã chấp thuận và báo UBND huyện Vụ Bản")
    said = len(await pushed(thu))
    await council.at("2022-06-09 07:42")
    assert len(await pushed(thu)) == said


async def test_what_a_colleague_decided_meanwhile_is_not_told_any_more(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    await council.at("2022-06-09 07:31")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await council.chat("Lan").says("giahan 1 đến 17/6 vì chờ số liệu")
    await council.chat("Minh").says("giahan 1 đến 20/6 vì chờ kinh phí")
    await quang.says("duyet")
    await quang.presses("Gia hạn đến 20/6/2022: Sở Tài chính")
    await quang.presses("Chấp thuận")
    said = [len(await pushed(one)) for one in (thu, quang)]
    await council.at("2022-06-09 07:36")
    assert [len(await pushed(one)) for one in (thu, quang)] == said


async def test_questions_within_minutes_are_one_list_with_an_answer_each(council: Council) -> None:
    await council.at("2022-06-09 07:31")
    thu = council.chat("Thu")
    for name in ASKING:
        await council.chat(name).says(f"phanhoi Câu hỏi của {name}")
    assert len(await pushed(thu)) == 1
    await council.at("2022-06-09 07:36")
    (_, gathered) = await pushed(thu)
    assert gathered.lines == (
        "Phản hồi chờ trả lời: 2.",
        "Số 2, Minh: Câu hỏi của Minh",
        "Số 3, Tùng: Câu hỏi của Tùng",
    )
    await thu.presses("Trả lời số 3")
    await thu.presses("Trả lời")
    await thu.says("Đã rõ.")
    assert (await pushed(council.chat("Tùng")))[-1].lines[1] == "Đã rõ."


async def test_a_flood_is_a_message_with_the_first_few_and_the_way_to_all(council: Council) -> None:
    for number in range(1, 10):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-14")
    await council.at("2022-06-09 07:31")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    for number in range(1, 10):
        await lan.says(f"giahan {number} đến 17/6 vì chờ số liệu")
    await council.at("2022-06-09 07:36")
    (_, gathered) = await pushed(thu)
    assert (gathered.lines[0], gathered.lines[-1]) == ("8 đề nghị gia hạn chờ quyết định:", "và 3 nội dung khác")
    assert gathered.lines[1:6] == tuple(
        f"{place}. Sở Y tế, “Kế hoạch {place + 1}”: đến ngày 17/6/2022; chờ số liệu" for place in range(1, 6)
    )
    assert gathered.buttons == (*(f"Xem mục {place}" for place in range(1, 6)), "Xem tất cả")
    assert "Kế hoạch 4" in (await thu.presses("Xem mục 3")).splitlines()
    assert (await thu.presses("Xem tất cả")).startswith("Chờ quyết định: 0 báo cáo hoàn thành, 9 đề nghị gia hạn")
