"""Persons whom nobody knew enrol themselves by the code of their unit: the codes, the requests and their rounds."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class UnitCode(Base):
    """A way in for several persons of one unit: 12 digits on its letter, of which only an HMAC is kept.

    `places` is how many may ask by it; `expires_at` is its last instant, `ended_at` when an officer ended it before.
    """

    __tablename__ = "unit_code"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    places: Mapped[int]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Round(Base):
    """Requests that reach the officers in one message, for many units name their focal points in the same hour."""

    __tablename__ = "enrolment_round"

    opened_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Asking(StrEnum):
    """Where a request stands; `held` where a colleague objected and an officer has to decide."""

    STARTED = "started"
    WAITING = "waiting"
    HELD = "held"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Enrolment(Base):
    """Somebody asks to serve a unit; nothing of the council is shown to him until an officer confirms.

    `person_id` is whom the directory knows already, or whom he became; `agreed_at` is his consent. Name, post and
    telephone are erased when he is refused or withdraws (Luật 91/2025/QH15, Đ14).
    """

    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_code_id_state", "code_id", "state"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("unit_code.id"))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment_round.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(32), default="")
    state: Mapped[Asking] = mapped_column(String(12), default=Asking.STARTED)
    wording: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    objected_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    objected_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
