from sqlalchemy import update

from models.addresses import Address, AddressState
from models.people import Person
from tests.chats import Council, utc

YEAR = "Báo cáo tổng kết năm"


async def test_the_day_is_counted_first_and_each_count_has_its_list(council: Council) -> None:
    await council.given("Báo cáo quý I", ("SYT", "STC"), "2022-06-08")
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-09")
    await council.given("Kế hoạch kiểm tra", ("VB",), "2022-06-10")
    await council.given("Tuyên truyền", ("VB",), None)
    await council.at("2022-06-09 07:40")
    await council.chat("Minh").says("xong 1")
    thu = council.chat("Thu")
    assert (await thu.says("homnay")).splitlines() == [
        "Việc cần đôn đốc ngày 09/6/2022:",
        "Quá hạn: 1.",
        "Đến hạn hôm nay: 1.",
        "Đến hạn ngày 10/6/2022: 1.",
        "Chưa trả lời: 3.",
        "Chờ quyết định: 1.",
        "Chưa gửi được, cần gọi điện: 0.",
        "Đơn vị chưa có đầu mối: 8.",
    ]
    assert await thu.presses("Quá hạn (1)") == "Quá hạn (1)\nSở Y tế: Báo cáo quý I, hạn 08/6/2022"
    assert "Sở Y tế: Báo cáo sơ kết, hạn 09/6/2022" in await thu.presses("Đến hạn hôm nay (1)")
    assert "UBND huyện Vụ Bản: Kế hoạch kiểm tra" in await thu.presses("Đến hạn ngày 10/6/2022 (1)")
    assert await thu.presses("Chưa trả lời (3)") == (
        "Chưa trả lời (3)\n"
        "Sở Y tế: Báo cáo quý I, hạn 08/6/2022\n"
        "Sở Y tế: Báo cáo sơ kết, hạn 09/6/2022\n"
        "UBND huyện Vụ Bản: Kế hoạch kiểm tra, hạn 10/6/2022"
    )
    assert "Công an tỉnh (CA)" in await thu.presses("Đơn vị chưa có đầu mối (8)")


async def test_what_is_due_later_than_the_ladder_begins_counts_as_silent_for_nobody(council: Council) -> None:
    await council.given(YEAR, ("SYT", "STC", "VB"), "2022-11-30")
    await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-20")
    await council.given("Kế hoạch kiểm tra", ("VB",), "2022-06-21")
    await council.given("Tuyên truyền", ("VB",), None)
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    assert "Chưa trả lời: 2." in (await thu.says("homnay")).splitlines()
    await thu.presses("Chưa trả lời (2)")
    assert (await thu.presses("Đôn đốc 2 đơn vị chưa báo cáo")).splitlines()[:-1] == [
        "2 đơn vị chưa báo cáo và chưa được đôn đốc hôm nay:",
        "Sở Tài chính: Minh",
        "Sở Y tế: Lan, Hoa",
        "Báo cáo sơ kết, hạn 20/6/2022: 2 đơn vị",
    ]
    assert (await thu.says("dondoc 1")).splitlines()[-2] == f"{YEAR}, hạn 30/11/2022: 3 đơn vị"
    await council.at("2022-06-10 07:40")
    assert "Chưa trả lời: 3." in (await thu.says("homnay")).splitlines()
    await council.at("2022-06-15 07:40")
    assert "Chưa trả lời: 4." in (await thu.says("homnay")).splitlines()  # undated work was asked about the day before


