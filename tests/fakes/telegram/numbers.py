"""The numbers that Telegram gives: beyond 32 bits, the same in each run."""

import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counters of one world."""

    people: Iterator[int] = field(default_factory=lambda: itertools.count(6_140_000_017, 1_013))
    groups: Iterator[int] = field(default_factory=lambda: itertools.count(-4_150_000_021, -907))
    supergroups: Iterator[int] = field(default_factory=lambda: itertools.count(-1_002_150_000_033, -811))
    albums: Iterator[int] = field(default_factory=lambda: itertools.count(13_900_000_000_000_001))
    bots: Iterator[int] = field(default_factory=lambda: itertools.count(7_200_000_001, 5_003))
    updates: Iterator[int] = field(default_factory=lambda: itertools.count(731_905_001, 10_000_000))
    queries: Iterator[int] = field(default_factory=lambda: itertools.count(1_009_337_101, 77_777))

    def press(self, person: int) -> str:
        """Number a press: the person in the upper half, as Telegram does."""
        return str(((person & 0x7FFFFFFF) << 32) + next(self.queries))

    def album(self) -> str:
        """Number an album."""
        return str(next(self.albums))

    def instance(self, chat: int) -> str:
        """Give the number that stands for a chat in presses."""
        return str((zlib.crc32(str(chat).encode()) << 31) - 4_611_686_018_427_387_904)
