"""A plan's annex taken in: rows become draft tasks with phrase, reading and parties; nothing is sent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.entries import LEFT, Review, Row, Take, Target, TaskEntry
from models.papers import Document
from models.people import Group, Post, Unit
from models.rules.deadline import AMBIGUOUS
from models.rules.spelling import tidy
from models.tasks import Party, Task, Whom

_TITLES = {"deliverable": 200, "hand_in": 300, "section": 300, "phrase": 500, "reading": 500}


async def compared(session: AsyncSession, rows: Sequence[Row], document_id: int | None) -> tuple[Row, ...]:
    """Say of each row whether it is new, the same or changed against the same document taken in before.

    What was answered about a phrase or a name then is not asked again while its words stay. A task that is given
    already cannot be taken back by a new version.
    """
    if document_id is None:
        return tuple(rows)
    tasks = {task.ref: task for task in await session.scalars(select(Task).where(Task.document_id == document_id))}
    stored = {entry.ref: entry for entry in await entries_of(session, tasks.values())}
    known = tuple(_against(row, stored) for row in rows)
    refs = {row.entry.ref for row in rows}
    gone = [entry for ref, entry in stored.items() if ref not in refs and tasks[ref].given_at is None]
    start = max((row.position for row in rows), default=0) + 1
    return (*known, *(Row(start + at, entry, Take.GONE, entry) for at, entry in enumerate(gone)))


async def record(session: AsyncSession, review: Review, document: Document, now: datetime) -> tuple[int, ...]:
    """Write every row that counts; give the ids of the tasks, given already, whose deadline has changed."""
    tasks = {task.ref: task for task in await session.scalars(select(Task).where(Task.document_id == document.id))}
    moved = []
    for row in review.rows:
        if not row.counts or not isinstance(row.entry, TaskEntry):
            continue
        if row.take is Take.NEW:
            task = Task(document_id=document.id, ref=row.entry.ref[:32], created_at=now)
            session.add(_written(task, row.entry))
            await session.flush()
            _add_parties(session, task.id, row.entry.targets)
        elif row.take is Take.GONE:
            await remove_drafts(session, [tasks[row.entry.ref].id])
        else:
            task = tasks[row.entry.ref]
            moved += [task.id] if task.given_at is not None and task.reading != row.entry.reading else []
            await _rewrite(session, task, row.entry)
    await session.flush()
    return tuple(moved)


async def draft_of_line(session: AsyncSession, entry: TaskEntry, now: datetime) -> Task:
    """Write one task that no document asks for, as an officer typed it; a draft until it is given."""
    task = _written(Task(document_id=None, ref=entry.ref[:32], created_at=now), entry)
    session.add(task)
    await session.flush()
    _add_parties(session, task.id, entry.targets)
    await session.flush()
    return task


async def remove_drafts(session: AsyncSession, task_ids: Sequence[int]) -> int:
    """Remove drafts that are not to be given; give how many there were. What was given stays."""
    drafts = select(Task.id).where(Task.id.in_(task_ids), Task.given_at.is_(None))
    ids = list(await session.scalars(drafts))
    await session.execute(delete(Party).where(Party.task_id.in_(ids)))
    await session.execute(delete(Task).where(Task.id.in_(ids)))
    return len(ids)


async def entries_of(session: AsyncSession, tasks: Iterable[Task]) -> list[TaskEntry]:
    """Give tasks as the entries from which they came, their names as they were understood."""
    listed = list(tasks)
    parties = await _targets(session, [task.id for task in listed])
    return [
        TaskEntry(
            task.ref,
            task.title,
            task.section,
            task.deliverable,
            task.hand_in,
            task.remark,
            task.phrase,
            task.reading,
            targets=tuple(parties[task.id]),
        )
        for task in listed
    ]


async def _targets(session: AsyncSession, task_ids: Sequence[int]) -> dict[int, list[Target]]:
    rows = await session.execute(
        select(Party, Unit.name, Group.name, Post.title)
        .outerjoin(Unit, Unit.id == Party.unit_id)
        .outerjoin(Group, Group.id == Party.group_id)
        .outerjoin(Post, Post.id == Party.post_id)
        .where(Party.task_id.in_(task_ids))
        .order_by(Party.id)
    )
    found: dict[int, list[Target]] = defaultdict(list)
    for party, *names in rows:
        name = next((name for name in names if name), party.written)
        known = party.unit_id or party.group_id or party.post_id
        whom = LEFT if party.whom == Whom.UNIT and known is None else party.whom
        found[party.task_id].append(Target(party.written, party.leads, str(whom), known, name))
    return found


def _against(row: Row, stored: dict[str, TaskEntry]) -> Row:
    entry, was = row.entry, stored.get(row.entry.ref)
    if was is None or not isinstance(entry, TaskEntry):
        return row
    answered: dict[str, list[Target]] = defaultdict(list)
    for target in was.targets:
        answered[target.written].append(target)
    targets = tuple(
        replace(each, leads=one.leads) if one.is_open else each
        for one in entry.targets
        for each in (answered[one.written] if one.is_open and one.written in answered else [one])
    )
    remembered = tidy(entry.phrase) == tidy(was.phrase) and entry.reading == AMBIGUOUS.notation
    entry = replace(entry, targets=targets, reading=was.reading if remembered else entry.reading)
    same = _plain(entry) == _plain(was)
    return replace(row, entry=entry, take=Take.SAME if same else Take.CHANGED, was=was)


def _plain(entry: TaskEntry) -> tuple[object, ...]:
    words = (entry.title, entry.section, entry.deliverable, entry.hand_in, entry.remark, entry.phrase)
    return (*map(tidy, words), frozenset((one.leads, one.written) for one in entry.targets))


def _written(task: Task, entry: TaskEntry) -> Task:
    task.title, task.remark = entry.title, entry.remark
    for name, longest in _TITLES.items():
        setattr(task, name, getattr(entry, name)[:longest])
    return task


async def _rewrite(session: AsyncSession, task: Task, entry: TaskEntry) -> None:
    _written(task, entry)
    await session.execute(delete(Party).where(Party.task_id == task.id))
    _add_parties(session, task.id, entry.targets)


def _add_parties(session: AsyncSession, task_id: int, targets: Iterable[Target]) -> None:
    for target in targets:
        whom = Whom.UNIT if target.whom == LEFT else Whom(target.whom)
        session.add(
            Party(
                task_id=task_id,
                leads=target.leads,
                whom=whom,
                unit_id=target.id if whom is Whom.UNIT else None,
                group_id=target.id if whom is Whom.GROUP else None,
                post_id=target.id if whom is Whom.POST else None,
                written=target.written[:300],
            )
        )
