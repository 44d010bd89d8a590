"""The call list: what was owed to people and reached them at no address, to be told them by telephone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.chasing import still_open
from models.darkness import DARK
from models.failing import Failure
from models.meetings import Invitation, Meeting, MeetingState
from models.notices import Notice, NoticeUnit
from models.nudging import MORNING
from models.outbox import TAKEN_OVER, Letter, Parcel, ParcelState
from models.people import Person, Post, Unit
from models.phone_calls import LANE, SUMMARIES, is_told, tries_of
from models.powers import holds_on
from models.reminders import Nudge
from models.rules.text import Text, t
from models.tasks import Assignment, Task
from models.unanswered import NO_ANSWER, is_answered

_MOST_NAMED: Final = 3
_LATELY: Final = timedelta(days=7)

Places = Mapping[int, Sequence[tuple[int | None, str]]]
"""By person, his posts: the unit of each or None, and the name of the unit or else of the post."""


class _Given(NamedTuple):
    """A task given to a unit or the holder of a post; without either, one in which somebody joins in."""

    task_id: int
    unit_id: int | None = None
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One person who was not reached, his telephone, and the matters he was to be told, the newest first.

    `reason` is why the newest did not arrive, as recorded; `tries`: how often he was called in vain since he last
    answered a call, `tried_at` when last.
    """

    person_id: int
    name: str
    phone: str
    matters: tuple[Text | str, ...]
    reason: str = ""
    tries: int = 0
    tried_at: datetime | None = None

    def first(self, most: int) -> tuple[Text | str, ...]:
        """Name the first matters in one line; only the last keeps the full stop that it was written with."""
        *others, last = self.matters[:most]
        return (*(one.rstrip(" .") if isinstance(one, str) else one for one in others), last)

    @property
    def spoken(self) -> Text:
        """Say whom to telephone about what, and how often that was tried."""
        about = {"name": self.name, "matters": self.first(_MOST_NAMED)}
        said = t("{name}, no telephone known: {matters}", **about)
        if self.phone:
            said = t("{name}, telephone {phone}: {matters}", **about, phone=self.phone)
        return t("{said} (called {count} times without an answer)", said=said, count=self.tries) if self.tries else said


async def undelivered(session: AsyncSession, now: datetime, zone: ZoneInfo) -> tuple[Undelivered, ...]:
    """List whom what was owed in the last week reached at no address, or is to be told by telephone, however old.

    Left out are notices and invitations answered since, who was called and answered, and who was called today.
    """
    # what is told by telephone alone has no other way: it waits until somebody calls
    owed = or_(Parcel.created_at >= now - _LATELY, and_(Parcel.state == ParcelState.QUEUED, Parcel.lane == LANE))
    found = await _not_reached(session, _is_missed(), owed)
    return await _still_to_call(session, found, now, zone)


async def sent_unanswered(session: AsyncSession, now: datetime, zone: ZoneInfo) -> tuple[Undelivered, ...]:
    """List likewise who was sent at every address of his what asks for an answer, and has not answered in time."""
    asks = or_(Assignment.id.is_(None), still_open())
    found = await _not_reached(session, _is_silent(), asks, Parcel.created_at >= now - _LATELY)
    return await _still_to_call(session, found, now, zone)


async def _still_to_call(
    session: AsyncSession, found: Sequence[Undelivered], now: datetime, zone: ZoneInfo
) -> tuple[Undelivered, ...]:
    tries = await tries_of(session, [one.person_id for one in found])
    today = now.astimezone(zone).date()
    counted = (
        replace(one, tries=tried.count, tried_at=tried.last) if (tried := tries.get(one.person_id)) else one
        for one in found
    )
    return tuple(one for one in counted if one.tried_at is None or one.tried_at.astimezone(zone).date() != today)


async def undelivered_of(session: AsyncSession, parcels: Collection[int]) -> tuple[Undelivered, ...]:
    """List, of these parcels, whom each reached at no address; not of notices and invitations answered since."""
    return await _not_reached(session, _is_missed(), Parcel.id.in_(parcels))


def _is_missed() -> ColumnElement[bool]:
    """Give the condition that a parcel failed, waits in vain where nothing gets through, or waits for a call.

    Of whom it was sent to before, elsewhere, it is not missed.
    """
    waits = and_(Parcel.state == ParcelState.QUEUED, or_(Parcel.lane == LANE, _is_noted()))
    return and_(or_(Parcel.state == ParcelState.DEAD, waits), ~_was_sent_before())


def _is_silent() -> ColumnElement[bool]:
    """Give the condition that a parcel was sent, or had been elsewhere, and that nobody has answered it in time."""
    sent = and_(Parcel.state == ParcelState.SENT, _is_noted(), ~is_answered())
    return or_(sent, and_(Parcel.state == ParcelState.DEAD, _was_sent_before()))


def _is_noted() -> ColumnElement[bool]:
    return exists().where(Failure.parcel_id == Parcel.id, Failure.at > func.coalesce(Parcel.sent_at, Parcel.created_at))


def _was_sent_before() -> ColumnElement[bool]:
    earlier = aliased(Parcel)
    return exists().where(earlier.key == Parcel.key, earlier.step < Parcel.step, earlier.state == ParcelState.SENT)


async def places_of(session: AsyncSession, people: Collection[int], day: date) -> Places:
    """Read where these people hold posts on a day, units by name before seats without one."""
    rows = await session.execute(
        select(Post.person_id, Post.unit_id, Unit.name, Post.title)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id.in_(people), holds_on(Post, day))
        .order_by(Unit.name.is_(None), Unit.name, Post.title)
    )
    found: dict[int, list[tuple[int | None, str]]] = {}
    for person, unit, name, title in rows:
        if person is not None:
            found.setdefault(person, []).append((unit, name or title))
    return found


