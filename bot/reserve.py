"""The last messages of a bot's month, kept for answers, edits and what is urgent; counted without asking each time."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.lanes import Lane
from models.outbox import Parcel
from models.usage import kept_back, messages_sent, month_of

# so often the store is asked once the reserve is reached: what failed was counted here, and used up nothing
_COUNTED_AGAIN: Final = 600.0


@dataclass(slots=True)
class Reserve:
    """Counts the messages of a lane's month, of which so many are `granted`; `zone` is the Council's.

    The store is read when the lane is taken, when a month begins and now and again at the end; in between whoever sends
    counts, for nobody else sends on this lane.
    """

    lane: Lane
    zone: ZoneInfo
    granted: int
    _sent: int = field(default=0, init=False)
    _counted: tuple[datetime, int] | None = field(default=None, init=False)
    _counted_at: float = field(default=0.0, init=False)

    def counts(self) -> None:
        """Count a message that leaves now."""
        self._sent += 1

    async def is_reached(self, now: datetime) -> bool:
        """Tell whether no more are left at business time `now` than are kept back."""
        first, _ = month_of(now, self.zone)
        is_old = self._is_low and self.lane.clock.monotonic() - self._counted_at >= _COUNTED_AGAIN
        if self._counted != (first, self.lane.epoch) or is_old:
            async with self.lane.database.read() as session:
                sent = await messages_sent(session, first, Parcel.lane == self.lane.key)
            self._sent, self._counted = sum(sent.values()), (first, self.lane.epoch)
            self._counted_at = self.lane.clock.monotonic()
        return self._is_low

    @property
    def _is_low(self) -> bool:
        return self._sent >= self.granted - kept_back(self.granted)
