"""What was heard: every update stored raw before it is acknowledged, and the questions still open in a chat."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Inbound(Base):
    """One update as the channel delivered it; `handled_at` is set in the transaction of its effects."""

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("update_id", "bot"),
        Index(
            "ix_inbound_waiting",
            "chat_id",
            "id",
            sqlite_where=text("handled_at IS NULL"),
            postgresql_where=text("handled_at IS NULL"),
        ),
    )

    channel: Mapped[str] = mapped_column(String(16))
    bot: Mapped[str] = mapped_column(String(64))
    update_id: Mapped[str] = mapped_column(String(80))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    raw: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    heard_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(16), default="")
    incident: Mapped[str] = mapped_column(String(16), default="")
    tries: Mapped[int] = mapped_column(default=0)


class Prompt(Base):
    """A question that a chat has been asked: the call to make and the hole in it that the next answer fills."""

    __tablename__ = "prompt"

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), unique=True)
    call: Mapped[dict[str, Any]]
    hole: Mapped[str] = mapped_column(String(32))
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class OpenMenu(Base):
    """A menu open in a chat whose channel has no buttons: its choices carry the numbers first to first+count-1."""

    __tablename__ = "open_menu"

    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), index=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    first: Mapped[int]
    count: Mapped[int]
