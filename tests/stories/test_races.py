"""A thousand races: of those who press at the same moment one is recorded, and the other is told what now stands."""

import asyncio
import random
import re
from collections import Counter
from datetime import date
from typing import Final

import pytest
from sqlalchemy import func, select, text, update

from models.meetings import Invitation, Meeting, MeetingState
from models.notices import Notice
from models.outbox import Parcel, ParcelState
from models.tasks import Assignment, Extension, Report
from models.urging import URGING, WEEK, Urging
from tests.chats import Chat, Council, utc
from tests.racing import Press, heard_at_once
from tests.timepiece import others_go_on

pytestmark = pytest.mark.slow
# on each of two databases
COLLEAGUES, OFFICERS, MOVES, URGINGS = 250, 200, 50, 25
WEDNESDAYS: Final = [date(2022, 6, 15) + week * WEEK for week in range(URGINGS)]
TITLE: Final = "Báo cáo sơ kết"
CHANGED: Final = "Nội dung này đã thay đổi sau khi nút được hiển thị; lần bấm này chưa ghi nhận gì. Hiện trạng như sau:"
NOBODY_LEFT: Final = "Không còn đơn vị nào cần đôn đốc hôm nay"
# what a late answer to an invitation is told: the hour that replaces the old one, or which colleague has answered
TOLD: Final = re.compile(
    r"đã chuyển sang 08:00 ngày 20/6/2022|Đã thay bằng lịch họp 08h00|\nDự họp \(đ/c (Lan|Hoa), 07:40"
)


def dice() -> random.Random:
    """Decide who is how much behind; the same in each run."""
    return random.Random(20220609)  # noqa: S311 - races can be run again


async def raced(press: str, *chats: Chat, chance: random.Random) -> tuple[Chat, str, str]:
    """Let two press the newest button of this name; give who was first, what he read, and what the other read."""
    presses: list[Press] = [(chat, await chat.button(press)) for chat in chats]
    answers = await heard_at_once(*presses, chance=chance)
    late = [answer.startswith(CHANGED) for answer in answers]
    assert sorted(late) == [False, True], answers
    first = late.index(False)
    return chats[first], answers[first], answers[1 - first]


async def test_of_two_colleagues_on_one_card_one_reports_for_the_unit(council: Council) -> None:
    chance, lan, hoa = dice(), council.chat("Lan"), council.chat("Hoa")
    firsts = Counter[str]()
    for number in range(1, COLLEAGUES + 1):
        made = await council.given(f"{TITLE} {number}", ("SYT",), "2022-06-30")
        for colleague in (lan, hoa):
            await colleague.says(f"nhiemvu {number}")
        first, receipt, other = await raced("Đã tiếp nhận", lan, hoa, chance=chance)
        assert receipt.splitlines() == [
            f"Đã ghi nhận số {number} lúc 07:25 ngày 09/6/2022: {TITLE} {number}.",
            "Đã tiếp nhận nhiệm vụ.",
        ]
        assert other.splitlines()[-1] == f"Đ/c {first.name} đã tiếp nhận lúc 07:25 (số {number})."
        async with council.read() as session:
            by = await session.scalars(select(Report.by_id).where(Report.assignment_id == made["SYT"]))
            assert list(by) == [council.people[first.name]]
        firsts[first.name] += 1
    assert min(firsts["Lan"], firsts["Hoa"]) > COLLEAGUES / 20


