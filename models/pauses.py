"""Pauses of reminding (`tamdung`): for whom, from when to when, why, and who ended them.

On paused days nobody is reminded of what these units and seats owe, and nobody above them is told of it; what falls on
these days is said merged on the first working day after. Deadlines stay. What is not reminding goes out as ever:
notices, meetings, tasks newly given, decisions, answers. So do reminders of tasks that are hỏa tốc: they brook no delay
whatever happens (Decree 30/2020), and whoever wants them to rest suspends the task.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, Text, and_, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.addressing import Addressee, hold_owners
from models.assignments import Act
from models.audiences import Audience, posts_of, units_of
from models.base import HELD, Base
from models.people import Person
from models.reminders import Nudge
from models.rules.ladder import Urgency
from models.rules.pauses import Silence, until_ended
from models.rules.text import Refusal, t
from models.standing import Standing
from models.tasks import Assignment, Task


class Pause(Base):
    """Reminding rests for an audience (kept as named, meant as of its first day) on the days `first` to `last`.

    Ended early, it is over before the day `ended_on`.
    """

    __tablename__ = "pause"

    audience: Mapped[dict[str, Any]]
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


Silences = tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose assignments are meant: those of these units and seats only, or all but theirs."""

    units: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()
    only: bool = False

    def condition(self) -> ColumnElement[bool]:
        """Give the condition on an assignment."""
        if self.only:
            return or_(Assignment.unit_id.in_(self.units), Assignment.post_id.in_(self.posts))
        if not self.units and not self.posts:
            return true()
        return and_(
            or_(Assignment.unit_id.is_(None), Assignment.unit_id.not_in(self.units)),
            or_(Assignment.post_id.is_(None), Assignment.post_id.not_in(self.posts)),
        )


