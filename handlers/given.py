"""What a unit is told when tasks are given: one message with its whole list; and the periods that come round again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import select

from handlers.assignment import document_name
from handlers.kit import (
    ClockContext,
    LetterContext,
    Owed,
    Reply,
    Speaker,
    Text,
    every,
    letter,
    t,
)
from handlers.listing import buttons, listed
from models.addressing import Addressee
from models.giving import Giving, give_periods, next_periods
from models.outbox import Priority
from models.papers import Document
from models.people import Post, Unit
from models.rules.spoken import deadline_spoken, headline
from models.standing import Standing, standings
from models.tasks import Assignment, Task
from models.telling import Told, told

GIVEN: Final = "given"
_MOST = 12
_TITLE = 60
_LABEL = 30


def owe_given(speaker: Speaker, everybody: Sequence[Told], matter: str) -> None:
    """Owe each person behind a unit or a seat one message with all that it was given; `matter` makes it once."""
    for one in everybody:
        params = {
            "unit": one.to.unit_id,
            "post": one.to.post_id,
            "tasks": list(one.tasks),
            "with": list(one.coordinating),
            "day": speaker.today.isoformat(),
        }
        key = f"given:{matter}:{one.to.unit_id or one.to.post_id}"
        for person in one.persons:
            speaker.owe(Owed(person, key, letter=GIVEN, params=params, priority=Priority.REMINDER))


@letter(GIVEN)
async def tell_given(about: LetterContext) -> Reply | None:
    """List what a unit or a seat was given and what it coordinates, as it stands when the message leaves."""
    mine = await _still_open(about)
    coordinated = await _coordinated(about)
    if not mine and not coordinated:
        return None
    name = await _name(about)
    if not mine:
        return Reply(*_coordinating(coordinated, _to(name, about)))
    shown = tuple(_line(standing, about) for standing in mine[:_MOST])
    rest = (t("And {count} more: send “nhiemvu”.", count=len(mine) - _MOST),) if len(mine) > _MOST else ()
    with_others = (_with(coordinated),) if coordinated else ()
    head = _single(mine[0], about) if len(mine) == 1 else _several(mine)
    return Reply(head, _to(name, about), *shown, *rest, *with_others, choices=buttons(mine), about=listed(mine))


@every("materialise-periods", at=time(6, 0))
async def give_next_periods(clock: ClockContext) -> None:
    """Give the next period of what recurs, once the one before is over, and tell the units."""
    giving = Giving(clock.now, clock.zone)
    since = clock.since.astimezone(clock.zone).date() if clock.since else clock.today
    periods = await next_periods(clock.session, giving, since)
    await give_periods(clock.session, periods, giving)
    leading: dict[Addressee, dict[int, None]] = defaultdict(dict)
    for one in periods:
        leading[one.to][one.task_id] = None
    everybody = await told(clock.session, {to: tuple(mine) for to, mine in leading.items()}, {}, clock.today)
    owe_given(clock, everybody, f"period:{clock.today.isoformat()}")


@dataclass(frozen=True, slots=True)
class _Coordinated:
    """A task that others lead."""

    title: str
    document: Document | None


def _mine(params: Any) -> tuple[Any, ...]:
    whose = Assignment.unit_id == params["unit"] if params["unit"] is not None else Assignment.post_id == params["post"]
    return (whose, Assignment.task_id.in_(params["tasks"]), Assignment.done_before.is_(False))


async def _still_open(about: LetterContext) -> list[Standing]:
    read = await standings(about.session, about.now, about.zone)
    found = await read.of(*_mine(about.params))
    given = [standing for standing in found if standing.assignment.given_on.isoformat() == about.params["day"]]
    return [standing for standing in given if standing.awaits_unit]


async def _coordinated(about: LetterContext) -> list[_Coordinated]:
    rows = await about.session.execute(
        select(Task.title, Document)
        .outerjoin(Document, Document.id == Task.document_id)
        .where(Task.id.in_(about.params["with"]))
        .order_by(Task.id)
    )
    return [_Coordinated(title, document) for title, document in rows]


async def _name(about: LetterContext) -> str:
    if about.params["unit"] is not None:
        return await about.session.scalar(select(Unit.name).where(Unit.id == about.params["unit"])) or ""
    return await about.session.scalar(select(Post.title).where(Post.id == about.params["post"])) or ""


def _single(standing: Standing, about: LetterContext) -> str:
    return headline(_due(standing, about), standing.task.title, locale=about.person.locale)


def _several(mine: Sequence[Standing]) -> Text:
    """Say how many, until when the first is due, and under what, in the characters that a locked phone shows."""
    nearest = next((standing.assignment.due_on for standing in mine if standing.assignment.due_on), None)
    number = mine[0].document.number if mine[0].document else ""
    if nearest is None:
        return t("{count} tasks given: {document}", count=len(mine), document=number)
    return t("{count} tasks given, first due {day}: {document}", count=len(mine), day=nearest, document=number)


def _line(standing: Standing, about: LetterContext) -> Text:
    dated = standing.document.dated if standing.document else standing.assignment.given_on
    said = deadline_spoken(standing.task.phrase, _due(standing, about), dated, about.person.locale)
    title = headline(None, standing.task.title, _TITLE)
    number = standing.assignment.number
    if not said:
        return t("{number}. {title}.", number=number, title=title)
    return t("{number}. {title}: {deadline}.", number=number, title=title, deadline=said)


def _due(standing: Standing, about: LetterContext) -> date | datetime | None:
    due = standing.due
    return due.astimezone(about.zone) if isinstance(due, datetime) else due


def _to(name: str, about: LetterContext) -> Text:
    """Address a unit, or a member of the council by his post."""
    return t("To: {unit}.", unit=name) if about.params["unit"] is not None else t("To: {post}.", post=name)


def _coordinating(tasks: Sequence[_Coordinated], to: Text) -> tuple[Text, ...]:
    shown = tuple(headline(None, task.title, _TITLE) for task in tasks[:_MOST])
    named = document_name(tasks[0].document)
    under = (t("Under {document}.", document=named),) if named else ()
    return (
        t("{count} tasks to coordinate: {first}", count=len(tasks), first=headline(None, tasks[0].title, _LABEL)),
        to,
        t("The unit coordinates: {titles}. The lead units report; no answer is needed.", titles=shown),
        *under,
    )


def _with(tasks: Sequence[_Coordinated]) -> Text:
    shown = tuple(headline(None, task.title, _TITLE) for task in tasks[:_MOST])
    return t("The unit also coordinates: {titles}.", titles=shown)
