"""Feedback and questions (phản hồi): from anybody who has joined, under a number, answered by the secretariat once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import HELD, Base
from models.people import Person
from models.rules.text import Refusal, t

LONGEST: Final = 2000
_MOST_OPEN: Final = 10


class Feedback(Base):
    """What somebody asked or told the secretariat, of which unit if he serves one, and what was answered.

    What was said aloud is a file without words.
    """

    __tablename__ = "feedback"

    number: Mapped[int] = mapped_column(index=True, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


async def take_in(session: AsyncSession, given: Feedback) -> Feedback:
    """Record feedback under the next number; raises Refusal for what is too long, or where too much is unanswered.

    Of two who ask at the same instant the later runs again: the number is given once.
    """
    if len(given.text) > LONGEST:
        raise Refusal(t("Please say it in at most {most} characters.", most=LONGEST))
    open_ones = await session.scalar(
        select(func.count()).where(Feedback.person_id == given.person_id, Feedback.answered_at.is_(None))
    )
    if (open_ones or 0) >= _MOST_OPEN:
        raise Refusal(t("{count} of yours wait for an answer; please wait for these first.", count=open_ones))
    given.number = (await session.scalar(select(func.max(Feedback.number))) or 0) + 1
    session.add(given)
    await session.flush()
    return given


async def unanswered(session: AsyncSession) -> Sequence[tuple[Feedback, str]]:
    """Read what waits for an answer, the oldest first, with who said it."""
    rows = await session.execute(
        select(Feedback, Person.name)
        .join(Person, Person.id == Feedback.person_id)
        .where(Feedback.answered_at.is_(None))
        .order_by(Feedback.at, Feedback.id)
    )
    return [(feedback, name) for feedback, name in rows]


async def answer(session: AsyncSession, feedback_id: int, said: str, by_id: int, now: datetime) -> Feedback:
    """Answer feedback and close it; raises Refusal where a colleague has answered it already."""
    feedback = await session.get(Feedback, feedback_id, with_for_update=HELD, populate_existing=True)
    if feedback is None:
        raise Refusal(t("There is no such feedback any more; “phanhoi” lists what waits."))
    if feedback.answered_at is not None:
        by = await session.get_one(Person, feedback.answered_by)
        about = {"name": by.name, "at": feedback.answered_at, "answer": feedback.answer}
        raise Refusal(t("{name} answered this at {at}: {answer}", **about))
    feedback.answer, feedback.answered_at, feedback.answered_by = said, now, by_id
    await session.flush()
    return feedback
