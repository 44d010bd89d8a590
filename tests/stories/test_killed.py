"""The program is killed anywhere in a council's morning, again and again: nothing heard or owed is lost or doubled."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.rehearsal import rehearse
from bot.timepiece import SystemClock
from models.addresses import Chat
from models.audit import AuditEntry
from models.inbox import Inbound
from models.outbox import Letter, Parcel
from models.settings import change_setting
from models.tasks import Report, Said
from tests.chats import Council, a_council
from tests.stories.running import Program, Window, running

pytestmark = pytest.mark.kill
TITLE = "Báo cáo sơ kết 6 tháng"
FOCAL_POINTS = ("Lan", "Hoa", "Minh", "Tùng")
SILENT = "Tùng"
MORNINGS = {"2022-06-14": "đến hạn hôm nay", "2022-06-15": "chưa nhận được kết quả"}
LINES, ROUNDS, SECONDS = 10, 5, 150

Morning = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Before:
    """What the council was before the program began: who is who, a button, the mornings as rehearsed."""

    people: dict[str, int]
    acknowledge: tuple[int, int]
    mornings: list[Morning]


async def made(url: str, folder: Path) -> Before:
    """Make a council on Monday 13/6/2022 at 07:25 as a sample that is filled, with a task due on the next day."""
    async with a_council(url, folder, "2022-06-13 07:25") as council:
        await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14")
        await council.chat("Lan").says("nhiemvu 1")
        button = await council.chat("Lan").button("Đã tiếp nhận")
        async with council.read() as session:
            found = await rehearse(session, council.assistant.composer, council.clock.now(), 3)
        mornings = [(each.day.isoformat(), each.lines[0]) for each in found if each.person == SILENT]
        await become_a_sample(council)
        return Before(council.people, button, mornings)


async def become_a_sample(council: Council) -> None:
    offset = council.clock.now() - SystemClock().real_now()
    async with council.write() as session:
        await change_setting(session, "sample", value=True)
        await change_setting(session, "clock_offset_seconds", int(offset.total_seconds()))
        for name, person_id in council.people.items():
            named = update(Chat).where(Chat.external_id == name)
            await session.execute(named.values(external_id=f"sample-{person_id}"))


@asynccontextmanager
async def windows(program: Program, people: dict[str, int]) -> AsyncIterator[dict[str, Window]]:
    """Open a page for each focal point and for the officer."""
    async with AsyncExitStack() as stack:
        opened = {}
        for name in (*FOCAL_POINTS, "Thu"):
            http = await stack.enter_async_context(httpx.AsyncClient(timeout=60))
            opened[name] = Window(program, people[name], http)
            await opened[name].opens()
        yield opened


async def talks(window: Window, name: str, turn: int, council: Before, chance: random.Random) -> None:
    """Say and press what a focal point does; whoever is silent about his task asks only for help."""
    for line in range(LINES):
        choice = chance.choice(("report", "report", "list", "press", "help"))
        if name == SILENT or choice == "help":
            await window.says("trogiup")
        elif choice == "list":
            await window.says("nhiemvu")
        elif choice == "press" and name == "Lan":
            await window.presses(*council.acknowledge)
        else:
            await window.says(f"baocao 1 Việc {turn}.{line} của {name}")


async def announces(window: Window, turn: int) -> None:
    """Write a notice, see what will go out, send it, and see that it is held."""
    await window.says(f"guithongbao SYT, STC, VB: {notice(turn)}")
    await window.says("tiendo 1")
    await window.presses(*await window.sees("Nội dung gửi đi:", notice(turn), button="Gửi"))
    await window.says("homnay")
    await window.sees(notice(turn), "trước giờ đó có thể rút lại", button="Gửi ngay")


def notice(turn: int) -> str:
    return f"Thông báo lần {turn}: đề nghị gửi danh sách."


async def a_round(opened: dict[str, Window], turn: int, council: Before, chance: random.Random) -> None:
    """Everybody talks at once; somewhere in it the program is killed, and started again."""
    program = opened["Thu"].program
    mornings = dict(zip(range(2, ROUNDS), MORNINGS.items(), strict=False))
    await opened["Lan"].moves_clock("tomorrow" if turn in mornings else "quarter")
    async with asyncio.TaskGroup() as talking:
        program.dies_after(chance.randint(1, 2 * LINES * len(FOCAL_POINTS)))
        for name in FOCAL_POINTS:
            talking.create_task(talks(opened[name], name, turn, council, random.Random(chance.random())))  # noqa: S311
        talking.create_task(announces(opened["Thu"], turn))
        assert await program.ended() == -signal.SIGKILL
        await program.starts()
    if turn in mornings:
        await opened[SILENT].sees("Kính gửi: UBND huyện Vụ Bản.", mornings[turn][1])


async def all_is_answered(opened: dict[str, Window]) -> None:
    """Each says a last line and sees its answer, and every notice has come."""
    for name, window in opened.items():
        await window.says(f"Câu cuối của {name}" if name == SILENT else "trogiup")
    for name in FOCAL_POINTS:
        for turn in range(1, ROUNDS + 1):
            await opened[name].sees(notice(turn), button="Đã nhận")


async def nothing_waits(database: Database) -> None:
    """Look until no letter is on its way and no update waits."""
    while True:
        async with database.read() as session:
            owed = await session.scalar(select(func.count()).where(Parcel.state.in_(["queued", "sending"])))
            waiting = await session.scalar(select(func.count()).where(Inbound.handled_at.is_(None)))
        if not owed and not waiting:
            return


async def everything_heard_is_recorded_once(session: AsyncSession, opened: dict[str, Window]) -> None:
    inbound = {row.update_id: row for row in await session.scalars(select(Inbound).order_by(Inbound.id))}
    for window in opened.values():
        marks = [mark for mark, _ in window.heard]
        assert [mark for mark in inbound if mark in set(marks)] == marks
        assert [(inbound[mark].raw or {}).get("text", "") for mark in marks] == [text for _, text in window.heard]
        assert [inbound[mark].incident for mark in marks if inbound[mark].incident] == []
    entries = Counter(await session.scalars(select(AuditEntry.inbound_id).where(AuditEntry.inbound_id.is_not(None))))
    assert entries == Counter(row.id for row in inbound.values())
    reported = Counter(await session.scalars(select(Report.text).where(Report.said == Said.PROGRESS)))
    lines = [text for window in opened.values() for _, text in window.heard]
    assert reported == Counter(text.removeprefix("baocao 1 ") for text in lines if text.startswith("baocao 1 "))
    assert await session.scalar(select(func.count()).where(Report.said == Said.ACKNOWLEDGED)) == 1


async def everything_owed_has_arrived_once(session: AsyncSession, council: Before) -> None:
    parcels = list(await session.scalars(select(Parcel).order_by(Parcel.id)))
    assert [parcel.key for parcel in parcels if parcel.state in {"dead", "expired"}] == []
    answered = Counter(parcel.key for parcel in parcels if parcel.key.startswith("in:") and parcel.op == "send")
    assert [key for key, times in answered.items() if times > 1] == []
    sent = [parcel for parcel in parcels if parcel.state == "sent" and parcel.op == "send"]
    for name in FOCAL_POINTS:
        first = Counter(
            parcel.content["lines"][0] for parcel in sent if parcel.person_id == council.people[name] and parcel.content
        )
        assert [first[notice(turn)] for turn in range(1, ROUNDS + 1)] == [1] * ROUNDS
    silent = [parcel for parcel in sent if parcel.kind == "morning" and parcel.person_id == council.people[SILENT]]
    assert [(parcel.key.split(":")[1], (parcel.content or {})["lines"][0]) for parcel in silent] == council.mornings
    letters = set(await session.scalars(select(Letter.id)))
    assert letters == {parcel.letter_id for parcel in parcels}


async def states(database: Database) -> Counter[str]:
    async with database.read() as session:
        return Counter(await session.scalars(select(Parcel.state)))


async def test_killed_anywhere_it_loses_nothing_heard_or_owed_and_doubles_nothing(
    database_url: str, tmp_path: Path
) -> None:
    council = await made(database_url, tmp_path)
    assert [day for day, _ in council.mornings] == list(MORNINGS)
    chance, database = random.Random(20220613), Database(database_url, SystemClock())  # noqa: S311 - rounds can be told again
    async with asyncio.timeout(SECONDS), running(database_url, tmp_path) as program:
        async with windows(program, council.people) as opened:
            for turn in range(1, ROUNDS + 1):
                await a_round(opened, turn, council, chance)
            await opened["Lan"].moves_clock("quarter")  # what is held for two minutes leaves
            await all_is_answered(opened)
        await nothing_waits(database)
        async with database.read() as session:
            await everything_heard_is_recorded_once(session, opened)
            await everything_owed_has_arrived_once(session, council)
        before = await states(database)
        for _ in range(2):
            async with asyncio.timeout(10):
                assert await program.stops() == 0
            assert await states(database) == before
            await program.starts()
    await database.close()
