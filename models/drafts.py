"""Work over many messages: an import under review, a notice being written; a draft with rows, named by its commands."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Draft(Base):
    """Something being prepared by one person; `ended_at` once carried out or dropped."""

    __tablename__ = "draft"

    kind: Mapped[str] = mapped_column(String(24))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(16), default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class DraftRow(Base):
    """One row of a draft, its reading, and the question it still asks."""

    __tablename__ = "draft_row"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    position: Mapped[int]
    data: Mapped[dict[str, Any]]
    question: Mapped[dict[str, Any] | None]
    dropped: Mapped[bool] = mapped_column(default=False)
