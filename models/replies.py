"""What units and persons answered to a notice: recorded, corrected, added up, set out as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.base import HELD
from models.broadcasts import held_by
from models.notices import Notice, NoticeAnswer, NoticeUnit, rows_of
from models.papers import StoredFile
from models.people import Person, Post, Unit
from models.powers import Powers


@dataclass(frozen=True, slots=True)
class Replied:
    """What is answered: words as read, or a file; `noted` where an officer records what was said on the telephone."""

    text: str = ""
    file_id: int | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of answers; what is not answered yet has no `at`. `file` is the name of one handed in."""

    party: str
    row_id: int
    by: str = ""
    at: datetime | None = None
    text: str = ""
    file: str = ""
    file_id: int | None = None
    noted: bool = False


async def own_rows_of(session: AsyncSession, notice_id: int, powers: Powers) -> Sequence[tuple[NoticeUnit, str]]:
    """Read the rows of a notice that somebody answers for, locked, each with the name of its unit or seat."""
    found = await session.execute(
        select(NoticeUnit, _PARTY)
        .outerjoin(Unit, Unit.id == NoticeUnit.unit_id)
        .outerjoin(Post, Post.id == NoticeUnit.post_id)
        .outerjoin(_POSTED, _POSTED.id == Post.unit_id)
        .where(*rows_of(notice_id), held_by(powers))
        .order_by(NoticeUnit.id)
        .with_for_update(of=NoticeUnit, **HELD)
        .execution_options(populate_existing=True)
    )
    return [(row, name) for row, name in found]


async def waiting_for(session: AsyncSession, powers: Powers, now: datetime) -> Sequence[Notice]:
    """Read the notices that still wait for an answer of somebody's units or seats, the newest first."""
    silent = select(NoticeUnit.notice_id).where(
        held_by(powers), NoticeUnit.withdrawn_at.is_(None), NoticeUnit.answered_at.is_(None)
    )
    query = select(Notice).where(Notice.id.in_(silent), Notice.sent_at <= now, Notice.corrected_at.is_(None))
    return (await session.scalars(query.order_by(Notice.sent_at.desc(), Notice.id.desc()))).all()


async def record_reply(
    session: AsyncSession, rows: Sequence[NoticeUnit], reply: Replied, by_id: int, now: datetime
) -> None:
    """Record one answer for some rows; what they answered before is kept as replaced."""
    ids = [row.id for row in rows]
    replaced = update(NoticeAnswer).where(NoticeAnswer.row_id.in_(ids), NoticeAnswer.replaced_at.is_(None))
    await session.execute(replaced.values(replaced_at=now).execution_options(synchronize_session=False))
    session.add_all(
        NoticeAnswer(row_id=row.id, by_id=by_id, text=reply.text, file_id=reply.file_id, said_at=now, noted=reply.noted)
        for row in rows
    )
    for row in rows:
        row.answered_at, row.answered_by = now, by_id
    await session.flush()


async def party_names(session: AsyncSession, notice_id: int) -> dict[int, str]:
    """Name the unit or seat of each row of a notice, by the id of the row."""
    found = await session.execute(
        select(NoticeUnit.id, _PARTY)
        .outerjoin(Unit, Unit.id == NoticeUnit.unit_id)
        .outerjoin(Post, Post.id == NoticeUnit.post_id)
        .outerjoin(_POSTED, _POSTED.id == Post.unit_id)
        .where(*rows_of(notice_id))
    )
    return {row_id: str(name) for row_id, name in found}


async def reply_of(session: AsyncSession, row_id: int) -> tuple[NoticeAnswer, str] | None:
    """Read what a row answers at present, with the name of the file that was handed in ("")."""
    found = (
        await session.execute(
            select(NoticeAnswer, func.coalesce(StoredFile.name, ""))
            .outerjoin(StoredFile, StoredFile.id == NoticeAnswer.file_id)
            .where(NoticeAnswer.row_id == row_id, NoticeAnswer.replaced_at.is_(None))
        )
    ).first()
    return (found[0], found[1]) if found is not None else None


async def texts_of(session: AsyncSession, notice_id: int) -> Sequence[str]:
    """Read the answers that stand to a notice, as words."""
    found = await session.scalars(
        select(NoticeAnswer.text)
        .join(NoticeUnit, NoticeUnit.id == NoticeAnswer.row_id)
        .where(*rows_of(notice_id), NoticeAnswer.replaced_at.is_(None))
    )
    return found.all()


def tally(options: Sequence[str], answers: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Count how often each option was chosen, in the order in which they were offered."""
    counted = Counter(answers)
    return tuple((option, counted[option]) for option in options)


async def lines_of(session: AsyncSession, notice: Notice) -> tuple[Line, ...]:
    """Set out who was asked by a notice and what each answered, by the names of units and seats."""
    answer = aliased(NoticeAnswer)
    found = await session.execute(
        select(NoticeUnit, _PARTY, Person.name, answer, StoredFile.name)
        .outerjoin(Unit, Unit.id == NoticeUnit.unit_id)
        .outerjoin(Post, Post.id == NoticeUnit.post_id)
        .outerjoin(_POSTED, _POSTED.id == Post.unit_id)
        .outerjoin(answer, (answer.row_id == NoticeUnit.id) & answer.replaced_at.is_(None))
        .outerjoin(Person, Person.id == NoticeUnit.answered_by)
        .outerjoin(StoredFile, StoredFile.id == answer.file_id)
        .where(*rows_of(notice.id))
        .order_by(_PARTY, NoticeUnit.id)
    )
    return tuple(_line(*row) for row in found)


def _line(row: NoticeUnit, party: str, by: str | None, said: NoticeAnswer | None, file: str | None) -> Line:
    line = Line(party, row.id, by or "", row.answered_at)
    if said is None:
        return line
    return replace(line, text=said.text, file=file or "", file_id=said.file_id, noted=said.noted)


_POSTED = aliased(Unit)
_PARTY = func.coalesce(Unit.name, _POSTED.name, Post.title)
