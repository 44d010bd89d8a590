"""A document under review, kept as a draft between messages, and carried out in one transaction."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from models import arriving, directory, oversight, planning
from models.assignments import Act
from models.conclusions import conclude, tasks_of_document
from models.drafts import Draft, DraftRow
from models.entries import Head, Review, Row, Sort, Take
from models.questions import questions
from models.receipts import Received
from models.registering import is_the_same_file, known_document, register
from models.rules.text import Refusal, t
from models.standing import standings

KIND = "import"
WRITTEN, DROPPED = "written", "dropped"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from: its stored file, the person who sent it (None on the terminal), when and where."""

    now: datetime
    today: date
    file_id: int | None = None
    sha256: str = ""
    by: int | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Carried:
    """What was done: rows new, changed and ended, tasks given before whose deadline moved, and what was received."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    moved_tasks: tuple[int, ...] = field(default=())
    received: tuple[Received, ...] = field(default=())


async def against_store(session: AsyncSession, review: Review, source: Source) -> Review:
    """Compare a document with what the store holds: which rows are new, the same, changed, or gone.

    Raises Refusal where the very same bytes were taken in before.
    """
    if review.head.sort is Sort.DIRECTORY:
        return replace(review, rows=await directory.compared(session, review.rows, source.today, source.by))
    if review.head.sort is Sort.REGISTER:
        read = await standings(session, source.now, source.zone)
        return replace(review, rows=await arriving.compared(read, review.rows))
    document = await known_document(session, review.head)
    if document is None:
        return review
    if await is_the_same_file(session, document, source.sha256):
        raise Refusal(
            t(
                "This file was already taken in at {at}: {number}. Nothing has changed.",
                at=document.imported_at,
                number=document.number,
            )
        )
    compared = planning.compared if review.head.sort is Sort.TASKS else oversight.compared
    head = replace(review.head, document_id=document.id)
    return Review(head, await compared(session, review.rows, document.id))


async def carry_out(session: AsyncSession, review: Review, source: Source) -> Carried:
    """Write everything that counts, in the caller's transaction; raises Refusal while a question is open."""
    still_open = questions(review)
    if still_open:
        raise Refusal(t("{count} questions are still open; please answer them first.", count=len(still_open)))
    if review.head.sort is Sort.DIRECTORY:
        await directory.record(session, review, source.today, source.now, source.by)
        return _carried(review)
    if review.head.sort is Sort.REGISTER:
        received = await arriving.record(Act(session, officer_of(source), source.now, source.zone), review)
        return Carried(new=len(received), received=received)
    await _require_unmoved(session, review.head)
    document = await register(session, review.head, source.now, file_id=source.file_id, by=source.by)
    if review.head.sort is Sort.OVERSIGHT:
        await oversight.record(session, review, document)
        return _carried(review)
    moved = await planning.record(session, review, document, source.now)
    if review.head.meeting is not None:
        tasks = await tasks_of_document(session, document.id)
        await conclude(session, review.head.meeting.id, tasks, source.by, source.now)
    return replace(_carried(review), moved_tasks=moved)


def officer_of(source: Source) -> int:
    """Name the officer in whose name arrivals are recorded; raises Refusal on the terminal, which is nobody's."""
    if source.by is None:
        raise Refusal(
            t("The incoming register is sent in the chat: what arrived is recorded in the name of an officer.")
        )
    return source.by


async def _require_unmoved(session: AsyncSession, head: Head) -> None:
    known = await known_document(session, head)
    if (known.id if known else None) != head.document_id:
        raise Refusal(
            t("{number} was taken in by somebody else meanwhile; please send the file again.", number=head.number)
        )


async def keep(session: AsyncSession, review: Review, source: Source) -> Draft:
    """Begin a draft of a document under review; raises ValueError without the person who reviews it."""
    if source.by is None:
        raise ValueError("A draft belongs to somebody.")
    data = {"head": review.head.as_json(), "file_id": source.file_id, "sha256": source.sha256}
    draft = Draft(kind=KIND, by_id=source.by, data=data, created_at=source.now)
    session.add(draft)
    await session.flush()
    rows = [{"draft_id": draft.id, "position": row.position, "data": row.as_json()} for row in review.rows]
    await session.execute(insert(DraftRow), rows)
    return draft


async def kept(session: AsyncSession, draft: Draft) -> Review:
    """Read the review that a draft keeps."""
    rows = await session.execute(
        select(DraftRow.position, DraftRow.data).where(DraftRow.draft_id == draft.id).order_by(DraftRow.position)
    )
    head = Head.from_json(draft.data["head"])
    return Review(head, tuple(Row.from_json(position, data) for position, data in rows))


async def save(session: AsyncSession, draft: Draft, before: Review, after: Review) -> None:
    """Keep what an answer changed; older buttons of the draft become stale."""
    changed = {new.position: new for old, new in zip(before.rows, after.rows, strict=False) if old != new}
    session.add_all(
        DraftRow(draft_id=draft.id, position=row.position, data=row.as_json()) for row in after.rows[len(before.rows) :]
    )
    rows = await session.scalars(select(DraftRow).where(DraftRow.draft_id == draft.id, DraftRow.position.in_(changed)))
    for row in rows:
        row.data = changed[row.position].as_json()
    draft.data = {**draft.data, "head": after.head.as_json()}
    flag_modified(draft, "data")
    await session.flush()


async def end(session: AsyncSession, draft: Draft, outcome: str, now: datetime) -> None:
    """Close a draft: carried out or dropped."""
    draft.ended_at, draft.outcome = now, outcome
    await session.flush()


async def open_drafts(session: AsyncSession, by: int) -> tuple[Draft, ...]:
    """Give the documents a person has under review, the newest first."""
    found = await session.scalars(
        select(Draft).where(Draft.kind == KIND, Draft.by_id == by, Draft.ended_at.is_(None)).order_by(Draft.id.desc())
    )
    return tuple(found)


def _carried(review: Review) -> Carried:
    def count(take: Take) -> int:
        return sum(row.take is take and (row.counts or _goes_along(row, review)) for row in review.rows)

    return Carried(count(Take.NEW), count(Take.CHANGED), count(Take.GONE))


def _goes_along(row: Row, review: Review) -> bool:
    """A directory's changed rows are carried out without being asked about one by one."""
    return review.head.sort is Sort.DIRECTORY and row.take is Take.CHANGED and not row.decided
