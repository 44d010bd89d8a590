"""Answers that need nothing of the secretariat: counted twice a day in one message, never pushed one by one."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from handlers.assignment import clock_time
from handlers.kit import Call, Choice, ClockContext, LetterContext, Owed, Reply, every, letter, t
from models.charging import officers_in_charge
from models.days import working_calendar
from models.outbox import Parcel, ParcelState, Priority
from models.rules.permission import Role
from models.tasks import Assignment, Receipt, Report, Said
from models.whom import holders

_KIND = "tally"
_LONGEST = timedelta(days=3)
_LATE_MORNING, _LATE_AFTERNOON = time(11, 0), time(16, 30)


@every("tally-morning", at=_LATE_MORNING)
async def before_noon(clock: ClockContext) -> None:
    """Count the answers of the morning."""
    await _count(clock, "morning")


@every("tally-afternoon", at=_LATE_AFTERNOON)
async def before_evening(clock: ClockContext) -> None:
    """Count the answers of the afternoon."""
    await _count(clock, "afternoon")


async def _count(clock: ClockContext, half: str) -> None:
    is_todays = clock.slot.astimezone(clock.zone).date() == clock.today
    if not is_todays or not (await working_calendar(clock.session)).is_working(clock.today):
        return
    for officer in await holders(clock.session, Role.SECRETARIAT, clock.today):
        key = f"{_KIND}:{clock.today.isoformat()}:{half}"
        clock.owe(Owed(officer, key, letter=_KIND, priority=Priority.REMINDER))


@letter(_KIND)
async def compose(ctx: LetterContext) -> Reply | None:
    """Count what the officer's units, and those nobody is in charge of, have answered since he was last told."""
    since = await _told_at(ctx)
    counts = await _answers(ctx, since)
    if not counts:
        return None
    about = {said.value: counts.get(said, 0) for said in (Said.ACKNOWLEDGED, Said.PROGRESS, Said.FINISHED)}
    return Reply(
        t("Answers since {since}: {count}.", since=clock_time(since, ctx.now, ctx.zone), count=sum(about.values())),
        t("Received: {acknowledged}; progress: {progress}; reported finished: {finished}.", **about),
        choices=(
            Choice(t("Waiting for a decision"), Call("duyet"), primary=True),
            Choice(t("To be chased today"), Call("homnay")),
        ),
    )


async def _told_at(ctx: LetterContext) -> datetime:
    """Read since when this officer has not been told of answers."""
    last: datetime | None = await ctx.session.scalar(
        select(func.max(Parcel.sent_at)).where(
            Parcel.person_id == ctx.person.id, Parcel.kind == _KIND, Parcel.state == ParcelState.SENT
        )
    )
    return max(last, ctx.now - _LONGEST) if last is not None else ctx.now - timedelta(days=1)


async def _answers(ctx: LetterContext, since: datetime) -> dict[Said, int]:
    """Count answers by what they say; what an officer recorded himself is not counted."""
    rows: Any = await ctx.session.execute(
        select(Assignment.unit_id, Report.said, func.count())
        .join(Assignment, Assignment.id == Report.assignment_id)
        .where(
            Report.at > since,
            Report.at <= ctx.now,
            Report.replaced_at.is_(None),
            Report.said.in_((Said.ACKNOWLEDGED, Said.PROGRESS, Said.FINISHED)),
            Report.id.not_in(select(Receipt.report_id)),
        )
        .group_by(Assignment.unit_id, Report.said)
    )
    in_charge = await officers_in_charge(ctx.session, ctx.today)
    counts: dict[Said, int] = {}
    for unit_id, said, count in rows:
        if ctx.person.id in in_charge.get(unit_id, {ctx.person.id}):
            counts[Said(said)] = counts.get(Said(said), 0) + count
    return counts
