"""How the units stand that somebody follows: what is late first, the last answer, the next meeting.

In the list five lines a unit at most; of one unit that is named every line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from handlers.assignment import Viewer, did, quoted
from handlers.calling import quiet
from handlers.kit import N_, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.paging import page_of
from models.addressing import Addressee
from models.chasing import is_overdue
from models.convening import coming
from models.group_meetings import GroupMeeting
from models.meetings import Invitation, Meeting, MeetingState
from models.naming import directory_names
from models.pauses import paused_on
from models.people import Unit
from models.powers import holds_on
from models.rules.alphabet import by_name
from models.rules.permission import Action, allowed
from models.rules.status import DeadlineState, due_day
from models.rules.units import Sort, match
from models.silent import Quiet, quiet_units
from models.standing import DONE, SET_ASIDE, Standing, standings
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
    page = page_of(ctx, units, _UNITS)
    known = await _known(ctx, [unit.id for unit in page.rows])
    lines = [line for unit in page.rows for line in _of_unit(ctx, unit, known)]
    return Reply(*lines, *page.rest, choices=(*page.following, Choice(t("Tasks and who has reported"), Call("tiendo"))))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of some units: their tasks, the next meeting of each, whose reminders rest, who is silent."""

    tasks: Sequence[Standing]
    meetings: Mapping[int, Meeting]
    paused: Mapping[Addressee, date]
    quiet: Mapping[int, Quiet]
    viewer: Viewer


async def _known(ctx: Context, units: Sequence[int]) -> _Known:
    read = await standings(ctx.session, ctx.now, ctx.zone)
    return _Known(
        await read.of(Assignment.unit_id.in_(units)),
        await _next_meetings(ctx, units),
        await paused_on(ctx.session, ctx.today),
        {one.id: one for one in await quiet_units(ctx.session, ctx.now, ctx.today, ctx.council.quiet_days)},
        Viewer(ctx.me.locale, ctx.powers, ctx.now, read.measure),
    )


async def _next_meetings(ctx: Context, units: Sequence[int]) -> dict[int, Meeting]:
    """Find for each unit the nearest meeting of the council to which it is invited; a group's own are not told."""
    of_groups = set(await ctx.session.scalars(select(GroupMeeting.series_id)))
    held = [one for one in await coming(ctx.session, ctx.now) if one.state == MeetingState.CALLED]
    ahead = {one.id: one for one in held if one.series not in of_groups}
    invited = select(Invitation.unit_id, Invitation.meeting_id).where(
        Invitation.meeting_id.in_(ahead), Invitation.unit_id.in_(units)
    )
    rows = [(unit, ahead[meeting]) for unit, meeting in await ctx.session.execute(invited) if unit is not None]
    return dict(sorted(rows, key=lambda row: row[1].starts_at, reverse=True))  # of several the nearest is kept


async def _units(ctx: Context) -> Sequence[Unit]:
    reach = allowed(ctx.powers.roles, Action.SEE_UNITS)
    query = select(Unit).where(holds_on(Unit, ctx.today))
    if not reach.everything:
        query = query.where(Unit.id.in_(reach.units))
    return by_name(await ctx.session.scalars(query), lambda unit: unit.name)


async def _named(ctx: Context) -> int:
    units = [one for one in await directory_names(ctx.session, ctx.today) if one.sort is Sort.UNIT]
    found = match(ctx.line, units)
    if found.found is None:
        nearest = tuple(one.name for one in found.nearest)
        raise Refusal(
            t("“{written}” is no unit of the directory; the nearest: {nearest}.", written=ctx.line, nearest=nearest)
        )
    return found.found.id


def _of_unit(ctx: Context, unit: Unit, known: _Known) -> list[Text]:
    """Say how one unit stands: its counts, what is late or near, its last answer, its next meeting."""
    tasks = [one for one in known.tasks if one.assignment.unit_id == unit.id]
    more = [*_last_answer(tasks, known.viewer), *_next_meeting(known.meetings.get(unit.id))]
    if (silent := known.quiet.get(unit.id)) is not None:
        more.append(t("– {why}", why=quiet(silent, ctx.council)))
    if (until := known.paused.get(Addressee(unit.id))) is not None:
        more.append(t("– reminders paused until {day}", day=until))
    found = [one for one in tasks if one.status not in DONE | SET_ASIDE]
    if not found:
        return [t("{unit}: nothing is open.", unit=unit.name), *more]
    waited = [one for one in found if one.awaits_unit]
    late = [one for one in waited if is_overdue(one)]
    near = [one for one in waited if one.deadline is DeadlineState.DUE_SOON]
    counts = {"open": len(found), "overdue": len(late), "near": len(near), "waiting": len(found) - len(waited)}
    head = t(
        "{unit}: {open} open, {overdue} overdue, {near} due soon, {waiting} to be accepted.", unit=unit.name, **counts
    )
    shown = _TASKS if ctx.line else _TASKS - len(more)
    return [head, *(_task(ctx, one) for one in [*late, *near][:shown]), *more]


def _last_answer(tasks: Sequence[Standing], viewer: Viewer) -> list[Text]:
    """Say what the unit answered last, and on which task."""
    answered = [(one.last, one) for one in tasks if one.last is not None]
    if not answered:
        return []
    last, newest = max(answered, key=lambda pair: pair[0].at)
    return [t("– last answer on “{title}”. {answer}", title=quoted(newest.title), answer=did(last, viewer))]


def _next_meeting(meeting: Meeting | None) -> list[Text]:
    if meeting is None:
        return []
    return [t("– next meeting: {title}, {time}", title=quoted(meeting.title), time=meeting.starts_at)]


def _task(ctx: Context, standing: Standing) -> Text:
    day: date | None = due_day(standing.due, ctx.zone) if standing.due is not None else None
    word = t("overdue") if is_overdue(standing) else t("due soon")
    return t("– {title} ({state}, {day})", title=quoted(standing.task.title), state=word, day=day)
