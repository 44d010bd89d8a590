"""What a card can be about, and the version by which a pressed button is judged old."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import HELD, Base
from models.drafts import Draft
from models.enrolments import Enrolment, Round
from models.feedback import Feedback
from models.meetings import Invitation, Meeting, RollCall
from models.notices import Notice, NoticeUnit
from models.tasks import Assignment, Extension, Task

_KINDS: dict[str, Any] = {
    table.__tablename__: table
    for table in (
        Assignment,
        Extension,
        Notice,
        NoticeUnit,
        Meeting,
        Invitation,
        RollCall,
        Draft,
        Task,
        Enrolment,
        Round,
        Feedback,
    )
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that messages are about: its table's name and its id."""

    kind: str
    id: int


def subject_of(row: Base) -> Subject:
    """Name the row as a subject; raises ValueError for a row that no card is about."""
    if row.__tablename__ not in _KINDS:
        raise ValueError(f"No card is about {row.__tablename__}.")
    return Subject(row.__tablename__, row.id)


_WITHIN: dict[str, tuple[str, Any]] = {
    Assignment.__tablename__: (Task.__tablename__, Assignment.task_id),
    NoticeUnit.__tablename__: (Notice.__tablename__, NoticeUnit.notice_id),
    Invitation.__tablename__: (Meeting.__tablename__, Invitation.meeting_id),
    Enrolment.__tablename__: (Round.__tablename__, Enrolment.round_id),
}


async def also_touched(session: AsyncSession, subjects: Collection[Subject]) -> tuple[Subject, ...]:
    """Name what changes along with these subjects: the task of an assignment, the notice or meeting of an answer."""
    found: dict[Subject, None] = {}
    for kind, (whole, column) in _WITHIN.items():
        parts = [subject.id for subject in subjects if subject.kind == kind]
        if parts:
            ids = await session.scalars(select(column).where(_KINDS[kind].id.in_(parts)).distinct().order_by(column))
            found |= dict.fromkeys(Subject(whole, id_) for id_ in ids if id_ is not None)
    return tuple(subject for subject in found if subject not in subjects)


async def version_of(session: AsyncSession, subject: Subject) -> int | None:
    """Read the present version of a subject; None where it is gone."""
    table = _KINDS[subject.kind]
    version: int | None = await session.scalar(select(table.version).where(table.id == subject.id))
    return version


async def version_held(session: AsyncSession, subject: Subject) -> int | None:
    """Read the present version of a subject, its row held: who presses at the same moment waits, and judges anew."""
    table = _KINDS[subject.kind]
    held = select(table.version).where(table.id == subject.id).with_for_update(**HELD)
    version: int | None = await session.scalar(held)
    return version


async def versions_of(session: AsyncSession, subjects: Collection[Subject]) -> dict[Subject, int]:
    """Read the present versions of some subjects; those that are gone have none."""
    found: dict[Subject, int] = {}
    for kind in {subject.kind for subject in subjects}:
        ids = [subject.id for subject in subjects if subject.kind == kind]
        found |= {Subject(kind, id_): version for id_, version in await session.execute(_versions(kind), {"ids": ids})}
    return found


@cache
def _versions(kind: str) -> Select[Any]:
    """Make the statement once: making it takes longer than running it."""
    table = _KINDS[kind].__table__
    return select(table.c.id, table.c.version).where(table.c.id.in_(bindparam("ids", expanding=True)))


async def locked(session: AsyncSession, subject: Subject) -> Any:
    """Load the subject for change, its row locked where the engine locks rows; None where it is gone."""
    table = _KINDS[subject.kind]
    return await session.get(table, subject.id, with_for_update=HELD, populate_existing=True)
