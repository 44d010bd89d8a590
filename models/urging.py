"""Urging (đôn đốc): who asked which units for what they owe, when, and how often a unit was urged lately."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.addressing import Addressee, hold_owners
from models.base import HELD, Base
from models.contacts import Party, parties, units_with_people
from models.outbox import HAS_LEFT, MAY_BE_STOPPED, Parcel, ParcelState
from models.pauses import is_paused, paused_on
from models.standing import Standing, Standings
from models.tasks import Assignment, Said

URGING: Final = "urge"
"""The kind of the letter that urges, and the first word of its key."""

HOLD: Final = timedelta(minutes=2)
"""For so long an urging waits before it goes out, so that it can be taken back."""

WEEK: Final = timedelta(days=7)


class Urging(Base):
    """One urging, in the name of a seat (empty: the standing agency's), or of the unit that leads a group.

    Taken back, it counts for nothing.
    """

    __tablename__ = "urging"

    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    seat: Mapped[str] = mapped_column(String(200), default="")
    for_group: Mapped[str] = mapped_column(String(200), default="", server_default="")
    at: Mapped[datetime] = mapped_column(index=True)
    taken_back_at: Mapped[datetime | None]


class Urged(Base):
    """An assignment that an urging asks for."""

    __tablename__ = "urged"
    __table_args__ = (UniqueConstraint("urging_id", "assignment_id"),)

    urging_id: Mapped[int] = mapped_column(ForeignKey("urging.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)


@dataclass(frozen=True, slots=True)
class Times:
    """How often something was urged, and when last."""

    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """Whom an urging reaches, and whom it leaves out and why.

    `parties`: the units and seats that it reaches, with their people; `to_call`: those urged often enough this week, or
    reached by no chat: they are telephoned.
    """

    chosen: tuple[Standing, ...] = ()
    parties: tuple[Party, ...] = ()
    paused: tuple[str, ...] = ()
    urged_today: tuple[str, ...] = ()
    to_call: tuple[Party, ...] = ()


def whom(standing: Standing) -> Addressee:
    """Name who answers for an assignment."""
    return Addressee(standing.assignment.unit_id, standing.assignment.post_id)


async def hold_parties(session: AsyncSession, *where: ColumnElement[bool]) -> None:
    """Hold the units and seats of these assignments until the urging is written, so that nobody else urges them beside.

    Whom to urge is selected after it: a unit is urged once a day, whatever it is about.
    """
    rows = await session.execute(select(Assignment.unit_id, Assignment.post_id).where(*where).distinct())
    await hold_owners(session, (Addressee(*row) for row in rows))


async def select_urged(read: Standings, found: Collection[Standing], most: int) -> Selection:
    """Choose whom an urging reaches: nobody who rests, was urged today, or `most` times in the last seven days."""
    today = read.now.astimezone(read.measure.zone).date()
    began = datetime.combine(today, time(), read.measure.zone)
    paused = await paused_on(read.session, today)
    times = await _times_of_parties(read.session, Urging.at >= read.now - WEEK)
    rest = _Sorting(began, most)
    for standing in found:
        rest.sort(standing, times.get(whom(standing)), is_paused=is_paused(standing, paused))
    reached = await _people(read, [*rest.open, *rest.often])
    reachable = {whom(one) for one in rest.open if reached[whom(one)].is_reachable}
    call = dict.fromkeys(whom(one) for one in (*rest.often, *rest.open) if whom(one) not in reachable)
    return Selection(
        tuple(one for one in rest.open if whom(one) in reachable),
        tuple(party for to, party in reached.items() if to in reachable),
        tuple(rest.paused),
        tuple(rest.today),
        tuple(reached[to] for to in call),
    )


@dataclass(slots=True)
class _Sorting:
    day_began: datetime
    most: int
    open: list[Standing] = field(default_factory=list)
    often: list[Standing] = field(default_factory=list)
    paused: dict[str, None] = field(default_factory=dict)
    today: dict[str, None] = field(default_factory=dict)

    def sort(self, standing: Standing, times: Times | None, *, is_paused: bool) -> None:
        if is_paused:
            self.paused[standing.whose] = None
        elif times is not None and times.last >= self.day_began:
            self.today[standing.whose] = None
        elif times is not None and times.count >= self.most:
            self.often.append(standing)
        else:
            self.open.append(standing)


async def _people(read: Standings, found: Collection[Standing]) -> dict[Addressee, Party]:
    """Read who stands behind each unit or seat, by who answers for the assignments."""
    today = read.now.astimezone(read.measure.zone).date()
    units = {one.assignment.unit_id for one in found if one.assignment.unit_id is not None}
    seats = {one.id: one.assignment.post_id for one in found if one.assignment.post_id is not None}
    rows = {post: row for row, post in seats.items()}
    of_units = await units_with_people(read.session, today, units) if units else ()
    of_seats = await parties(read.session, Assignment, today, Assignment.id.in_(rows.values())) if rows else ()
    by_unit = {Addressee(unit_id=party.id): party for party in of_units}
    return by_unit | {Addressee(post_id=seats[party.id]): party for party in of_seats}


async def times_urged(session: AsyncSession, assignments: Collection[int]) -> dict[int, Times]:
    """Count how often each of these assignments was urged, and when last."""
    rows = await session.execute(
        select(Urged.assignment_id, func.count(), func.max(Urging.at))
        .join(Urging, Urging.id == Urged.urging_id)
        .where(Urged.assignment_id.in_(assignments), Urging.taken_back_at.is_(None))
        .group_by(Urged.assignment_id)
    )
    return {assignment_id: Times(count, last) for assignment_id, count, last in rows}


async def _times_of_parties(session: AsyncSession, *where: ColumnElement[bool]) -> dict[Addressee, Times]:
    """Count how often each unit and seat was urged, whatever it was about; one urging about much counts once."""
    rows: Any = await session.execute(
        select(Assignment.unit_id, Assignment.post_id, func.count(Urging.id.distinct()), func.max(Urging.at))
        .join(Urged, Urged.assignment_id == Assignment.id)
        .join(Urging, Urging.id == Urged.urging_id)
        .where(Urging.taken_back_at.is_(None), *where)
        .group_by(Assignment.unit_id, Assignment.post_id)
    )
    return {Addressee(unit_id, post_id): Times(count, last) for unit_id, post_id, count, last in rows}


def is_still_owed(standing: Standing, urging: Urging) -> bool:
    """Tell whether what was urged is still to come: nothing but a receipt was said since, and no time asked for."""
    if not standing.awaits_unit or standing.request is not None:
        return False
    last = standing.last
    return last is None or last.said == Said.ACKNOWLEDGED or last.at <= urging.at


async def stop_held(session: AsyncSession, key: str) -> bool:
    """Let what is owed under a key reach nobody; False where somebody has been sent it already."""
    mine = Parcel.key.startswith(f"{key}:")
    # held before it is looked at: a sender that takes one at this moment is either seen, or finds nothing to take
    waiting = select(Parcel.id).where(mine, MAY_BE_STOPPED).order_by(Parcel.id).with_for_update(**HELD)
    held = (await session.scalars(waiting)).all()
    if await session.scalar(select(Parcel.id).where(mine, HAS_LEFT).limit(1)) is not None:
        return False
    stopped = update(Parcel).where(Parcel.id.in_(held)).values(state=ParcelState.CANCELLED)
    await session.execute(stopped.execution_options(synchronize_session=False))
    return True
