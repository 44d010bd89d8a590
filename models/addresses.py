"""Where people are reached: chats, the addresses of a person, join codes and consent."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Chat(Base):
    """One conversation on one channel; its row is the lock that keeps updates in order.

    `ended_at` is when it was ended for its person, whose telephone was lost: a browser that holds it is signed out.
    """

    __tablename__ = "chat"
    __table_args__ = (UniqueConstraint("external_id", "bot"),)

    channel: Mapped[str] = mapped_column(String(16))
    bot: Mapped[str] = mapped_column(String(64))
    external_id: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(8), default="")
    greeted_at: Mapped[datetime | None]
    failed_codes: Mapped[int] = mapped_column(default=0)
    codes_blocked_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # the digest of what its messenger shows to be sayable here
    offered: Mapped[str] = mapped_column(String(16), default="", server_default="")


class AddressState(StrEnum):
    """Whether letters may go to an address; to a telephone they go by an officer's call."""

    ACTIVE = "active"
    TELEPHONE = "telephone"
    LEFT = "left"
    UNREACHABLE = "unreachable"


TAKES_LETTERS: Final = (AddressState.ACTIVE, AddressState.TELEPHONE)
"""Letters are owed to an address in these states."""


class Address(Base):
    """A person on a channel; the lowest preference number is tried first."""

    __tablename__ = "address"
    __table_args__ = (Index("ix_address_person_id_state", "person_id", "state"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"), index=True)
    state: Mapped[AddressState] = mapped_column(String(16), default=AddressState.ACTIVE)
    preference: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class JoinCode(Base):
    """A single-use way in for one person: 12 digits to type, or a link; only its HMAC is kept."""

    __tablename__ = "join_code"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8), default="code")
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Consent(Base):
    """What a person was told about his data and what he answered (Luật 91/2025/QH15, Đ9)."""

    __tablename__ = "consent"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id"))
    wording: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    given_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
