"""The courier as a program is stopped and killed again and again: nothing is lost, nothing doubled unmarked."""

import asyncio
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.database import Database
from bot.timepiece import SystemClock
from tests.postoffice import PostOffice
from tests.timepiece import HandClock

pytestmark = pytest.mark.kill
PARCELS, CHATS, ROUNDS, DELIVERED_A_ROUND = 400, 100, 6, 40


class Post:
    """Parcels owed to people, and programs that send them."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.log = folder / "provider.log"
        self.log.touch()
        self.database = Database(url, SystemClock())
        self.office = PostOffice(self.database, HandClock(SystemClock().now().replace(tzinfo=None).isoformat()))
        self._ahead = 0

    async def owe(self) -> None:
        people = [await self.office.person(f"chat{number}") for number in range(CHATS)]
        for number in range(PARCELS):
            await self.office.owe(people[number % CHATS], str(number))

    async def sender(self, how: str = "run") -> asyncio.subprocess.Process:
        """Start a program; each begins when what is in doubt is due again."""
        self._ahead += 61
        command = (sys.executable, "-m", "tests.bot.sender", how, self.url, str(self.log), str(self._ahead))
        return await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)

    async def ends(self, how: signal.Signals) -> int:
        """Let a program deliver some parcels, then end it; give its exit code."""
        process = await self.sender()
        await delivered(process, DELIVERED_A_ROUND)
        process.send_signal(how)
        return await ended(process)

    async def finish(self) -> None:
        """Let programs send what is left, until nothing waits."""
        while await self.waiting():
            assert await ended(await self.sender("drain")) == 0

    async def waiting(self) -> int:
        return sum(state in {"queued", "sending"} for state in await self.office.states())

    async def judged(self) -> tuple[set[str], set[str], set[str]]:
        """Give what was lost, what came twice, and what the store knows to be in doubt."""
        arrived = Counter(self.log.read_text().split())
        parcels = {parcel.key: parcel for parcel in await self.office.parcels()}
        rows = [(str(number), parcel) for number, parcel in enumerate(parcels.values())]
        lost = {name for name, parcel in rows if not arrived[name] and parcel.error != "unsure"}
        unsure = {name for name, parcel in rows if parcel.unsure}
        return lost, {name for name, count in arrived.items() if count > 1}, unsure


async def delivered(process: asyncio.subprocess.Process, count: int) -> None:
    assert process.stdout is not None
    for _ in range(count):
        if not await process.stdout.readline():
            return


async def ended(process: asyncio.subprocess.Process) -> int:
    assert process.stdout is not None
    await process.stdout.read()
    return await process.wait()


async def test_a_killed_sender_loses_nothing_and_doubles_only_what_is_marked(database_url: str, tmp_path: Path) -> None:
    post = Post(database_url, tmp_path)
    await post.owe()
    for _ in range(ROUNDS):
        assert await post.ends(signal.SIGKILL) == -signal.SIGKILL
    await post.finish()
    lost, doubled, unsure = await post.judged()
    assert lost == set()
    assert doubled <= unsure
    assert 0 < len(unsure) <= ROUNDS * 30
    await post.database.close()


async def test_a_stopped_sender_doubles_nothing(database_url: str, tmp_path: Path) -> None:
    post = Post(database_url, tmp_path)
    await post.owe()
    for _ in range(ROUNDS):
        assert await post.ends(signal.SIGTERM) == 0
    await post.finish()
    assert await post.judged() == (set(), set(), set())
    await post.database.close()


async def test_of_two_programs_on_one_lane_one_sends_and_the_other_takes_over(
    postgres_url: str, tmp_path: Path
) -> None:
    post = Post(postgres_url, tmp_path)
    await post.owe()
    first, second = await post.sender(), await post.sender()
    assert first.stdout is not None
    assert second.stdout is not None
    asked = [asyncio.create_task(each.stdout.readline()) for each in (first, second)]  # type: ignore[union-attr] # noqa: TID251
    await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
    holder, other = (first, second) if asked[0].done() else (second, first)
    waiting = asked[1] if asked[0].done() else asked[0]
    assert not waiting.done()
    holder.kill()
    await ended(holder)
    assert await waiting
    other.terminate()
    assert await ended(other) == 0
    await post.finish()
    lost, doubled, unsure = await post.judged()
    assert lost == set()
    assert doubled <= unsure
    await post.database.close()
