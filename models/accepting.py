"""Acceptance by rule: for a task of the secretariat's choice, what came in time with its paper is accepted at once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.answering import Answer
from models.base import Base
from models.rules.status import is_late
from models.standing import Standing
from models.tasks import Said


class AcceptanceRule(Base):
    """From `at` until `ended_at` the officer `by_id` accepts what comes for a task in time, with number or file."""

    __tablename__ = "acceptance_rule"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


async def rule_for(session: AsyncSession, task_id: int) -> AcceptanceRule | None:
    """Read the rule of a task that holds; None where each report is looked at."""
    return await session.scalar(
        select(AcceptanceRule).where(AcceptanceRule.task_id == task_id, AcceptanceRule.ended_at.is_(None))
    )


def is_acceptable(standing: Standing, answer: Answer, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a report may be accepted unseen: the first of completion, in time, with its number or a file."""
    in_time = standing.due is None or not is_late(now, standing.due, zone)
    has_paper = bool(answer.paper_number or answer.files)
    return answer.said is Said.FINISHED and in_time and has_paper and not standing.reviews
