"""The morning messages that are still to come: who is written to on which day, and because of which reminders."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.nudging import MORNING, key_of
from models.outbox import Parcel, ParcelState
from models.plan import Planned, plan
from models.settings import Council

Mornings = dict[tuple[date, int], list[Planned]]
"""The reminders of each message, by its day and its person."""

_MAY_COME: Final = (ParcelState.QUEUED, ParcelState.HELD)


async def mornings_to_come(
    session: AsyncSession, council: Council, zone: ZoneInfo, now: datetime, days: int
) -> Mornings:
    """Give every message of so many days from today on, in the order of days and people, if nobody answers."""
    today = now.astimezone(zone).date()
    said = await _said(session, today)
    mornings: Mornings = {}
    for each in await plan(session, council, zone, today, today + timedelta(days=days - 1)):
        if each.day > today or each.person_id not in said:
            mornings.setdefault((each.day, each.person_id), []).append(each)
    return mornings


async def _said(session: AsyncSession, today: date) -> frozenset[int]:
    """Name those whose message of today has left already, or need not leave."""
    found = await session.scalars(
        select(Parcel.person_id).where(
            Parcel.kind == MORNING,
            Parcel.key.startswith(f"{key_of(today)}:"),
            Parcel.state.not_in(_MAY_COME),
            Parcel.chat_id.is_not(None),
        )
    )
    return frozenset(person for person in found if person is not None)
