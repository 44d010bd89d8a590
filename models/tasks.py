"""Tasks as documents word them, their assignments to units or members, and all that is answered to them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Task(Base):
    """What is asked: the text of one row of a document, its deadline as written and as read; a draft until given."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("document_id", "ref"),)

    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    ref: Mapped[str] = mapped_column(String(32))
    section: Mapped[str] = mapped_column(String(300), default="")
    title: Mapped[str] = mapped_column(Text)
    deliverable: Mapped[str] = mapped_column(String(200), default="")
    hand_in: Mapped[str] = mapped_column(String(300), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    phrase: Mapped[str] = mapped_column(String(500), default="")
    reading: Mapped[str] = mapped_column(String(500), default="NONE")
    urgency: Mapped[str] = mapped_column(String(16), default="normal")
    created_at: Mapped[datetime]
    given_at: Mapped[datetime | None]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Whom(StrEnum):
    """What a task's party is: one unit, a group, or one of the words that mean many."""

    UNIT = "unit"
    GROUP = "group"
    EVERYONE = "everyone"
    GROUP_LEADERS = "group_leaders"
    GROUP_MEMBERS = "group_members"
    MEMBERS = "members"
    POST = "post"


class Party(Base):
    """Who leads (chủ trì) or coordinates (phối hợp) a task, as written and as understood."""

    __tablename__ = "party"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    leads: Mapped[bool]
    whom: Mapped[Whom] = mapped_column(String(16))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    written: Mapped[str] = mapped_column(String(300))


class Assignment(Base):
    """A task given to one unit, or to the holder of one post, for one period.

    `due_at` is the last compliant instant, `due_on` its day in the Council's zone; both are empty where no date may be
    made. `original_due_on` keeps the first. Status is computed from reports, reviews and dates, never stored.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("task_id", "unit_id", "period"),
        UniqueConstraint("task_id", "post_id", "period"),
        Index("ix_assignment_unit_id_number", "unit_id", "number"),
        Index("ix_assignment_due_on", "due_on"),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    period: Mapped[str] = mapped_column(String(32), default="")
    number: Mapped[int]
    opens_on: Mapped[date | None]
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
    original_due_on: Mapped[date | None]
    given_at: Mapped[datetime]
    given_on: Mapped[date]
    done_before: Mapped[bool] = mapped_column(default=False)
    suspended_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Said(StrEnum):
    """What a report says of its assignment."""

    ACKNOWLEDGED = "acknowledged"
    PROGRESS = "progress"
    FINISHED = "finished"
    OBSTACLE = "obstacle"
    NOT_OURS = "not_ours"


class Report(Base):
    """One answer; it may replace an older one until it is accepted, the older one is kept.

    `by_id` is a person of the unit, or the officer who recorded what arrived: then a `Receipt` stands beside it.
    `route` is a `models.rules.arrivals.Route`, or empty where nobody said how the paper was sent.
    """

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_assignment_id_said", "assignment_id", "said"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    number: Mapped[int]
    said: Mapped[Said] = mapped_column(String(16))
    step: Mapped[str] = mapped_column(String(24), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    percent: Mapped[int | None]
    paper_number: Mapped[str] = mapped_column(String(80), default="")
    paper_date: Mapped[date | None]
    route: Mapped[str] = mapped_column(String(16), default="", server_default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    replaced_at: Mapped[datetime | None]


class ReportFile(Base):
    """A file handed in with a report."""

    __tablename__ = "report_file"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))


class Receipt(Base):
    """What arrived on paper, by e-mail or by the document system, as an officer recorded it in the report beside it.

    `arrived_on` is the Council's day of arrival, which counts for on time; `entry` is its number in the incoming
    register (số đến). What was recorded in error is withdrawn and kept.
    """

    __tablename__ = "receipt"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), unique=True)
    arrived_on: Mapped[date]
    entry: Mapped[str] = mapped_column(String(32), default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Review(Base):
    """The secretariat accepts what was reported finished, or asks to complete it by a date."""

    __tablename__ = "review"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    accepted: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    complete_by: Mapped[date | None]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Extension(Base):
    """A request for more time, its reason and its decision; `approved` is empty while it waits."""

    __tablename__ = "extension"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    asked_on: Mapped[date]
    old_due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
