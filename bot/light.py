"""Whether anything gets through on a lane, or is heard on it: since when nothing has although it was tried."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.timepiece import Clock
from models.darkness import dark_since, note_dark


@dataclass(slots=True)
class Light:
    """What is known of a lane, and what of that is stored.

    A provider that refuses one message is there; one that cannot be reached, knows no token or grants no more is not.
    """

    lane: str
    clock: Clock
    _since: datetime | None = field(default=None, init=False)
    _reason: str = field(default="", init=False)
    _stored: datetime | None = field(default=None, init=False)
    _storing: datetime | None = field(default=None, init=False)

    @property
    def is_news(self) -> bool:
        """Whether the store does not know yet how it is."""
        return self._since != self._stored

    def through(self) -> None:
        """Note that something got through."""
        self._since, self._reason = None, ""

    def failed(self, reason: str) -> None:
        """Note that nothing got through; only the first time of several counts."""
        if self._since is None:
            self._since, self._reason = self.clock.now(), reason

    async def recall(self, session: AsyncSession, _epoch: int = 0) -> None:
        """Read what was known when this lane was held last."""
        self._since = self._stored = await dark_since(session, self.lane)

    async def note(self, session: AsyncSession) -> None:
        """Record how it is, where that is news."""
        self._storing = self._since
        if self.is_news:
            await note_dark(session, self.lane, self._since, self._reason)

    def noted(self) -> None:
        """Note that the record is committed."""
        self._stored = self._storing
