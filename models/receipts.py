"""What arrived on paper, by e-mail or by the document system: recorded by an officer as the answer of its unit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addressing import Addressee, hold_owners
from models.answering import require_unaccepted, said_before
from models.assignments import Act, held_all, raise_version
from models.evidence import Answered, start_of
from models.ids import new_id
from models.reminders import Nudge
from models.rules.status import Status, first_in, is_late
from models.rules.text import Refusal, Text, t
from models.standing import SET_ASIDE, Standing
from models.tasks import Assignment, Receipt, Report, Said


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an officer saw arrive: on which day, by which `Route` (or ""), the paper, its number in the register."""

    on: date
    route: str = ""
    number: str = ""
    dated: date | None = None
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """One receipt as recorded, with how its assignment stood before."""

    report_id: int
    standing: Standing
    arrival: Arrival


def hindrance(standing: Standing, on: date, zone: ZoneInfo) -> Text | None:
    """Say why an arrival on a day is not recorded for an assignment: it has an answer, or is closed; None if it may be.

    One thing is recorded beside an answer: the arrival in time of what was reported in chat too late.
    """
    try:
        _require_recordable(standing, on, zone)
    except Refusal as refusal:
        return refusal.text
    return None


async def receive(act: Act, arrivals: Mapping[int, Arrival]) -> tuple[Received, ...]:
    """Record arrivals by the id of the assignment; what has an answer already is left as it is and not given back.

    Open reminders are closed and older buttons become stale. Raises Refusal for a day that is still to come.
    """
    for arrival in arrivals.values():
        require_arrived(arrival.on, act.today)
    found = [
        (standing, arrivals[standing.id])
        for standing in await held_all(act, Assignment.id.in_(arrivals))
        if hindrance(standing, arrivals[standing.id].on, act.zone) is None
    ]
    return await _record(act, [(standing, arrival, None) for standing, arrival in found])


async def correct(act: Act, reports: Collection[int], change: Mapping[str, Any]) -> tuple[Received, ...]:
    """Record receipts anew with other words; those accepted or decided on meanwhile stay. Raises Refusal if all do."""
    if "on" in change:
        require_arrived(change["on"], act.today)
    rows = [
        (standing, Arrival(**{**_arrival_of(older), **change}), older.report_id)
        for standing, older in await _correctable(act, reports)
    ]
    await _replace(act, [older for _, _, older in rows])
    return await _record(act, rows)


async def withdraw(act: Act, reports: Collection[int]) -> tuple[Received, ...]:
    """Take receipts back: their units owe their report again. Raises Refusal where none can be taken back any more."""
    taken = await _correctable(act, reports)
    ids = [older.report_id for _, older in taken]
    await _replace(act, ids)
    await act.session.execute(
        update(Receipt).where(Receipt.report_id.in_(ids)).values(withdrawn_at=act.at, withdrawn_by=act.by_id)
    )
    for standing, _ in taken:
        raise_version(standing.assignment)
    await act.session.flush()
    return tuple(Received(older.report_id, standing, Arrival(**_arrival_of(older))) for standing, older in taken)


def require_arrived(on: date, today: date) -> None:
    """Refuse a day of arrival that is still to come."""
    if on > today:
        raise Refusal(
            t("{day} is still to come; please give the day on which it arrived, up to {today}.", day=on, today=today)
        )


def _require_recordable(standing: Standing, on: date, zone: ZoneInfo) -> None:
    require_unaccepted(standing)
    if standing.status in SET_ASIDE:
        raise Refusal(
            t("This task is suspended or cancelled; nothing has to be reported: {title}.", title=standing.title)
        )
    finished = standing.finished
    if standing.status is Status.AWAITING_ACCEPTANCE and finished is not None and not _was_in_time(standing, on, zone):
        raise Refusal(said_before(standing, finished))
    asked = max((asked.at for asked in standing.facts.returns), default=None)
    if asked is not None and on < asked.astimezone(zone).date():
        raise Refusal(
            t("It was asked at {at} to complete what had come; what arrived before completes nothing.", at=asked)
        )


