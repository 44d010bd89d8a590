"""Messages of one lane handed to their channel: its provider's pace is obeyed, and it is known when nothing leaves."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot import log
from bot.light import Light
from bot.pace import Pace
from bot.sending import Outgoing, deliver, failed, shown
from handlers.kit import Channel, ChannelError, Moved, Permanent, Rejected, Wait
from models.outcomes import Again, Outcome

_ANSWERED: Final = (Permanent, Rejected, Moved)


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
