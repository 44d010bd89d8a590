"""Answers that need nothing are counted twice a day, in one message, for the officer whose units they are."""

from tests.chats import Council
from tests.handlers.test_morning import pushed


async def test_answers_are_counted_before_noon_and_not_pushed_one_by_one(council: Council) -> None:
    await council.given("Báo cáo sơ kết", ("SYT", "STC", "VB"), "2022-06-20")
    await council.at("2022-06-09 08:00")
    thu = council.chat("Thu")
    before = len(await pushed(thu))
    await council.chat("Lan").says("xong 1")
    await council.chat("Minh").says("tiepnhan 1")
    await council.chat("Tùng").says("baocao 1 đã họp triển khai")
    assert len(await pushed(thu)) == before
    await council.at("2022-06-09 11:00")
    told = (await pushed(thu))[-1]
    assert told.lines == (
        "Số trả lời từ 11:00 ngày 08/6/2022: 3.",
        "Đã tiếp nhận: 1; báo cáo tiến độ: 1; báo cáo hoàn thành: 1.",
    )
    assert told.buttons == ("Chờ quyết định", "Việc cần đôn đốc")
    await council.at("2022-06-09 16:30")
    assert (await pushed(thu))[-1] == told


async def test_each_officer_reads_of_his_own_units_and_of_those_nobody_has(council: Council) -> None:
    await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-20")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.says("phutrach Quang: SYT")
    await council.chat("Lan").says("xong 1")
    await council.chat("Minh").says("xong 1")
    await council.at("2022-06-09 11:00")
    assert (await pushed(quang))[-1].lines[0].endswith(": 2.")
    assert (await pushed(thu))[-1].lines[0].endswith(": 1.")


async def test_nobody_is_counted_to_on_a_day_off(council: Council) -> None:
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-20")
    await council.at("2022-06-11 09:00")
    await council.chat("Lan").says("xong 1")
    await council.at("2022-06-11 11:00")
    assert await pushed(council.chat("Thu")) == []
