"""Group chats of clusters and blocs: notices are read there by all members, and nothing of a single unit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class GroupChat(Base):
    """A group chat joined to a cluster or bloc by an officer's code, from one moment to another."""

    __tablename__ = "group_chat"
    __table_args__ = (Index("ix_group_chat_group_id_ended_at", "group_id", "ended_at"),)

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class GroupCode(Base):
    """A single-use code by which a group chat is joined to a cluster or bloc; only its HMAC is kept."""

    __tablename__ = "group_code"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
