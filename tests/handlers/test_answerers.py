"""A notice to those who answered something, or are silent: said in a line, or chosen by taps."""

from datetime import date

import pytest
from sqlalchemy import select

from models.people import Post, Unit
from models.rules.permission import Role
from tests.chats import Chat, Council
from tests.handlers.test_attendance import called
from tests.handlers.test_notices import TEXT, sent
from tests.handlers.test_replying import asked

MORE = "Đề nghị gửi trước 16h00 hôm nay."


def recipients(preview: str) -> tuple[str, ...]:
    return tuple(preview.splitlines()[:2])


async def chosen(council: Council) -> Chat:
    """A notice of which Sở Y tế chose one answer, Sở Tài chính another, and Vụ Bản none."""
    thu = await asked(council, "Chọn một phương án", "Dự thi; Không dự thi", whom="SYT, STC, VB")
    await council.chat("Lan").presses("Dự thi")
    await council.chat("Minh").presses("Không dự thi")
    return thu


async def test_a_line_names_those_who_are_silent_about_a_notice(council: Council) -> None:
    thu = await sent(council)
    await council.chat("Lan").presses("Đã nhận")
    preview = await thu.says(f"guithongbao im lặng với thông báo 1: {MORE}")
    assert recipients(preview) == (
        f"Nơi nhận: nơi chưa trả lời thông báo “{TEXT.rstrip('.')}”.",
        "2 đơn vị, 0 thành viên, 2 người.",
    )
    assert await thu.presses("Danh sách nơi nhận") == (
        "Nơi nhận từ 1 đến 2 trong 2:\nSở Tài chính: Minh\nUBND huyện Vụ Bản: Tùng"
    )
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    assert (await council.chat("Minh").seen())[-1].lines[0] == MORE
    assert [seen.lines[0] for seen in await council.chat("Hoa").seen()] == [TEXT]


@pytest.mark.parametrize(
    ("whom", "counted"),
    [
        ("đã trả lời 1", "2 đơn vị, 0 thành viên, 3 người."),
        ("trả lời Không dự thi với 1", "1 đơn vị, 0 thành viên, 1 người."),
        ("chưa trả lời 1, Sở Công Thương", "2 đơn vị, 0 thành viên, 1 người."),
        ("Khối thi đua các sở, ngành kinh tế đã trả lời 1", "1 đơn vị, 0 thành viên, 1 người."),
        ("các đơn vị chưa trả lời 1; thành viên Hội đồng", "1 đơn vị, 3 thành viên, 4 người."),
    ],
)
async def test_answers_are_told_apart_and_go_with_other_names(council: Council, whom: str, counted: str) -> None:
    thu = await chosen(council)
    assert (await thu.says(f"guithongbao {whom}: {MORE}")).splitlines()[1] == counted


async def test_who_has_reported_on_a_task_or_answered_an_invitation_is_named_too(council: Council) -> None:
    await council.given("Báo cáo quý I", ("SYT", "STC", "VB"), "2022-06-20")
    thu = await called(council)
    await council.chat("Minh").says("baocao 1 đang tổng hợp")
    await council.chat("Lan").presses("Dự họp")
    assert recipients(await thu.says(f"guithongbao chưa báo cáo 1: {MORE}")) == (
        "Nơi nhận: nơi chưa báo cáo nhiệm vụ “Báo cáo quý I”.",
        "2 đơn vị, 0 thành viên, 3 người.",
    )
    assert recipients(await thu.says(f"guithongbao đã báo cáo 1: {MORE}"))[1] == "1 đơn vị, 0 thành viên, 1 người."
    assert recipients(await thu.says(f"guithongbao trả lời dự họp với họp 1: {MORE}")) == (
        "Nơi nhận: nơi trả lời “Dự họp” đối với giấy mời “Họp Hội đồng”.",
        "1 đơn vị, 0 thành viên, 2 người.",
    )


