"""Agencies, their groups and the people who hold posts: all dated, for councils and leaders change."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Part(StrEnum):
    """The part that a unit plays in a cluster or bloc."""

    MEMBER = "member"
    LEADER = "leader"
    DEPUTY = "deputy"


class Dated:
    """A fact that holds from a day to a day, both ends counted; no end means still."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Unit(Dated, Base):
    """A unit: cơ quan, đơn vị, địa phương."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(80), default="")


class Group(Base):
    """A cluster or bloc (cụm, khối thi đua)."""

    __tablename__ = "unit_group"

    name: Mapped[str] = mapped_column(String(200), unique=True)


class Membership(Dated, Base):
    """A unit belongs to a group, as member, leader or deputy."""

    __tablename__ = "membership"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"), index=True)
    part: Mapped[Part] = mapped_column(String(16), default=Part.MEMBER)


class Person(Base):
    """A person the council deals with; only name, telephone and language are kept."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(32), default="")
    locale: Mapped[str] = mapped_column(String(8), default="vi")
    created_at: Mapped[datetime]


class Post(Dated, Base):
    """A post held for the council: focal point of a unit, council member, secretariat, operator.

    `role` holds a `models.rules.permission.Role`. A seat may stand without a person: notices name posts, not people.
    """

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_unit_id_role", "unit_id", "role"),)

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(String(160), default="")
    council_title: Mapped[str] = mapped_column(String(120), default="")
