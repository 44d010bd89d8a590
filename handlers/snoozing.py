"""Being reminded later: some working days of quiet, never past the day on which it is due."""

from datetime import date

from handlers.choosing import act_of, chosen, day_said, said_text
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, command, t
from handlers.naming import naming, of_which, settle_unit, titled
from models.days import working_calendar
from models.nudging import snooze
from models.reminders import Snooze
from models.rules.calendar import Calendar
from models.rules.deadline import Kind, Reading
from models.rules.permission import Action
from models.rules.status import due_day
from models.standing import Standing

_OFFERED = (1, 2, 3)


@command(
    "nhaclai",
    allow=Action.SNOOZE,
    help=N_("Be reminded of a task later: nhaclai NUMBER"),
    aliases=("snooze", "nhaclaisau"),
    takes_line=True,
)
async def later(ctx: Context) -> Reply:
    """Be silent about a task until a day, which is asked for by buttons where it is missing."""
    await settle_unit(ctx)
    line = str(ctx.args.get("until") or "") or said_text(ctx)
    standing = await chosen(ctx, Call("nhaclai", {"until": line} if line else {}))
    if isinstance(standing, Reply):
        return standing
    calendar = await working_calendar(ctx.session)
    with naming(ctx, standing):
        last = _last_morning(ctx, standing, calendar)
    if not line:
        return _ask(ctx, standing, calendar, last)
    until = _allowed(day_said(line, ctx.today), ctx.today, last)
    wake = min(calendar.next_working(until), last)
    act = act_of(ctx)
    await snooze(ctx.session, Snooze(assignment_id=standing.id, until=wake, by_id=act.by_id, at=act.at))
    return Reply(t("Recorded: the unit is reminded again on {day}: {title}.", day=wake, title=titled(ctx, standing)))


def _last_morning(ctx: Context, standing: Standing, calendar: Calendar) -> date:
    """Give the morning that no quiet may pass; raises Refusal where it has come, or nothing is due."""
    if standing.due is None and Reading.parse(standing.task.reading).kind is Kind.ANCHORED:
        raise Refusal(t("This task counts from an event whose day is not set yet: nothing is reminded of so far."))
    if standing.due is None:
        raise Refusal(t("This task has no deadline: it is asked about once a reporting period and needs no quiet."))
    due = due_day(standing.due, ctx.zone)
    last = calendar.previous_working(due)
    if last <= ctx.today:
        raise Refusal(
            t("The deadline {due} leaves no day of quiet; please report, or ask for an extension: giahan.", due=due)
        )
    return last


def _ask(ctx: Context, standing: Standing, calendar: Calendar, last: date) -> Reply:
    call = Call("nhaclai", {"assignment": standing.id})
    offered = {ahead: calendar.shift(ctx.today, ahead) for ahead in _OFFERED}
    choices = tuple(
        Choice(t("In {count} working days ({day})", count=ahead, day=day), call.with_arg("until", day.isoformat()))
        for ahead, day in offered.items()
        if day <= last
    )
    question = t(
        "On which day should the unit be reminded again, up to {last}? Please press or write a day.", last=last
    )
    return Reply(question, *of_which(ctx, standing), choices=choices, ask=Ask(call, "until"))


def _allowed(until: date, today: date, last: date) -> date:
    if until <= today:
        raise Refusal(t("{day} has passed; please name a day from tomorrow on.", day=until))
    if until > last:
        raise Refusal(t("Quiet never passes the day on which it is due; please name a day up to {last}.", last=last))
    return until
