"""What arrives outside the chat: recorded by an officer for one or many units, told once, judged by its arrival."""

from sqlalchemy import func, select

from models.rules.status import Status
from models.standing import standings
from models.tasks import Receipt, Report
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def stand(council: Council, assignment: int) -> Status:
    async with council.read() as session:
        found = await (await standings(session, council.clock.now(), council.assistant.config.zone)).one(assignment)
        assert found is not None
        return found.status


async def count(council: Council, table: type) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_units_are_ticked_and_recorded_together_and_each_is_told_once(council: Council) -> None:
    given = await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
    await council.at("2022-06-13 09:00")
    thu = council.chat("Thu")
    assert (await thu.says("ghi nhận")).splitlines()[0] == (
        "Văn bản đến thuộc nhiệm vụ nào? 1 nhiệm vụ đang chờ báo cáo."
    )
    assert (await thu.presses(f"1. {TITLE} (3)")).splitlines() == [
        f"Đơn vị nào đã có văn bản đến: {TITLE}",
        "3 đơn vị chưa trả lời; đã chọn 0.",
    ]
    await thu.presses("Sở Y tế")
    await thu.presses("Sở Tài chính")
    listed = next(seen for seen in reversed(await thu.seen()) if not seen.mine)
    assert listed.buttons == (
        "Đã chọn: Sở Tài chính",
        "Đã chọn: Sở Y tế",
        "UBND huyện Vụ Bản",
        "Chọn tất cả 3 đơn vị",
        "Ghi nhận 2 đơn vị",
        "Bỏ",
    )
    await thu.presses("Ghi nhận 2 đơn vị")
    assert (await thu.presses("Gửi bằng văn bản giấy")).splitlines() == [
        f"Sẽ ghi nhận 2 đơn vị: {TITLE}",
        "Sở Tài chính, Sở Y tế.",
        "Nội dung ghi nhận: đến ngày 13/6/2022 bằng văn bản giấy.",
        "Mỗi đơn vị được báo một lần và không bị nhắc nữa.",
    ]
    assert await thu.presses("Ghi nhận 2 đơn vị") == (
        f"Đã ghi nhận lúc 09:00 ngày 13/6/2022: 2 đơn vị, {TITLE}. Các đơn vị đã được báo."
    )
    assert [await stand(council, given[code]) for code in ("SYT", "STC", "VB")] == [
        Status.AWAITING_ACCEPTANCE,
        Status.AWAITING_ACCEPTANCE,
        Status.NOT_STARTED,
    ]


