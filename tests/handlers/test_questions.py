"""A member asks in his own words and reads only of his own units."""

from itertools import product

import pytest

from models.rules.spelling import fold
from tests.chats import Council
from tests.handlers.test_following import follow
from tests.handlers.test_ticking import many

SIX_MONTHS = "Báo cáo sơ kết 6 tháng"


async def late_and_silent(council: Council) -> None:
    """Bình follows Sở Tài chính, Sở Công Thương and Vụ Bản; Sở Y tế is another's."""
    await follow(council)
    await council.given("Báo cáo quý I", ("STC", "SYT"), "2022-06-08")
    await council.given(SIX_MONTHS, ("VB", "SYT"), "2022-06-14")
    await council.at("2022-06-09 07:40")


async def test_which_of_his_units_are_late(council: Council) -> None:
    await late_and_silent(council)
    binh = council.chat("Bình")
    assert await binh.says("đơn vị nào của tôi chậm?") == (
        "1 đơn vị đồng chí theo dõi quá hạn:\nSở Tài chính: Báo cáo quý I, hạn 08/6/2022"
    )
    assert "Sở Tài chính: Minh" in await binh.presses("Đôn đốc")
    await council.chat("Minh").says("xong 1")
    assert await binh.says("đơn vị nào chậm") == "Các đơn vị đồng chí theo dõi không có đơn vị nào quá hạn."


async def test_who_has_not_reported_on_something(council: Council) -> None:
    await late_and_silent(council)
    binh = council.chat("Bình")
    assert await binh.says("ai chưa báo cáo 6 tháng") == (
        f"1 đơn vị đồng chí theo dõi chưa báo cáo:\n{SIX_MONTHS}: UBND huyện Vụ Bản."
    )
    await council.chat("Tùng").says("xong 1")
    assert await binh.says("ai chưa báo cáo 6 tháng") == "Các đơn vị đồng chí theo dõi đều đã báo cáo về “6 tháng”."


async def test_of_many_that_have_not_reported_twenty_are_named_and_a_button_lists_them_all(council: Council) -> None:
    await many(council, 23)
    thu = council.chat("Thu")
    named = ", ".join(f"Xã X{number:02d}" for number in range(20))
    assert (await thu.says("ai chưa báo cáo 6 tháng")).splitlines() == [
        "23 đơn vị đồng chí theo dõi chưa báo cáo:",
        f"{SIX_MONTHS}: {named} và 3 đơn vị khác.",
    ]
    assert (await thu.seen())[-1].buttons == ("Đôn đốc", f"Đơn vị: {SIX_MONTHS}")
    await thu.presses(f"Đơn vị: {SIX_MONTHS}")
    assert (await thu.presses("Xem tiếp")).splitlines()[-1].startswith("Xã X22: ")


async def test_how_a_unit_stands_with_its_last_answer_and_next_meeting(council: Council) -> None:
    await late_and_silent(council)
    thu, binh = council.chat("Thu"), council.chat("Bình")
    await thu.says("taohop Họp sơ kết; 14h00 ngày 20/6; Phòng 2; VB")
    await thu.presses("Gửi giấy mời")
    await council.chat("Tùng").says("tiepnhan 1")
    lines = (await binh.says("Vụ Bản thế nào?")).splitlines()
    assert lines[0].startswith("UBND huyện Vụ Bản: 1 nhiệm vụ chưa hoàn thành")
    assert lines[-2].startswith(f"– trả lời gần nhất về “{SIX_MONTHS}”. Đ/c Tùng đã tiếp nhận lúc 07:40")
    assert lines[-1].startswith("– cuộc họp tới: Họp sơ kết, ")


async def test_another_members_unit_is_refused_and_a_focal_point_is_not_answered(council: Council) -> None:
    await late_and_silent(council)
    assert (await council.chat("Bình").says("Sở Y tế thế nào")).startswith("Đơn vị này không thuộc phạm vi phân công")
    assert "Sở Tài chính" not in await council.chat("Lan").says("đơn vị nào chậm")
    assert "Sở Tài chính" not in await council.chat("Yên").says("đơn vị nào chậm")


async def test_what_is_no_question_about_units_is_not_guessed(council: Council) -> None:
    await late_and_silent(council)
    assert (await council.chat("Bình").says("thời tiết thế nào")).startswith("Chưa hiểu được nội dung này")


ASKED_OF_ALL = ("đơn vị nào của tôi chậm", "ai chưa báo cáo", "cho hỏi dv nao chua nop bc", "danh sách đơn vị quá hạn")
ASKED_OF_ONE = ("{} thế nào", "tình hình {}", "{} báo cáo chưa", "ai chưa báo cáo {}", "donvi {}", "{} có chậm không")
FOREIGN = ("Sở Y tế", "SYT", "huyện Ý Yên", "Công an tỉnh")
SECRET = "Việc riêng của đơn vị khác"


@pytest.mark.parametrize("typed", [str, str.upper, fold])
async def test_a_member_reads_of_no_unit_that_he_does_not_follow_whatever_he_asks(
    council: Council, typed: type
) -> None:
    await late_and_silent(council)
    await council.given(SECRET, ("SYT", "YY", "CA"), "2022-06-08")
    binh = council.chat("Bình")
    for template, name in product(ASKED_OF_ONE, FOREIGN):
        answer = await binh.says(typed(template.format(name)) + "?")
        assert (SECRET in answer, "chưa hoàn thành" in answer, "quá hạn" in answer) == (False, False, False), template
    for asked in ASKED_OF_ALL:
        answer = await binh.says(typed(asked) + "?")
        assert not [name for name in ("Sở Y tế", "Ý Yên", "Công an", SECRET) if name in answer], asked
        assert "Sở Tài chính" in answer


async def test_a_clerks_shorthand_is_understood(council: Council) -> None:
    await late_and_silent(council)
    binh = council.chat("Bình")
    assert await binh.says("AI CHUA BC 6T?") == (
        f"1 đơn vị đồng chí theo dõi chưa báo cáo:\n{SIX_MONTHS}: UBND huyện Vụ Bản."
    )
    assert (await binh.says("vb sao roi")).startswith("UBND huyện Vụ Bản: 1 nhiệm vụ chưa hoàn thành")
    assert (await binh.says("h. Vu Ban ntn a")).startswith("UBND huyện Vụ Bản: 1 nhiệm vụ chưa hoàn thành")
    assert (await binh.says("dv nao cham")).startswith("1 đơn vị đồng chí theo dõi quá hạn:")
    assert (await binh.says("bao nhiêu đơn vị chậm")).startswith("1 đơn vị đồng chí theo dõi quá hạn:")
