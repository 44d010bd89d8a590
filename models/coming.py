"""What is still to come: morning messages with their reminders, what waits to be sent, what the clock will owe."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.broadcasts import awaited_by_day, silent
from models.contacts import recipients
from models.convening import not_yet_reminded, reminder_moment, to_be_reminded
from models.days import working_calendar, working_hours
from models.meetings import Invitation
from models.notices import Notice, NoticeUnit
from models.nudging import MORNING, key_of
from models.outbox import Parcel, ParcelState, bot_of
from models.plan import Planned, plan
from models.reminders import Nudge
from models.rules.windows import WorkingWindows
from models.settings import Council
from models.usage import Bot

Mornings = dict[tuple[date, int], list[Planned]]
"""The reminders of each message, by its day and its person."""

# as long as little is known, each time one in five of those reminded answers before the next reminder
_USUALLY_ANSWERED, _WEIGHT = 0.2, 100

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


async def answered_each_time(session: AsyncSession, since: date, until: date) -> float:
    """Give the part of the reminders, from a day to before another, after which nobody was reminded again.

    Where there were few, what is usual counts for as much.
    """
    said = select(Nudge.assignment_id, Nudge.day, func.max(Nudge.closed_at).label("closed_at"))
    said = said.where(Nudge.day >= since, Nudge.day < until).group_by(Nudge.assignment_id, Nudge.day)
    times = said.subquery()
    closed = case((times.c.closed_at.is_not(None), times.c.assignment_id))
    count, ended = (await session.execute(select(func.count(), func.count(closed.distinct())).select_from(times))).one()
    return float((ended + _USUALLY_ANSWERED * _WEIGHT) / (count + _WEIGHT))


async def waiting(session: AsyncSession, until: datetime) -> Counter[Bot]:
    """Count, bot by bot, what is owed already and may leave before a moment, but for the messages of mornings."""
    rows = await session.execute(
        select(Parcel.lane, func.count())
        .where(
            Parcel.state.in_(_MAY_COME),
            Parcel.op == "send",
            Parcel.kind != MORNING,
            Parcel.not_before < until,
            Parcel.chat_id.is_not(None),
        )
        .group_by(Parcel.lane)
    )
    return Counter({bot_of(lane): count for lane, count in rows})


async def reminded_of_events(
    session: AsyncSession, council: Council, zone: ZoneInfo, now: datetime, until: datetime
) -> Counter[int]:
    """Count, person by person, the reminders of meetings and notices that the clock will owe before a moment."""
    hours = working_hours(council, await working_calendar(session), zone)
    today, found = now.astimezone(zone).date(), Counter[int]()
    for meeting in await not_yet_reminded(session, now):
        moment = reminder_moment(meeting, hours)
        if moment is not None and moment < until:
            found.update(await _people(session, recipients(Invitation, today, to_be_reminded(meeting.id))))
    for notice in await awaited_by_day(session, now):
        times = sum(now < moment < until for moment in _reminding(notice, hours))
        if times:
            people = await _people(session, recipients(NoticeUnit, today, *silent(notice.id)))
            found.update(dict.fromkeys(people, times))
    return found


def _reminding(notice: Notice, hours: WorkingWindows) -> Iterable[datetime]:
    """Give the mornings on which whoever is silent is reminded of a notice: of the last day, and of the one before."""
    assert notice.respond_by is not None and notice.sent_at is not None  # noqa: S101, PT018 - so they were read
    due, sent = (moment.astimezone(hours.zone).date() for moment in (notice.respond_by, notice.sent_at))
    days = {due, hours.calendar.shift(due, -1)}
    return (hours.morning(day) for day in days if day > sent and hours.calendar.is_working(day))


async def _people(session: AsyncSession, recipients: Any) -> list[int]:
    return [person for person, _ in await session.execute(recipients)]


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