async def test_of_two_officers_on_one_request_one_decides(council: Council) -> None:
    chance, lan, thu, quang = dice(), council.chat("Lan"), council.chat("Thu"), council.chat("Quang")
    firsts = Counter[str]()
    for number in range(1, OFFICERS + 1):
        made = await council.given(f"{TITLE} {number}", ("SYT",), "2022-06-14")
        await lan.says(f"giahan {number} đến 27/6 vì chờ số liệu")
        for officer in (thu, quang):
            await officer.says("duyet")
            await officer.presses("Gia hạn đến 27/6/2022: Sở Y tế")
        first, decided, other = await raced("Chấp thuận", thu, quang, chance=chance)
        assert decided == "Đã chấp thuận và báo Sở Y tế: hạn mới 27/6/2022."
        assert f"Đ/c {first.name} đã chấp thuận gia hạn đến ngày 27/6/2022" in other
        async with council.read() as session:
            request = (await session.scalars(select(Extension).where(Extension.assignment_id == made["SYT"]))).one()
            assert request.decided_by == council.people[first.name]
            assert str((await session.get_one(Assignment, made["SYT"])).due_on) == "2022-06-27"
        firsts[first.name] += 1
    assert min(firsts["Thu"], firsts["Quang"]) > OFFICERS / 20
    told = Counter(seen.lines[0] for seen in await lan.seen() if "đã được chấp thuận" in seen.lines[0])
    assert set(told.values()) == {1}


async def test_of_answers_during_a_move_none_counts_for_the_new_hour(council: Council) -> None:
    chance, thu = dice(), council.chat("Thu")
    await council.at("2022-06-09 07:40")
    lan, hoa, minh = council.chat("Lan"), council.chat("Hoa"), council.chat("Minh")
    outcomes = Counter[int]()
    for number in range(1, MOVES + 1):
        await thu.says(f"taohop Họp lần {number}; 14h00 ngày 20/6; Phòng họp số 2; SYT, STC")
        await thu.presses("Gửi giấy mời")
        await thu.presses("Đổi lịch")
        await thu.says("08h00")
        buttons = [(chat, await chat.button("Dự họp")) for chat in (lan, hoa, minh)]
        move = (thu, await thu.button("Đổi lịch, đề nghị xác nhận lại"))
        *answers, moved = await heard_at_once(*buttons, move, chance=chance)
        assert moved.splitlines()[1:3] == [
            "Thời gian: 08h00, thứ Hai, ngày 20/6/2022.",
            "Thay cho lịch họp 14h00, thứ Hai, ngày 20/6/2022; đổi lịch lần thứ 1.",
        ]
        receipt = f"Đã ghi nhận lúc 07:40 ngày 09/6/2022 đối với “Họp lần {number}”: Dự họp."
        came = [answer for answer in answers if answer.startswith(receipt)]
        told = [answer for answer in answers if TOLD.search(answer)]
        assert len(came) + len(told) == len(answers), answers
        async with council.read() as session:
            rows = await session.execute(
                select(Meeting.state, Invitation.answer)
                .join(Invitation, Invitation.meeting_id == Meeting.id)
                .where(Meeting.title == f"Họp lần {number}", Invitation.answer.is_not(None))
            )
            assert [state for state, _ in rows] == [MeetingState.MOVED] * len(came)
        outcomes[len(came)] += 1
    assert min(outcomes[0], outcomes[2]) > MOVES / 20
    assert (await lan.presses("Dự họp")).startswith("Đã ghi nhận lúc 07:40")


async def urged_at_once(*officers: Chat, chance: random.Random) -> str:
    """Let officers send what each was shown at the same moment: one urges, the others read so; give who did."""
    presses: list[Press] = [(chat, await chat.button("Gửi đôn đốc")) for chat in officers]
    answers = await heard_at_once(*presses, chance=chance)
    assert sorted(answer.startswith(NOBODY_LEFT) for answer in answers) == [False, True], answers
    first = next(number for number, answer in enumerate(answers) if not answer.startswith(NOBODY_LEFT))
    assert answers[first].startswith("Đôn đốc 1 đơn vị"), answers
    return officers[first].name