async def test_what_reached_nobody_is_on_the_call_list_with_what_was_owed(council: Council) -> None:
    async with council.write() as session:
        for name, phone in (("Tùng", "0912 000 001"), ("Bình", "")):
            person = council.people[name]
            await session.execute(update(Person).where(Person.id == person).values(phone=phone))
            gone = update(Address).where(Address.person_id == person)
            await session.execute(gone.values(state=AddressState.UNREACHABLE))
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("guithongbao VB, thành viên Hội đồng: Đề nghị gửi danh sách.")
    await thu.presses("Gửi")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng 2; VB")
    await thu.presses("Gửi giấy mời")
    await thu.says("homnay")
    assert (await thu.presses("Chưa gửi được, cần gọi điện (2)")).splitlines() == [
        "Chưa gửi được, đề nghị gọi điện (2):",
        "UBND huyện Vụ Bản, Tùng, điện thoại 0912 000 001: Họp Hội đồng, Đề nghị gửi danh sách.",
        "Giám đốc Sở Tài chính, Bình, chưa có số điện thoại: Đề nghị gửi danh sách.",
    ]


async def test_a_focal_point_chases_nobody(council: Council) -> None:
    assert (await council.chat("Lan").says("homnay")).startswith("Việc này do")


async def test_officers_read_the_day_at_a_quarter_to_eight_on_working_days(council: Council) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-08")
    thu = council.chat("Thu")
    await council.at("2022-06-09 07:44")
    assert await thu.seen() == []
    await council.at("2022-06-09 07:45")
    (told,) = await thu.seen()
    assert told.lines[:2] == ("Việc cần đôn đốc ngày 09/6/2022:", "Quá hạn: 1.")
    assert told.buttons[0] == "Đôn đốc 1 đơn vị chưa báo cáo"
    assert "1 đơn vị chưa báo cáo" in await thu.presses("Đôn đốc 1 đơn vị chưa báo cáo")
    said = len(await thu.seen())
    await council.at("2022-06-11 08:00")
    await council.at("2022-06-12 08:00")
    assert len([one for one in (await thu.seen())[said:] if one.lines[0].startswith("Việc cần đôn đốc ngày 1")]) == 0
    assert not any(one.lines[0].startswith("Việc cần đôn đốc") for one in await council.chat("Lan").seen())


async def test_each_of_the_six_counts_leads_to_its_list_in_one_tap_and_an_officers_own_come_first(
    council: Council,
) -> None:
    thu = council.chat("Thu")
    await thu.says("phutrach Thu: VB")
    await council.given("Báo cáo quý I", ("SYT", "VB"), "2022-06-08")
    await council.given("Báo cáo sơ kết", ("STC", "VB"), "2022-06-09")
    async with council.write() as session:
        person = council.people["Yên"]
        await session.execute(update(Person).where(Person.id == person).values(phone="0912 000 001"))
        gone = update(Address).where(Address.person_id == person)
        await session.execute(gone.values(state=AddressState.UNREACHABLE))
    await council.at("2022-06-09 08:00")
    await thu.says("guithongbao thành viên Hội đồng: Đề nghị gửi danh sách.")
    await thu.presses("Gửi")
    await council.at("2022-06-09 08:05")
    await council.chat("Minh").says("xong 1")
    await thu.says("homnay")
    desk = (await thu.seen())[-1]
    assert [label for label in desk.buttons if label.endswith(")")] == [
        "Quá hạn (2)",
        "Đến hạn hôm nay (1)",
        "Chưa trả lời (3)",
        "Chờ quyết định (1)",
        "Chưa gửi được, cần gọi điện (1)",
        "Đơn vị chưa có đầu mối (8)",
    ]
    assert "Trong đó do đồng chí phụ trách: quá hạn 1, đến hạn hôm nay 1, đến hạn ngày làm việc tới 0." in desk.lines
    assert [line.partition(":")[0] for line in (await thu.presses("Quá hạn (2)")).splitlines()[1:]] == [
        "UBND huyện Vụ Bản",
        "Sở Y tế",
    ]
    assert (await thu.presses("Đến hạn hôm nay (1)")).splitlines()[1].startswith("UBND huyện Vụ Bản: Báo cáo sơ kết")
    assert [line.partition(":")[0] for line in (await thu.presses("Chưa trả lời (3)")).splitlines()[1:]] == [
        "UBND huyện Vụ Bản",
        "UBND huyện Vụ Bản",
        "Sở Y tế",
    ]
    assert (await thu.presses("Chờ quyết định (1)")).startswith("Chờ quyết định: 1 báo cáo hoàn thành")
    called = (await thu.presses("Chưa gửi được, cần gọi điện (1)")).splitlines()[1]
    assert called == "Giám đốc Sở Y tế, Yên, điện thoại 0912 000 001: Đề nghị gửi danh sách."
    assert "Công an tỉnh (CA)" in await thu.presses("Đơn vị chưa có đầu mối (8)")


