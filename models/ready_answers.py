"""Ready answers (câu trả lời sẵn): replies kept for questions like one that was answered, until replaced or deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import HELD, Base
from models.feedback import Feedback
from models.people import Person
from models.rules.likeness import LIKE, likeness, own_words
from models.rules.spelling import tidy
from models.rules.text import Refusal, t

_LONGEST_WORDS: Final = 500


class ReadyAnswer(Base):
    """A reply kept under the words of a question; what was replaced or deleted stays, with when and by whom."""

    __tablename__ = "ready_answer"

    words: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


@dataclass(frozen=True, slots=True)
class Wording:
    """What is to be changed of a ready answer; empty stays as it is."""

    words: str = ""
    text: str = ""


async def ready_answers(session: AsyncSession) -> Sequence[ReadyAnswer]:
    """Read the ready answers that stand, the oldest first."""
    found = await session.scalars(select(ReadyAnswer).where(ReadyAnswer.ended_at.is_(None)).order_by(ReadyAnswer.id))
    return found.all()


async def likely_answer(session: AsyncSession, question: str) -> ReadyAnswer | None:
    """Find the ready answer whose words are most like a question, the newest of several; None where none is alike."""
    known = [(likeness(question, one.words), one.id, one) for one in await ready_answers(session)]
    alike, _, best = max(known, default=(0, 0, None), key=lambda each: each[:2])
    return best if alike >= LIKE else None


async def keep(session: AsyncSession, feedback: Feedback, by_id: int, now: datetime) -> ReadyAnswer:
    """Keep what a question was answered under the question's own words; kept already, it is given as it stands."""
    kept = next((one for one in await ready_answers(session) if one.feedback_id == feedback.id), None)
    if kept is not None:
        return kept
    made = ReadyAnswer(words=tidy(feedback.text)[:_LONGEST_WORDS], text=feedback.answer, feedback_id=feedback.id)
    return await _write(session, made, by_id, now)


async def replace_answer(
    session: AsyncSession, kept: ReadyAnswer, new: Wording, by_id: int, now: datetime
) -> ReadyAnswer:
    """End a ready answer and keep another in its place; raises Refusal for words that are of no matter."""
    words = tidy(new.words)[:_LONGEST_WORDS] or kept.words
    if not own_words(words):
        raise Refusal(t("Please write words of the matter itself, such as: mẫu 02 sơ kết."))
    end(kept, by_id, now)
    made = ReadyAnswer(words=words, text=new.text.strip() or kept.text, feedback_id=kept.feedback_id)
    return await _write(session, made, by_id, now)


def end(kept: ReadyAnswer, by_id: int, now: datetime) -> None:
    """Delete a ready answer: it is offered no more."""
    kept.ended_at, kept.ended_by = now, by_id


async def still_kept(session: AsyncSession, ready_id: int) -> ReadyAnswer:
    """Read a ready answer, its row held; raises Refusal where a colleague has replaced or deleted it."""
    kept = await session.get(ReadyAnswer, ready_id, with_for_update=HELD, populate_existing=True)
    if kept is None:
        raise Refusal(t("There is no such ready answer; “traloisan” lists those that are kept."))
    if kept.ended_at is not None:
        by = await session.get_one(Person, kept.ended_by)
        about = {"name": by.name, "at": kept.ended_at}
        raise Refusal(t("{name} changed this ready answer at {at}; “traloisan” lists those that are kept.", **about))
    return kept


async def _write(session: AsyncSession, made: ReadyAnswer, by_id: int, now: datetime) -> ReadyAnswer:
    made.by_id, made.at = by_id, now
    session.add(made)
    await session.flush()
    return made
