"""What tests of the plan need: tasks given, members who follow, the plan as rows, and the clock's tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import select

from models.assignments import end_of_day
from models.laying import span_of
from models.nudging import materialise, unsaid
from models.papers import Document, Oversight
from models.people import Group, Post, Unit
from models.plan import Planned, plan
from models.reminders import Nudge
from models.settings import Council
from models.tasks import Assignment, Task
from tests.models.office import ZONE, Office, local

COUNCIL = Council()
REFS = count(1)
Row = tuple[str, str, date]


def june(day: int) -> date:
    return date(2022, 6, day)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task to be given to units; without `due` it is undated, or anchored by its `reading`."""

    due: date | None
    units: tuple[str, ...] = ("SYT",)
    given: date = date(2022, 5, 2)
    urgency: str = "normal"
    reading: str = "NONE"
    opens: date | None = None


async def give(office: Office, wanted: Wanted) -> dict[str, int]:
    async with office.write() as session:
        task = Task(
            ref=f"p{next(REFS)}",
            title="Báo cáo",
            created_at=local("2022-05-02 08:00"),
            urgency=wanted.urgency,
            reading=wanted.reading,
        )
        session.add(task)
        codes = dict((await session.execute(select(Unit.code, Unit.id))).all())
        await session.flush()
        rows = {
            code: Assignment(
                task_id=task.id,
                unit_id=codes[code],
                number=next(REFS),
                due_on=wanted.due,
                due_at=end_of_day(wanted.due, ZONE) if wanted.due else None,
                opens_on=wanted.opens,
                given_at=local(f"{wanted.given} 08:00"),
                given_on=wanted.given,
            )
            for code in wanted.units
        }
        session.add_all(rows.values())
        await session.flush()
        return {code: row.id for code, row in rows.items()}


async def follow(office: Office, name: str, *, units: Sequence[str] = (), groups: Sequence[str] = ()) -> None:
    """Let a member follow units and groups; with neither he is in general charge."""
    async with office.write() as session:
        document = Document(number=f"{next(REFS)}/TB", dated=june(1), imported_at=local("2022-06-01 08:00"))
        session.add(document)
        post = await session.scalar(select(Post.id).where(Post.person_id == office.people[name]))
        await session.flush()
        about = {"post_id": post, "document_id": document.id, "ref": "1", "valid_from": date(2022, 1, 1)}
        ids = list(await session.scalars(select(Unit.id).where(Unit.code.in_(units))))
        group_ids = list(await session.scalars(select(Group.id).where(Group.name.in_(groups))))
        session.add_all(Oversight(**about, unit_id=unit) for unit in ids)
        session.add_all(Oversight(**about, group_id=group) for group in group_ids)
        if not ids and not group_ids:
            session.add(Oversight(**about))


async def planned(office: Office, first: date, last: date, council: Council = COUNCIL) -> tuple[Planned, ...]:
    async with office.database.read() as session:
        return await plan(session, council, ZONE, first, last)


async def spoken(office: Office, first: date, last: date, council: Council = COUNCIL) -> list[Row]:
    names = {person: name for name, person in office.people.items()}
    return [(names[each.person_id], each.rung, each.day) for each in await planned(office, first, last, council)]


async def tick(office: Office, first: date, last: date, council: Council = COUNCIL) -> tuple[int, ...]:
    """Let the clock materialise a span on its last day at six, and name whom it owes a message."""
    now = local(f"{last} 06:00")
    async with office.write() as session:
        span = await span_of(session, council, ZONE, first, last)
        await materialise(session, span, now)
        return tuple(sorted(await session.scalars(unsaid(span, now))))


async def inserted(office: Office) -> set[tuple[int, str, int, date]]:
    async with office.database.read() as session:
        rows = await session.execute(select(Nudge.assignment_id, Nudge.rung, Nudge.person_id, Nudge.day))
        return set(rows.all())


def keys(rows: Sequence[Planned]) -> set[tuple[int, str, int, date]]:
    return {(each.assignment_id, each.rung, each.person_id, each.day) for each in rows}
