"""The telephone is an address like others: whom to call, and what was said, recorded as the unit's answer."""

import pytest
from sqlalchemy import select, update

from models.addresses import Address, AddressState
from models.outbox import Parcel, ParcelState
from models.people import Person
from models.phone_calls import PhoneCall
from tests.chats import Chat, Council

TITLE = "Báo cáo sơ kết 6 tháng"
CALLED = "Đã gọi: Tùng"
TASK = f"1. {TITLE}"
DUE = f"UBND huyện Vụ Bản, Tùng, điện thoại 0912 000 001: {TITLE}, hạn 10/6/2022"


@pytest.fixture
async def thu(council: Council) -> Chat:
    """An officer on the day of a reminder, of which one focal point has nothing but a telephone."""
    async with council.write() as session:
        tung = council.people["Tùng"]
        await session.execute(update(Person).where(Person.id == tung).values(phone="0912 000 001"))
        await session.execute(update(Address).where(Address.person_id == tung).values(state=AddressState.LEFT))
    await council.given(TITLE, ("VB",), "2022-06-10")
    await council.at("2022-06-10 08:00")
    return council.chat("Thu")


async def listed(officer: Chat) -> list[str]:
    """Read the list of calls; nothing where it is empty."""
    await officer.says("homnay")
    labels = [label for label in (await officer.seen())[-1].buttons if label.startswith("Chưa gửi được")]
    return (await officer.presses(labels[0])).splitlines()[1:] if labels else []


async def test_a_reminder_of_who_has_only_a_telephone_is_a_call_with_what_is_due(thu: Chat) -> None:
    assert await listed(thu) == [DUE]
    assert (await thu.seen())[-1].buttons == (CALLED,)
    assert await thu.presses(CALLED) == (
        "Kết quả gọi điện cho đồng chí Tùng, 0912 000 001? Nội dung trả lời được ghi nhận cho đơn vị."
    )
    assert (await thu.seen())[-1].buttons == (TASK, "Đã báo tin, không có nội dung ghi", "Không nghe máy")


@pytest.mark.parametrize(
    ("said", "recorded", "shown"),
    [
        (
            "đã gửi 45/BC-VB ngày 08/6",
            "Đã gửi văn bản số 45/BC-VB ngày 08/6/2022.",
            "đã gửi văn bản số 45/BC-VB ngày 08/6/2022.",
        ),
        (
            "đang chờ số liệu của các xã",
            "Tiến độ: đang chờ số liệu của các xã.",
            "đang chờ số liệu của các xã.",
        ),
    ],
)
async def test_what_was_said_is_recorded_for_the_unit_by_telephone(
    thu: Chat, said: str, recorded: str, shown: str
) -> None:
    await listed(thu)
    await thu.presses(CALLED, TASK)
    assert (await thu.says(said)).splitlines() == [
        f"Đã ghi nhận cho UBND huyện Vụ Bản lúc 08:00 ngày 10/6/2022, qua điện thoại, báo cáo số 1: {TITLE}.",
        recorded,
    ]
    assert await listed(thu) == []
    assert (await thu.says("donvi VB")).splitlines()[-2:] == [
        f"– trả lời gần nhất về “{TITLE}”. Đ/c Thu (qua điện thoại) đã báo cáo lúc 08:00 (số 1): {shown}",
        "– không còn liên lạc được với đầu mối nào của đơn vị",
    ]


async def test_the_usual_answers_are_a_tap(council: Council, thu: Chat) -> None:
    await listed(thu)
    await thu.presses(CALLED, TASK)
    assert (await thu.presses("Hoàn thành")).splitlines()[1] == "Báo cáo hoàn thành."
    assert await listed(council.chat("Quang")) == []


async def test_more_time_asked_for_on_the_telephone_waits_for_a_decision(thu: Chat) -> None:
    await listed(thu)
    await thu.presses(CALLED, TASK)
    answer = await thu.says("xin gia hạn đến 17/6 vì chờ số liệu")
    assert (
        answer.splitlines()[0] == f"Đã ghi nhận lúc 08:00 ngày 10/6/2022: đề nghị gia hạn đến ngày 17/6/2022, {TITLE}."
    )
    assert await listed(thu) == []


async def test_more_time_that_the_only_officer_in_charge_recorded_is_decided_by_another(
    council: Council, thu: Chat
) -> None:
    await thu.says("phutrach Thu: VB")
    await listed(thu)
    await thu.presses(CALLED, TASK)
    await thu.says("xin gia hạn đến 17/6 vì chờ số liệu")
    quang = council.chat("Quang")
    asked = (await quang.seen())[-1]
    assert asked.lines[-2:] == ("Lý do: chờ số liệu", "Đ/c Thu (qua điện thoại) đề nghị lúc 08:00.")
    assert asked.buttons == ("Chấp thuận", "Không chấp thuận")
    assert await quang.presses("Chấp thuận") == "Đã chấp thuận và báo UBND huyện Vụ Bản: hạn mới 17/6/2022."