EVERYBODY: Final = Whose()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Who is silent when, among the days that matter to a span."""

    by: Mapping[Addressee, Silences] = field(default_factory=dict)

    def of(self, assignment: Assignment, urgency: str) -> Silences:
        """Give the silences of one assignment; what is hỏa tốc has none."""
        if urgency == Urgency.EXPRESS:
            return ()
        return self.by.get(Addressee(assignment.unit_id, assignment.post_id), ())

    def others(self, urgency: str = "") -> Whose:
        """Name all but those who are silent on some day."""
        return EVERYBODY if urgency == Urgency.EXPRESS else whose(self.by, only=False)

    def groups(self, urgency: str = "") -> tuple[tuple[Silences, Whose], ...]:
        """Name those who are silent on the same days, together."""
        found: dict[Silences, list[Addressee]] = defaultdict(list)
        for to, silences in self.by.items() if urgency != Urgency.EXPRESS else ():
            found[silences].append(to)
        return tuple((silences, whose(those, only=True)) for silences, those in found.items())


@dataclass(frozen=True, slots=True)
class Running:
    """A pause that has not ended, with whom it concerns and who made it."""

    pause: Pause
    to: frozenset[Addressee]
    by: str

    @property
    def audience(self) -> Audience:
        """Whom the officer named."""
        return Audience.from_json(self.pause.audience)


async def quiet(session: AsyncSession, since: date) -> Quiet:
    """Read who is silent on which days, of the pauses that have a day from `since` on."""
    found: dict[Addressee, set[Silence]] = defaultdict(set)
    for pause in await session.scalars(select(Pause).where(Pause.last >= since)):
        silence = until_ended(pause.first, pause.last, pause.ended_on)
        if silence is None:
            continue
        for to in await concerned(session, pause):
            found[to].add(silence)
    return Quiet({to: tuple(sorted(silences)) for to, silences in found.items()})


async def paused_on(session: AsyncSession, day: date) -> dict[Addressee, date]:
    """Name who is silent on a day, each with the last day on which he is."""
    by = (await quiet(session, day)).by
    until = {to: max((each.last for each in silences if each.covers(day)), default=None) for to, silences in by.items()}
    return {to: last for to, last in until.items() if last is not None}


def is_paused(standing: Standing, paused: Mapping[Addressee, date]) -> bool:
    """Tell whether an assignment must not be reminded of, by what `paused_on` gave."""
    to = Addressee(standing.assignment.unit_id, standing.assignment.post_id)
    return to in paused and standing.task.urgency != Urgency.EXPRESS


async def running(session: AsyncSession, today: date) -> tuple[Running, ...]:
    """Read the pauses that run or are to come, in the order of their days."""
    rows = await session.execute(
        select(Pause, Person.name)
        .join(Person, Person.id == Pause.by_id)
        .where(Pause.last >= today, Pause.ended_at.is_(None))
        .order_by(Pause.first, Pause.id)
    )
    return tuple([Running(pause, await concerned(session, pause), name) for pause, name in rows.all()])


async def concerned(session: AsyncSession, pause: Pause) -> frozenset[Addressee]:
    """Name the units and seats that a pause means."""
    return await meant(session, Audience.from_json(pause.audience), pause.first)


async def meant(session: AsyncSession, audience: Audience, day: date) -> frozenset[Addressee]:
    """Name the units and seats that an audience means on a day."""
    units = await session.scalars(units_of(audience, day))
    posts = await session.scalars(posts_of(audience, day))
    return frozenset({Addressee(unit) for unit in units} | {Addressee(post_id=post) for post in posts})


async def pause(act: Act, audience: Audience, silence: Silence, reason: str) -> Pause:
    """Let reminding rest; what is open of today and not said yet is closed, it is said when the pause is over.

    Raises Refusal where the audience means nobody, or a colleague has recorded the same pause.
    """
    to = await meant(act.session, audience, silence.first)
    if not to:
        raise Refusal(t("Nobody belongs to this audience today; please name others."))
    await hold_owners(act.session, to)
    for each in await running(act.session, act.today):
        if each.audience == audience and (each.pause.first, each.pause.last) == (silence.first, silence.last):
            raise Refusal(
                t("{person} recorded this pause at {at} already; it stands.", person=each.by, at=each.pause.at)
            )
    made = Pause(
        audience=audience.as_json(), first=silence.first, last=silence.last, reason=reason, by_id=act.by_id, at=act.at
    )
    act.session.add(made)
    if silence.covers(act.today):
        await _close(act.session, to, act.at, Nudge.closed_at.is_(None), Nudge.day >= act.today)
    await act.session.flush()
    return made


async def end_pause(act: Act, pause_id: int) -> Pause:
    """End a pause from today on; raises Refusal where a colleague has, or it was over."""
    found = await act.session.get(Pause, pause_id, with_for_update=HELD, populate_existing=True)
    if found is None or found.last < act.today:
        raise Refusal(t("This pause is over already; “tamdung” lists those that run."))
    if found.ended_at is not None:
        by = await act.session.get(Person, found.ended_by)
        raise Refusal(
            t("{person} ended this pause at {at} already.", person=by.name if by is not None else "", at=found.ended_at)
        )
    found.ended_on, found.ended_at, found.ended_by = act.today, act.at, act.by_id
    if found.first == act.today:
        hushed = and_(Nudge.closed_at == found.at, Nudge.day == act.today)
        await _close(act.session, await concerned(act.session, found), None, hushed)
    await act.session.flush()
    return found


async def _close(
    session: AsyncSession, to: Iterable[Addressee], at: datetime | None, *where: ColumnElement[bool]
) -> None:
    """Close reminders of whoever is silent, or open them again."""
    theirs = select(Assignment.id).join(Task, Task.id == Assignment.task_id)
    theirs = theirs.where(Task.urgency != Urgency.EXPRESS, whose(to, only=True).condition())
    await session.execute(
        update(Nudge)
        .where(Nudge.assignment_id.in_(theirs), *where)
        .values(closed_at=at)
        .execution_options(synchronize_session=False)
    )


def whose(those: Iterable[Addressee], *, only: bool) -> Whose:
    """Name these units and seats, or all others."""
    listed = list(those)
    units = frozenset(to.unit_id for to in listed if to.unit_id is not None)
    posts = frozenset(to.post_id for to in listed if to.post_id is not None)
    return Whose(units, posts, only)
