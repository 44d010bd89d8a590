"""The week of a council member in five lines, on its first working morning: what is late, due, and his next meeting."""

from collections.abc import Sequence
from datetime import time, timedelta

from handlers.assignment import quoted
from handlers.kit import Call, Choice, ClockContext, LetterContext, Owed, Reply, Text, every, letter, t
from handlers.paging import names_of
from handlers.urging import title_of
from models.chasing import is_overdue, still_open
from models.convening import coming
from models.days import working_calendar
from models.meetings import MeetingState
from models.outbox import Priority
from models.powers import Powers, powers_of
from models.rules.calendar import Calendar
from models.rules.permission import Role
from models.rules.status import Status, due_day
from models.standing import Standing, standings
from models.tasks import Assignment
from models.whom import holders

_KIND = "week"
_MORNING = time(7, 45)
_NAMED = 5


@every("member-week", at=_MORNING)
async def tell_members(clock: ClockContext) -> None:
    """Owe every member his week, where the council wants it so; a morning that was missed is not made up for."""
    calendar = await working_calendar(clock.session)
    todays = clock.slot.astimezone(clock.zone).date() == clock.today
    if not clock.council.member_digest or not todays or not _begins_week(clock, calendar):
        return
    for member in await holders(clock.session, Role.COUNCIL_MEMBER, clock.today):
        clock.owe(Owed(member, f"{_KIND}:{clock.today.isoformat()}", letter=_KIND, priority=Priority.REMINDER))


def _begins_week(clock: ClockContext, calendar: Calendar) -> bool:
    """Tell whether today is the first working day of its week."""
    earlier = [clock.today - timedelta(days=back) for back in range(1, clock.today.weekday() + 1)]
    return calendar.is_working(clock.today) and not any(calendar.is_working(day) for day in earlier)


@letter(_KIND)
async def compose(ctx: LetterContext) -> Reply | None:
    """Sum up the units that the member follows; nothing where he follows none, or nothing of theirs is open."""
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    units = powers.roles.get(Role.COUNCIL_MEMBER, frozenset())
    read = await standings(ctx.session, ctx.now, ctx.zone)
    found = await read.of(still_open(), Assignment.unit_id.in_(units)) if units else ()
    if not found:
        return None
    late = [one for one in found if is_overdue(one)]
    counts = {
        "open": len(found),
        "late": len(late),
        "week": len(_due_this_week(ctx, found)),
        "waiting": sum(one.status is Status.AWAITING_ACCEPTANCE for one in found),
    }
    seat = await title_of(ctx, ctx.person.id, (Role.COUNCIL_MEMBER,)) or ctx.person.name
    return Reply(
        t("Week of {day}: {count} units that you follow", day=ctx.today, count=len(units)),
        t("To: {post}.", post=seat),
        t("Open: {open}; overdue: {late}; due this week: {week}; to be accepted: {waiting}.", **counts),
        *_late(late),
        *await _meeting(ctx, powers),
        choices=(Choice(t("Units you follow"), Call("donvi"), primary=True),),
    )


def _due_this_week(ctx: LetterContext, found: Sequence[Standing]) -> list[Standing]:
    sunday = ctx.today + timedelta(days=6 - ctx.today.weekday())
    dated = [(one, due_day(one.due, ctx.zone)) for one in found if one.awaits_unit and one.due is not None]
    return [one for one, day in dated if ctx.today <= day <= sunday]


def _late(late: Sequence[Standing]) -> tuple[Text, ...]:
    units = tuple(dict.fromkeys(one.whose for one in late))
    return (t("Overdue: {units}", units=names_of(units, _NAMED)),) if units else ()


async def _meeting(ctx: LetterContext, powers: Powers) -> tuple[Text, ...]:
    ahead = await coming(ctx.session, ctx.now, powers)
    first = next((one for one in ahead if one.state == MeetingState.CALLED), None)
    if first is None:
        return ()
    return (t("Next meeting: {title}, {time}.", title=quoted(first.title), time=first.starts_at),)
