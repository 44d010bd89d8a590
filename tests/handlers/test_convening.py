from pathlib import Path

import pytest

from tests.chats import Council

LINE = "taohop Họp Hội đồng phiên thứ hai; 14h00 ngày 20/6; Phòng họp số 2 UBND tỉnh; thành viên Hội đồng, SYT"


async def test_a_meeting_is_called_in_one_line(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    preview = await thu.says(LINE)
    assert preview.splitlines() == [
        "Nơi nhận: thành viên Hội đồng, Sở Y tế.",
        "1 đơn vị, 3 thành viên, 5 người.",
        "Gửi ngay.",
        "Nội dung gửi đi:",
        "Giấy mời: Họp Hội đồng phiên thứ hai",
        "Thời gian: 14h00, thứ Hai, ngày 20/6/2022.",
        "Địa điểm: Phòng họp số 2 UBND tỉnh.",
        "Đề nghị xác nhận dự họp.",
    ]
    card = await thu.presses("Gửi giấy mời")
    assert "Mời: 4; dự: 0; vắng mặt: 0; dự thay: 0; chưa trả lời: 4." in card
    assert (await council.chat("Bình").seen())[-1].buttons == ("Dự họp", "Vắng mặt", "Cử người dự thay")
    assert await council.chat("Minh").seen() == []


async def test_what_the_line_does_not_say_is_asked(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    assert (await thu.says("taohop")).startswith("Nội dung cuộc họp?")
    assert await thu.says("Giao ban cụm thi đua") == "Thời gian họp? Ví dụ: 14h00 ngày 20/6."
    assert await thu.says("20/6") == "“20/6” chưa rõ giờ và ngày; đề nghị ghi như 14h00 ngày 20/6."
    assert (await thu.says("8h00 ngày 08/6/2022")).startswith("Thời điểm 08:00 ngày 08/6/2022 đã qua")
    assert await thu.says("vào hồi 8h00 ngày 21/6") == "Địa điểm họp?"
    assert (await thu.says("Hội trường huyện Vụ Bản")).startswith("Thành phần mời họp?")
    preview = await thu.says("Cụm thi đua các huyện, thành phố")
    assert "5 đơn vị, 0 thành viên, 1 người." in preview
    assert "Thời gian: 08h00, thứ Ba, ngày 21/6/2022." in preview


async def test_one_part_is_changed_and_the_rest_stays(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(LINE)
    old = await thu.button("Gửi giấy mời")
    await thu.presses("Sửa địa điểm")
    preview = await thu.says("Phòng họp số 1")
    assert "Địa điểm: Phòng họp số 1." in preview
    assert "Giấy mời: Họp Hội đồng phiên thứ hai" in preview
    assert (await thu.hears({"press": list(old)})).startswith("Nội dung đã được sửa sau bản xem trước này")
    assert await thu.presses("Bỏ") == "Đã bỏ cuộc họp; không gửi giấy mời."


async def test_a_meeting_that_passed_while_it_was_written_is_not_called(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp đột xuất; 8h00 ngày 09/6/2022; Phòng 1; SYT")
    await council.at("2022-06-09 08:05")
    assert (await thu.presses("Gửi giấy mời")).startswith("Thời điểm 08:00 ngày 09/6/2022 đã qua")


async def test_an_invitation_to_this_morning_does_not_wait_for_office_hours(council: Council) -> None:
    await council.at("2022-06-09 06:30")
    thu = council.chat("Thu")
    await thu.says("taohop Họp đột xuất; 07h15 ngày 09/6/2022; Phòng 1; SYT")
    await thu.presses("Gửi giấy mời")
    assert (await council.chat("Lan").seen())[-1].lines[0] == "Giấy mời: Họp đột xuất"


async def test_a_focal_point_may_not_convene(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    assert (await council.chat("Lan").says(LINE)).startswith("Việc này do cơ quan thường trực thực hiện")


async def test_a_hybrid_meeting_is_called_with_its_link_number_agenda_and_papers(
    council: Council, tmp_path: Path
) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    place = "Phòng họp số 2 và điểm cầu các huyện, https://hop.example.gov.vn/15"
    assert "Họp trực tuyến tại: https://hop.example.gov.vn/15" in await thu.says(
        f"taohop Họp Hội đồng; 14h00 ngày 20/6; {place}; SYT"
    )
    for label, said in (("Số giấy mời", "15/GM-HĐTĐKT"), ("Nội dung họp", "1. Sơ kết\n2. Xét khen thưởng")):
        await thu.presses("Số giấy mời, đường dẫn, nội dung")
        await thu.presses(label)
        await thu.says(said)
    papers = tmp_path / "tai-lieu.txt"
    papers.write_text("Dự thảo báo cáo.")
    assert await thu.presses("Kèm tài liệu") == "Đề nghị gửi tài liệu kèm giấy mời."
    await thu.says("", papers)
    await thu.presses("Gửi giấy mời")
    invitation = (await lan.entries())[-1].content
    assert invitation["lines"] == [
        "Giấy mời: Họp Hội đồng",
        "Kính mời: Sở Y tế.",
        "Giấy mời số 15/GM-HĐTĐKT.",
        "Thời gian: 14h00, thứ Hai, ngày 20/6/2022.",
        "Địa điểm: Phòng họp số 2 và điểm cầu các huyện.",
        "Họp trực tuyến tại: https://hop.example.gov.vn/15",
        "Nội dung:",
        "1. Sơ kết",
        "2. Xét khen thưởng",
        "Đề nghị xác nhận dự họp.",
    ]
    assert [file["name"] for file in invitation["files"]] == ["tai-lieu.txt", "lich-hop.ics"]


async def test_a_day_without_its_year_that_has_just_passed_is_refused(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    passed = "Ngày 05/6/2022 đã qua. Đề nghị ghi ngày sau hôm nay, hoặc ghi cả năm nếu là năm sau."
    assert await thu.says("taohop Họp; 14h00 ngày 5/6; phòng họp; SYT") == passed
    assert await thu.says("14h00 ngày 05/6/2023") == "Địa điểm họp?"


@pytest.mark.parametrize(
    ("when", "remark"),
    [
        ("14h00 ngày 19/6", "Lưu ý: Chủ nhật, ngày 19/6/2022 là ngày nghỉ."),
        ("08h00 ngày 02/9", "Lưu ý: thứ Sáu, ngày 02/9/2022 là ngày nghỉ."),
        ("19h30 ngày 20/6", "Lưu ý: 19h30 ngoài giờ làm việc."),
    ],
)
async def test_a_start_on_a_day_off_or_out_of_hours_is_said_in_the_preview(
    council: Council, when: str, remark: str
) -> None:
    await council.at("2022-06-09 07:40")
    preview = await council.chat("Thu").says(f"taohop Họp Hội đồng; {when}; Phòng họp số 2; SYT")
    assert preview.splitlines()[2:5] == ["Gửi ngay.", remark, "Nội dung gửi đi:"]


async def test_a_meeting_online_asks_for_its_link(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    asked = "Họp trực tuyến nhưng chưa có đường dẫn; đề nghị bổ sung tại “Số giấy mời, đường dẫn, nội dung”."
    preview = await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Trực tuyến; SYT")
    assert preview.splitlines()[2:5] == ["Gửi ngay.", asked, "Nội dung gửi đi:"]
    await thu.presses("Số giấy mời, đường dẫn, nội dung")
    await thu.presses("Đường dẫn họp trực tuyến")
    assert asked not in await thu.says("https://hop.example.gov.vn/15")
