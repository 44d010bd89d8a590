"""Who was present at a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import HELD
from models.meetings import Invitation, RollCall, Rsvp
from models.people import Post, Unit
from models.rules.alphabet import alphabetical

_ORDER: Final = {Rsvp.ATTEND: 0, Rsvp.SUBSTITUTE: 0, None: 1, Rsvp.ABSENT: 2}


@dataclass(frozen=True, slots=True)
class Present:
    """One unit or seat of the list: what it answered, whether it was ticked."""

    invitation_id: int
    name: str
    answer: Rsvp | None
    substitute: str
    ticked: bool


async def roll(session: AsyncSession, meeting_id: int) -> tuple[Present, ...]:
    """Read all that were invited, units by name and seats by their post, those first who said that they come."""
    named = func.coalesce(Post.title, Unit.name)
    rows = await session.execute(
        select(Invitation.id, named, Invitation.answer, Invitation.substitute, Invitation.present)
        .outerjoin(Post, Post.id == Invitation.post_id)
        .outerjoin(Unit, Unit.id == Invitation.unit_id)
        .where(Invitation.meeting_id == meeting_id)
    )
    found = [
        Present(id_, name, Rsvp(answer) if answer else None, substitute, bool(present))
        for id_, name, answer, substitute, present in rows
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER[one.answer], alphabetical(one.name))))


async def tick(session: AsyncSession, meeting_id: int, wanted: Sequence[int], *, present: bool) -> None:
    """Tick some of those invited, or take their ticks away; their own cards stay as they are."""
    await session.execute(
        update(Invitation)
        .where(Invitation.meeting_id == meeting_id, Invitation.id.in_(wanted))
        .values(present=present or None)
        .execution_options(synchronize_session=False)
    )


async def roll_call(session: AsyncSession, meeting_id: int, by_id: int) -> RollCall:
    """Give an officer's list of a meeting, opened again where he had closed it."""
    mine = select(RollCall).where(RollCall.meeting_id == meeting_id, RollCall.by_id == by_id).with_for_update(**HELD)
    row = await session.scalar(mine)
    if row is None:
        row = RollCall(meeting_id=meeting_id, by_id=by_id)
        session.add(row)
    row.ended_at, row.page = None, 0
    await session.flush()
    return row


async def roll_calls(session: AsyncSession, meeting_id: int) -> Sequence[RollCall]:
    """Read the lists that are open of a meeting, of whatever officer."""
    rows = await session.scalars(
        select(RollCall).where(RollCall.meeting_id == meeting_id, RollCall.ended_at.is_(None)).order_by(RollCall.id)
    )
    return rows.all()


async def count_present(session: AsyncSession, meeting_id: int) -> int:
    """Count those who were ticked as present."""
    where = (Invitation.meeting_id == meeting_id, Invitation.present.is_(True))
    return await session.scalar(select(func.count()).select_from(Invitation).where(*where)) or 0
