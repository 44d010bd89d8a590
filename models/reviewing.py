"""What waits for a decision of the secretariat: reports of completion, and requests for more time."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.people import Post, Unit
from models.rules.status import Status
from models.standing import Standing, Standings
from models.tasks import Assignment, Extension, Report, ReportFile, Review, Said


async def waiting(read: Standings, *where: ColumnElement[bool]) -> tuple[Standing, ...]:
    """Give the assignments whose reports of completion wait, those that came first at the head."""
    finished = select(Report.assignment_id).where(Report.said == Said.FINISHED, Report.replaced_at.is_(None))
    accepted = select(Review.assignment_id).where(Review.accepted)
    found = await read.of(
        Assignment.id.in_(finished), Assignment.id.not_in(accepted), Assignment.cancelled_at.is_(None), *where
    )
    waits = [standing for standing in found if standing.status is Status.AWAITING_ACCEPTANCE]
    return tuple(sorted(waits, key=lambda standing: standing.facts.reported_at or read.now))


async def requests_waiting(session: AsyncSession) -> list[tuple[Extension, str]]:
    """Give the requests for more time that wait, each with its unit or post; what was accepted needs no more time."""
    accepted = select(Review.assignment_id).where(Review.accepted)
    rows = await session.execute(
        select(Extension, func.coalesce(Unit.name, Post.title))
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(Post, Post.id == Assignment.post_id)
        .where(Extension.approved.is_(None), Assignment.id.not_in(accepted), Assignment.cancelled_at.is_(None))
        .order_by(Extension.at, Extension.id)
    )
    return [(request, whose) for request, whose in rows]


async def files_of(session: AsyncSession, assignment_id: int) -> tuple[int, ...]:
    """Name the files handed in with the answers of an assignment that stand, oldest first."""
    found = await session.scalars(
        select(ReportFile.file_id)
        .join(Report, Report.id == ReportFile.report_id)
        .where(Report.assignment_id == assignment_id, Report.replaced_at.is_(None))
        .order_by(ReportFile.id)
    )
    return tuple(found)
