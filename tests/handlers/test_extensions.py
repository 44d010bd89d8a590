"""More time: asked for in one line, answered with legal days, decided in one tap, told with the new reminders."""

from sqlalchemy import select

from models.tasks import Assignment, Extension
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"
PASSED = "Ngày 05/6/2022 đã qua. Đề nghị ghi ngày sau hôm nay, hoặc ghi cả năm nếu là năm sau."


async def due(council: Council) -> list[str]:
    async with council.read() as session:
        return [str(day) for day in await session.scalars(select(Assignment.due_on))]


async def test_a_saturday_is_answered_with_friday_and_monday_and_approved_in_one_tap(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, hoa, thu, quang = (council.chat(name) for name in ("Lan", "Hoa", "Thu", "Quang"))
    assert await lan.says("xin gia hạn đến 25/6 vì chờ kinh phí") == (
        "Ngày 25/6/2022 là ngày nghỉ. Đề nghị chọn ngày làm việc để gia hạn."
    )
    assert (await lan.seen())[-1].buttons == ("24/6/2022", "27/6/2022")
    assert (await lan.presses("27/6/2022")).splitlines() == [
        f"Đã ghi nhận lúc 07:25 ngày 09/6/2022: đề nghị gia hạn đến ngày 27/6/2022, {TITLE}.",
        "Cơ quan thường trực sẽ quyết định; tạm dừng nhắc việc đến khi có quyết định.",
    ]
    asked = (await thu.seen())[-1]
    assert asked.lines == (
        f"Hạn 14/6: {TITLE}",
        "Sở Y tế đề nghị gia hạn đến ngày 27/6/2022 (hạn hiện nay 14/6/2022).",
        TITLE,
        "Lý do: chờ kinh phí",
        "Đ/c Lan đề nghị lúc 07:25.",
    )
    assert asked.buttons == ("Chấp thuận", "Không chấp thuận")
    assert await thu.presses("Chấp thuận") == "Đã chấp thuận và báo Sở Y tế: hạn mới 27/6/2022."
    closed = (await quang.seen())[-1]
    assert (closed.buttons, closed.result) == ((), "Đ/c Thu đã chấp thuận gia hạn đến ngày 27/6/2022 lúc 07:25.")
    for colleague in (lan, hoa):
        told = (await colleague.seen())[-1].lines
        assert told[0] == f"Đề nghị gia hạn đến ngày 27/6/2022 đã được chấp thuận: {TITLE}."
        assert told[1] == "Các ngày nhắc mới: 16/6/2022, 22/6/2022, 24/6/2022, 27/6/2022."
    assert await due(council) == ["2022-06-27"]


async def test_a_day_off_is_answered_before_it_is_asked_which_task_is_meant(council: Council) -> None:
    for title, day in ((TITLE, "2022-06-14"), ("Báo cáo giao ước", "2022-06-20"), ("Tổng kết năm", "2022-11-30")):
        await council.given(title, ("SYT",), day)
    lan = council.chat("Lan")
    assert await lan.says("xin gia hạn đến 25/6 vì chờ kinh phí") == (
        "Ngày 25/6/2022 là ngày nghỉ. Đề nghị chọn ngày làm việc để gia hạn."
    )
    assert await lan.presses("24/6/2022") == "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào."
    assert (await lan.seen())[-1].buttons == (f"1. {TITLE}", "2. Báo cáo giao ước")
    assert (await lan.presses(f"1. {TITLE}")).startswith(
        f"Đã ghi nhận lúc 07:25 ngày 09/6/2022: đề nghị gia hạn đến ngày 24/6/2022, {TITLE}."
    )


async def test_day_and_reason_are_asked_for_where_they_are_missing(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert (await lan.says("giahan 1")).startswith("Hạn hiện nay là ngày 14/6/2022. Đề nghị gia hạn đến ngày nào?")
    assert (await lan.says("hôm nào cũng được")).startswith("Không đọc được ngày trong")
    assert await lan.says("24/6") == "Đề nghị nêu lý do gia hạn đến ngày 24/6/2022."
    assert (await lan.says("Chờ kinh phí")).startswith("Đã ghi nhận lúc 07:25")


async def test_a_day_that_has_passed_is_not_next_years(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    for line in ("giahan 1 5/6 vì bận", "xin gia hạn đến 5/6 vì bận"):
        assert await lan.says(line) == PASSED
    async with council.read() as session:
        assert (await session.scalars(select(Extension))).all() == []
    await lan.says("giahan 1")
    assert await lan.says("5/6") == PASSED
    assert await lan.says("5/6/2023 vì bận") != PASSED


async def test_a_refusal_has_a_reason_and_the_deadline_stays(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    await lan.says("xin gia hạn đến 24/6 vì chờ kinh phí")
    assert await thu.presses("Không chấp thuận") == "Đề nghị nêu lý do không chấp thuận; đơn vị sẽ nhận được lý do này."
    await thu.says("Hội nghị đã ấn định ngày 16/6")
    assert (await lan.seen())[-1].lines == (
        f"Đề nghị gia hạn đến ngày 24/6/2022 chưa được chấp thuận: {TITLE}. Lý do: Hội nghị đã ấn định ngày 16/6",
        "Hạn vẫn là ngày 14/6/2022.",
    )
    assert await due(council) == ["2022-06-14"]


async def test_one_request_at_a_time(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    await council.chat("Lan").says("xin gia hạn đến 24/6 vì chờ kinh phí")
    assert await council.chat("Hoa").says("giahan 1") == (
        "Đã có đề nghị gia hạn đến ngày 24/6/2022, gửi lúc 07:25 ngày 09/6/2022, đang chờ quyết định."
    )
    async with council.read() as session:
        assert len((await session.scalars(select(Extension))).all()) == 1


async def test_a_late_request_stays_overdue(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    await council.at("2022-06-15 08:00")
    answer = await council.chat("Lan").says("xin gia hạn đến 24/6 vì chờ kinh phí")
    assert answer.splitlines()[1] == "Đã quá hạn nên nhiệm vụ vẫn tính quá hạn đến khi cơ quan thường trực quyết định."


async def test_the_button_of_another_officer_is_stale_after_the_decision(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    await council.chat("Lan").says("xin gia hạn đến 24/6 vì chờ kinh phí")
    quang = council.chat("Quang")
    old = await quang.button("Chấp thuận")
    await council.chat("Thu").presses("Chấp thuận")
    assert "Đ/c Thu đã chấp thuận gia hạn đến ngày 24/6/2022 lúc 07:25." in await quang.hears({"press": list(old)})
