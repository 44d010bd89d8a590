"""Meetings, the invitations to them and what was answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class MeetingState(StrEnum):
    """Đã mời, đã đổi lịch (another meeting stands in its place), hoãn chưa định ngày, hủy."""

    CALLED = "called"
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Meeting(Base):
    """A meeting called by the secretariat; `audience` keeps whom the officer named.

    A new day or hour makes a new meeting, which `replaces_id` the one before: invitations and answers of that stay as
    they were given. All meetings of one series bear `series_id`, the id of the first (None on that itself); `moves`
    counts how often it was moved, `was_start` is the start that it replaces. `link`: of a meeting held online.
    `task_id` and `quarter` (2022Q2) tell of which row of the plan it is the regular meeting.
    """

    __tablename__ = "meeting"

    title: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300))
    audience: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[MeetingState] = mapped_column(String(12), default=MeetingState.CALLED, server_default="called")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(index=True)
    was_start: Mapped[datetime | None]
    moves: Mapped[int] = mapped_column(default=0, server_default="0")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    number: Mapped[str] = mapped_column(String(80), default="", server_default="")
    link: Mapped[str] = mapped_column(String(500), default="", server_default="")
    agenda: Mapped[str] = mapped_column(Text, default="", server_default="")
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), index=True)
    quarter: Mapped[str] = mapped_column(String(8), default="", server_default="")
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def series(self) -> int:
        """The id of the first meeting of its series."""
        return self.series_id or self.id


class MeetingChange(Base):
    """What was changed about a meeting without asking again: `kind` of change, what stood before, and what stands."""

    __tablename__ = "meeting_change"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    was: Mapped[str] = mapped_column(Text, default="")
    now: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class MeetingFile(Base):
    """A file of a meeting: its papers, or its minutes."""

    __tablename__ = "meeting_file"
    __table_args__ = (UniqueConstraint("meeting_id", "file_id", "kind"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


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
    present: Mapped[bool | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class MeetingOpinion(Base):
    """What somebody invited who does not come says in writing: a text, or a file."""

    __tablename__ = "meeting_opinion"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class RollCall(Base):
    """The list in which one officer ticks who is present; what is ticked stands on the invitations."""

    __tablename__ = "roll_call"
    __table_args__ = (UniqueConstraint("meeting_id", "by_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    page: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Conclusion(Base):
    """A task that a meeting concluded: a draft until it is given."""

    __tablename__ = "conclusion"
    __table_args__ = (UniqueConstraint("meeting_id", "task_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
