"""What is rehearsed is what is sent, to whom, when and in which words, when nobody answers."""

from datetime import date, timedelta

from sqlalchemy import select

from bot.rehearsal import Rehearsed, rehearse, table
from models.addresses import Address, AddressState
from models.outbox import Parcel
from models.people import Person
from models.reminders import Nudge
from tests.chats import Council
from tests.handlers.test_overdue import let_follow, let_hold

Sent = tuple[str, date, str]


async def rehearsed(council: Council, days: int) -> list[Rehearsed]:
    async with council.read() as session:
        return await rehearse(session, council.assistant.composer, council.clock.now(), days)


async def sent(council: Council) -> set[Sent]:
    zone = council.assistant.config.zone
    async with council.read() as session:
        rows = await session.execute(
            select(Person.name, Parcel.sent_at, Parcel.content)
            .join(Person, Person.id == Parcel.person_id)
            .where(Parcel.kind == "morning", Parcel.sent_at.is_not(None))
        )
        return {(name, at.astimezone(zone).date(), "\n".join(content["lines"])) for name, at, content in rows}


async def test_a_month_of_clock_sends_exactly_what_was_rehearsed(council: Council) -> None:
    await let_follow(council, "Bình", "VB")
    for title, units, due in (
        ("Báo cáo sơ kết 6 tháng", ("SYT", "VB", "STC"), "2022-06-14"),
        ("Đăng ký thi đua", ("SYT", "VB"), "2022-06-25"),
        ("Hồ sơ khen thưởng", ("SYT",), "2022-06-17"),
        ("Nhân điển hình tiên tiến", ("STC",), None),
    ):
        await council.given(title, units, due)
    expected = await rehearsed(council, 30)
    day = date(2022, 6, 9)
    for ahead in range(30):
        await council.at(f"{day + timedelta(days=ahead)} 07:30")
    assert await sent(council) == {(each.person, each.day, "\n".join(each.lines)) for each in expected}
    async with council.read() as session:
        rows = set(await session.execute(select(Nudge.person_id, Nudge.assignment_id, Nudge.rung, Nudge.day)))
    assert {tuple(row) for row in rows} == {
        (each.person_id, why.assignment_id, why.rung, each.day) for each in expected for why in each.reasons
    }


async def test_a_pause_is_rehearsed_as_it_is_kept(council: Council) -> None:
    await let_follow(council, "Bình", "VB")
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB"), "2022-06-14")
    await council.given("Đăng ký thi đua", ("VB",), "2022-06-20")
    thu = council.chat("Thu")
    await thu.says("tamdung VB: 10/6 - 19/6; bão số 2")
    await thu.presses("Tạm dừng nhắc 1 đơn vị")
    expected = await rehearsed(council, 14)
    of_district = [each for each in expected if each.person in {"Tùng", "Bình"}]
    assert {each.day for each in of_district if each.day < date(2022, 6, 20)} == set()
    speech = council.assistant.composer.catalogues.speech("vi", council.assistant.config.zone)
    assert any("nay nhắc khi hết tạm dừng" in line for line in table(of_district, speech))
    day = date(2022, 6, 9)
    for ahead in range(14):
        await council.at(f"{day + timedelta(days=ahead)} 07:30")
    assert await sent(council) == {(each.person, each.day, "\n".join(each.lines)) for each in expected}


async def test_what_left_this_morning_is_not_rehearsed_again(council: Council) -> None:
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    await council.at("2022-06-13 07:25")
    assert {each.day for each in await rehearsed(council, 1)} == {date(2022, 6, 13)}
    await council.at("2022-06-13 07:40")
    assert await rehearsed(council, 1) == []


async def test_whoever_has_no_chat_is_named_to_be_telephoned(council: Council) -> None:
    async with council.write() as session:
        for address in await session.scalars(select(Address).where(Address.person_id == council.people["Minh"])):
            address.state = AddressState.LEFT
    await council.given("Báo cáo sơ kết 6 tháng", ("STC",), "2022-06-14")
    found = await rehearsed(council, 5)
    assert [(each.person, each.channel, each.day) for each in found] == [("Minh", "", date(2022, 6, 13))]
    speech = council.assistant.composer.catalogues.speech("vi", council.assistant.config.zone)
    assert table(found, speech) == [
        "13/06/2022 07:30  Minh (chưa kết nối: liên hệ bằng điện thoại)  Hạn 14/6: Báo cáo sơ kết 6 tháng",
        "    STC  T-1  Báo cáo sơ kết 6 tháng  Hạn 14/6/2022: còn 1 ngày làm việc.",
        "1 tin gửi 1 người.",
    ]
    assert found[0].as_json()["why"][0]["rung"] == "T-1"


async def test_what_goes_upwards_is_rehearsed_with_whom_and_why(council: Council) -> None:
    await let_follow(council, "Bình", "STC")
    await let_hold(council, "Bình", "STC")
    await let_hold(council, "Yên", "SYT", "Phó Chủ tịch thường trực")
    await council.given("Báo cáo sơ kết 6 tháng", ("STC",), "2022-06-14")
    upwards = [each for each in await rehearsed(council, 20) if each.person in {"Bình", "Yên", "Sơn"}]
    assert [(each.person, each.day) for each in upwards] == [("Yên", date(2022, 6, 17)), ("Sơn", date(2022, 6, 27))]
    speech = council.assistant.composer.catalogues.speech("vi", council.assistant.config.zone)
    row = "    STC  {}  Báo cáo sơ kết 6 tháng  Quá hạn từ 14/6/2022; {}"
    in_place = "báo thay thành viên theo dõi vì là cơ quan của chính thành viên đó."
    assert table(upwards, speech)[:4] == [
        "17/06/2022 07:30  Yên (webchat)  Quá hạn: 1 cơ quan của chính thành viên theo dõi",
        row.format("+3:member", in_place),
        "27/06/2022 07:30  Sơn (webchat)  Tuần từ 27/6/2022: 1 đơn vị quá hạn từ 7 ngày",
        row.format("+7:chair", "trong báo cáo hằng tuần gửi Chủ tịch Hội đồng."),
    ]
