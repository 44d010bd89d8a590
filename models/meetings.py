"""Meetings, the invitations to them and what was answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Meeting(Base):
    """A meeting called by the secretariat; `audience` keeps whom the officer named."""

    __tablename__ = "meeting"

    title: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300))
    audience: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Rsvp(StrEnum):
    """Dự họp, vắng mặt, cử người dự thay."""

    ATTEND = "attend"
    ABSENT = "absent"
    SUBSTITUTE = "substitute"


class Invitation(Base):
    """One unit, or the holder of one post, invited to a meeting, and its answer."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("meeting_id", "unit_id"), UniqueConstraint("meeting_id", "post_id"))

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    answer: Mapped[Rsvp | None] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")
    substitute: Mapped[str] = mapped_column(String(300), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