async def test_a_number_that_may_mean_several_is_asked_about(council: Council) -> None:
    await council.given("Báo cáo quý I", ("VB",), "2022-06-20")
    thu = await sent(council)
    answer = await thu.says(f"guithongbao chưa trả lời 1; SCT: {MORE}")
    assert answer == "“chưa trả lời 1” có thể hiểu theo nhiều cách. Đề nghị chọn hoặc ghi lại:"
    assert (await thu.seen())[-1].buttons == (TEXT.rstrip("."), "Báo cáo quý I")
    assert recipients(await thu.presses("Báo cáo quý I")) == (
        "Nơi nhận: Sở Công Thương, nơi chưa báo cáo nhiệm vụ “Báo cáo quý I”.",
        "2 đơn vị, 0 thành viên, 1 người.",
    )


async def test_a_number_that_fits_nothing_is_asked_anew(council: Council) -> None:
    thu = await sent(council)
    assert await thu.says(f"guithongbao chưa trả lời thông báo 7: {MORE}") == (
        "“chưa trả lời thông báo 7” không ứng với thông báo, phiên họp, nhiệm vụ nào đã gửi; xem số bằng “thongbao”, "
        "“hop”, “tiendo”. Đề nghị ghi lại:"
    )
    assert recipients(await thu.says("chưa trả lời thông báo 1"))[1] == "3 đơn vị, 0 thành viên, 4 người."


async def test_a_name_nobody_knows_before_it_is_asked_about(council: Council) -> None:
    thu = await sent(council)
    await thu.says(f"guithongbao {MORE}")
    answer = await thu.says("STX chưa trả lời thông báo 1")
    assert answer == "“STX chưa trả lời thông báo 1” không rõ là đơn vị nào trong danh bạ. Đề nghị chọn hoặc ghi lại:"
    assert recipients(await thu.presses("Sở Tài chính"))[1] == "1 đơn vị, 0 thành viên, 1 người."


async def test_it_is_chosen_by_taps_with_counts(council: Council) -> None:
    thu = await chosen(council)
    await thu.says(f"guithongbao {MORE}")
    assert (await thu.presses("Theo kết quả trả lời")).splitlines()[0] == "Theo kết quả trả lời nội dung nào?"
    assert await thu.presses("Trả lời thông báo") == "Đề nghị chọn nội dung:"
    assert await thu.presses("1. Đề nghị đăng ký dự thi") == "Những nơi nào trong số đã nhận “Đề nghị đăng ký dự thi”?"
    assert (await thu.seen())[-1].buttons == (
        "Chưa trả lời (1)",
        "Đã trả lời (2)",
        "Dự thi (1)",
        "Không dự thi (1)",
    )
    assert recipients(await thu.presses("Dự thi (1)")) == (
        "Nơi nhận: nơi trả lời “Dự thi” đối với thông báo “Đề nghị đăng ký dự thi”.",
        "1 đơn vị, 0 thành viên, 2 người.",
    )


async def test_taps_list_meetings_and_tasks_and_say_where_there_are_none(council: Council) -> None:
    for number in range(1, 11):
        await council.given(f"Kế hoạch {number}", ("STC",), "2022-06-20")
    thu = await called(council)
    await thu.says(f"guithongbao {MORE}")
    await thu.presses("Theo kết quả trả lời")
    assert await thu.presses("Trả lời thông báo") == "Chưa gửi nội dung nào thuộc loại này; đề nghị chọn loại khác."
    await thu.presses("Trả lời giấy mời")
    await thu.presses("1. Họp Hội đồng")
    assert (await thu.seen())[-1].buttons == (
        "Chưa trả lời (4)", "Đã trả lời (0)", "Dự họp (0)", "Vắng mặt (0)", "Cử người dự thay (0)",
    )  # fmt: skip
    await thu.presses("Báo cáo nhiệm vụ")
    await thu.presses("Xem tiếp")
    assert (await thu.seen())[-1].buttons == ("2. Kế hoạch 2", "1. Kế hoạch 1")
    await thu.presses("1. Kế hoạch 1")
    assert (await thu.seen())[-1].buttons == ("Chưa báo cáo (1)", "Đã báo cáo (0)")