async def test_who_does_not_answer_is_called_again_on_the_next_working_day(council: Council, thu: Chat) -> None:
    await listed(thu)
    assert await thu.presses(CALLED, "Không nghe máy") == (
        "Đã ghi nhận lúc 08:00 ngày 10/6/2022: đồng chí Tùng không nghe máy; gọi lại vào ngày làm việc tiếp theo."
    )
    assert await listed(thu) == []
    await council.at("2022-06-13 08:00")
    assert await listed(thu) == [f"{DUE} (đã gọi 1 lần, không nghe máy)"]
    await thu.presses(CALLED, "Không nghe máy")
    await council.at("2022-06-14 08:00")
    assert await listed(thu) == [f"{DUE} (đã gọi 2 lần, không nghe máy)"]
    await thu.presses(CALLED, "Đã báo tin, không có nội dung ghi")
    assert await listed(thu) == []


async def test_a_notice_answered_on_the_telephone_is_recorded_by_its_own_way(council: Council, thu: Chat) -> None:
    await thu.says("guithongbao VB: Đề nghị đăng ký dự thi.")
    await thu.presses("Gửi", "Gửi ngay")
    await listed(thu)
    await thu.presses(CALLED)
    assert (await thu.presses("Thông báo: Đề nghị đăng ký dự thi")) == "Đơn vị nào trả lời qua điện thoại?"
    await thu.presses("UBND huyện Vụ Bản")
    await thu.says("đã rõ, Tùng")
    async with council.read() as session:
        calls = await session.execute(select(PhoneCall.person_id, PhoneCall.by_id, PhoneCall.answered))
        assert calls.all() == [(council.people["Tùng"], council.people["Thu"], True)]
    assert await listed(thu) == []


QUIET = "Đơn vị chưa có hồi âm, mất liên lạc (1)"


async def quiet(officer: Chat) -> list[str]:
    """Read which units are silent or out of reach."""
    await officer.says("homnay")
    if QUIET not in (await officer.seen())[-1].buttons:
        return []
    return (await officer.presses(QUIET)).splitlines()[1:]


async def test_a_unit_is_silent_that_was_asked_and_of_which_nothing_has_come_for_two_weeks(council: Council) -> None:
    await council.given(TITLE, ("SYT", "VB"), "2022-07-30")
    thu = council.chat("Thu")
    await council.at("2022-06-22 08:00")
    await council.chat("Lan").says("trogiup")
    assert await quiet(thu) == []
    await council.at("2022-06-23 08:00")
    why = "14 ngày không nhận được gì từ đơn vị dù đã đề nghị trả lời"
    assert await quiet(thu) == [f"UBND huyện Vụ Bản: Tùng (chưa có số điện thoại); {why}."]
    assert (await thu.says("donvi VB")).splitlines()[-1] == f"– {why}"
    await council.chat("Tùng").says("trogiup")
    assert await quiet(thu) == []


async def test_a_unit_is_out_of_reach_once_none_of_its_focal_points_is_reached_any_more(council: Council) -> None:
    thu = council.chat("Thu")
    for name, expected in (("Lan", 0), ("Hoa", 1)):
        async with council.write() as session:
            gone = update(Address).where(Address.person_id == council.people[name])
            await session.execute(gone.values(state=AddressState.UNREACHABLE))
        assert len(await quiet(thu)) == expected
    why = "không còn liên lạc được với đầu mối nào của đơn vị"
    assert (await quiet(thu))[0].rpartition("; ")[2] == f"{why}."
    assert (await thu.says("donvi SYT")).splitlines()[-1] == f"– {why}"


async def test_what_went_on_and_had_nothing_left_to_say_is_missed_by_nobody(council: Council, thu: Chat) -> None:
    async with council.write() as session:
        mine = select(Parcel).where(Parcel.person_id == council.people["Tùng"], Parcel.state == ParcelState.DEAD)
        first = (await session.scalars(mine)).one()
        copied = ("letter_id", "key", "person_id", "priority", "not_before", "created_at", "lane")
        further = {name: getattr(first, name) for name in copied}
        session.add(Parcel(**further, step=1, state=ParcelState.CANCELLED))
    assert await listed(thu) == []


async def test_a_matter_is_named_once_and_several_stand_in_one_line(council: Council, thu: Chat) -> None:
    await thu.says("giaoviec VB: Báo cáo chuyên đề; hạn 13/6")
    await thu.presses("Giao 1 nhiệm vụ")
    await thu.says("guithongbao VB: Đề nghị đăng ký dự thi.")
    await thu.presses("Gửi", "Gửi ngay")
    await council.at("2022-06-13 08:00")
    matters = f"{TITLE}, hạn 10/6/2022, Báo cáo chuyên đề, hạn 13/6/2022, Đề nghị đăng ký dự thi."
    assert await listed(thu) == [f"UBND huyện Vụ Bản, Tùng, điện thoại 0912 000 001: {matters}"]


async def test_nobody_is_telephoned_about_the_summary_of_a_day(council: Council, thu: Chat) -> None:
    async with council.write() as session:
        gone = update(Address).where(Address.person_id == council.people["Quang"])
        await session.execute(gone.values(state=AddressState.UNREACHABLE))
    await council.at("2022-06-13 08:00")
    assert len(await listed(thu)) == 1
