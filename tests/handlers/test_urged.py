"""What an urging says when it leaves: only what is still owed, one message to a person, in the name of who urges."""

from tests.chats import Council
from tests.handlers.test_morning import pushed
from tests.handlers.test_overdue import STANDING, let_follow, let_hold
from tests.handlers.test_urging import PLAN, TITLE, due_today, last, urged_by_thu


async def test_what_was_answered_within_the_two_minutes_is_left_out_of_the_list(council: Council) -> None:
    await due_today(council)
    await urged_by_thu(council)
    await council.chat("Tùng").says("xong 1")
    await council.at("2022-06-09 08:02")
    urged = await last(council, "Tùng")
    assert urged.lines[0] == f"Hạn 08/6: {PLAN}"
    assert urged.lines[1] == "Cơ quan thường trực chưa nhận được báo cáo; đề nghị báo cáo tiến độ thực hiện."
    assert "Hoàn thành" in urged.buttons


async def test_a_list_turns_when_one_of_its_tasks_is_answered(council: Council) -> None:
    await due_today(council)
    await urged_by_thu(council)
    await council.at("2022-06-09 08:02")
    tung = council.chat("Tùng")
    await tung.says("xong 1")
    listing = [seen for seen in await tung.seen() if seen.lines and seen.lines[0] == "2 nhiệm vụ chưa báo cáo"]
    assert any("đã báo cáo hoàn thành lúc 08:02" in line for line in listing[0].lines)


async def test_whose_reminders_rest_meanwhile_is_left_alone(council: Council) -> None:
    await due_today(council)
    await urged_by_thu(council)
    thu = council.chat("Thu")
    await thu.says("tamdung VB: 09/6 - 15/6; bão số 2")
    await thu.presses("Tạm dừng nhắc 1 đơn vị")
    before = len(await pushed(council.chat("Tùng")))
    await council.at("2022-06-09 08:02")
    assert len(await pushed(council.chat("Tùng"))) == before


async def test_a_member_asks_for_one_task_by_its_name(council: Council) -> None:
    await let_follow(council, "Bình", "STC")
    await due_today(council)
    binh = council.chat("Bình")
    await binh.says("đôn đốc")
    await binh.presses("Gửi đôn đốc")
    await council.at("2022-06-09 08:02")
    assert (await last(council, "Minh")).lines[2] == (
        f"Đồng chí Giám đốc Sở Tài chính, được phân công theo dõi, đề nghị Sở Tài chính báo cáo tiến độ “{TITLE}”."
    )


async def test_the_chair_asks_by_his_office_and_not_as_who_follows_the_unit(council: Council) -> None:
    await let_hold(council, "Sơn", "SNV", "Chủ tịch Hội đồng")
    await due_today(council)
    son = council.chat("Sơn")
    words = "Đồng chí Chủ tịch UBND tỉnh, Chủ tịch Hội đồng, đề nghị báo cáo tiến độ thực hiện."
    assert (await son.says("đôn đốc")).splitlines()[-1] == f"Đơn vị nhận lại nhiệm vụ kèm nội dung: {words}"
    await son.presses("Gửi đôn đốc")
    await council.at("2022-06-09 08:02")
    assert (await last(council, "Tùng")).lines[2] == words
    assert (await last(council, "Minh")).lines[2] == (
        f"Đồng chí Chủ tịch UBND tỉnh, Chủ tịch Hội đồng, đề nghị Sở Tài chính báo cáo tiến độ “{TITLE}”."
    )


async def test_the_standing_vice_chair_is_said_to_follow_only_where_he_follows_them_all(council: Council) -> None:
    await let_follow(council, "Yên", "VB")
    await let_follow(council, "Bình", "STC")
    await let_hold(council, "Bình", "STC")
    await let_hold(council, "Yên", "SYT", STANDING)
    await due_today(council)
    yen = council.chat("Yên")
    assert (
        (await yen.says("đôn đốc 2"))
        .splitlines()[-1]
        .endswith("Đồng chí Giám đốc Sở Y tế, được phân công theo dõi, đề nghị báo cáo tiến độ thực hiện.")
    )
    await yen.says("đôn đốc")
    await yen.presses("Gửi đôn đốc")
    await council.at("2022-06-09 08:02")
    asked = f"Đồng chí Giám đốc Sở Y tế, {STANDING}, đề nghị"
    assert [(await last(council, name)).lines[2] for name in ("Tùng", "Minh")] == [
        f"{asked} báo cáo tiến độ thực hiện.",
        f"{asked} Sở Tài chính báo cáo tiến độ “{TITLE}”.",
    ]
