"""What an officer chases today: counts first, a button for each list, telephones where nothing else reaches."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement

from handlers.assignment import quoted
from handlers.kit import N_, Call, Choice, Context, Reply, Text, command, t
from handlers.progress import with_times
from handlers.urging import DAY, selected
from models.calls import undelivered
from models.chasing import Chase, chase, is_unreported, silent_ones
from models.contacts import MOST_SHOWN, shown
from models.inviting import units_without_focal_point
from models.pauses import Running, is_paused, paused_on, running
from models.reviewing import disclaimed, requests_waiting, waiting
from models.rules.permission import Action, allowed
from models.rules.status import due_day
from models.standing import Standing, standings, within
from models.urging import times_urged

_REMEMBERED = timedelta(days=7)
_MOST = 1000


@command("homnay", allow=Action.CHASE, help=N_("See what is to be chased today"), aliases=("today",))
async def today(ctx: Context) -> Reply:
    """Count what needs an officer today; each count has a button for its list."""
    found = await _chase(ctx)
    counts = [
        (len(found.overdue), t("Overdue"), Call("homnay.ds", {"list": "overdue"})),
        (len(found.due_today), t("Due today"), Call("homnay.ds", {"list": "due_today"})),
        (len(found.due_next), t("Due by {day}", day=found.next_day), Call("homnay.ds", {"list": "due_next"})),
        (found.silent, t("No answer at all"), Call("homnay.im")),
        *await _of_officers(ctx),
    ]
    lines = [t("{what}: {count}.", what=what, count=count) for count, what, _ in counts]
    paused = await running(ctx.session, ctx.today)
    lines += _paused(ctx, paused)
    choices = tuple(
        Choice(t("{what} ({count})", what=what, count=count), call) for count, what, call in counts if count
    )
    choices = (*await _urging(ctx, found.now, DAY), *choices)
    if paused and allowed(ctx.powers.roles, Action.SUSPEND):
        choices = (*choices, Choice(t("Paused reminders ({count})", count=len(paused)), Call("tamdung")))
    return Reply(t("To be chased on {day}:", day=ctx.today), *lines, choices=choices)


def _paused(ctx: Context, paused: Sequence[Running]) -> list[Text]:
    """Say whose reminders rest today and until when, of those within reach."""
    reach = allowed(ctx.powers.roles, Action.CHASE)
    said = []
    for each in paused:
        units = [to.unit_id for to in each.to if to.unit_id is not None]
        if each.pause.first <= ctx.today and any(reach.covers(unit) for unit in units):
            about = {"names": each.audience.spoken, "last": each.pause.last, "reason": quoted(each.pause.reason)}
            said.append(t("Reminders rest until {last} for {names}: {reason}.", **about))
    return said


async def _of_officers(ctx: Context) -> list[tuple[int, Text, Call]]:
    """Count what only the secretariat deals with: decisions, what was not delivered, units nobody answers for."""
    if not allowed(ctx.powers.roles, Action.REVIEW):
        return []
    read = await standings(ctx.session, ctx.now, ctx.zone)
    reports, not_theirs = await waiting(read), await disclaimed(read)
    requests = await requests_waiting(ctx.session)
    unreached = await undelivered(ctx.session, ctx.now - _REMEMBERED)
    empty = await units_without_focal_point(ctx.session, ctx.today)
    return [
        (len(reports) + len(requests) + len(not_theirs), t("Waiting for a decision"), Call("duyet")),
        (len(unreached), t("Not delivered, to be telephoned"), Call("homnay.goi")),
        (len(empty), t("Units without a focal point"), Call("capma.ds", {"list": "empty"})),
    ]


async def _urging(ctx: Context, rows: Sequence[Standing], which: str) -> tuple[Choice, ...]:
    """Offer to urge those of a list that have not reported, with how many units that reaches."""
    found = await selected(ctx, [one for one in rows if is_unreported(one)])
    if not found.chosen and not found.to_call:
        return ()
    label = t("Urge the {count} units that have not reported", count=len(found.parties))
    if not found.chosen:
        label = t("Telephone {count} units that have not reported", count=len(found.to_call))
    return (Choice(label, Call("dondoc", {"list": which}), primary=True),)


async def _chase(ctx: Context) -> Chase:
    return await chase(await standings(ctx.session, ctx.now, ctx.zone), _reach(ctx))


def _reach(ctx: Context) -> ColumnElement[bool]:
    return within(allowed(ctx.powers.roles, Action.CHASE), ctx.powers.posts)


@command("homnay.ds", allow=Action.CHASE)
async def list_chased(ctx: Context) -> Reply:
    """Show one of the lists."""
    found = await _chase(ctx)
    lists: dict[str, tuple[Text, tuple[Standing, ...]]] = {
        "overdue": (t("Overdue"), found.overdue),
        "due_today": (t("Due today"), found.due_today),
        "due_next": (t("Due by {day}", day=found.next_day), found.due_next),
    }
    what, rows = lists[ctx.args["list"]]
    lines = shown(await _lines(ctx, rows))
    choices = await _urging(ctx, rows, ctx.args["list"])
    return Reply(t("{what} ({count})", what=what, count=len(rows)), *lines, choices=choices)


@command("homnay.im", allow=Action.CHASE)
async def list_silent(ctx: Context) -> Reply:
    """Show of what nothing was heard at all, the nearest deadline first."""
    read = await standings(ctx.session, ctx.now, ctx.zone)
    count = (await chase(read, _reach(ctx))).silent
    rows = await silent_ones(read, _MOST, _reach(ctx))
    what = t("{what} ({count})", what=t("No answer at all"), count=count)
    lines = shown(await _lines(ctx, rows[:MOST_SHOWN]), count)
    return Reply(what, *lines, choices=await _urging(ctx, rows, "silent"))


async def _lines(ctx: Context, rows: Sequence[Standing]) -> list[Text]:
    """Say each in a line, marking those of whom nobody is reminded today."""
    paused = await paused_on(ctx.session, ctx.today)
    times = await times_urged(ctx.session, [row.id for row in rows])
    lines = [(row, with_times(ctx, _line(ctx, row), times.get(row.id))) for row in rows]
    return [t("{line} (reminders paused)", line=line) if is_paused(row, paused) else line for row, line in lines]


def _line(ctx: Context, standing: Standing) -> Text:
    about = {"unit": standing.whose, "title": quoted(standing.task.title)}
    if standing.due is None:
        return t("{unit}: {title}", **about)
    return t("{unit}: {title}, due {day}", **about, day=due_day(standing.due, ctx.zone))


@command("homnay.goi", allow=Action.REVIEW)
async def call_list(ctx: Context) -> Reply:
    """List whom nothing reached in the last week, with telephone and what was owed."""
    found = await undelivered(ctx.session, ctx.now - _REMEMBERED)
    if not found:
        return Reply(t("Everything owed in the last seven days was delivered."))
    return Reply(
        t("Not delivered in the last seven days, please telephone ({count}):", count=len(found)),
        *shown([one.spoken for one in found]),
    )
