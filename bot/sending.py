"""One parcel on its way: handed to its channel, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.render import Composed, message_of
from handlers.kit import Channel, Delivered, Message, Moved, Permanent, Rejected, Unknown, Wait
from models.outbox import Letter, Parcel, ParcelState, Priority
from models.outcomes import Again, Outcome, Over, Sent, Shown
from models.people import Person
from models.queue import MOST_UNSURE, UNSURE, UNSURE_AGAIN
from models.settings import Council
from models.subjects import Subject

MOST_ATTEMPTS: Final = 30
_LONGEST_BACKOFF: Final = 600


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a courier has in hand at once, and the shortest time between two of its transactions.

    The last `kept_free` places are for answers: pushes that are slow to leave do not hold them up. When much leaves
    at once, the next transaction comes as soon as no more than a part `refilled_at` of the places is taken.
    """

    in_flight: int = 30
    tick_seconds: float = 0.05
    kept_free: int = 4
    refilled_at: float = 0.25


class Composing(Protocol):
    """Puts a claimed parcel into its recipient's words; None where there is nothing left to say.

    A parcel with `unsure` above 0 is marked as sent again. The version of its own subject may be left out: it is read
    for many at once.
    """

    async def __call__(
        self, session: AsyncSession, parcel: Parcel, letter: Letter, now: datetime, council: Council
    ) -> Composed | None:
        """Compose without changing anything."""
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed parcel with all that sending it needs; `card_provider_id` names the message that an edit changes.

    The person is held so that his row need not be read again; `subject` is what the parcel is about as far as that was
    known when it was owed, `version` the subject's.
    """

    parcel: Parcel
    letter: Letter
    chat: str
    card_provider_id: str
    person: Person | None = None
    subject: Subject | None = None
    version: int | None = None

    @property
    def is_small(self) -> bool:
        """Whether few rows say what it says: a card, or words that are fixed, but not a morning's summary."""
        fixed = self.letter.content is not None and bool(self.letter.content["lines"])
        return self.parcel.priority <= Priority.EDIT or (fixed and not self.parcel.kind)

    @property
    def is_edit(self) -> bool:
        """Whether a message sent before is changed."""
        return self.parcel.op == "edit"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed parcel in its recipient's words; `first` is the number of its first choice, 0 where it has buttons.

    `references` name its files, by digest, where the provider has been given them before.
    """

    claim: Claim
    composed: Composed
    first: int = 0
    references: Mapping[str, str] = field(default_factory=dict)

    @property
    def parcel(self) -> Parcel:
        """The parcel that leaves."""
        return self.claim.parcel

    @property
    def upload(self) -> str:
        """The digest of the file that the provider has to be given for this message; "" where there is none."""
        files = () if self.claim.is_edit else self.composed.content["files"]
        return next((file["sha256"] for file in files if file["sha256"] not in self.references), "")

    @property
    def message(self) -> Message:
        """What the channel is given; an edit's buttons are its own, so that those of the card before are old."""
        message = message_of(self.parcel.id, self.composed.content)
        if self.references:
            known = (replace(file, reference=self.references.get(file.sha256, "")) for file in message.files)
            message = replace(message, files=tuple(known))
        if not self.first:
            return message
        numbered = enumerate(message.choices, self.first)
        choices = tuple((f"{number}. {label}", primary) for number, (label, primary) in numbered)
        return replace(message, lines=(*message.lines, self.composed.choosing), choices=choices)


# a message that takes longer to be acknowledged may be on somebody's screen already
_SLOW_SECONDS: Final = 1.0


@dataclass(slots=True)
class InFlight:
    """A message on its way since a moment of the monotonic clock; `is_noted`: the store knows what it says."""

    outgoing: Outgoing
    chat_id: int
    since: float
    is_noted: bool = False

    def is_slow(self, now: float) -> bool:
        """Tell whether its buttons may be pressed before its answer comes, and nobody would know what they mean."""
        has_buttons = bool(self.outgoing.composed.content["choices"]) and not self.outgoing.claim.is_edit
        return has_buttons and not self.is_noted and now - self.since >= _SLOW_SECONDS


def shown(outgoing: Outgoing) -> Shown:
    """Say what a message on its way shows."""
    composed = outgoing.composed
    return Shown(outgoing.parcel.id, composed.content, composed.subject, composed.version)


async def deliver(channel: Channel, bot: str, outgoing: Outgoing) -> Sent:
    """Hand a message to its channel; raises ChannelError."""
    parcel, composed = outgoing.parcel, outgoing.composed
    assert parcel.chat_id is not None  # noqa: S101 - a parcel without a chat is never queued
    if outgoing.claim.is_edit:
        delivered = Delivered(outgoing.claim.card_provider_id)
        await channel.edit(bot, outgoing.claim.chat, delivered.id, outgoing.message)
    else:
        delivered = await channel.send(bot, outgoing.claim.chat, outgoing.message)
    return Sent(
        parcel.id,
        parcel.chat_id,
        delivered.id,
        composed.content,
        subject=composed.subject,
        version=composed.version,
        closed=composed.closed,
        target_id=parcel.target_id,
        about=composed.about,
        references=delivered.references,
        tells_reading=channel.abilities.receipts,
    )


def failed(parcel: Parcel, error: Exception, now: datetime) -> Outcome:
    """Decide what an error means for a parcel (business time `now`).

    A message whose outcome is unknown is sent once more, then moves to another address, where it says so; an edit may
    be repeated without harm, and is given up where a message would move.
    """
    is_send = parcel.op == "send"
    match error:
        case Wait():
            return Again(parcel.id, now + timedelta(seconds=error.seconds), str(error), counted=False)
        case Moved():
            return Again(parcel.id, now, str(error), moved_to=error.chat)
        case Rejected():
            return Over(parcel.id, ParcelState.DEAD, str(error), moves=is_send)
        case Permanent():
            return Over(parcel.id, ParcelState.DEAD, str(error), moves=is_send, unreachable=is_send)
        case Unknown() if is_send and parcel.unsure >= MOST_UNSURE:
            return Over(parcel.id, ParcelState.DEAD, UNSURE, unsure=True, moves=True)
        case Unknown() if is_send:
            return Again(parcel.id, now + UNSURE_AGAIN, str(error), unsure=True)
        case _ if parcel.attempts >= MOST_ATTEMPTS:
            return Over(parcel.id, ParcelState.DEAD, str(error), moves=is_send)
        case _:
            return Again(parcel.id, now + _backoff(parcel.attempts), str(error))


def _backoff(attempts: int) -> timedelta:
    return timedelta(seconds=min(2 ** min(attempts, 20), _LONGEST_BACKOFF))