async def test_who_answers_meanwhile_is_left_out_when_it_leaves(council: Council) -> None:
    thu = await sent(council)
    await thu.says(f"guithongbao chưa trả lời thông báo 1: {MORE}")
    await council.chat("Minh").presses("Đã nhận")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    assert not any(MORE in seen.lines for seen in await council.chat("Minh").seen())
    assert (await council.chat("Tùng").seen())[-1].lines[0] == MORE


async def test_who_reports_before_a_notice_leaves_is_not_sent_it_and_does_not_count(council: Council) -> None:
    await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-30")
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("guithongbao chưa báo cáo 1: Đề nghị báo cáo.")
    await thu.presses("Hẹn giờ gửi")
    await thu.says("08:00 ngày 10/6")
    await thu.presses("Gửi")
    await lan.says("xong 1")
    await council.at("2022-06-10 08:00")
    read = {}
    for name in ("Lan", "Hoa", "Minh"):
        read[name] = sum("Đề nghị báo cáo." in seen.lines for seen in await council.chat(name).seen())
    assert read == {"Lan": 0, "Hoa": 0, "Minh": 1}
    await council.at("2022-06-10 08:01")
    await thu.says("thongbao")
    await thu.presses("Xem mục 1")
    card = "\n".join((await thu.seen())[-1].lines)
    assert "0/1 đơn vị, thành viên" in card


async def test_meetings_are_named_by_the_numbers_that_an_officer_who_is_invited_reads(council: Council) -> None:
    async with council.write() as session:
        unit = await session.scalar(select(Unit.id).where(Unit.code == "SCT"))
        thu_too = {"unit_id": unit, "role": Role.FOCAL_POINT, "title": "Chuyên viên", "valid_from": date(2022, 1, 1)}
        session.add(Post(person_id=council.people["Thu"], **thu_too))
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    for title, when, whom in (("Họp A", "14h00 ngày 9/6", "SYT"), ("Họp B", "14h00 ngày 20/6", "SCT, STC")):
        await thu.says(f"taohop {title}; {when}; Phòng họp số 2; {whom}")
        await thu.presses("Gửi giấy mời")
    await council.at("2022-06-10 08:00")
    assert (await thu.says("hop")).splitlines() == [
        "Các cuộc họp sắp tới:",
        "1. 14h00, thứ Hai, ngày 20/6/2022: Họp B (0/2 đã trả lời)",
        "Các cuộc họp đã diễn ra:",
        "2. 14h00, thứ Năm, ngày 09/6/2022: Họp A (đã họp)",
        "Giấy mời gửi đồng chí:",
        "3. 14h00, thứ Hai, ngày 20/6/2022: Họp B (Chưa trả lời)",
    ]
    preview = await thu.says("guithongbao chưa trả lời họp 2: Đề nghị gửi ý kiến.")
    assert recipients(preview)[0] == "Nơi nhận: nơi chưa trả lời giấy mời “Họp A”."


async def test_notices_to_choose_from_are_named_past_their_salutation_and_stand(council: Council) -> None:
    thu = await sent(council)
    await thu.presses("Đính chính")
    await thu.says("Kính gửi các cơ quan, đơn vị. Đề nghị gửi danh sách mới.")
    await thu.presses("Gửi")
    await council.at("2022-06-09 08:00")
    await thu.says("guithongbao SYT: Nội dung rút.")
    await thu.presses("Gửi")
    await thu.presses("Rút lại")
    assert (await thu.says("thongbao")).splitlines()[1:3] == [
        "1. 08:00 ngày 09/6/2022: Nội dung rút. (đã rút lại)",
        "2. 07:42 ngày 09/6/2022: Đính chính: Đề nghị gửi danh sách mới. (0/3 đã trả lời)",
    ]
    await thu.says(f"guithongbao {MORE}")
    await thu.presses("Theo kết quả trả lời")
    await thu.presses("Trả lời thông báo")
    assert (await thu.seen())[-1].buttons == ("2. Đính chính: Đề nghị gửi danh sách mới",)
