"""How whoever sends is measured: many at once, one after the other, and the memory that he has in hand then."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.beside import Api
from benchmarks.council import Size, filled
from benchmarks.lines import KEPT
from benchmarks.programs import Program, running
from benchmarks.store import Store
from models.outbox import Priority

RATE: Final = "sends/s"
COST: Final = "CPU ms/send"
LATENCY: Final = "ms/send, one after the other"
MEMORY: Final = "MiB"
# a stock library sends so much less, that a round does not wait for it most of the time
SLOWER: Final = 5
_ONE_BY_ONE: Final = 5


@dataclass(frozen=True, slots=True)
class Bare:
    """A library, or a channel of ours, that is told how many messages to send."""

    program: Program

    def measure(self, count: int) -> dict[str, float]:
        """Have so many sent, 30 in flight, then a fifth of them one after the other."""
        wall, cpu = self._sent(count, KEPT)
        few = max(1, count // _ONE_BY_ONE)
        alone, _ = self._sent(few, 1)
        return {
            RATE: count / wall,
            COST: cpu / count * 1000,
            LATENCY: alone / few * 1000,
            MEMORY: self.program.resident_mib(),
        }

    def _sent(self, count: int, at_once: int) -> tuple[float, float]:
        cpu, wall = self.program.cpu_seconds(), time.perf_counter()
        self.program.tell(f"{count} {at_once}")
        wall = time.perf_counter() - wall
        return wall, self.program.cpu_seconds() - cpu


@dataclass(frozen=True, slots=True)
class Whole:
    """What we send with, told to carry off what is owed; it is done when the last outcome is committed."""

    program: Program
    store: Store
    api: Api

    def measure(self, before: str) -> dict[str, float]:
        """Measure what is left to do when the notice is `before`: owed, or claimed already."""
        self.program.tell(before)
        count, sent = self.store.waiting(Priority.BROADCAST), self.api.called("sendMessage")
        cpu, wall = self.program.cpu_seconds(), time.perf_counter()
        self.program.tell("send")
        wall = time.perf_counter() - wall
        cpu = self.program.cpu_seconds() - cpu
        left = self.store.waiting(Priority.BROADCAST), self.api.called("sendMessage") - sent - count
        assert left == (0, 0), (left, self.program.said())
        assert count, self.program.said()
        return {RATE: count / wall, COST: cpu / count * 1000, MEMORY: self.program.resident_mib()}


@contextmanager
def whole(folder: Path, channel: str, people: int, api: Api) -> Iterator[Whole]:
    """Run what we send with, over a council of so many people on one messenger."""
    folder.mkdir()
    asyncio.run(filled(folder, Size(people, channel=channel)))
    with running("benchmarks.sender", channel, api.port, folder=folder) as program:
        yield Whole(program, Store(folder / "dondoc.db"), api)
