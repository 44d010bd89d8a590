"""A unit may ask for some days of quiet about a task, never past the day on which it is due."""

from tests.chats import Council
from tests.handlers.test_morning import SIX_MONTHS, pushed


async def test_quiet_until_a_day_by_one_button(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-20")
    lan = council.chat("Lan")
    await lan.says("nhaclai 1")
    assert (await lan.presses("Sau 3 ngày làm việc (14/6/2022)")).startswith(
        "Đã ghi nhận: sẽ nhắc lại vào ngày 14/6/2022"
    )
    hoa = council.chat("Hoa")
    for day in ("10", "13"):
        await council.at(f"2022-06-{day} 07:40")
    assert await pushed(hoa) == []
    await council.at("2022-06-14 07:40")
    assert (await pushed(hoa))[-1].lines[2].startswith("Theo đề nghị của đơn vị, Cơ quan thường trực Hội đồng nhắc lại")


async def test_a_typed_day_is_taken_with_the_number_or_as_the_answer(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-17")
    lan = council.chat("Lan")
    assert "13/6/2022" in await lan.says("nhaclai 1 13/6")
    await lan.says("nhaclai 1")
    assert "14/6/2022" in await lan.says("14/6")


async def test_quiet_past_the_deadline_is_refused(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    answer = await lan.says("nhaclai 1 20/6")
    assert answer == "Không hoãn nhắc quá ngày đến hạn; đề nghị ghi ngày không muộn hơn 14/6/2022."
    await council.at("2022-06-14 07:40")
    assert (await lan.says("nhaclai 1")).startswith("Hạn 14/6/2022 không còn ngày nào để hoãn nhắc")


async def test_undated_work_needs_no_quiet(council: Council) -> None:
    await council.given("Phát hiện, nhân điển hình tiên tiến", ("SYT",), None)
    assert (await council.chat("Lan").says("nhaclai 1")).startswith("Nhiệm vụ này không có hạn")


async def test_what_waits_for_its_event_needs_no_quiet(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("giaoviec VB: Báo cáo tự kiểm tra; chậm nhất 5 ngày làm việc trước ngày kiểm tra")
    await thu.presses("Giao 1 nhiệm vụ")
    assert (await council.chat("Tùng").says("nhaclai 1")).startswith("Thời hạn của nhiệm vụ này tính theo ngày")
