"""What changes about assignments: answers of the unit, decisions of the secretariat, deadlines that move."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from models.addressing import Addressee, hold_owners
from models.answering import Answer, require_answerable, require_correctable, require_unaccepted
from models.base import HELD
from models.days import working_calendar
from models.reminders import Nudge
from models.rules.extension import propose
from models.rules.permission import require_another
from models.rules.status import Due, Status, due_day
from models.rules.text import Refusal, t
from models.standing import Standing, standings
from models.subjects import Subject, locked
from models.tasks import Assignment, Extension, Report, ReportFile, Review


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts (None: the terminal), at which moment (aware), within which transaction; days are the Council's."""

    session: AsyncSession
    by_id: int | None
    at: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The Council's calendar day of the act."""
        return self.at.astimezone(self.zone).date()


async def record(act: Act, assignment_id: int, answer: Answer, corrects: int | None = None) -> Report:
    """Record one answer under the next number of its unit; `corrects` is the id of the report that it replaces.

    Open reminders of the assignment are closed and its older buttons become stale. Raises Refusal where a colleague
    has already said it, and where the assignment is closed or the older report can no longer be corrected.
    """
    standing = await _held(act, assignment_id)
    if corrects is None:
        require_answerable(standing, answer)
    else:
        require_correctable(standing, corrects)
        await act.session.execute(update(Report).where(Report.id == corrects).values(replaced_at=act.at))
    report = await _add_report(act, standing.assignment, answer, corrects)
    await close_nudges(act.session, assignment_id, act.at)
    raise_version(standing.assignment)
    await act.session.flush()
    return report


async def accept(act: Act, assignment_id: int, report_id: int | None = None) -> Review:
    """Accept what was reported finished; raises Refusal if nothing waits, or a newer report than `report_id` does."""
    standing = await _awaiting_review(act, assignment_id, report_id)
    return await _review(act, standing, accepted=True)


async def ask_to_complete(act: Act, assignment_id: int, reason: str, complete_by: date | None) -> Review:
    """Send back what was reported finished, to be completed by a day or without one; raises Refusal as `accept`."""
    standing = await _awaiting_review(act, assignment_id, None)
    if complete_by is not None and complete_by < act.today:
        raise Refusal(t("{day} has passed; please set a day from {today} on.", day=complete_by, today=act.today))
    return await _review(act, standing, accepted=False, reason=reason, complete_by=complete_by)


async def ask_extension(act: Act, assignment_id: int, asked_on: date, reason: str) -> Extension:
    """Ask for more time up to a working day.

    Raises Refusal where another request waits, nothing is due, or the day cannot be asked for.
    """
    standing = await _held(act, assignment_id)
    old_due_on = await require_askable(act, standing, asked_on)
    request = Extension(
        assignment_id=assignment_id,
        asked_on=asked_on,
        old_due_on=old_due_on,
        reason=reason,
        at=act.at,
        by_id=act.by_id,
    )
    act.session.add(request)
    await close_nudges(act.session, assignment_id, act.at)
    raise_version(standing.assignment)
    await act.session.flush()
    return request


async def require_askable(act: Act, standing: Standing, asked_on: date) -> date:
    """Give the deadline from which more time up to a day may be asked; raises Refusal as `ask_extension`."""
    require_extendable(standing)
    due = due_day(standing.due, act.zone) if standing.due is not None else None
    proposal = propose(asked_on, due, act.today, await working_calendar(act.session))
    if not proposal.is_settled or due is None:
        raise Refusal(t("{asked} is a day off; please propose one of {days}.", asked=asked_on, days=proposal.days))
    return due


def require_extendable(standing: Standing) -> None:
    """Refuse a request for more time where one waits already, or nothing is left to be done."""
    if standing.request is not None:
        raise Refusal(
            t(
                "A request for extension to {asked} was made at {at} and awaits its decision.",
                asked=standing.request.asked_on,
                at=standing.request.at,
            )
        )
    if not standing.awaits_unit:
        raise Refusal(
            t("Nothing is left to be done on this task, so no extension is needed: {title}.", title=standing.task.title)
        )


async def decide_extension(act: Act, extension_id: int, *, approved: bool, reason: str = "") -> Extension:
    """Approve a request, which moves the deadline to the end of the day asked for, or refuse it with a reason.

    The first deadline stays known as `original_due_on`; what a unit must complete by a day is moved in that day.
    Raises Refusal for one's own request, for one already decided, and for what has been accepted meanwhile.
    """
    request: Extension = await locked(act.session, Subject(Extension.__tablename__, extension_id))
    if request.approved is not None:
        raise Refusal(t("This request was already decided at {at}.", at=request.decided_at))
    require_another(request.by_id, act.by_id)
    standing = await _held(act, request.assignment_id)
    require_unaccepted(standing)
    request.approved, request.decision_reason = approved, reason
    request.decided_at, request.decided_by = act.at, act.by_id
    if approved:
        await move_deadline(act, standing, request.asked_on)
    await close_nudges(act.session, request.assignment_id, act.at)
    raise_version(standing.assignment)
    await act.session.flush()
    return request


async def close_nudges(session: AsyncSession, assignment_id: int, at: datetime) -> None:
    """Close the reminders of an assignment that are still open: it was answered, or its deadline moved."""
    await session.execute(
        update(Nudge).where(Nudge.assignment_id == assignment_id, Nudge.closed_at.is_(None)).values(closed_at=at)
    )


