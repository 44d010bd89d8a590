"""What the clock has owed: nudges of the ladder, the slots of its jobs, and the council's own days off."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Nudge(Base):
    """One reminder of one assignment to one person on one day, because of one rung; closed by the answer."""

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("assignment_id", "rung", "person_id", "day"),
        Index("ix_nudge_person_id_day", "person_id", "day"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    rung: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Snooze(Base):
    """A unit asked not to be reminded of an assignment before a day."""

    __tablename__ = "snooze"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    until: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Slot(Base):
    """A job of the clock was done for a slot; written with its effects, so that each is done once."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    job: Mapped[str] = mapped_column(String(64))
    slot: Mapped[datetime]
    done_at: Mapped[datetime]


class DayOff(Base):
    """The council's own calendar day: off, or (working) a swapped day that is worked."""

    __tablename__ = "day_off"

    day: Mapped[date] = mapped_column(unique=True)
    working: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(120), default="")
