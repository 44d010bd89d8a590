"""Meetings of a cluster or bloc: called by the unit that leads it, to its members only."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.convening import coming
from models.meetings import Meeting


class GroupMeeting(Base):
    """A meeting, with all to which it is moved later, is a group's own."""

    __tablename__ = "group_meeting"

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"), index=True)


async def group_of(session: AsyncSession, meeting: Meeting) -> int | None:
    """Name the group whose own a meeting is; None for one of the council."""
    return await session.scalar(select(GroupMeeting.group_id).where(GroupMeeting.series_id == meeting.series))


async def coming_of(session: AsyncSession, groups: Collection[int], now: datetime) -> Sequence[Meeting]:
    """Read the own meetings of these groups that are still to come or put off, the nearest first."""
    own = set(await session.scalars(select(GroupMeeting.series_id).where(GroupMeeting.group_id.in_(groups))))
    return [meeting for meeting in await coming(session, now) if meeting.series in own] if own else []