async def test_of_two_officers_who_urge_one_unit_one_does_whatever_task_it_is_about(council: Council) -> None:
    chance, thu, quang, minh = dice(), council.chat("Thu"), council.chat("Quang"), council.chat("Minh")
    for number in (1, 2):
        await council.given(f"{TITLE} {number}", ("STC",), "2023-06-30")
    firsts = Counter[str]()
    for day in WEDNESDAYS:
        council.clock.set(utc(f"{day} 08:00", council.assistant.config.zone))
        before = len(await minh.seen())
        await thu.says("dondoc 1")
        await quang.says(f"dondoc {1 + day.toordinal() % 2}")
        firsts[await urged_at_once(thu, quang, chance=chance)] += 1
        council.clock.set(utc(f"{day} 08:02", council.assistant.config.zone))
        await council.settle()
        assert len(await minh.seen()) == before + 1
    async with council.read() as session:
        assert len((await session.scalars(select(Urging))).all()) == URGINGS
    assert min(firsts["Thu"], firsts["Quang"]) > 0


@pytest.mark.parametrize(
    ("said", "sent", "command", "table"),
    [
        ("guithongbao STC: Đề nghị xác nhận.", ("Gửi", "Gửi ngay"), "thongbao.dondoc", Notice),
        ("taohop Họp; 14h00 ngày 20/12/2022; Phòng họp số 2; STC", ("Gửi giấy mời",), "hop.dondoc", Meeting),
    ],
)
async def test_of_two_officers_who_urge_about_one_matter_one_does(
    council: Council, said: str, sent: tuple[str, ...], command: str, table: type[Notice | Meeting]
) -> None:
    chance, thu, quang, minh = dice(), council.chat("Thu"), council.chat("Quang"), council.chat("Minh")
    await council.at("2022-06-09 07:40")
    await thu.says(said)
    for press in sent:
        await thu.presses(press)
    async with council.read() as session:
        matter = {table.__tablename__: (await session.scalars(select(table.id))).one()}
    firsts = Counter[str]()
    for day in WEDNESDAYS:
        council.clock.set(utc(f"{day} 08:00", council.assistant.config.zone))
        before = len(await minh.seen())
        for officer in (thu, quang):
            await officer.hears({"call": {"command": command, "args": matter}})
        firsts[await urged_at_once(thu, quang, chance=chance)] += 1
        council.clock.set(utc(f"{day} 08:02", council.assistant.config.zone))
        await council.settle()
        assert len(await minh.seen()) == before + 1
    assert min(firsts["Thu"], firsts["Quang"]) > 0


async def is_waiting(council: Council) -> bool:
    """Tell whether somebody waits for what another holds; where one writes at a time, that is always so."""
    async with council.read() as session:
        if session.get_bind().dialect.name == "sqlite":
            return True
        return bool(await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


@pytest.mark.parametrize("command", ["dondoc", "thongbao.dondoc"])
async def test_an_urging_that_a_sender_takes_at_this_moment_is_not_taken_back(council: Council, command: str) -> None:
    thu = council.chat("Thu")
    await council.given(TITLE, ("STC",), "2022-06-14")
    await council.at("2022-06-09 07:40")
    await thu.says("guithongbao STC: Đề nghị xác nhận.")
    for press in ("Gửi", "Gửi ngay"):
        await thu.presses(press)
    async with council.read() as session:
        about = {"notice": (await session.scalars(select(Notice.id))).one(), "list": "silent"}
    await thu.hears({"call": {"command": command, "args": about}})
    await thu.presses("Gửi đôn đốc")
    back = await thu.button("Rút lại")
    mine = (Parcel.key.startswith(f"{URGING}:"), Parcel.person_id == council.people["Minh"])
    async with asyncio.TaskGroup() as beside, council.write() as sender:
        await sender.execute(update(Parcel).where(*mine).values(state=ParcelState.SENDING))
        taking_back = beside.create_task(heard_at_once((thu, back)))
        while not taking_back.done() and not await is_waiting(council):
            await others_go_on()
    assert taking_back.result() == [
        "Lượt đôn đốc này đã gửi đi, không rút lại được; đề nghị gọi điện cho đơn vị nhận nhầm."
    ]
    async with council.read() as session:
        assert await session.scalar(select(func.count()).where(*mine, Parcel.state != ParcelState.CANCELLED)) == 1
