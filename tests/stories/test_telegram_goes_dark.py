"""Half way through a fortnight Telegram is blocked, or Zalo: everybody is reached all the same, nobody twice unmarked.

Some are on the one only, some on the other only, some on both, some in the browser, one has nothing but a telephone.
What people wrote on what is dark is heard when it comes back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.inbox import Inbound
from models.outbox import Parcel, ParcelState
from models.people import Unit
from models.tasks import Assignment, Report, Said
from tests.everywhere import TELEGRAM, WEBCHAT, ZALO, EverywhereCouncil, Ways, an_everywhere_council
from tests.fakes.faults import Fault
from tests.stories.reached import only_a_telephone, telephones, to_be_telephoned, twice_unmarked, without

pytestmark = pytest.mark.slow
NAMES = {TELEGRAM: "Telegram", ZALO: "Zalo"}


def ways(dark: str, other: str) -> Ways:
    """Say who is on what goes dark, on the other messenger, in the browser; the preferred way first."""
    return {
        "Thu": (other, dark),
        "Quang": (dark, WEBCHAT),
        "Lan": (dark,),
        "Hoa": (other,),
        "Minh": (dark, other),
        "Tùng": (dark, WEBCHAT),
        "Bình": (other, dark),
        "Yên": (WEBCHAT,),
        "Sơn": (dark,),
    }


NUMBERS = {"Lan": "0902 000 002", "Sơn": "0903 000 003", "Minh": "0904 000 004"}
WITHOUT_A_CHAT = ("Hạnh", "HH", "0901 000 011")
WHOM = "SYT, STC, VB, thành viên Hội đồng"
OFFICERS = {"Thu", "Quang"}
ADDRESSED = {"Lan", "Hoa", "Minh", "Tùng", "Bình", "Yên", "Sơn"}
WITHOUT_ANOTHER_WAY = {"Lan", "Sơn"}
HOURS = ("07:31", "07:46", "09:00", "11:01", "14:00", "16:31")
REPORT = "Báo cáo sơ kết 6 tháng"
BEFORE = "Mời dự tập huấn phần mềm lúc 8h00 ngày 16/6."
FALLING = "Đề nghị rà soát danh sách điển hình tiên tiến."
DARK = "Đề nghị góp ý dự thảo Quy chế xét tặng sáng kiến."
AFTER = "Đề nghị nộp bản giấy tại Phòng Thi đua."


async def days_pass(council: EverywhereCouncil, until: str) -> None:
    """Let days pass with all that is due in them, at some hours in which anything may be."""
    now, last = council.local_now(), datetime.fromisoformat(until)
    days = [now.date() + timedelta(days=ahead) for ahead in range((last.date() - now.date()).days + 1)]
    hours = [datetime.fromisoformat(f"{day} {hour}") for day in days for hour in HOURS]
    for hour in (*(each for each in hours if now < each < last), last):
        await council.at(hour.isoformat(" "))


async def minutes_pass(council: EverywhereCouncil, until: str) -> None:
    """Let the minutes pass up to a moment, some at a time."""
    now, last = council.local_now(), datetime.fromisoformat(until)
    while now < last:
        now = min(now + timedelta(minutes=5), last)
        await council.at(now.isoformat(" "))


async def announced(council: EverywhereCouncil, text: str) -> None:
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {WHOM}: {text}")
    await thu.presses("Gửi", "Gửi ngay")


async def everybody_is_told_in_his_own_way(council: EverywhereCouncil) -> None:
    """A task and a notice: each reads them once, where he prefers to."""
    thu = council.chat("Thu")
    await thu.says(f"giaoviec SYT, STC, VB, HH: {REPORT}; hạn 14/6")
    await thu.presses("Giao 1 nhiệm vụ")
    await council.at("2022-06-09 07:45")
    await announced(council, BEFORE)
    await minutes_pass(council, "2022-06-09 08:00")
    assert await without(council, REPORT, {"Lan", "Hoa", "Minh", "Tùng"}) == set()
    assert await without(council, BEFORE, ADDRESSED) == set()
    assert [len(await council.chats(name)[1].seen()) for name in ("Minh", "Tùng")] == [0, 0]


async def a_messenger_falls_silent(council: EverywhereCouncil, dark: str) -> None:
    """First answers get lost, so that nobody knows what arrived; then no connection is taken any more."""
    await days_pass(council, "2022-06-10 08:00")
    world = council.on(dark).world
    for name in ("Lan", "Minh"):
        world.fails("sendMessage", Fault.REPLY_LOST, chat=council.on(dark).chat(name).person.id)
    await announced(council, FALLING)
    await world.cable.cut()
    await minutes_pass(council, "2022-06-10 08:30")
    assert await without(council, f"Không gửi được tin qua {NAMES[dark]}", OFFICERS) == set()
    await announced(council, DARK)


async def they_speak_in_the_dark(council: EverywhereCouncil, dark: str) -> None:
    """Who has another way speaks there; what is written in the dark waits where it was written."""
    council.on(dark).chat("Lan").person.writes("xong 1")
    await council.chats("Minh")[1].says("xong 1")
    assert (await council.chat("Tùng", WEBCHAT).says("khó khăn: chưa có số liệu của các xã")).startswith("Đã ghi nhận")


async def those_left_are_telephoned(council: EverywhereCouncil) -> None:
    """On the same day the officer reads whom to telephone; who was reached elsewhere is not among them."""
    await days_pass(council, "2022-06-10 16:45")
    assert await without(council, DARK, ADDRESSED) == WITHOUT_ANOTHER_WAY
    listed = await to_be_telephoned(council.chat("Thu"))
    for name in WITHOUT_ANOTHER_WAY:
        assert f"{name}, điện thoại {NUMBERS[name]}" in listed
    assert [name for name in ("Minh", "Tùng", "Hoa", "Yên", "Bình") if f"{name}," in listed] == []


async def on_the_day_of_a_reminder(council: EverywhereCouncil) -> None:
    """Who has only a telephone is on the list on the day of his reminder, and what he says on it counts for his unit.

    Who still owes a report is reminded where he can be reached.
    """
    await days_pass(council, "2022-06-13 09:00")
    thu = council.chat("Thu")
    assert f"Hạnh, điện thoại 0901 000 011: {REPORT}, hạn 14/6/2022" in await to_be_telephoned(thu)
    await thu.presses("Đã gọi: Hạnh", f"1. {REPORT}", "Hoàn thành")
    assert await reported(council) == {"STC", "HH"}
    assert f"Hạn 14/6: {REPORT}" in {line for seen in await council.chat("Tùng", WEBCHAT).seen() for line in seen.lines}


async def it_comes_back(council: EverywhereCouncil, dark: str) -> None:
    """What was written is heard, in its order; what is read already is not sent again."""
    await days_pass(council, "2022-06-14 09:00")
    await council.on(dark).world.cable.join()
    await minutes_pass(council, "2022-06-14 09:30")
    assert await without(council, f"Đã gửi được tin qua {NAMES[dark]}", OFFICERS) == set()
    assert await reported(council) == {"SYT", "STC", "HH"}
    await announced(council, AFTER)
    await days_pass(council, "2022-06-17 16:45")
    assert await without(council, AFTER, ADDRESSED) == set()


async def reported(council: EverywhereCouncil) -> set[str]:
    """Name the units that have reported their task finished."""
    async with council.read() as session:
        done = select(Unit.code).join(Assignment, Assignment.unit_id == Unit.id).join(Report)
        return set(await session.scalars(done.where(Report.said == Said.FINISHED)))


async def nothing_is_lost(council: EverywhereCouncil, texts: Sequence[str]) -> None:
    """All that was said is handled, nothing waits, and of everything owed each was reached or is on the list."""
    async with council.read() as session:
        unheard = select(func.count()).where((Inbound.handled_at.is_(None)) | (Inbound.incident != ""))
        assert await session.scalar(unheard) == 0
        waits = select(Parcel.key).where(Parcel.state.in_([ParcelState.QUEUED, ParcelState.SENDING]))
        assert list(await session.scalars(waits)) == []
    listed = await to_be_telephoned(council.chat("Thu"))
    for text in texts:
        missed = await without(council, text, ADDRESSED)
        assert {name for name in missed if f"{name}, điện thoại" not in listed} == set()


@pytest.mark.parametrize(("dark", "other"), [(TELEGRAM, ZALO), (ZALO, TELEGRAM)], ids=[TELEGRAM, ZALO])
async def test_everybody_is_reached_though_a_messenger_goes_dark(
    database_url: str, tmp_path: Path, dark: str, other: str
) -> None:
    async with an_everywhere_council(database_url, tmp_path, "2022-06-09 07:40", ways(dark, other)) as council:
        await telephones(council, NUMBERS)
        await only_a_telephone(council, *WITHOUT_A_CHAT)
        await everybody_is_told_in_his_own_way(council)
        await a_messenger_falls_silent(council, dark)
        await they_speak_in_the_dark(council, dark)
        await those_left_are_telephoned(council)
        await on_the_day_of_a_reminder(council)
        await it_comes_back(council, dark)
        await nothing_is_lost(council, (BEFORE, FALLING, DARK, AFTER))
        assert await twice_unmarked(council, {*ADDRESSED, "Quang"}) == []
