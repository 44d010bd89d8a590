"""The council's working days and working hours, as its settings and its own days make them."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.reminders import DayOff
from models.rules.calendar import Calendar, DayKind
from models.rules.days_off import OwnDay
from models.rules.windows import WorkingWindows, parse
from models.settings import Council

_DAYS = select(DayOff.day, DayOff.working, DayOff.name)
_KEPT = "calendar"


async def working_calendar(session: AsyncSession) -> Calendar:
    """Read the working calendar, once in a transaction: the library's holidays, corrected by the council's own days."""
    kept: Calendar | None = session.info.get(_KEPT)
    if kept is None:
        rows = (await session.execute(_DAYS)).all()
        kept = session.info[_KEPT] = Calendar(
            {day: DayKind.WORKING if working else DayKind.OFF for day, working, _ in rows},
            {day: name for day, _, name in rows if name},
        )
    return kept


def working_hours(council: Council, calendar: Calendar, zone: ZoneInfo) -> WorkingWindows:
    """Give the hours in which reminders and notices may go out; raises Refusal for a setting that cannot be read."""
    return WorkingWindows(parse(council.working_windows), calendar, zone)


async def record_days(session: AsyncSession, days: Iterable[OwnDay]) -> int:
    """Record the council's own days, each once; one recorded before takes its new kind and name. Give how many."""
    session.info.pop(_KEPT, None)
    known = {row.day: row for row in await session.scalars(select(DayOff))}
    count = 0
    for own in days:
        row = known.get(own.day) or DayOff(day=own.day)
        row.working, row.name = own.kind is DayKind.WORKING, own.name
        session.add(row)
        count += 1
    return count
