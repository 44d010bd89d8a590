"""The message of a morning: one a person, answered by one tap, composed when it leaves, late ones merged."""

from datetime import date

from sqlalchemy import select

from models.outbox import Parcel, ParcelState
from models.people import Post, Unit
from models.rules.permission import Role
from tests.chats import Chat, Council, Seen, utc

SIX_MONTHS = "Báo cáo sơ kết 6 tháng đầu năm"


async def pushed(chat: Chat) -> list[Seen]:
    """Give what the assistant said to a person, oldest first."""
    return [seen for seen in await chat.seen() if not seen.mine]


async def test_the_morning_message_of_one_task_is_its_card(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    await council.at("2022-06-10 07:29")
    assert await pushed(council.chat("Lan")) == []
    await council.at("2022-06-13 07:40")
    message, *more = await pushed(council.chat("Lan"))
    assert more == []
    assert message.lines == (
        "Hạn 14/6: Báo cáo sơ kết 6 tháng đầu năm",
        "Kính gửi: Sở Y tế.",
        (
            "Cơ quan thường trực Hội đồng trân trọng thông báo: nhiệm vụ “Báo cáo sơ kết 6 tháng đầu năm” "
            "đến hạn ngày 14/6/2022, còn 1 ngày làm việc."
        ),
        "Sản phẩm, cách gửi: Báo cáo.",
        "Đề nghị Sở Y tế báo cáo tiến độ. Trân trọng.",
    )
    assert message.buttons[0] == "Đã tiếp nhận"


async def test_one_tap_closes_the_card_and_the_colleagues(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    await council.at("2022-06-13 07:40")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    assert (await lan.presses("Hoàn thành")).startswith("Đã ghi nhận số 1")
    for chat in (lan, hoa):
        card = (await pushed(chat))[0]
        assert card.buttons == ()
        assert card.result.startswith("Đ/c Lan đã báo cáo hoàn thành")


async def test_what_was_answered_before_the_morning_is_not_said(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    await council.at("2022-06-13 06:00")
    await council.chat("Lan").says("xong 1")
    await council.at("2022-06-13 07:40")
    assert await pushed(council.chat("Hoa")) == []
    async with council.read() as session:
        states = await session.scalars(select(Parcel.state).where(Parcel.kind == "morning"))
        assert set(states) == {ParcelState.CANCELLED}


async def test_several_tasks_are_one_list_that_opens_each_and_acknowledges_all(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14", phrase="Trước ngày 15/6.")
    await council.given("Đăng ký thi đua", ("SYT",), "2022-06-16")
    await council.at("2022-06-13 07:40")
    lan = council.chat("Lan")
    message = (await pushed(lan))[-1]
    assert message.lines == (
        "Hạn 14/6 và 1 hạn khác: Báo cáo sơ kết 6…",
        "Kính gửi: Sở Y tế.",
        "1. Hạn 14/6: Báo cáo sơ kết 6 tháng đầu năm (“Trước ngày 15/6”), còn 1 ngày làm việc.",
        "2. Hạn 16/6: Đăng ký thi đua, còn 3 ngày làm việc.",
    )
    assert message.buttons == ("Đã tiếp nhận tất cả", "Mở nhiệm vụ 1", "Mở nhiệm vụ 2")
    assert (await lan.presses("Mở nhiệm vụ 2")).splitlines()[0] == "Hạn 16/6: Đăng ký thi đua"
    assert (await lan.presses("Đã tiếp nhận tất cả")).endswith("2 nhiệm vụ của Sở Y tế.")


async def test_the_documents_words_are_quoted_for_its_own_deadline_only(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14", phrase="Trước ngày 15/6")
    await council.given("Đăng ký thi đua", ("SYT",), "2022-06-16", phrase="Chậm nhất ngày 16/6")
    thu = council.chat("Thu")
    await thu.says("doihan 1 SYT: 22/6; Công văn số 9/CV-SNV ngày 09/6/2022")
    await thu.presses("Điều chỉnh và báo 1 đơn vị")
    await council.at("2022-06-13 07:40")
    assert (await pushed(council.chat("Lan")))[-1].lines[2:] == (
        "2. Hạn 16/6: Đăng ký thi đua (“Chậm nhất ngày 16/6”), còn 3 ngày làm việc.",
        "1. Hạn 22/6: Báo cáo sơ kết 6 tháng đầu năm, còn 7 ngày làm việc.",
    )


async def test_whoever_serves_two_units_reads_which_one_is_meant(council: Council) -> None:
    async with council.write() as session:
        unit_id = (await session.execute(select(Unit.id).where(Unit.code == "STTTT"))).scalar_one()
        session.add(
            Post(
                person_id=council.people["Lan"],
                unit_id=unit_id,
                role=Role.FOCAL_POINT,
                valid_from=date(2022, 1, 1),
            )
        )
    await council.given(SIX_MONTHS, ("SYT", "STTTT"), "2022-06-14")
    await council.at("2022-06-13 07:40")
    message = (await pushed(council.chat("Lan")))[-1]
    assert message.lines[2:] == (
        "1. Hạn 14/6: Báo cáo sơ kết 6 tháng đầu năm, còn 1 ngày làm việc (Sở Thông tin và Truyền thông).",
        "1. Hạn 14/6: Báo cáo sơ kết 6 tháng đầu năm, còn 1 ngày làm việc (Sở Y tế).",
    )
    assert "Mở nhiệm vụ 1 (Sở Y tế)" in message.buttons


async def test_an_outage_of_days_is_made_up_for_in_one_message_that_says_so(council: Council) -> None:
    await council.at("2022-06-09 07:26")
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    await council.at("2022-06-16 08:00")
    messages = await pushed(council.chat("Lan"))
    assert len(messages) == 1
    assert messages[0].lines[0] == "Hạn 14/6: Báo cáo sơ kết 6 tháng đầu năm"
    assert "Tin này gồm cả nội dung chưa gửi được ngày 13/6/2022, 14/6/2022, 15/6/2022." in messages[0].lines
    assert messages[0].lines[-1] == (
        "Đề nghị Sở Y tế khẩn trương thực hiện; ngày 27/6/2022 sẽ tổng hợp, báo cáo Chủ tịch Hội đồng. Trân trọng."
    )


async def test_a_message_that_could_not_leave_goes_with_the_next_days(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    council.clock.set(utc("2022-06-13 07:40", council.assistant.config.zone))
    await council.runner.run_due(council.clock.now())
    await council.at("2022-06-14 07:40")
    messages = await pushed(council.chat("Lan"))
    assert len(messages) == 1
    assert "Tin này gồm cả nội dung chưa gửi được ngày 13/6/2022." in messages[0].lines
    await council.at("2022-06-15 07:40")
    assert len(await pushed(council.chat("Lan"))) == 2


async def test_nothing_is_pushed_on_a_day_off_or_at_noon(council: Council) -> None:
    await council.given(SIX_MONTHS, ("SYT",), "2022-06-14")
    await council.at("2022-06-11 09:00")
    await council.at("2022-06-12 09:00")
    assert await pushed(council.chat("Lan")) == []
    await council.at("2022-06-13 12:00")
    assert await pushed(council.chat("Lan")) == []
    await council.at("2022-06-13 13:30")
    assert len(await pushed(council.chat("Lan"))) == 1


async def test_undated_work_is_asked_about_at_the_end_of_the_period(council: Council) -> None:
    await council.given("Phát hiện, nhân điển hình tiên tiến", ("SYT",), None)
    await council.at("2022-06-14 07:40")
    message = (await pushed(council.chat("Lan")))[-1]
    assert message.lines[0] == "Phát hiện, nhân điển hình tiên tiến"
    assert message.lines[2].startswith("Hết kỳ báo cáo, Cơ quan thường trực Hội đồng đề nghị cho biết")


async def test_the_headline_fits_a_locked_phone(council: Council) -> None:
    title = "Tổng hợp, báo cáo kết quả thực hiện phong trào thi đua xây dựng nông thôn mới"
    for day in ("14", "15"):
        await council.given(title, ("SYT",), f"2022-06-{day}")
    await council.at("2022-06-14 07:40")
    message = (await pushed(council.chat("Lan")))[-1]
    assert len(message.lines[0]) <= 45
    assert message.lines[0].startswith("Hạn 14/6 và 1 hạn khác: Tổng hợp")


async def test_many_reminders_make_a_message_of_six_lines(council: Council) -> None:
    for number in range(1, 8):
        await council.given(f"Nhiệm vụ {number}", ("SYT",), "2022-06-14")
    await council.at("2022-06-13 07:40")
    (message,) = await pushed(council.chat("Lan"))
    assert len(message.lines) == 6
    assert message.lines[-1] == "Và 4 nhiệm vụ khác: gửi “nhiemvu” để xem."
