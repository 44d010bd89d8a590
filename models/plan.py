"""The one plan of reminders: who is owed what on which day, at which moment and why. It reads and changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.laying import Laid, Span, course_of_one, laid_by_deadline, laid_singly, laid_undated, snoozed_until, span_of
from models.people import Post
from models.reaching import owed_rows
from models.reminders import Nudge
from models.rules.calendar import Calendar
from models.rules.ladder import Audience
from models.rules.mornings import AGAIN, PAUSED, Morning, is_pressing, left_out
from models.rules.text import Text, t
from models.settings import Council
from models.standing import Standing
from models.thrift import budget_of

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder: of which assignment, by which rung, to whom, on which morning (`fires_at`, aware), and why."""

    assignment_id: int
    rung: str
    person_id: int
    unit_id: int | None
    day: date
    fires_at: datetime
    audience: Audience
    due: date | None
    reason: Text

    @property
    def morning(self) -> Morning:
        """The morning of which this is a part."""
        return Morning(self.person_id, self.day, is_pressing(self.rung))


async def plan(session: AsyncSession, council: Council, zone: ZoneInfo, first: date, last: date) -> tuple[Planned, ...]:
    """Give every reminder owed from `first` to `last`, both counted, in the order of days and people.

    It supposes that nobody answers from now on. Persons without an address are in it too: they are called.
    """
    span = await span_of(session, council, zone, first, last)
    found: dict[tuple[Any, ...], Planned] = {}
    reasons: dict[tuple[Any, ...], Text] = {}
    for statement in owed_rows(await laid_out(session, span), span):
        for row in await session.execute(statement):
            because = (row.rung, row.audience, row.due, row.day)
            if because not in reasons:
                reasons[because] = why(row.rung, Audience(row.audience), row.due, row.day, span.calendar)
            found[tuple(row)[:5]] = _planned(row, span, reasons[because])
    out = await over_budget(session, span, (each.morning for each in found.values()))
    kept = (each for each in found.values() if each.morning not in out)
    return tuple(sorted(kept, key=lambda each: (each.day, each.person_id, each.assignment_id, each.rung)))


async def coming_days(session: AsyncSession, span: Span, standing: Standing) -> tuple[date, ...]:
    """Give the days of a span on which the unit will be reminded of an assignment, if it does not answer."""
    said = course_of_one(standing, span, await snoozed_until(session, standing.id))
    return tuple(each.day for each in said if each.audience is Audience.FOCAL and span.first <= each.day)


async def laid_out(session: AsyncSession, span: Span) -> list[Laid]:
    """Lay every rung that falls in a span: by deadline, on undated work, and on what goes its own way."""
    singly = await laid_singly(session, span)
    return [*await laid_by_deadline(session, span), *laid_undated(span), *singly]


async def over_budget(session: AsyncSession, span: Span, mornings: Iterable[Morning]) -> frozenset[Morning]:
    """Give the mornings of a span that are left out for the week's budget, reading what was said the week before."""
    wanted = set(mornings)
    if all(morning.pressing for morning in wanted):
        return frozenset()
    return left_out(wanted, await said_before(session, span), await budget_of(session, span))


async def said_before(session: AsyncSession, span: Span) -> dict[int, set[date]]:
    """Read on which days of the week before a span each person was reminded."""
    known = select(Post.person_id).where(Post.person_id.is_not(None)).distinct()
    rows = await session.execute(
        select(Nudge.person_id, Nudge.day)
        .where(Nudge.person_id.in_(known), Nudge.day > span.first - _WEEK, Nudge.day < span.first)
        .distinct()
    )
    said: dict[int, set[date]] = {}
    for person_id, day in rows:
        said.setdefault(person_id, set()).add(day)
    return said


def _planned(row: Any, span: Span, reason: Text) -> Planned:
    return Planned(
        assignment_id=row.assignment_id,
        rung=row.rung,
        person_id=row.person_id,
        unit_id=row.unit_id,
        day=row.day,
        fires_at=span.morning(row.day),
        audience=Audience(row.audience),
        due=row.due,
        reason=reason,
    )


def why(rung: str, audience: Audience, due: date | None, day: date, calendar: Calendar) -> Text:
    """Say why a reminder is sent on a day."""
    if rung.partition(":")[0] == PAUSED:
        return t("It fell in a pause of reminders and is said now that the pause is over.")
    if audience is Audience.MEMBER:
        return t("Overdue since {due}; the council member who follows the unit is told.", due=due)
    if audience is Audience.STANDING:
        return t("Overdue since {due}; told in place of the member, whose own agency it is.", due=due)
    if audience is Audience.CHAIR:
        return t("Overdue since {due}; in the Chair's weekly digest.", due=due)
    if due is None:
        return t("Without a deadline: asked about once a reporting period.")
    if rung == AGAIN:
        return t("Due {due}; the unit asked to be reminded again on this day.", due=due)
    return _why_now(due, day, calendar)


def _why_now(due: date, day: date, calendar: Calendar) -> Text:
    if day > due:
        return t("Overdue since {due}, by {days} days.", due=due, days=(day - due).days)
    left = calendar.working_days_between(day, due)
    if left == 0:
        return t("Due {due}: this is the last working morning.", due=due)
    return t("Due {due}: {days} working days left.", due=due, days=left)
