"""Of what nothing at all was heard although an answer is to be expected by now."""

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.chasing import still_open
from models.laying import ANCHORED, ladder_of
from models.rules.ladder import Urgency
from models.rules.reminders import ReportPeriod, begun_until, last_question_day
from models.settings import Council
from models.standing import Standing, Standings
from models.tasks import Assignment, Extension, Report, Task


def _was_asked(read: Standings, council: Council) -> ColumnElement[bool]:
    """Give the condition that an answer is to be expected by now: the ladder has begun, or the day has passed.

    Undated work counts once it has been asked about, what waits for an event or has not opened does not.
    """
    calendar, today = read.measure.calendar, read.now.astimezone(read.measure.zone).date()
    asked = last_question_day(today, ReportPeriod(council.report_months), calendar)
    anchored = select(Task.id).where(Task.reading.contains(ANCHORED))
    undated = and_(Assignment.due_on.is_(None), Assignment.given_on < asked, Assignment.task_id.not_in(anchored))
    near = (
        and_(
            Assignment.due_on <= begun_until(today, ladder_of(council, urgency), calendar),
            Assignment.task_id.in_(select(Task.id).where(Task.urgency == urgency)),
        )
        for urgency in Urgency
    )
    return and_(or_(undated, *near), or_(Assignment.opens_on.is_(None), Assignment.opens_on <= today))


def _is_silent(read: Standings, council: Council) -> ColumnElement[bool]:
    """Give the condition that a unit has said nothing at all of an open assignment of which it was asked."""
    return and_(
        still_open(),
        _was_asked(read, council),
        Assignment.id.not_in(select(Report.assignment_id).where(Report.replaced_at.is_(None))),
        Assignment.id.not_in(select(Extension.assignment_id).where(Extension.approved.is_(None))),
    )


async def count_silent(read: Standings, council: Council, *where: ColumnElement[bool]) -> int:
    """Count the assignments of which units have said nothing although their ladder has begun."""
    silent = select(func.count()).select_from(Assignment).where(_is_silent(read, council), *where)
    return await read.session.scalar(silent) or 0


async def silent_ones(
    read: Standings, council: Council, most: int, *where: ColumnElement[bool]
) -> tuple[Standing, ...]:
    """Give what `count_silent` counts, at most so many, the nearest deadline first."""
    query = select(Assignment.id).where(_is_silent(read, council), *where)
    order = (Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
    first = await read.session.scalars(query.order_by(*order).limit(most))
    return await read.of(Assignment.id.in_(first.all()))
