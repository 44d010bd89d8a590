"""Broadcasts: what was told to whom, and which unit has answered that it received it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.rules.asking import Asks


class Notice(Base):
    """A notice to everyone, a group or some units; `audience` keeps whom the officer named.

    `sent_at` is when it leaves: until then it is held and can be taken back. `corrects_id` names the notice that this
    one corrects (đính chính); that one has `corrected_at` once this one leaves. What it `asks` for is answered once a
    unit, or once a person, until `respond_by`.
    """

    __tablename__ = "notice"

    text: Mapped[str] = mapped_column(Text)
    audience: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    respond_by: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    asks: Mapped[Asks] = mapped_column(String(12), default=Asks.RECEIVED, server_default="received")
    options: Mapped[list[str] | None] = mapped_column(JSON)
    each_person: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    corrected_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class NoticeUnit(Base):
    """One unit, or the holder of one post, that a notice went to; the unit answers once, whoever taps.

    `withdrawn_at`: the notice was taken back before a copy left for anybody behind this row. Where each person answers,
    the rows of a unit are the posts of its focal points.
    """

    __tablename__ = "notice_unit"
    __table_args__ = (UniqueConstraint("notice_id", "unit_id"), UniqueConstraint("notice_id", "post_id"))

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    urged_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class NoticeAnswer(Base):
    """What a unit or a person answered: `text` as said, an option by its words, a number; replaced by a later answer.

    `noted`: an officer recorded it, as it was said on the telephone.
    """

    __tablename__ = "notice_answer"

    row_id: Mapped[int] = mapped_column(ForeignKey("notice_unit.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    said_at: Mapped[datetime]
    noted: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    replaced_at: Mapped[datetime | None]


class NoticeFile(Base):
    """A file that goes with a notice."""

    __tablename__ = "notice_file"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))


def rows_of(notice_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that a row is asked by a notice: what was taken back before it left no longer counts."""
    return NoticeUnit.notice_id == notice_id, NoticeUnit.withdrawn_at.is_(None)


def awaited() -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that a row still owes the answer that its notice, joined to it, asks for."""
    return (
        NoticeUnit.answered_at.is_(None),
        NoticeUnit.withdrawn_at.is_(None),
        Notice.corrected_at.is_(None),
        Notice.asks != Asks.NOTHING,
    )
