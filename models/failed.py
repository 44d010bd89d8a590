"""Whom a notice reached at no address, and why: the call list of one notice."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.broadcasts import copy_key
from models.notices import NoticeUnit, rows_of
from models.outbox import TAKEN_OVER, Parcel, ParcelState
from models.people import Person
from models.replies import party_names
from models.rules.failures import failure_in_words
from models.rules.text import Text, t


@dataclass(frozen=True, slots=True)
class Failed:
    """One person who was not reached: for which row of the notice, his telephone, the reason as recorded."""

    row_id: int
    party: str
    name: str
    phone: str
    reason: str

    @property
    def spoken(self) -> Text:
        """Say whom to telephone, and why nothing arrived."""
        about = {"party": self.party, "name": self.name, "reason": failure_in_words(self.reason)}
        if self.phone:
            return t("{party}, {name}, telephone {phone}: {reason}", **about, phone=self.phone)
        return t("{party}, {name}, no telephone known: {reason}", **about)


async def failed_of(session: AsyncSession, notice_id: int) -> tuple[Failed, ...]:
    """List the people whom no copy of a notice reached at any address, by the name of their unit."""
    other = aliased(Parcel)
    elsewhere = select(other.id).where(other.key == Parcel.key, other.step > Parcel.step, other.state.in_(TAKEN_OVER))
    found = await session.execute(
        select(NoticeUnit.id, Person.name, Person.phone, Parcel.error)
        .join(NoticeUnit, (NoticeUnit.id == Parcel.subject_id) & (Parcel.subject_kind == NoticeUnit.__tablename__))
        .join(Person, Person.id == Parcel.person_id)
        .where(
            *rows_of(notice_id),
            Parcel.state == ParcelState.DEAD,
            Parcel.op == "send",
            Parcel.key.startswith(f"{copy_key(notice_id)}:"),
            ~elsewhere.exists(),
        )
        .order_by(Parcel.step.desc(), Person.name)
    )
    rows = {(row, name): (phone, error) for row, name, phone, error in reversed(found.all())}
    names = await party_names(session, notice_id)
    failed = (Failed(row, names[row], name, phone, error) for (row, name), (phone, error) in rows.items())
    return tuple(sorted(failed, key=lambda one: (one.party, one.name)))
