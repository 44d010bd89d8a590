"""Several answers in one message: nothing is recorded before it was repeated back with number and title."""

import pytest
from sqlalchemy import select

from models.people import Post, Unit
from models.rules.permission import Role
from models.tasks import Extension, Report, Said
from tests.cast import START
from tests.chats import Chat, Council

FIRST, SECOND, THIRD = "Báo cáo sơ kết 6 tháng", "Danh sách điển hình tiên tiến", "Kế hoạch hội nghị"
HEAD = "Đề nghị kiểm tra nội dung sẽ ghi nhận:"
WAITS = "Báo cáo chờ cơ quan thường trực xác nhận."
DECIDES = "Cơ quan thường trực sẽ quyết định; tạm dừng nhắc việc đến khi có quyết định."
HINDERED = "Khó khăn, vướng mắc: vì thiếu số liệu, kinh phí."
DONE = "Nhiệm vụ này đã được đ/c Lan báo cáo hoàn thành lúc 07:25 ngày 09/6/2022 (số 1)"


async def three(council: Council) -> Chat:
    for title in (FIRST, SECOND, THIRD):
        await council.given(title, ("SYT",), "2022-06-20")
    return council.chat("Lan")


async def said(council: Council) -> list[tuple[int, str, str]]:
    async with council.read() as session:
        rows = await session.scalars(select(Report).order_by(Report.number))
        return [(report.number, report.said, report.text) for report in rows]


async def asked(council: Council) -> list[tuple[str, str]]:
    async with council.read() as session:
        return [(f"{one.asked_on:%d/%m}", one.reason) for one in await session.scalars(select(Extension))]


async def test_several_answers_are_repeated_back_and_recorded_by_one_tap(council: Council) -> None:
    lan = await three(council)
    answer = await lan.says("1 xong, 2 xin gia hạn đến 24/6 vì chờ số liệu và 3 vướng mắc vì thiếu số liệu, kinh phí")
    assert answer.splitlines() == [
        HEAD,
        f"1. {FIRST}: Báo cáo hoàn thành.",
        f"2. {SECOND}: Đề nghị gia hạn đến ngày 24/6/2022. Lý do: chờ số liệu.",
        f"3. {THIRD}: {HINDERED}",
    ]
    assert (await lan.seen())[-1].buttons == ("Ghi nhận cả 3 nội dung", "Bỏ")
    assert (await said(council), await asked(council)) == ([], [])
    receipts = await lan.presses("Ghi nhận cả 3 nội dung")
    assert receipts.splitlines() == [
        f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {FIRST}. Báo cáo hoàn thành. {WAITS}",
        f"Đã ghi nhận lúc 07:25 ngày 09/6/2022: đề nghị gia hạn đến ngày 24/6/2022, {SECOND}. {DECIDES}",
        f"Đã ghi nhận số 2 lúc 07:25 ngày 09/6/2022: {THIRD}. {HINDERED} Cơ quan thường trực đã được báo.",
    ]
    assert (await lan.seen())[-1].buttons == ("Sửa lại 1", "Sửa lại 3")
    assert await said(council) == [(1, Said.FINISHED, ""), (2, Said.OBSTACLE, "vì thiếu số liệu, kinh phí")]
    assert await asked(council) == [("24/06", "chờ số liệu")]
    assert (await lan.presses("Sửa lại 3")).splitlines()[0] == f"Số 2, {THIRD}: vì thiếu số liệu, kinh phí"


async def test_a_request_without_a_reason_is_asked_for_it_before_anything_is_recorded(council: Council) -> None:
    lan = await three(council)
    answer = await lan.says("1 xong, 2 xin gia hạn 24/6")
    assert answer.splitlines()[1:] == [
        f"1. {FIRST}: Báo cáo hoàn thành.",
        f"2. {SECOND}: Đề nghị gia hạn đến ngày 24/6/2022.",
        "Đề nghị nêu lý do gia hạn nhiệm vụ số 2 đến ngày 24/6/2022.",
    ]
    assert (await lan.seen())[-1].buttons == ("Bỏ",)
    assert (await lan.says("chờ số liệu")).splitlines()[2] == (
        f"2. {SECOND}: Đề nghị gia hạn đến ngày 24/6/2022. Lý do: chờ số liệu."
    )
    assert (await said(council), await asked(council)) == ([], [])
    await lan.presses("Ghi nhận cả 2 nội dung")
    assert (await said(council), await asked(council)) == ([(1, Said.FINISHED, "")], [("24/06", "chờ số liệu")])


async def test_what_is_dropped_is_not_recorded(council: Council) -> None:
    lan = await three(council)
    await lan.says("1 xong; 2 đã tiếp nhận")
    assert await lan.presses("Bỏ") == "Đã bỏ; chưa ghi nhận nội dung nào."
    assert await said(council) == []


@pytest.mark.parametrize("words", ["xong hết", "Xong tất cả rồi ạ", "hoàn thành tất cả", "hoan thanh tat ca"])
async def test_all_that_is_open_is_finished_at_once(council: Council, words: str) -> None:
    lan = await three(council)
    await lan.says("xong 2")
    assert (await lan.says(words)).splitlines() == [
        HEAD,
        f"1. {FIRST}: Báo cáo hoàn thành.",
        f"3. {THIRD}: Báo cáo hoàn thành.",
    ]
    await lan.presses("Ghi nhận cả 2 nội dung")
    assert [number for number, *_ in await said(council)] == [1, 2, 3]
    assert (await lan.says(words)).startswith("Không có nhiệm vụ nào của đơn vị đang chờ nội dung này")


