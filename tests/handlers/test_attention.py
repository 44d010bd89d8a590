"""The secretariat is told at once of obstacles and of what is not a unit's own, not of plain answers."""

from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def test_an_obstacle_is_told_to_every_officer_at_once_and_plain_answers_are_not(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    minh = council.chat("Minh")
    await council.at("2022-06-09 07:40")
    await council.chat("Lan").says("xong 1")
    await minh.says("vuongmac 1")
    await minh.says("Chưa có số liệu của các huyện")
    for officer in ("Thu", "Quang"):
        (seen,) = await council.chat(officer).seen()
        assert seen.lines == (
            f"Sở Tài chính, “{TITLE}”: khó khăn, vướng mắc; Chưa có số liệu của các huyện (đ/c Minh, 07:40).",
        )
    shown = await council.chat("Thu").presses("Xem Sở Tài chính")
    assert "Đơn vị: Sở Tài chính." in shown


async def test_what_is_not_the_units_task_needs_a_reason(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    tung, thu = council.chat("Tùng"), council.chat("Thu")
    await tung.says("nhiemvu 1")
    assert (await tung.presses("Không thuộc nhiệm vụ đơn vị")).startswith("Đề nghị nêu lý do")
    await tung.says("Việc này của Sở Nội vụ")
    (seen,) = await thu.seen()
    assert "không thuộc nhiệm vụ đơn vị; Việc này của Sở Nội vụ" in seen.lines[0]


async def test_what_waits_together_becomes_one_message(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
    senders, council.senders = council.senders, []
    for name in ("Lan", "Minh", "Tùng"):
        await council.chat(name).says("vuongmac 1 Chờ kinh phí")
    council.senders = senders
    await council.settle()
    (seen,) = await council.chat("Thu").seen()
    assert [line.partition("”")[0] for line in seen.lines] == [
        "3 báo cáo cần cơ quan thường trực xem xét:",
        f"1. Sở Tài chính, “{TITLE}",
        f"2. Sở Y tế, “{TITLE}",
        f"3. UBND huyện Vụ Bản, “{TITLE}",
    ]
    assert seen.buttons == ("Xem mục 1", "Xem mục 2", "Xem mục 3")
    assert "Đơn vị: Sở Y tế." in await council.chat("Thu").presses("Xem mục 2")


async def test_two_obstacles_of_one_unit_have_each_its_own_button(council: Council) -> None:
    for title in (TITLE, "Kế hoạch kiểm tra"):
        await council.given(title, ("SYT",), "2022-06-14")
    await council.at("2022-06-09 07:40")
    senders, council.senders = council.senders, []
    for number in (1, 2):
        await council.chat("Lan").says(f"vuongmac {number} Chờ kinh phí")
    council.senders = senders
    await council.settle()
    thu = council.chat("Thu")
    assert [(seen.lines, seen.buttons) for seen in await thu.seen()] == [
        (
            (
                "2 báo cáo cần cơ quan thường trực xem xét:",
                f"1. Sở Y tế, “{TITLE}”: khó khăn, vướng mắc; Chờ kinh phí (đ/c Lan, 07:40).",
                "2. Sở Y tế, “Kế hoạch kiểm tra”: khó khăn, vướng mắc; Chờ kinh phí (đ/c Lan, 07:40).",
            ),
            ("Xem mục 1", "Xem mục 2"),
        )
    ]
    assert "Kế hoạch kiểm tra" in await thu.presses("Xem mục 2")


async def test_what_follows_within_minutes_is_gathered_into_one_message(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
    await council.at("2022-06-09 07:31")
    thu = council.chat("Thu")
    await council.chat("Lan").says("vuongmac 1 Chờ kinh phí")
    assert len(await thu.seen()) == 1
    await council.at("2022-06-09 07:33")
    await council.chat("Minh").says("vuongmac 1 Chờ kinh phí")
    await council.chat("Tùng").says("vuongmac 1 Chờ kinh phí")
    assert len(await thu.seen()) == 1
    await council.at("2022-06-09 07:36")
    gathered = (await thu.seen())[1:]
    assert [one.lines[0] for one in gathered] == ["2 báo cáo cần cơ quan thường trực xem xét:"]


async def test_of_many_that_wait_all_are_read_a_page_at_a_time(council: Council) -> None:
    for number in range(1, 8):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-14")
    await council.at("2022-06-09 07:40")
    senders, council.senders = council.senders, []
    lan, thu = council.chat("Lan"), council.chat("Thu")
    for number in range(1, 8):
        await lan.says(f"vuongmac {number} Chờ kinh phí")
    council.senders = senders
    await council.settle()
    (seen,) = await thu.seen()
    assert (seen.lines[-1], seen.buttons) == (
        "và 2 mục khác.",
        (*(f"Xem mục {place}" for place in range(1, 6)), "Xem tiếp"),
    )
    said = "khó khăn, vướng mắc; Chờ kinh phí (đ/c Lan, 07:40)."
    assert (await thu.presses("Xem tiếp")).splitlines() == [
        "7 báo cáo cần cơ quan thường trực xem xét:",
        f"6. Sở Y tế, “Kế hoạch 6”: {said}",
        f"7. Sở Y tế, “Kế hoạch 7”: {said}",
    ]
    assert "Kế hoạch 7" in await thu.presses("Xem mục 7")
    calls = [one["call"] for entry in await thu.entries() for one in entry.content.get("choices", ())]
    more = next(call for call in calls if call["command"] == "nhiemvu.luuy")
    assert (await lan.hears({"call": more})).startswith("Việc này do cơ quan thường trực thực hiện")