async def _not_reached(session: AsyncSession, *where: ColumnElement[bool]) -> tuple[Undelivered, ...]:
    other = aliased(Parcel)
    tried_elsewhere = select(other.id).where(
        other.key == Parcel.key, other.step > Parcel.step, other.state.in_(TAKEN_OVER)
    )
    state = Parcel.state
    why = case((state == ParcelState.QUEUED, DARK), (state == ParcelState.SENT, NO_ANSWER), else_=Parcel.error)
    rows = await session.execute(
        select(Person, Letter, func.coalesce(Task.title, Meeting.title), why)
        .select_from(Parcel)
        .join(Person, Person.id == Parcel.person_id)
        .join(Letter, Letter.id == Parcel.letter_id)
        .outerjoin(Assignment, _about(Assignment))
        .outerjoin(Task, or_(Task.id == Assignment.task_id, _about(Task)))
        .outerjoin(Invitation, _about(Invitation))
        .outerjoin(Meeting, Meeting.id == Invitation.meeting_id)
        .outerjoin(NoticeUnit, _about(NoticeUnit))
        .outerjoin(Notice, Notice.id == NoticeUnit.notice_id)
        .where(
            *where,
            Letter.kind.not_in(SUMMARIES),
            Parcel.op == "send",
            ~is_told(),
            ~tried_elsewhere.exists(),
            *_still_stands(),
        )
        .order_by(Parcel.id.desc())
    )
    found = rows.all()
    given = await _titles(session, {given.task_id for _, letter, _, _ in found for given in _given(letter)})
    reminded = await _reminded(session, {person.id for person, letter, _, _ in found if letter.kind == MORNING})
    named = [
        (person, reminded.get(person.id, ()) if letter.kind == MORNING else _matters(letter, title, given), error)
        for person, letter, title, error in found
    ]
    # a reminder of what has been answered since is none any more
    return _by_person([one for one in named if one[1]])


def _still_stands() -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that what a letter is about was neither answered nor taken back since it was written."""
    set_aside = func.coalesce(Assignment.cancelled_at, Assignment.suspended_at)
    return (
        NoticeUnit.answered_at.is_(None),
        NoticeUnit.withdrawn_at.is_(None),
        Notice.corrected_at.is_(None),
        Invitation.answer.is_(None),
        func.coalesce(Meeting.state, MeetingState.CALLED) == MeetingState.CALLED,
        or_(set_aside.is_(None), set_aside <= Letter.created_at),
    )


async def _reminded(session: AsyncSession, people: Collection[int]) -> dict[int, Sequence[Text | str]]:
    """Name, by person, the tasks of the reminders that stand, the nearest deadline first."""
    rows = await session.execute(
        select(Nudge.person_id, Task.title, Assignment.due_on)
        .join(Assignment, Assignment.id == Nudge.assignment_id)
        .join(Task, Task.id == Assignment.task_id)
        .where(Nudge.person_id.in_(people), Nudge.closed_at.is_(None))
        .order_by(Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
    )
    owed: dict[int, dict[tuple[str, date | None], None]] = {}
    for person, title, due in rows:
        owed.setdefault(person, {})[title.rstrip(" ."), due] = None
    return {
        person: tuple(t("{title}, due {day}", title=title, day=due) if due else title for title, due in tasks)
        for person, tasks in owed.items()
    }


async def _titles(session: AsyncSession, tasks: Collection[int]) -> dict[_Given, str]:
    """Read what the tasks are called that are open: of each unit and seat, and of whoever joins in behind any."""
    rows = await session.execute(
        select(Task.id, Task.title, Assignment.unit_id, Assignment.post_id)
        .join(Assignment, Assignment.task_id == Task.id)
        .where(Task.id.in_(tasks), still_open())
    )
    titles: dict[_Given, str] = {}
    for task, title, unit, post in rows:
        titles[_Given(task, unit, post)] = titles[_Given(task)] = title
    return titles


def _about(table: type[Any]) -> Any:
    return (Parcel.subject_kind == table.__tablename__) & (Parcel.subject_id == table.id)


def _given(letter: Letter) -> Sequence[_Given]:
    """Name the tasks that a letter gives its reader, those in which he joins in behind them."""
    params = letter.params
    own = [_Given(task, params["unit"], params["post"]) for task in params.get("tasks", ())]
    return [*own, *(_Given(task) for task in params.get("with", ()))]


def _matters(letter: Letter, title: str | None, given: Mapping[_Given, str]) -> Sequence[Text | str]:
    """Name what a letter is about: what its subject is called, the tasks that it gives, or its first line."""
    if title:
        return (title,)
    if tasks := _given(letter):
        return [given[task] for task in tasks if task in given]
    lines = (letter.content or {}).get("lines") or []
    if not lines:
        return (t("a reminder"),)
    return (lines[0] if isinstance(lines[0], str) else Text.from_json(lines[0]),)


def _title(matter: Text | str) -> str:
    """Give what a matter is called, with its day or without."""
    if isinstance(matter, Text):
        return str(matter.values.get("title", matter))
    return matter.rstrip(" .")


def _by_person(rows: Sequence[tuple[Person, Sequence[Text | str], str]]) -> tuple[Undelivered, ...]:
    newest: dict[int, tuple[Person, str]] = {}
    matters: dict[int, list[Text | str]] = {}
    for person, said, error in rows:
        newest.setdefault(person.id, (person, error))
        known = matters.setdefault(person.id, [])
        named = {_title(matter) for matter in known}
        known += [matter for matter in said if _title(matter) not in named]
    return tuple(
        Undelivered(person.id, person.name, person.phone, tuple(matters[person.id]), error)
        for person, error in newest.values()
    )