async def test_what_cannot_be_recorded_is_named_with_why_and_left_out(council: Council) -> None:
    lan = await three(council)
    await lan.says("xong 1")
    answer = await lan.says("1 xong\n2 xin gia hạn đến 25/6\n3 vướng mắc\n7 xong\n2 đã nhận")
    assert answer.startswith("Chưa hiểu được nội dung này")
    answer = await lan.says("1 xong\n2 xin gia hạn đến 25/6 vì chờ\n3 đã nhận\n7 xong")
    assert answer.splitlines() == [
        HEAD,
        f"3. {THIRD}: Đã tiếp nhận nhiệm vụ.",
        "Không ghi nhận số 7: Không có nhiệm vụ số 7; đề nghị gửi “nhiemvu” để xem các nhiệm vụ.",
        f"Không ghi nhận số 1: {DONE}: {FIRST}.",
        "Không ghi nhận số 2: Ngày 25/6/2022 là ngày nghỉ; đề nghị chọn một trong các ngày 24/6/2022, 27/6/2022.",
    ]
    assert (await lan.seen())[-1].buttons == ("Ghi nhận", "Bỏ")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("1 vướng mắc", "đề nghị nêu rõ vướng mắc, ví dụ: “1 vướng mắc vì chưa có số liệu”."),
        ("1 đã gửi", "đề nghị ghi số, ngày văn bản, ví dụ: “1 đã gửi báo cáo số 45 ngày 12/6”."),
        ("1 xin gia hạn", "Không đọc được ngày trong “xin gia hạn”; đề nghị ghi, ví dụ: 25/6."),
    ],
)
async def test_an_answer_that_wants_something_says_what(council: Council, words: str, why: str) -> None:
    lan = await three(council)
    assert await lan.says(words) == f"Không ghi nhận số 1: {why}"
    assert (await lan.seen())[-1].buttons == ("Nhiệm vụ",)


async def test_what_a_colleague_answered_meanwhile_is_told_and_the_others_are_recorded(council: Council) -> None:
    lan = await three(council)
    await lan.says("1 đang làm, 2 xong, 3 xin gia hạn 24/6 vì chờ")
    await council.chat("Hoa").says("tiepnhan 1")
    await council.chat("Hoa").says("giahan 3 đến 24/6 vì chờ kinh phí")
    receipts = (await lan.presses("Ghi nhận cả 3 nội dung")).splitlines()
    assert receipts == [
        "Không ghi nhận số 1: Nhiệm vụ này đã được đ/c Hoa tiếp nhận lúc 07:25 ngày 09/6/2022 (số 1): " + FIRST + ".",
        f"Đã ghi nhận số 2 lúc 07:25 ngày 09/6/2022: {SECOND}. Báo cáo hoàn thành. {WAITS}",
        receipts[2],
    ]
    assert receipts[2].startswith("Không ghi nhận số 3: ")
    assert [kind for _, kind, _ in await said(council)] == [Said.ACKNOWLEDGED, Said.FINISHED]


async def test_a_second_tap_records_nothing_twice(council: Council) -> None:
    lan = await three(council)
    await lan.says("1 đang làm, 3 vướng mắc vì chưa có số liệu")
    await lan.presses("Ghi nhận cả 2 nội dung")
    again = (await lan.presses("Ghi nhận cả 2 nội dung")).splitlines()
    assert [line.partition(":")[0] for line in again] == ["Không ghi nhận số 1", "Không ghi nhận số 3"]
    assert [number for number, *_ in await said(council)] == [1, 2]


async def test_whoever_serves_several_units_names_the_unit_or_is_asked(council: Council) -> None:
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "SCT"))).one()
        person = council.people["Lan"]
        session.add(Post(person_id=person, unit_id=unit, role=Role.FOCAL_POINT, title="Chuyên viên", valid_from=START))
    await council.given(FIRST, ("SYT", "SCT"), "2022-06-20")
    lan = council.chat("Lan")
    assert (await lan.says("SYT 1 xong, SCT 1 đã nhận")).splitlines() == [
        HEAD,
        f"1. {FIRST} (Sở Y tế): Báo cáo hoàn thành.",
        f"1. {FIRST} (Sở Công Thương): Đã tiếp nhận nhiệm vụ.",
    ]
    await lan.presses("Ghi nhận cả 2 nội dung")
    assert (await lan.seen())[-1].buttons == ("Sửa lại SYT 1", "Sửa lại SCT 1")
    await council.given(SECOND, ("SYT", "SCT"), "2022-06-20")
    await lan.says("thôi")
    assert await lan.says("2 xong") == (
        "Không ghi nhận số 2: Sở Công Thương, Sở Y tế đều có nhiệm vụ số này; đề nghị ghi rõ đơn vị: “Sở Công Thương "
        "2 xong”."
    )


@pytest.mark.parametrize("words", ["2 người đi", "2 xe", "12/6 xong", "1/2 xong", "1 xong, 2 xe", "1 xong chưa"])
async def test_what_only_begins_with_a_number_is_about_no_task(council: Council, words: str) -> None:
    lan = await three(council)
    assert (await lan.says(words)).splitlines()[0] == "Chưa hiểu được nội dung này nên chưa ghi nhận."
    assert await said(council) == []
