"""A member reads his week in five lines on its first working morning, of his own units only."""

from tests.chats import Council
from tests.handlers.test_following import follow
from tests.handlers.test_morning import pushed


async def test_a_member_reads_his_week_on_monday_morning(council: Council) -> None:
    await follow(council)
    await council.given("Báo cáo quý I", ("STC", "SYT"), "2022-06-09")
    await council.given("Báo cáo sơ kết", ("VB", "SYT"), "2022-06-17")
    thu = council.chat("Thu")
    await thu.says("taohop Họp sơ kết; 14h00 ngày 20/6; Phòng 2; thành viên Hội đồng")
    await thu.presses("Gửi giấy mời")
    await council.at("2022-06-10 08:00")
    binh = council.chat("Bình")
    assert not any(seen.lines[0].startswith("Tuần từ") for seen in await pushed(binh))
    await council.at("2022-06-13 07:45")
    (week,) = [seen for seen in await pushed(binh) if seen.lines[0].startswith("Tuần từ")]
    assert week.lines == (
        "Tuần từ 13/6/2022: 3 đơn vị đồng chí theo dõi",
        "Kính gửi đồng chí Giám đốc Sở Tài chính.",
        "Chưa hoàn thành: 2; quá hạn: 1; đến hạn trong tuần: 1; chờ xác nhận: 0.",
        "Quá hạn: Sở Tài chính.",
        "Cuộc họp tới: Họp sơ kết, 14:00 ngày 20/6/2022.",
    )
    assert week.buttons == ("Đơn vị theo dõi",)
    assert not any(seen.lines[0].startswith("Tuần từ") for seen in await pushed(council.chat("Yên")))


async def test_a_week_that_begins_with_a_day_off_is_told_on_its_first_working_day(council: Council) -> None:
    await follow(council)
    await council.given("Báo cáo sơ kết", ("VB",), "2022-09-30")
    await council.at("2022-09-01 08:00")
    binh = council.chat("Bình")
    await council.at("2022-09-05 08:00")
    assert [seen.lines[0][:7] for seen in await pushed(binh)] == ["Tuần từ"]


async def test_a_council_that_does_not_want_it_is_left_alone(council: Council) -> None:
    await follow(council)
    await council.given("Báo cáo sơ kết", ("VB",), "2022-06-17")
    await council.chat("Thu").says("caidat member_digest không")
    await council.at("2022-06-13 07:45")
    assert await pushed(council.chat("Bình")) == []


async def test_a_meeting_that_is_put_off_is_not_the_next_one(council: Council) -> None:
    await follow(council)
    await council.given("Báo cáo sơ kết", ("VB",), "2022-06-17")
    thu = council.chat("Thu")
    for title, when in (("Họp giao ban", "17/6"), ("Họp sơ kết", "20/6")):
        await thu.says(f"taohop {title}; 14h00 ngày {when}; Phòng 2; thành viên Hội đồng")
        await thu.presses("Gửi giấy mời")
    await thu.says("hop")
    await thu.presses("Xem mục 1")
    await thu.presses("Hoãn")
    await thu.says("mưa bão.")
    await thu.presses("Hoãn và thông báo")
    await council.at("2022-06-13 07:45")
    week = (await pushed(council.chat("Bình")))[-1]
    assert week.lines[-1] == "Cuộc họp tới: Họp sơ kết, 14:00 ngày 20/6/2022."
