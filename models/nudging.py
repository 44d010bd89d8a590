"""Reminders made real: exactly the rows of the plan, each once, and who is owed a message because of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    values,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import close_nudges
from models.ids import reserve_ids
from models.inserts import insert_new
from models.laying import Laid, Span
from models.outbox import STILL_TO_COME, Parcel, ParcelState
from models.people import Post
from models.plan import laid_out, said_before
from models.reaching import Rows, owed_rows
from models.reminders import Nudge, Snooze
from models.rules.mornings import Morning, is_pressing, left_out
from models.thrift import budget_of

MORNING: Final = "morning"
"""The kind of the letter that says a person's open reminders."""

# more rows than one statement ever inserts; a millisecond has four million ids
_MOST: Final = 1 << 20
# what could not be said for so long is not said any more: the ladder has gone on
_STALE: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OpenNudge:
    """A reminder that nobody has answered and that has not been said yet."""

    assignment_id: int
    rung: str
    day: date


async def materialise(session: AsyncSession, span: Span, now: datetime) -> None:
    """Insert the reminders that the plan gives for a span; doing it again inserts nothing."""
    laid = await laid_out(session, span)
    out = await _over_budget(session, span, laid)
    for statement in owed_rows(laid, span):
        await _insert(session, statement, out, now)


def unsaid(span: Span, now: datetime) -> Select[Any]:
    """Select (person_id, NULL) of those who have open reminders that no morning message has said or is going to say.

    Persons with today's (the span's last) message are left out, whatever became of it: its rest is said the next day.
    """
    known = select(Post.person_id).where(Post.person_id.is_not(None)).distinct().subquery()
    covering = or_(
        Parcel.created_at >= Nudge.created_at, Parcel.sent_at >= Nudge.created_at, Parcel.state.in_(STILL_TO_COME)
    )
    covered = exists().where(Parcel.person_id == Nudge.person_id, Parcel.kind == MORNING, covering)
    waits = exists().where(Nudge.person_id == known.c.person_id, Nudge.day <= span.last, _is_open(now), not_(covered))
    todays = exists().where(Parcel.key == literal(f"{key_of(span.last)}:", String) + cast(known.c.person_id, String))
    return select(known.c.person_id, cast(null(), BigInteger)).where(waits, not_(todays))


def key_of(day: date) -> str:
    """Name the matter of a day's morning message; with the person it makes the message unique."""
    return f"{MORNING}:{day.isoformat()}"


async def open_nudges(session: AsyncSession, person_id: int, today: date, now: datetime) -> tuple[OpenNudge, ...]:
    """Read a person's open reminders up to today that no earlier morning message has said, in the order of days."""
    last_said = (
        select(func.max(Parcel.sent_at))
        .where(Parcel.person_id == person_id, Parcel.kind == MORNING, Parcel.state == ParcelState.SENT)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Nudge.assignment_id, Nudge.rung, Nudge.day)
        .where(
            Nudge.person_id == person_id,
            Nudge.day <= today,
            _is_open(now),
            or_(last_said.is_(None), Nudge.created_at > last_said),
        )
        .order_by(Nudge.day, Nudge.id)
    )
    return tuple(OpenNudge(*row) for row in rows)


async def snooze(session: AsyncSession, asked: Snooze) -> None:
    """Record that a unit asked not to be reminded before a day, in place of an earlier wish; what waits is closed."""
    earlier = await session.scalar(select(Snooze).where(Snooze.assignment_id == asked.assignment_id))
    if earlier is None:
        session.add(asked)
    else:
        earlier.until, earlier.by_id, earlier.at = asked.until, asked.by_id, asked.at
    await close_nudges(session, asked.assignment_id, asked.at)


async def _insert(session: AsyncSession, statement: Rows, out: Collection[Morning], now: datetime) -> None:
    owed = statement.subquery()
    columns: dict[str, ColumnElement[Any]] = {
        "id": literal(reserve_ids(_MOST), BigInteger) + func.row_number().over(),
        "assignment_id": owed.c.assignment_id,
        "rung": owed.c.rung,
        "person_id": owed.c.person_id,
        "day": owed.c.day,
        "created_at": literal(now, Nudge.created_at.type),
    }
    # the WHERE also keeps SQLite from reading ON CONFLICT as the condition of a join
    rows = select(*columns.values()).select_from(owed).where(_within_budget(owed, out) if out else true())
    inserting = insert_new(session, Nudge).from_select(list(columns), rows, include_defaults=False)
    await session.execute(inserting.on_conflict_do_nothing())


def _within_budget(owed: Any, out: Collection[Morning]) -> ColumnElement[bool]:
    left = (
        values(column("person_id", BigInteger), column("day", Date), name="left_out")
        .data([(morning.person_id, morning.day) for morning in out])
        .cte()
    )
    waits = exists().where(left.c.person_id == owed.c.person_id, left.c.day == owed.c.day)
    return or_(owed.c.rung.not_like("T-%"), not_(waits))


async def _over_budget(session: AsyncSession, span: Span, laid: list[Laid]) -> frozenset[Morning]:
    """Find the mornings beyond the budget, reading only about people who may come near it in this span."""
    if all(is_pressing(each.said.rung) for each in laid):
        return frozenset()
    budget, said = await budget_of(session, span), await said_before(session, span)
    room = (span.last - span.first).days
    busy = {person for person, days in said.items() if len(days) + room >= budget.a_week} | budget.spared
    if not busy and room < budget.a_week:
        return frozenset()
    mornings: list[Morning] = []
    for statement in owed_rows(laid, span):
        owed = statement.subquery()
        rows = select(owed.c.person_id, owed.c.day, owed.c.rung).distinct()
        if room < budget.a_week:
            rows = rows.where(owed.c.person_id.in_(busy))
        mornings += [Morning(person, day, is_pressing(rung)) for person, day, rung in await session.execute(rows)]
    return left_out(mornings, said, budget)


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(Nudge.closed_at.is_(None), Nudge.created_at >= now - _STALE)
