"""The program is killed while people write to it on Telegram: nothing is lost, and what comes twice says so."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from bot.database import Database
from bot.timepiece import SystemClock
from models.addresses import Address
from models.addresses import Chat as ChatRow
from models.inbox import Inbound
from models.outbox import Parcel
from models.settings import change_setting
from models.tasks import Report, Said
from tests.chats import a_council
from tests.fakes.telegram import Person, World, serving
from tests.fakes.telegram.chats import Chat as Open
from tests.phones import CHANNEL
from tests.stories.running import Program, Window, running

pytestmark = pytest.mark.kill
NAMES = ("Lan", "Minh", "Tùng")
LINES, ROUNDS, SECONDS = 10, 4, 150
# what is done with the last answer shows in the store alone
LOOK_SECONDS = 1
RESENT = "(gửi lại)"


@asynccontextmanager
async def watching(url: str) -> AsyncIterator[Database]:
    """Look into the store from outside the program."""
    database = Database(url, SystemClock())
    try:
        yield database
    finally:
        await database.close()


async def made(url: str, folder: Path, world: World) -> tuple[int, dict[str, Person]]:
    """Make a council whose focal points are on Telegram, as a filled sample; give the officer and the telephones."""
    phones = {name: world.person(name) for name in NAMES}
    async with a_council(url, folder, "2022-06-13 08:30") as council:
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "STC", "VB"), "2022-06-30")
        offset = council.clock.now() - SystemClock().real_now()
        async with council.write() as session:
            await change_setting(session, "sample", value=True)
            await change_setting(session, "clock_offset_seconds", int(offset.total_seconds()))
            officers = update(ChatRow).where(ChatRow.external_id == "Thu")
            await session.execute(officers.values(external_id=f"sample-{council.people['Thu']}"))
            for name, phone in phones.items():
                phone.bot.chats[phone.id] = Open(phone.id, "private", phone.names)
                number = world.token.partition(":")[0]
                row = ChatRow(channel=CHANNEL, bot=number, external_id=str(phone.id))
                session.add(row)
                await session.flush()
                mine = update(Address).where(Address.person_id == council.people[name])
                await session.execute(mine.values(chat_id=row.id))
        return council.people["Thu"], phones


async def talks(phone: Person, world: World, turn: int, chance: random.Random) -> None:
    """Write as people do, sometimes before the last line was asked for, or answered."""
    for line in range(LINES):
        phone.writes(f"baocao 1 Việc {turn}.{line} của {phone.name}")
        await world.asked(more=chance.randint(0, 2))


async def all_is_done(program: Program, database: Database, world: World, window: Window) -> None:
    """Wait until nothing waits anywhere; the sample's clock is moved past what doubts take, and to working hours."""
    is_quiet = False
    while True:
        async with database.read() as session:
            waits = await session.scalar(select(Inbound.id).where(Inbound.handled_at.is_(None)).limit(1))
            owed = set(await session.scalars(select(Parcel.unsure).where(Parcel.state.in_(["queued", "sending"]))))
        if waits is None and not owed and not world.queued:
            return
        if waits is None and (any(owed) or (owed and is_quiet)):
            await window.moves_clock("quarter")
        try:
            await asyncio.wait_for(world.asked(more=1), LOOK_SECONDS)
            is_quiet = False
        except TimeoutError:
            is_quiet = True
        assert program.process is not None
        assert program.process.returncode is None


def shown(phone: Person) -> list[str]:
    """Give the first line that each message of the bot showed when it came."""
    return [
        str(kept.versions[0]["text"] if kept.versions else kept.raw["text"])
        for kept in phone.chat.messages.values()
        if kept.own
    ]


async def everything_is_answered(database: Database, phones: Sequence[Person]) -> None:
    async with database.read() as session:
        written = Counter(await session.scalars(select(Report.text).where(Report.said == Said.PROGRESS)))
        sent = {str(i): lines for i, lines in await session.execute(select(Parcel.provider_id, Parcel.content))}
        answers_are = select(Parcel.state).where(Parcel.op == "send", Parcel.key.startswith("in:"))
        states = Counter(await session.scalars(answers_are))
    lines = range(LINES)
    expected = {f"Việc {turn}.{line} của {one.name}" for turn in range(ROUNDS) for line in lines for one in phones}
    assert written == Counter(expected)
    assert set(states) == {"sent"}
    assert len(sent) >= len(expected)
    for phone in phones:
        answers = [text for text in shown(phone) if text.startswith("Đã ghi nhận số")]
        first = Counter(text.splitlines()[0] for text in answers if RESENT not in text)
        assert max(first.values()) == 1
        assert len({text.splitlines()[0] for text in answers}) == LINES * ROUNDS


async def test_killed_while_people_write_it_answers_each_once_or_says_that_it_is_again(
    database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(20220613)  # noqa: S311 - rounds can be told again
    async with asyncio.timeout(SECONDS), watching(database_url) as database, serving(SystemClock()) as world:
        officer, phones = await made(database_url, tmp_path, world)
        settings = {"DONDOC_TELEGRAM_TOKEN": world.token, "DONDOC_TELEGRAM_API": world.address}
        async with running(database_url, tmp_path, **settings) as program, httpx.AsyncClient(timeout=60) as http:
            for turn in range(ROUNDS):
                async with asyncio.TaskGroup() as talking:
                    for phone in phones.values():
                        talking.create_task(talks(phone, world, turn, random.Random(chance.random())))  # noqa: S311
                    await world.asked(more=chance.randint(1, LINES * len(NAMES)))
                    assert program.process is not None
                    program.process.kill()
                    assert await program.ended() == -signal.SIGKILL
                    await program.starts()
            window = Window(program, officer, http)
            await window.opens()
            await all_is_done(program, database, world, window)
            await everything_is_answered(database, list(phones.values()))
