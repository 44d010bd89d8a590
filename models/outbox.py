"""What is owed: letters and their parcels, one parcel a provider call, and the lanes that send them."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, Index, SmallInteger, String, UniqueConstraint, and_, false, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Priority(IntEnum):
    """The order in which a lane sends."""

    ANSWER = 0
    EDIT = 1
    URGENT = 2
    REMINDER = 3
    BROADCAST = 4


class ParcelState(StrEnum):
    """Where a parcel is; `sending` may be on the wire."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    HELD = "held"


class Letter(Base):
    """What one matter says: `content` is fixed when owed (a `handlers.kit.Reply` as JSON), or `kind` names the
    `@letter` function that composes it from `params` when it is claimed.
    """

    __tablename__ = "letter"

    kind: Mapped[str] = mapped_column(String(32), default="")
    content: Mapped[dict[str, Any] | None]
    params: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Parcel(Base):
    """One provider call owed to one chat: a send or an edit.

    Unique on (key, step, part): key = matter, person, local date; step 0 is the first address, a fallback adds one.
    `content` is what was sent, rendered: {"lines", "choices", "files", "result", "card"}. `subject_*` make it a card.
    Of kind "card" it is drawn when claimed. Without a chat nobody can be reached: it belongs on the call list.
    `tells_reading`: it went by a channel that tells when it is on the reader's screen, which was at `read_at`.
    """

    __tablename__ = "parcel"
    __table_args__ = (
        UniqueConstraint("key", "step", "part"),
        Index(
            "ix_parcel_queue",
            "lane",
            "priority",
            "not_before",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_parcel_sending",
            "lane",
            "epoch",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index("ix_parcel_subject", "subject_id", "subject_kind"),
        Index("ix_parcel_chat_id_id", "chat_id", "id"),
        Index(
            "ix_parcel_target_id",
            "target_id",
            sqlite_where=text("target_id IS NOT NULL"),
            postgresql_where=text("target_id IS NOT NULL"),
        ),
    )

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    key: Mapped[str] = mapped_column(String(120))
    step: Mapped[int] = mapped_column(default=0)
    part: Mapped[int] = mapped_column(default=0)
    op: Mapped[str] = mapped_column(String(8), default="send")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id"))
    lane: Mapped[str] = mapped_column(String(80))
    priority: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[ParcelState] = mapped_column(String(12), default=ParcelState.QUEUED)
    kind: Mapped[str] = mapped_column(String(32), default="")
    content: Mapped[dict[str, Any] | None]
    subject_kind: Mapped[str] = mapped_column(String(24), default="")
    subject_id: Mapped[int | None]
    subject_version: Mapped[int | None]
    target_id: Mapped[int | None] = mapped_column(ForeignKey("parcel.id"))
    closed: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    unsure: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    provider_id: Mapped[str] = mapped_column(String(80), default="")
    error: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tells_reading: Mapped[bool] = mapped_column(default=False, server_default=false())
    read_at: Mapped[datetime | None]


def lane_named(channel: str, bot: str) -> str:
    """Name the lane by which a bot of a channel sends."""
    return f"{channel}:{bot}"


def bot_of(lane: str) -> tuple[str, str]:
    """Name the channel and the bot whose lane this is."""
    channel, _, bot = lane.partition(":")
    return channel, bot


STILL_TO_COME: Final = (ParcelState.QUEUED, ParcelState.SENDING, ParcelState.HELD)
"""A parcel in these states may still arrive."""

TAKEN_OVER: Final = (*STILL_TO_COME, ParcelState.SENT, ParcelState.CANCELLED)
"""A further step in these states carries its letter on, or had nothing left to say: nobody misses the step before."""

HAS_LEFT: Final[ColumnElement[bool]] = or_(
    Parcel.state.in_((ParcelState.SENT, ParcelState.SENDING)), and_(Parcel.state == ParcelState.DEAD, Parcel.unsure > 0)
)
"""A parcel has left, is on the wire, or may have arrived although nobody said so."""

MAY_BE_STOPPED: Final[ColumnElement[bool]] = or_(
    Parcel.state.in_((ParcelState.QUEUED, ParcelState.HELD)), and_(Parcel.state == ParcelState.DEAD, Parcel.unsure == 0)
)
"""A parcel has surely not left."""


class Listed(Base):
    """A message lists a subject among others: when the subject changes, the message is edited like a card of it."""

    __tablename__ = "listed"
    __table_args__ = (UniqueConstraint("subject_id", "subject_kind", "parcel_id"),)

    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]


class Lane(Base):
    """The lease of one sender: who holds it, in which epoch, and the beat that shows he lives.

    `dark_since`: nothing has got through since then although it was tried, and why; `alarmed_at` while people have been
    told so and not yet that it is over.
    """

    __tablename__ = "lane"

    key: Mapped[str] = mapped_column(String(80), unique=True)
    owner: Mapped[str] = mapped_column(String(64), default="")
    epoch: Mapped[int] = mapped_column(default=0)
    beat: Mapped[int] = mapped_column(default=0)
    dark_since: Mapped[datetime | None]
    dark_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    alarmed_at: Mapped[datetime | None]
