"""How the units stand that somebody follows: five lines a unit at most, what is late first.

Of one unit that is named also its last answer and its next meeting.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from handlers.assignment import Viewer, did, quoted
from handlers.kit import N_, Call, Choice, Context, Refusal, Reply, Text, command, t
from models.addressing import Addressee
from models.chasing import is_overdue, still_open
from models.convening import coming
from models.naming import directory_names
from models.pauses import paused_on
from models.people import Unit
from models.powers import Powers, holds_on
from models.rules.permission import Action, Role, allowed
from models.rules.status import DeadlineState, due_day
from models.rules.units import Sort, match
from models.standing import Standing, standings
from models.tasks import Assignment

_UNITS, _TASKS = 6, 4


@command(
    "donvi",
    allow=Action.SEE_UNITS,
    help=N_("See how the units you follow stand: /donvi UNIT"),
    aliases=("units",),
)
async def followed(ctx: Context) -> Reply:
    """Show the units of the speaker's charge, a few at a time, or the one that is named."""
    units = await _units(ctx)
    if ctx.line:
        units = [unit for unit in units if unit.id == await _named(ctx)]
        if not units:
            raise Refusal(t("This unit is not among those assigned to you; the secretariat can tell who follows it."))
    if not units:
        return Reply(t("No unit is assigned to you at present."))
    start = int(ctx.args.get("from", 0))
    page = units[start : start + _UNITS]
    read = await standings(ctx.session, ctx.now, ctx.zone)
    found = await read.of(still_open(), Assignment.unit_id.in_([unit.id for unit in page]))
    paused = await paused_on(ctx.session, ctx.today)
    lines: list[Text] = []
    for unit in page:
        lines += _of_unit(ctx, unit, [one for one in found if one.assignment.unit_id == unit.id])
        if (until := paused.get(Addressee(unit.id))) is not None:
            lines.append(t("– reminders paused until {day}", day=until))
    if ctx.line:
        lines += await _more_of(ctx, units[0])
    more = start + _UNITS < len(units)
    choices = [Choice(t("Next units"), Call("donvi", {"from": start + _UNITS}))] if more else []
    return Reply(*lines, choices=(*choices, Choice(t("Tasks and who has reported"), Call("tiendo"))))


async def _more_of(ctx: Context, unit: Unit) -> list[Text]:
    """Say of one unit its last answer, and the next meeting to which the speaker or the unit is invited."""
    read = await standings(ctx.session, ctx.now, ctx.zone)
    answers = [one for one in await read.of(Assignment.unit_id == unit.id) if one.last is not None]
    newest = max(answers, key=lambda one: one.last.at if one.last else ctx.now, default=None)
    lines = []
    if newest is not None and newest.last is not None:
        viewer = Viewer(ctx.me.locale, ctx.powers, ctx.now, read.measure)
        about = {"title": quoted(newest.title), "answer": did(newest.last, viewer)}
        lines.append(t("– last answer on “{title}”. {answer}", **about))
    meetings = await coming(ctx.session, ctx.now, Powers({Role.FOCAL_POINT: frozenset({unit.id})}))
    if meetings:
        first = min(meetings, key=lambda one: one.starts_at)
        lines.append(t("– next meeting: {title}, {time}", title=quoted(first.title), time=first.starts_at))
    return lines


async def _units(ctx: Context) -> Sequence[Unit]:
    reach = allowed(ctx.powers.roles, Action.SEE_UNITS)
    query = select(Unit).where(holds_on(Unit, ctx.today)).order_by(Unit.name)
    if not reach.everything:
        query = query.where(Unit.id.in_(reach.units))
    return (await ctx.session.scalars(query)).all()


async def _named(ctx: Context) -> int:
    units = [one for one in await directory_names(ctx.session, ctx.today) if one.sort is Sort.UNIT]
    found = match(ctx.line, units)
    if found.found is None:
        nearest = tuple(one.name for one in found.nearest)
        raise Refusal(
            t("“{written}” is no unit of the directory; the nearest: {nearest}.", written=ctx.line, nearest=nearest)
        )
    return found.found.id


def _of_unit(ctx: Context, unit: Unit, found: Sequence[Standing]) -> list[Text]:
    """Say how one unit stands: its counts, then what is late or near, at most four tasks."""
    waited = [one for one in found if one.awaits_unit]
    late = [one for one in waited if is_overdue(one)]
    near = [one for one in waited if one.deadline is DeadlineState.DUE_SOON]
    if not found:
        return [t("{unit}: nothing is open.", unit=unit.name)]
    counts = {"open": len(found), "overdue": len(late), "near": len(near), "waiting": len(found) - len(waited)}
    head = t(
        "{unit}: {open} open, {overdue} overdue, {near} due soon, {waiting} to be accepted.", unit=unit.name, **counts
    )
    return [head, *(_task(ctx, one) for one in [*late, *near][:_TASKS])]


def _task(ctx: Context, standing: Standing) -> Text:
    day: date | None = due_day(standing.due, ctx.zone) if standing.due is not None else None
    word = t("overdue") if is_overdue(standing) else t("due soon")
    return t("– {title} ({state}, {day})", title=quoted(standing.task.title), state=word, day=day)
