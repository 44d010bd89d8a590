"""Documents the council has issued, the files kept of them, and oversight under Notice 01."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.people import Dated


class StoredFile(Base):
    """A file in the content-addressed store; the bytes are found by `sha256`.

    `page_of_id`: the file of which it is a page (models/scans.py).
    """

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media: Mapped[str] = mapped_column(String(127))
    size: Mapped[int]
    kept_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    page_of_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)


class Document(Base):
    """An official document, known by issuer, number and date."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("number", "dated", "issuer"),)

    issuer: Mapped[str] = mapped_column(String(200), default="")
    number: Mapped[str] = mapped_column(String(80))
    dated: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16), default="")
    subject: Mapped[str] = mapped_column(String(500), default="")
    supersedes: Mapped[str] = mapped_column(String(80), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    imported_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Oversight(Dated, Base):
    """The holder of a post follows a unit, a group, or everything (phụ trách chung), as a notice assigns."""

    __tablename__ = "oversight"
    __table_args__ = (UniqueConstraint("document_id", "ref", "unit_id", "group_id"),)

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    ref: Mapped[str] = mapped_column(String(32))