async def next_number(session: AsyncSession, *, unit_id: int | None = None, post_id: int | None = None) -> int:
    """Give the next short number of a unit's (or a post's) assignments; others wait for this transaction."""
    await hold_owners(session, [Addressee(unit_id, post_id)])
    mine = Assignment.unit_id == unit_id if unit_id is not None else Assignment.post_id == post_id
    return (await session.scalar(select(func.max(Assignment.number)).where(mine)) or 0) + 1


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Give the last instant of a day of the Council's zone."""
    return datetime.combine(day, time.max, zone)


async def hold(session: AsyncSession, *where: ColumnElement[bool]) -> None:
    """Hold assignments until the transaction ends, in the order of their ids."""
    held = select(Assignment).where(*where).order_by(Assignment.id).with_for_update(**HELD)
    await session.execute(held, execution_options={"populate_existing": True})


async def held_all(act: Act, *where: ColumnElement[bool]) -> tuple[Standing, ...]:
    """Hold assignments and read where they stand."""
    await hold(act.session, *where)
    return await (await standings(act.session, act.at, act.zone)).of(*where)


async def _held(act: Act, assignment_id: int) -> Standing:
    """Lock an assignment and read where it stands; raises Refusal where it is gone."""
    assignment = await locked(act.session, Subject(Assignment.__tablename__, assignment_id))
    found = await (await standings(act.session, act.at, act.zone)).one(assignment_id) if assignment else None
    if found is None:
        raise Refusal(t("This task is no longer there; please send “nhiemvu” for your tasks."))
    return found


async def _awaiting_review(act: Act, assignment_id: int, report_id: int | None) -> Standing:
    standing = await _held(act, assignment_id)
    require_unaccepted(standing)
    finished = standing.finished
    if standing.status is not Status.AWAITING_ACCEPTANCE or finished is None:
        raise Refusal(t("{whose} has not reported this finished, so there is nothing to decide.", whose=standing.whose))
    if report_id is not None and finished.report_id != report_id:
        raise Refusal(
            t(
                "{whose} has sent a newer report (no. {number}); please look at it first.",
                whose=standing.whose,
                number=finished.number,
            )
        )
    return standing


async def _review(
    act: Act, standing: Standing, *, accepted: bool, reason: str = "", complete_by: date | None = None
) -> Review:
    finished = standing.finished
    assert finished is not None  # noqa: S101 - only what was reported finished is reviewed
    review = Review(
        assignment_id=standing.id,
        report_id=finished.report_id,
        accepted=accepted,
        reason=reason,
        complete_by=complete_by,
        at=act.at,
        by_id=act.by_id,
    )
    act.session.add(review)
    await close_nudges(act.session, standing.id, act.at)
    raise_version(standing.assignment)
    await act.session.flush()
    return review


async def _add_report(act: Act, assignment: Assignment, answer: Answer, corrects: int | None) -> Report:
    report = Report(
        assignment_id=assignment.id,
        number=await _next_report_number(act.session, assignment),
        said=answer.said,
        step=answer.step,
        text=answer.text,
        percent=answer.percent,
        paper_number=answer.paper_number,
        paper_date=answer.paper_date,
        route=answer.route,
        at=act.at,
        by_id=act.by_id,
        replaces_id=corrects,
    )
    act.session.add(report)
    await act.session.flush()
    act.session.add_all(ReportFile(report_id=report.id, file_id=file_id) for file_id in answer.files)
    return report


async def _next_report_number(session: AsyncSession, assignment: Assignment) -> int:
    await hold_owners(session, [Addressee(assignment.unit_id, assignment.post_id)])
    mine: Any = (
        Assignment.unit_id == assignment.unit_id
        if assignment.unit_id is not None
        else Assignment.post_id == assignment.post_id
    )
    newest = await session.scalar(
        select(func.max(Report.number)).join(Assignment, Assignment.id == Report.assignment_id).where(mine)
    )
    return (newest or 0) + 1


async def move_deadline(act: Act, standing: Standing, to: Due | None) -> None:
    """Move the deadline that runs now: the day set for completing a report, otherwise the task's own.

    The first deadline stays known as `original_due_on`. A day before the one on which it opens opens it at once.
    """
    day, at = as_kept(to, act.zone)
    if (returned := await _to_complete(act, standing)) is not None:
        returned.complete_by = day
        return
    assignment = standing.assignment
    assignment.original_due_on = assignment.original_due_on or assignment.due_on
    assignment.due_on, assignment.due_at = day, at
    if day is not None and assignment.opens_on is not None and day < assignment.opens_on:
        assignment.opens_on = None


def as_kept(due: Due | None, zone: ZoneInfo) -> tuple[date | None, datetime | None]:
    """Give a deadline as it is kept: its local day, and its last compliant instant."""
    if due is None:
        return None, None
    return due_day(due, zone), due if isinstance(due, datetime) else end_of_day(due, zone)


async def _to_complete(act: Act, standing: Standing) -> Review | None:
    """Find the request to complete a report whose day is the deadline that runs."""
    if standing.status is Status.AWAITING_ACCEPTANCE or not standing.facts.returns:
        return None
    returned = await act.session.scalar(
        select(Review)
        .where(Review.assignment_id == standing.id, Review.accepted.is_(False), Review.complete_by.is_not(None))
        .order_by(Review.id.desc())
        .limit(1)
    )
    return returned if returned is not None and standing.due == returned.complete_by else None


def raise_version(assignment: Assignment) -> None:
    """Make the buttons shown before old: the version rises though the assignment's own columns stay."""
    flag_modified(assignment, "number")
