"""The append-only record of everything said, holding ids and salted digests, sealed into a chain."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AuditEntry(Base):
    """One thing said or done: who, by which command, about what, and the salted digest of the words.

    Erasing a person drops `salt`; the entry, and the chain of seals over it, stay.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_id", "subject_kind"),)

    at: Mapped[datetime]
    person_id: Mapped[int | None]
    channel: Mapped[str] = mapped_column(String(16))
    inbound_id: Mapped[int | None]
    command: Mapped[str] = mapped_column(String(32))
    outcome: Mapped[str] = mapped_column(String(16))
    subject_kind: Mapped[str] = mapped_column(String(24), default="")
    subject_id: Mapped[int | None]
    salt: Mapped[str] = mapped_column(String(32), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")


class Seal(Base):
    """A link of the chain: the hash of the seal before and of the entries up to `last_entry`."""

    __tablename__ = "seal"

    last_entry: Mapped[int] = mapped_column(unique=True)
    entries: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
