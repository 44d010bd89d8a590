"""What the secretariat decided about tasks that were given: moved, suspended, withdrawn, given to another unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.assignments import Act, as_kept, raise_version
from models.base import Base
from models.evidence import due_of
from models.ids import new_id
from models.people import Person
from models.reminders import Nudge
from models.rules.instructions import bare_instruction
from models.rules.status import Due
from models.rules.text import Refusal, t
from models.standing import Standing
from models.tasks import Assignment, Extension

_LONGEST = 500


class Decided(StrEnum):
    """What was decided about one assignment."""

    MOVED = "moved"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    RECEIVED = "received"
    UPHELD = "upheld"


class Adjustment(Base):
    """One decision about one assignment, by which instruction or for what reason; all of one act bear its `act_id`.

    `old_*` and `new_*` are the deadlines that ran before and after; `other_id` is the assignment from or to which the
    task went; `told_on` is the local day on which its unit is told, empty where it is not. Rows are never changed.
    """

    __tablename__ = "adjustment"
    __table_args__ = (Index("ix_adjustment_assignment_id_told_on", "assignment_id", "told_on"),)

    act_id: Mapped[int] = mapped_column(index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    decided: Mapped[Decided] = mapped_column(String(12))
    old_due_on: Mapped[date | None]
    old_due_at: Mapped[datetime | None]
    new_due_on: Mapped[date | None]
    new_due_at: Mapped[datetime | None]
    instruction: Mapped[str] = mapped_column(Text)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    told_on: Mapped[date | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


@dataclass(frozen=True, slots=True)
class Deciding:
    """One act of the secretariat: what it decides, by which instruction; `act_id` binds all that it changes."""

    act: Act
    decided: Decided
    instruction: str
    act_id: int

    @classmethod
    def of(cls, act: Act, decided: Decided, instruction: object) -> "Deciding":
        """Begin an act; raises Refusal where no instruction or reason is given."""
        return cls(act, decided, instruction_said(instruction), new_id())


@dataclass(frozen=True, slots=True)
class Done:
    """What one act changed: its id, the assignments whose units are told, all that changed, the requests it touched.

    `kept` names the units that keep a later day granted to them alone.
    """

    act_id: int
    told: tuple[Assignment, ...] = ()
    changed: tuple[Assignment, ...] = ()
    requests: tuple[Extension, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it is read later; `by` is the officer's name, empty where a document was read in."""

    row: Adjustment
    by: str

    def before(self, zone: ZoneInfo) -> Due | None:
        """Give the deadline that ran before."""
        return due_of(_Dates(self.row.old_due_on, self.row.old_due_at), zone)

    def after(self, zone: ZoneInfo) -> Due | None:
        """Give the deadline that ran afterwards."""
        return due_of(_Dates(self.row.new_due_on, self.row.new_due_at), zone)


@dataclass(slots=True)
class _Dates:
    due_on: date | None
    due_at: datetime | None
    id: int = 0
    done_before: bool = False
    suspended_at: datetime | None = None
    cancelled_at: datetime | None = None


def note(deciding: Deciding, standing: Standing, to: Due | None, *, told: bool, other_id: int | None = None) -> None:
    """Keep one decision, and make the buttons shown before old; call it before anything of the assignment changes."""
    act = deciding.act
    old_on, old_at = as_kept(standing.due, act.zone)
    new_on, new_at = as_kept(to, act.zone)
    act.session.add(
        Adjustment(
            act_id=deciding.act_id,
            assignment_id=standing.id,
            decided=deciding.decided,
            old_due_on=old_on,
            old_due_at=old_at,
            new_due_on=new_on,
            new_due_at=new_at,
            instruction=deciding.instruction,
            other_id=other_id,
            told_on=act.today if told else None,
            at=act.at,
            by_id=act.by_id,
        )
    )
    raise_version(standing.assignment)


async def close_all(act: Act, assignments: Iterable[Assignment]) -> None:
    """Close the open reminders of assignments: they were laid for what no longer holds."""
    ids = [assignment.id for assignment in assignments]
    await act.session.execute(
        update(Nudge).where(Nudge.assignment_id.in_(ids), Nudge.closed_at.is_(None)).values(closed_at=act.at)
    )
    await act.session.flush()


def answer_request(act: Act, request: Extension, *, approved: bool, reason: str) -> None:
    """Answer a request for more time that a decision has made moot."""
    request.approved, request.decision_reason = approved, reason
    request.decided_at, request.decided_by = act.at, act.by_id


def instruction_said(said: object) -> str:
    """Give an instruction or a reason as it is kept, without "theo"; raises Refusal where none is said."""
    words = bare_instruction(str(said or ""))[:_LONGEST]
    if not any(each.isalnum() for each in words):
        raise Refusal(
            t("Please name the document or instruction (number, date, or words); the units read it in their message.")
        )
    return words


async def decisions(session: AsyncSession, *where: ColumnElement[bool], most: int = 500) -> tuple[Decision, ...]:
    """Read decisions for which conditions on `Adjustment` hold, the newest first."""
    rows = await session.execute(
        select(Adjustment, Person.name)
        .outerjoin(Person, Person.id == Adjustment.by_id)
        .where(*where)
        .order_by(Adjustment.at.desc(), Adjustment.id)
        .limit(most)
    )
    return tuple(Decision(row, name or "") for row, name in rows)
