"""Urging in one tap: shown first, two minutes to take it back, nobody who answered, and the telephone after three."""

from models.tasks import Assignment
from tests.chats import Chat, Council, Seen
from tests.handlers.test_morning import pushed
from tests.handlers.test_overdue import let_follow

TITLE = "Báo cáo sơ kết 6 tháng"
PLAN = "Kế hoạch kiểm tra"


async def due_today(council: Council) -> Chat:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-09")
    await council.given(PLAN, ("VB",), "2022-06-08")
    await council.at("2022-06-09 08:00")
    return council.chat("Thu")


async def last(council: Council, name: str) -> Seen:
    return (await council.chat(name).seen())[-1]


async def urged_by_thu(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("dondoc")
    await thu.presses("Gửi đôn đốc")


async def test_one_tap_urges_all_who_are_silent_and_nobody_who_answered(council: Council) -> None:
    thu = await due_today(council)
    await council.chat("Lan").says("xong 1")
    await thu.says("homnay")
    preview = await thu.presses("Đôn đốc 2 đơn vị chưa báo cáo")
    assert preview.splitlines()[:5] == [
        "2 đơn vị chưa báo cáo và chưa được đôn đốc hôm nay:",
        "Sở Tài chính: Minh",
        "UBND huyện Vụ Bản: Tùng",
        f"{PLAN}, hạn 08/6/2022: 1 đơn vị",
        f"{TITLE}, hạn 09/6/2022: 2 đơn vị",
    ]
    assert (await thu.presses("Gửi đôn đốc")).splitlines() == [
        "Đôn đốc 2 đơn vị: Sở Tài chính, UBND huyện Vụ Bản; các đơn vị khác không nhận thêm tin.",
        "Tin gửi đi từ 08:02, trong giờ làm việc; trước đó có thể rút lại.",
    ]
    before = len(await pushed(council.chat("Minh")))
    await council.at("2022-06-09 08:02")
    assert len(await pushed(council.chat("Minh"))) == before + 1
    assert (await last(council, "Minh")).lines[1] == (
        "Cơ quan thường trực chưa nhận được báo cáo; đề nghị báo cáo tiến độ thực hiện."
    )
    merged = await last(council, "Tùng")
    assert merged.lines[:2] == ("2 nhiệm vụ chưa báo cáo", "Kính gửi: UBND huyện Vụ Bản.")
    assert merged.buttons == ("Đã tiếp nhận tất cả", "Mở nhiệm vụ 2", "Mở nhiệm vụ 1")
    await thu.says("homnay")
    assert not any(label.startswith("Đôn đốc") for label in (await thu.seen())[-1].buttons)


async def test_of_many_tasks_the_five_nearest_are_named_with_how_many_units_each(council: Council) -> None:
    for number in range(1, 8):
        await council.given(f"Báo cáo {number}", ("SYT", "VB"), f"2022-06-0{number}")
    await council.at("2022-06-09 08:00")
    assert (await council.chat("Thu").says("dondoc")).splitlines()[3:-1] == [
        *(f"Báo cáo {number}, hạn 0{number}/6/2022: 2 đơn vị" for number in range(1, 6)),
        "Và 2 nhiệm vụ khác.",
    ]


async def test_an_urging_is_taken_back_for_two_minutes(council: Council) -> None:
    thu = await due_today(council)
    before = len(await pushed(council.chat("Minh")))
    await urged_by_thu(council)
    await council.at("2022-06-09 08:01")
    assert await thu.presses("Rút lại") == "Đã rút lại; không đơn vị nào nhận và không tính là một lần đôn đốc."
    await council.at("2022-06-09 09:00")
    assert len(await pushed(council.chat("Minh"))) == before
    await urged_by_thu(council)
    await council.at("2022-06-09 09:02")
    assert (await thu.presses("Rút lại")).startswith("Lượt đôn đốc này đã gửi đi, không rút lại được")


async def test_another_officer_does_not_take_it_back(council: Council) -> None:
    await due_today(council)
    await urged_by_thu(council)
    press = list(await council.chat("Thu").button("Rút lại"))
    answer = await council.chat("Quang").hears({"press": press})
    assert answer != "Đã rút lại; không đơn vị nào nhận và không tính là một lần đôn đốc."


async def test_who_answers_within_the_two_minutes_is_left_alone(council: Council) -> None:
    await due_today(council)
    await urged_by_thu(council)
    minh = council.chat("Minh")
    await minh.says("xong 1")
    said = len(await minh.seen())
    await council.at("2022-06-09 08:02")
    assert len(await minh.seen()) == said


async def test_the_fourth_urging_of_a_week_is_a_telephone_call(council: Council) -> None:
    made = await council.given(TITLE, ("STC",), "2022-06-09")
    thu = council.chat("Thu")
    for day in ("13", "14", "15"):
        await council.at(f"2022-06-{day} 08:00")
        await urged_by_thu(council)
    await council.at("2022-06-16 08:00")
    await thu.says("homnay")
    assert await thu.presses("Gọi điện 1 đơn vị chưa báo cáo") == (
        "Không đôn đốc được bằng tin nhắn; đề nghị gọi điện.\n"
        "Đã đôn đốc nhiều lần trong tuần hoặc chưa liên lạc được qua trợ lý; đề nghị gọi điện:\n"
        "Sở Tài chính: Minh (chưa có số điện thoại)"
    )
    await thu.says("homnay")
    assert await thu.presses("Quá hạn (1)") == (
        f"Quá hạn (1)\nSở Tài chính: {TITLE}, hạn 09/6/2022; đã đôn đốc 3 lần, gần nhất ngày 15/6/2022"
    )
    async with council.read() as session:
        assert (await session.get_one(Assignment, made["STC"])).suspended_at is None


async def test_a_member_urges_his_own_units_in_his_own_name(council: Council) -> None:
    await let_follow(council, "Bình", "VB")
    await due_today(council)
    binh = council.chat("Bình")
    preview = await binh.says("đôn đốc")
    assert "Vụ Bản" in preview
    assert "Minh" not in preview
    await binh.presses("Gửi đôn đốc")
    await council.at("2022-06-09 08:02")
    assert (await last(council, "Tùng")).lines[2] == (
        "Đồng chí Giám đốc Sở Tài chính, được phân công theo dõi, đề nghị báo cáo tiến độ thực hiện."
    )


async def test_a_task_is_urged_by_its_number_and_an_unknown_one_refused(council: Council) -> None:
    thu = await due_today(council)
    assert "UBND huyện Vụ Bản: Tùng" in await thu.says("dondoc 2")
    assert await thu.says("dondoc 9") == "Không có nhiệm vụ số 9; gửi “tiendo” để xem danh sách."


async def test_a_member_leaves_it_to_the_officer_in_charge(council: Council) -> None:
    await let_follow(council, "Bình", "VB")
    await due_today(council)
    await council.chat("Thu").says("phutrach Quang: VB")
    binh, quang = council.chat("Bình"), council.chat("Quang")
    await binh.says("đôn đốc")
    assert (
        await binh.presses("Đề nghị cơ quan thường trực đôn đốc") == "Đã đề nghị cơ quan thường trực đôn đốc 1 đơn vị."
    )
    assert (await last(council, "Quang")).lines == (
        "Đồng chí Giám đốc Sở Tài chính đề nghị cơ quan thường trực đôn đốc: UBND huyện Vụ Bản.",
    )
    assert "UBND huyện Vụ Bản: Tùng" in await quang.presses("Xem đơn vị nhận")
    await quang.presses("Gửi đôn đốc")
    await council.at("2022-06-09 08:02")
    assert (await last(council, "Tùng")).lines[2].startswith("Cơ quan thường trực chưa nhận được báo cáo")


async def test_the_fourth_urging_is_a_telephone_call_whoever_urged_before(council: Council) -> None:
    await let_follow(council, "Bình", "VB")
    await council.given(TITLE, ("VB",), "2022-06-09")
    for day, name in (("13", "Thu"), ("14", "Bình"), ("15", "Quang")):
        await council.at(f"2022-06-{day} 08:00")
        chat = council.chat(name)
        await chat.says("dondoc")
        await chat.presses("Gửi đôn đốc")
    await council.at("2022-06-16 08:00")
    for name in ("Thu", "Bình"):
        assert (await council.chat(name).says("dondoc")).splitlines()[0] == (
            "Không đôn đốc được bằng tin nhắn; đề nghị gọi điện."
        )
    await council.at("2022-06-21 08:00")
    assert (await council.chat("Thu").says("dondoc")).splitlines()[1] == "UBND huyện Vụ Bản: Tùng"