def _was_in_time(standing: Standing, on: date, zone: ZoneInfo) -> bool:
    """Tell whether the paper was there in time of what was said too late."""
    facts, arrived = standing.facts, start_of(on, zone)
    said = first_in(facts)
    if said is None or facts.arrived_at is not None or facts.returns:
        return False
    return is_late(said, facts.due, zone) and not is_late(arrived, facts.due, zone)


async def _correctable(act: Act, reports: Collection[int]) -> list[tuple[Standing, Answered]]:
    theirs = Assignment.id.in_(select(Report.assignment_id).where(Report.id.in_(reports)))
    found, refused = [], None
    for standing in await held_all(act, theirs):
        for answer in standing.answers:
            if answer.report_id in reports:
                if (why := _settled(standing, answer)) is None:
                    found.append((standing, answer))
                refused = refused or why
    if not found:
        raise Refusal(refused or t("There is no such receipt any more; please send “ghinhan” anew."))
    return found


def _settled(standing: Standing, answer: Answered) -> Text | None:
    """Say why a receipt is settled; None while it may be corrected or taken back."""
    about = {"number": answer.number, "unit": standing.whose, "title": standing.title}
    if answer.arrived_on is None:
        return t("No. {number} is the unit's own report; only {unit} corrects it: {title}.", **about)
    if answer.replaced_at is not None:
        return t("No. {number} of {unit} was already corrected or taken back: {title}.", **about)
    if any(review.number >= answer.number for review in standing.reviews):
        return t("No. {number} of {unit} has been decided on and stays as it is: {title}.", **about)
    return None


def _arrival_of(answer: Answered) -> dict[str, Any]:
    return {
        "on": answer.arrived_on,
        "route": answer.route,
        "number": answer.paper_number,
        "dated": answer.paper_date,
        "entry": answer.entry,
    }


async def _replace(act: Act, reports: Sequence[int]) -> None:
    await act.session.execute(update(Report).where(Report.id.in_(reports)).values(replaced_at=act.at))


async def _record(act: Act, rows: Sequence[tuple[Standing, Arrival, int | None]]) -> tuple[Received, ...]:
    """Write reports with their receipts, each under the next number of its unit or post."""
    last = await _last_numbers(act.session, [standing.assignment for standing, _, _ in rows])
    done = []
    for standing, arrival, older in rows:
        owner = _owner(standing.assignment)
        last[owner] += 1
        report = Report(
            id=new_id(),
            assignment_id=standing.id,
            number=last[owner],
            said=Said.FINISHED,
            paper_number=arrival.number,
            paper_date=arrival.dated,
            route=arrival.route,
            at=act.at,
            by_id=act.by_id,
            replaces_id=older,
        )
        act.session.add(report)
        raise_version(standing.assignment)
        done.append(Received(report.id, standing, arrival))
    await act.session.flush()
    act.session.add_all(
        Receipt(report_id=each.report_id, arrived_on=each.arrival.on, entry=each.arrival.entry[:32]) for each in done
    )
    theirs = Nudge.assignment_id.in_([each.standing.id for each in done])
    await act.session.execute(update(Nudge).where(theirs, Nudge.closed_at.is_(None)).values(closed_at=act.at))
    await act.session.flush()
    return tuple(done)


def _owner(assignment: Assignment) -> Addressee:
    return Addressee(assignment.unit_id, assignment.post_id if assignment.unit_id is None else None)


async def _last_numbers(session: AsyncSession, assignments: Sequence[Assignment]) -> dict[Addressee, int]:
    """Read the last report number of each unit and post; others wait for this transaction to number theirs."""
    owners = {_owner(assignment) for assignment in assignments}
    await hold_owners(session, owners)
    last = dict.fromkeys(owners, 0)
    for column in (Assignment.unit_id, Assignment.post_id):
        ids = [owner_id for owner in owners if (owner_id := getattr(owner, column.key)) is not None]
        rows = await session.execute(
            select(column, func.max(Report.number))
            .join(Report, Report.assignment_id == Assignment.id)
            .where(column.in_(ids))
            .group_by(column)
        )
        last |= {Addressee(**{column.key: owner_id}): number for owner_id, number in rows}
    return last
