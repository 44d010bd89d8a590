"""The Council's working windows, as a sender asks for them many times a second."""

from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from bot.database import Database
from bot.timepiece import Clock
from models.days import working_calendar, working_hours
from models.rules.windows import WorkingWindows
from models.settings import council

_GOOD_SECONDS: Final = 10.0


@dataclass(slots=True)
class Hours:
    """Reads the working windows from the store, at most once in ten seconds."""

    database: Database
    clock: Clock
    zone: ZoneInfo
    _read: WorkingWindows | None = field(default=None, init=False)
    _read_at: float = field(default=0.0, init=False)

    async def today(self) -> WorkingWindows:
        """Give the windows in force."""
        now = self.clock.monotonic()
        if self._read is None or now - self._read_at >= _GOOD_SECONDS:
            async with self.database.read() as session:
                self._read = working_hours(await council(session), await working_calendar(session), self.zone)
            self._read_at = now
        return self._read
