"""What became of claimed parcels, recorded by the holder of their lane: batched, each within one lane and epoch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, Update, bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.failing import note_failures
from models.fallback import move_chat_of, move_on
from models.ids import new_id
from models.inserts import insert_new
from models.outbox import Listed, Parcel, ParcelState
from models.references import keep_references
from models.subjects import Subject

_parcel = cast("Table", Parcel.__table__)
_LONGEST_ERROR: Final = 300

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """It left: the provider's id, what it said, its subject and the subject's version then, whether its card is closed.

    For an edit `target_id` is the card that it changed; the card keeps what it said first, so that a button of it that
    somebody still sees is known to be old. `tells_reading`: the channel will tell when it has been seen.
    """

    parcel_id: int
    chat_id: int
    provider_id: str
    content: dict[str, Any]
    subject: Subject | None = None
    version: int | None = None
    closed: bool = False
    target_id: int | None = None
    about: tuple[Subject, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    tells_reading: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a parcel says that is on the wire still: it may be seen, and pressed, before its outcome is known."""

    parcel_id: int
    content: dict[str, Any]
    subject: Subject | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """It goes back to the queue: `unsure` if it may have left; `counted` as a try unless the provider asked to wait.

    `moved_to`: its chat goes on under that name. `shown`: what it says, where it may have left.
    """

    parcel_id: int
    not_before: datetime
    error: str = ""
    unsure: bool = False
    counted: bool = True
    moved_to: str = ""
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """It is not sent here: cancelled or dead. It `moves` to the person's next address; `unreachable` ends this one."""

    parcel_id: int
    state: ParcelState
    error: str = ""
    unsure: bool = False
    moves: bool = False
    unreachable: bool = False


Outcome = Sent | Again | Over


@dataclass(frozen=True, slots=True)
class Sender:
    """Who records: the holder of a lane in an epoch; what another epoch has claimed is never touched."""

    lane: str
    epoch: int


async def acknowledge(session: AsyncSession, sender: Sender, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Record what became of parcels, at business time `now`; a dead one that moves is owed to the next address."""
    sent = [outcome for outcome in outcomes if isinstance(outcome, Sent)]
    over = [outcome for outcome in outcomes if isinstance(outcome, Over)]
    await _each(session, sender, _SENT, [_sent_row(outcome, now) for outcome in sent])
    await _each(session, sender, _CARD_CLOSES, [_card_row(outcome) for outcome in sent if outcome.target_id])
    await list_subjects(session, {outcome.parcel_id: outcome.about for outcome in sent if not outcome.target_id})
    await note_shown(session, sender, [each.shown for each in outcomes if isinstance(each, Again) and each.shown])
    await _each(session, sender, _AGAIN, [_again_row(outcome) for outcome in outcomes if isinstance(outcome, Again)])
    await _each(session, sender, _OVER, [_over_row(outcome) for outcome in over])
    await keep_references(session, sender.lane, {k: v for outcome in sent for k, v in outcome.references.items()})
    for outcome in outcomes:
        if isinstance(outcome, Again) and outcome.moved_to:
            await move_chat_of(session, outcome.parcel_id, outcome.moved_to)
    dead = [outcome for outcome in over if outcome.state is ParcelState.DEAD]
    lost = [outcome.parcel_id for outcome in dead if not await _moves_on(session, outcome, now)]
    if lost:
        await note_failures(session, lost, now)


async def _moves_on(session: AsyncSession, over: Over, now: datetime) -> bool:
    """Owe what failed to the person's next address, where it moves; tells whether somebody gets it, or knows of it."""
    return over.moves and await move_on(session, over.parcel_id, now, unreachable=over.unreachable)


async def note_shown(session: AsyncSession, sender: Sender, shown: Sequence[Shown]) -> None:
    """Record what is being shown, so that a button of it means something at once."""
    await _each(session, sender, _SHOWN, [_shown_row(each) for each in shown])


async def list_subjects(session: AsyncSession, about: Mapping[int, Sequence[Subject]]) -> None:
    """Record which subjects each message lists, by the id of its parcel."""
    rows = [
        {"id": new_id(), "parcel_id": parcel_id, "subject_kind": subject.kind, "subject_id": subject.id}
        for parcel_id, subjects in about.items()
        for subject in subjects
    ]
    if rows:
        await session.execute(insert_new(session, Listed).on_conflict_do_nothing(), rows)


async def _each(session: AsyncSession, sender: Sender, statement: Update, rows: list[Row]) -> None:
    if rows:
        mine = {"in_lane": sender.lane, "in_epoch": sender.epoch}
        await session.execute(statement, [row | mine for row in rows])


def _shown_row(shown: Shown) -> Row:
    return {
        "parcel": shown.parcel_id,
        "new_content": shown.content,
        "new_subject_kind": shown.subject.kind if shown.subject else "",
        "new_subject_id": shown.subject.id if shown.subject else None,
        "new_subject_version": shown.version,
    }


def _sent_row(sent: Sent, now: datetime) -> Row:
    return {
        "parcel": sent.parcel_id,
        "new_content": sent.content,
        "new_subject_kind": sent.subject.kind if sent.subject else "",
        "new_subject_id": sent.subject.id if sent.subject else None,
        "new_subject_version": sent.version,
        "new_closed": sent.closed,
        "new_provider_id": sent.provider_id,
        "new_sent_at": now,
        "new_tells_reading": sent.tells_reading,
    }


def _card_row(sent: Sent) -> Row:
    return {"parcel": sent.target_id, "new_closed": sent.closed}


def _again_row(again: Again) -> Row:
    return {
        "parcel": again.parcel_id,
        "new_not_before": again.not_before,
        "new_error": again.error[:_LONGEST_ERROR],
        "more_unsure": int(again.unsure),
        "not_counted": int(not again.counted),
    }


def _over_row(over: Over) -> Row:
    return {
        "parcel": over.parcel_id,
        "new_state": over.state.value,
        "new_error": over.error[:_LONGEST_ERROR],
        "more_unsure": int(over.unsure),
    }


def _given(*names: str) -> dict[str, Any]:
    return {name: bindparam(f"new_{name}") for name in names}


# made once: making a statement takes longer than running it
_IN_LANE: Final = update(_parcel).where(_parcel.c.id == bindparam("parcel"), _parcel.c.lane == bindparam("in_lane"))
_IN_HAND: Final = _IN_LANE.where(_parcel.c.state == ParcelState.SENDING.value, _parcel.c.epoch == bindparam("in_epoch"))
_CARD_CLOSES: Final = _IN_LANE.values(**_given("closed"))
_SENT: Final = _IN_HAND.values(
    state=ParcelState.SENT.value,
    error="",
    **_given(
        "content", "subject_kind", "subject_id", "subject_version", "closed", "provider_id", "sent_at", "tells_reading"
    ),
)
_SHOWN: Final = _IN_HAND.values(**_given("content", "subject_kind", "subject_id", "subject_version"))
_AGAIN: Final = _IN_HAND.values(
    state=ParcelState.QUEUED.value,
    unsure=_parcel.c.unsure + bindparam("more_unsure"),
    attempts=_parcel.c.attempts - bindparam("not_counted"),
    **_given("not_before", "error"),
)
_OVER: Final = _IN_HAND.values(unsure=_parcel.c.unsure + bindparam("more_unsure"), **_given("state", "error"))
