"""Messages of one lane handed to their channel: its provider's pace is obeyed, and it is known when nothing leaves."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot import log
from bot.pace import Pace
from bot.sending import Outgoing, deliver, failed, shown
from bot.timepiece import Clock
from handlers.kit import Channel, ChannelError, Moved, Permanent, Rejected, Wait
from models.darkness import dark_since, note_dark
from models.outcomes import Again, Outcome

_ANSWERED: Final = (Permanent, Rejected, Moved)


@dataclass(slots=True)
class Light:
    """Whether anything gets through on a lane: since when nothing has although it was tried, and what is stored of it.

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

    async def recall(self, session: AsyncSession) -> None:
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


@dataclass(frozen=True, slots=True)
class Handover:
    """Hands over the messages of one bot of a channel."""

    channel: Channel
    bot: str
    pace: Pace
    light: Light

    async def tried(self, outgoing: Outgoing, chat_id: int, now: datetime) -> Outcome:
        """Hand over a message at business time `now` and say what became of it.

        Raises what an adapter did not foresee.
        """
        parcel = outgoing.parcel
        try:
            sent = await deliver(self.channel, self.bot, outgoing)
        except Wait as error:
            self._rest(error, chat_id, outgoing.claim.chat)
            return failed(parcel, error, now)
        except _ANSWERED as error:
            self._answered()
            log.warning("not taken", lane=self.light.lane, parcel=parcel.id, reason=str(error))
            return failed(parcel, error, now)
        except ChannelError as error:
            self.pace.missed()
            self.light.failed(str(error))
            outcome = failed(parcel, error, now)
            return replace(outcome, shown=shown(outgoing)) if isinstance(outcome, Again) and outcome.unsure else outcome
        self._answered()
        return sent

    def _answered(self) -> None:
        self.pace.reached()
        self.light.through()

    def _rest(self, wait: Wait, chat_id: int, chat: str) -> None:
        whole_lane = self.pace.asked_to_wait(
            chat_id, wait.seconds, whole_lane=wait.whole_lane, to_group=self.channel.is_group(chat)
        )
        if whole_lane:
            self.light.failed(str(wait))
        lane = self.light.lane
        log.warning("asked to wait", lane=lane, seconds=wait.seconds, whole_lane=whole_lane, reason=str(wait))