async def test_the_call_list_and_the_units_without_a_focal_point_begin_with_the_officers_own(council: Council) -> None:
    await council.chat("Thu").says("phutrach Thu: VB, YY")
    await council.chat("Thu").says("phutrach Quang: STC, TPND")
    async with council.write() as session:
        people = [council.people[name] for name in ("Tùng", "Minh")]
        gone = update(Address).where(Address.person_id.in_(people))
        await session.execute(gone.values(state=AddressState.UNREACHABLE))
    await council.at("2022-06-09 08:00")
    for units in ("VB", "STC"):
        await council.chat("Thu").says(f"guithongbao {units}: Đề nghị gửi danh sách.")
        await council.chat("Thu").presses("Gửi")
    await council.at("2022-06-09 08:05")
    called, empty = {}, {}
    for name in ("Thu", "Quang"):
        officer = council.chat(name)
        await officer.says("homnay")
        called[name] = (await officer.presses("Chưa gửi được, cần gọi điện (2)")).splitlines()[1:]
        empty[name] = (await officer.presses("Đơn vị chưa có đầu mối (8)")).splitlines()[1]
    whose = ("Sở Tài chính, Minh", "UBND huyện Vụ Bản, Tùng")
    minh, tung = (f"{name}, chưa có số điện thoại: Đề nghị gửi danh sách." for name in whose)
    assert called == {"Thu": [tung, minh], "Quang": [minh, tung]}
    assert empty == {"Thu": "UBND huyện Ý Yên (YY)", "Quang": "UBND thành phố Nam Định (TPND)"}


async def test_the_call_list_names_the_tasks_that_nobody_was_told_of(council: Council) -> None:
    async with council.write() as session:
        gone = update(Address).where(Address.person_id == council.people["Hoa"])
        await session.execute(gone.values(state=AddressState.UNREACHABLE))
    await council.at("2022-06-09 08:00")
    thu = council.chat("Thu")
    await thu.says("giaoviec SYT: Báo cáo sơ kết; 25/6")
    await thu.presses("Giao 1 nhiệm vụ")
    await thu.says("homnay")
    assert (await thu.presses("Chưa gửi được, cần gọi điện (1)")).splitlines() == [
        "Chưa gửi được, đề nghị gọi điện (1):",
        "Sở Y tế, Hoa, chưa có số điện thoại: Báo cáo sơ kết",
    ]


async def test_after_days_without_sending_the_day_is_told_once_as_it_stands(council: Council) -> None:
    await council.given("Báo cáo quý I", ("SYT", "STC"), "2022-06-08")
    for day in ("13", "14", "15"):
        council.clock.set(utc(f"2022-06-{day} 07:46", council.assistant.config.zone))
        await council.runner.run_due(council.clock.now())
    await council.settle()
    told = [seen.lines[0] for seen in await council.chat("Thu").seen() if seen.lines[0].startswith("Việc cần đôn đốc")]
    assert told == ["Việc cần đôn đốc ngày 15/6/2022:"]


async def test_questions_of_units_are_counted_with_a_button_to_their_list(council: Council) -> None:
    thu = council.chat("Thu")
    await council.chat("Lan").says("phanhoi Hồ sơ gửi bản giấy hay bản điện tử?")
    assert "Câu hỏi, phản hồi chờ trả lời: 1." in (await thu.says("homnay")).splitlines()
    assert (await thu.presses("Câu hỏi, phản hồi chờ trả lời (1)")).splitlines()[0] == "Phản hồi chờ trả lời: 1."