async def test_each_person_of_the_units_is_told_once_and_nobody_else(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
    await council.chat("Thu").says("ghinhan 1: SYT, STC; giấy")
    await council.chat("Thu").presses("Ghi nhận 2 đơn vị")
    for name, unit in (("Lan", "Sở Y tế"), ("Hoa", "Sở Y tế"), ("Minh", "Sở Tài chính")):
        assert [seen.lines for seen in await council.chat(name).seen()] == [
            (
                f"Đã tiếp nhận: {TITLE}",
                f"Kính gửi: {unit}.",
                (
                    "Cơ quan thường trực Hội đồng đã tiếp nhận và ghi nhận: đến ngày 09/6/2022 bằng văn bản giấy. "
                    "Cán bộ ghi nhận: đ/c Thu, lúc 07:25 ngày 09/6/2022."
                ),
                "Đơn vị không phải trả lời thêm; nội dung đang chờ xác nhận. Trân trọng.",
            )
        ]
    assert await council.chat("Tùng").seen() == []


async def test_one_line_says_units_route_number_and_arrival(council: Council) -> None:
    given = await council.given(TITLE, ("SYT", "STC"), "2022-06-10")
    await council.at("2022-06-13 09:00")
    thu = council.chat("Thu")
    preview = await thu.says("ghinhan 1: SYT; 45/BC-SYT ngày 09/6; qua hệ thống QLVB; đến 10/6")
    assert preview.splitlines()[2] == (
        "Nội dung ghi nhận: 45/BC-SYT ngày 09/6/2022, đến ngày 10/6/2022 qua hệ thống quản lý văn bản."
    )
    await thu.presses("Ghi nhận 1 đơn vị")
    await thu.says("ghinhan 1: STC; giấy; đến 11/6")
    assert "Văn bản đến sau thời hạn: Sở Tài chính." in (await thu.seen())[-1].lines
    await thu.presses("Ghi nhận 1 đơn vị")
    assert "Văn bản đến sau thời hạn 10/6/2022." in (await council.chat("Minh").seen())[-1].lines
    await thu.says("duyệt")
    await thu.presses(f"2 báo cáo: {TITLE}")
    await thu.presses("Xác nhận cả 2")
    await thu.presses("Xác nhận cả 2")
    assert [await stand(council, given[code]) for code in ("SYT", "STC")] == [Status.DONE_ON_TIME, Status.DONE_LATE]


async def test_what_has_an_answer_is_said_and_left_out(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
    await council.chat("Lan").says("đã gửi báo cáo 45/BC-SYT ngày 08/6")
    thu = council.chat("Thu")
    preview = await thu.says("ghinhan 1 tất cả; email")
    assert preview.splitlines()[1] == "Sở Tài chính, UBND huyện Vụ Bản."
    assert preview.splitlines()[3] == (
        "Không ghi nhận Sở Y tế: Nhiệm vụ này đã được đ/c Lan báo cáo hoàn thành lúc 07:25 ngày 09/6/2022 (số 1): "
        "Báo cáo sơ kết 6 tháng."
    )
    await thu.presses("Ghi nhận 2 đơn vị")
    assert await count(council, Receipt) == 2
    assert (await thu.says("ghinhan 1: STC; giấy")).startswith(
        "Không ghi nhận Sở Tài chính: Nhiệm vụ này đã được cơ quan"
    )
    assert await count(council, Report) == 3


async def test_a_race_between_the_unit_and_the_officer_yields_one_answer(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    thu = council.chat("Thu")
    await thu.says("ghinhan 1: SYT; giấy")
    await council.chat("Lan").says("xong 1")
    assert await thu.presses("Ghi nhận 1 đơn vị") == (
        "Các đơn vị này đều đã trả lời trong lúc đó; không ghi nhận lần thứ hai."
    )
    assert (await count(council, Report), await count(council, Receipt)) == (1, 0)


async def test_open_reminders_and_cards_close_for_exactly_those_units(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    await council.at("2022-06-13 07:45")
    lan, minh = council.chat("Lan"), council.chat("Minh")
    assert (await lan.seen())[-1].buttons != ()
    await council.chat("Thu").says("ghinhan 1: SYT; giấy; đến hôm qua")
    await council.chat("Thu").presses("Ghi nhận 1 đơn vị")
    await council.settle()
    card = (await lan.seen())[0]
    assert (card.buttons, card.result) == (
        (),
        "Cơ quan thường trực (đ/c Thu) đã ghi nhận lúc 07:45 (số 1): đến ngày 12/6/2022 bằng văn bản giấy.",
    )
    lans, minhs = len(await lan.seen()), len(await minh.seen())
    await council.at("2022-06-14 07:45")
    await council.at("2022-06-15 07:45")
    assert len(await lan.seen()) == lans
    assert len(await minh.seen()) > minhs


async def test_what_came_on_paper_in_time_counts_though_the_chat_said_it_late(council: Council) -> None:
    given = await council.given(TITLE, ("SYT",), "2022-06-10")
    await council.at("2022-06-13 09:00")
    await council.chat("Lan").says("xong 1")
    thu = council.chat("Thu")
    assert (await thu.says("ghinhan 1: SYT; giấy")).startswith("Không ghi nhận Sở Y tế: Nhiệm vụ này đã được đ/c Lan")
    await thu.says("ghinhan 1: SYT; giấy; đến 10/6")
    await thu.presses("Ghi nhận 1 đơn vị")
    await thu.says("duyệt")
    await thu.presses(f"1 báo cáo: {TITLE}")
    await thu.presses("Sở Y tế")
    await thu.presses("Xác nhận hoàn thành")
    assert await stand(council, given["SYT"]) is Status.DONE_ON_TIME


async def test_units_without_a_task_number_are_asked_for_their_task(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    await council.given("Đăng ký thi đua", ("SYT", "STC"), "2022-06-30")
    thu = council.chat("Thu")
    await thu.says("ghinhan STC; giấy")
    assert (await thu.seen())[-1].lines[0] == "Sẽ ghi nhận 1 đơn vị: Đăng ký thi đua"
    await thu.says("ghinhan SYT; giấy; 45/BC-SYT")
    assert (await thu.seen())[-1].buttons == (TITLE, "Đăng ký thi đua")
    assert (await thu.presses(TITLE)).splitlines()[2] == (
        "Nội dung ghi nhận: 45/BC-SYT, đến ngày 09/6/2022 bằng văn bản giấy."
    )


async def test_refusals_say_what_to_write(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    thu = council.chat("Thu")
    for said, expected in (
        ("ghinhan 7: SYT", "Không có nhiệm vụ số 7; gửi “tiendo” để xem danh sách."),
        ("ghinhan 1: VB; giấy", f"Nhiệm vụ này không giao cho đơn vị nào vừa nêu: {TITLE}."),
        (
            "ghinhan 1: SYT; đến 20/6",
            "“20/6” không phải một ngày tính đến 09/6/2022; đề nghị ghi theo mẫu: đến 09/6/2022.",
        ),
        ("ghinhan rồi", "Chưa hiểu “rồi”; đề nghị ghi theo mẫu: ghinhan 12: SYT, STC; giấy; đến 09/6/2022."),
    ):
        assert await thu.says(said) == expected
    await thu.says("ghinhan 1: Sở Y Tá; giấy; đến 08/6")
    assert "Sở Y tế" in (await thu.seen())[-1].buttons
    assert (await thu.presses("Sở Y tế")).splitlines()[2] == (
        "Nội dung ghi nhận: đến ngày 08/6/2022 bằng văn bản giấy."
    )
    assert (await council.chat("Lan").says("ghinhan 1: SYT; giấy")).startswith("Việc này do cơ quan thường trực")
    assert await count(council, Receipt) == 0


async def test_the_example_of_a_line_is_never_refused(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    thu = council.chat("Thu")
    example = (await thu.says("ghinhan")).splitlines()[-1].partition("ví dụ: ")[2]
    assert example == "ghinhan 1: SYT, STC; giấy; đến 09/6/2022."
    assert (await thu.says(example)).splitlines()[2] == "Nội dung ghi nhận: đến ngày 09/6/2022 bằng văn bản giấy."


async def test_the_command_anew_leaves_the_question_that_is_open(council: Council) -> None:
    await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    thu = council.chat("Thu")
    await thu.says("ghinhan 1: SYT")
    assert (await thu.says("ba hoa")).endswith("Nhắn “thôi” nếu không trả lời.")
    await thu.says("ghinhan 1: STC, ABC; giấy")
    assert (await thu.says("ghinhan 1: STC; giấy")).splitlines()[1] == "Sở Tài chính."
    assert await thu.says("thôi") == "Không có câu hỏi nào đang chờ trả lời; không có gì thay đổi."


async def test_all_tasks_that_a_units_paper_may_be_for_are_turned_over(
    council: Council,
) -> None:
    for number in range(1, 10):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-20")
    thu = council.chat("Thu")
    asked = "Văn bản của SYT thuộc nhiệm vụ nào?"
    assert await thu.says("ghinhan SYT; giấy; đến 08/6") == f"{asked}\nvà 1 mục khác."
    assert await thu.presses("Xem tiếp") == asked
    assert (await thu.presses("Kế hoạch 9")).splitlines()[:3] == [
        "Sẽ ghi nhận 1 đơn vị: Kế hoạch 9",
        "Sở Y tế.",
        "Nội dung ghi nhận: đến ngày 08/6/2022 bằng văn bản giấy.",
    ]
