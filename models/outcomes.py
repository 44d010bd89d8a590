"""What became of claimed parcels, recorded by the holder of their lane: batched, each within one lane and epoch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, Update, bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.fallback import move_on
from models.outbox import Parcel, ParcelState

_parcel = cast("Table", Parcel.__table__)
_LONGEST_ERROR: Final = 300


@dataclass(frozen=True, slots=True)
class Sent:
    """It left: the provider's id, what it said, the version of its subject then, whether its card is closed.

    For an edit `target_id` is the card, which says this from now on.
    """

    parcel_id: int
    chat_id: int
    provider_id: str
    content: dict[str, Any]
    version: int | None = None
    closed: bool = False
    target_id: int | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """It goes back to the queue: `unsure` if it may have left; `counted` as a try unless the provider asked to wait."""

    parcel_id: int
    not_before: datetime
    error: str = ""
    unsure: bool = False
    counted: bool = True


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
    await _each(session, _sent(sender), (_sent_row(outcome, now) for outcome in outcomes if isinstance(outcome, Sent)))
    await _each(session, _card_says(sender), (_card_row(outcome) for outcome in outcomes if _is_edit(outcome)))
    await _each(session, _again(sender), (_again_row(outcome) for outcome in outcomes if isinstance(outcome, Again)))
    over = [outcome for outcome in outcomes if isinstance(outcome, Over)]
    await _each(session, _over(sender), (_over_row(outcome) for outcome in over))
    for outcome in over:
        if outcome.moves:
            await move_on(session, outcome.parcel_id, now, unreachable=outcome.unreachable)


async def _each(session: AsyncSession, statement: Update, rows: Iterable[dict[str, Any]]) -> None:
    if batch := list(rows):
        await session.execute(statement, batch)


def _in_hand(sender: Sender) -> Update:
    return update(_parcel).where(
        _parcel.c.id == bindparam("parcel"),
        _parcel.c.lane == sender.lane,
        _parcel.c.state == ParcelState.SENDING.value,
        _parcel.c.epoch == sender.epoch,
    )


def _sent(sender: Sender) -> Update:
    names = ("provider_id", "content", "subject_version", "closed", "sent_at")
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return _in_hand(sender).values(state=ParcelState.SENT.value, error="", **values)


def _sent_row(sent: Sent, now: datetime) -> dict[str, Any]:
    return {
        "parcel": sent.parcel_id,
        "new_provider_id": sent.provider_id,
        "new_content": sent.content,
        "new_subject_version": sent.version,
        "new_closed": sent.closed,
        "new_sent_at": now,
    }


def _is_edit(outcome: Outcome) -> bool:
    return isinstance(outcome, Sent) and outcome.target_id is not None


def _card_says(sender: Sender) -> Update:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("content", "subject_version", "closed")}
    return update(_parcel).where(_parcel.c.id == bindparam("card"), _parcel.c.lane == sender.lane).values(**values)


def _card_row(sent: Outcome) -> dict[str, Any]:
    assert isinstance(sent, Sent)  # noqa: S101 - _is_edit has said so
    return {
        "card": sent.target_id,
        "new_content": sent.content,
        "new_subject_version": sent.version,
        "new_closed": sent.closed,
    }


def _again(sender: Sender) -> Update:
    return _in_hand(sender).values(
        state=ParcelState.QUEUED.value,
        not_before=bindparam("new_not_before"),
        error=bindparam("new_error"),
        unsure=_parcel.c.unsure + bindparam("more_unsure"),
        attempts=_parcel.c.attempts - bindparam("not_counted"),
    )


def _again_row(again: Again) -> dict[str, Any]:
    return {
        "parcel": again.parcel_id,
        "new_not_before": again.not_before,
        "new_error": again.error[:_LONGEST_ERROR],
        "more_unsure": int(again.unsure),
        "not_counted": int(not again.counted),
    }


def _over(sender: Sender) -> Update:
    return _in_hand(sender).values(
        state=bindparam("new_state"),
        error=bindparam("new_error"),
        unsure=_parcel.c.unsure + bindparam("more_unsure"),
    )


def _over_row(over: Over) -> dict[str, Any]:
    return {
        "parcel": over.parcel_id,
        "new_state": over.state.value,
        "new_error": over.error[:_LONGEST_ERROR],
        "more_unsure": int(over.unsure),
    }
