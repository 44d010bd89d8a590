"""The list of tasks: a unit's own with their numbers, and for those who follow others how many have answered."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from handlers.answers import choices
from handlers.assignment import Viewer, head, left, lines, quoted, result, transferred
from handlers.choosing import label, mine, one_of, reader, short, which
from handlers.kit import N_, Call, Choice, Context, Refusal, Reply, Text, command, subject_of, t
from handlers.naming import serves_several, settle_unit
from handlers.paging import page_of
from models.coordinating import coordinated
from models.people import Unit
from models.rules.alphabet import by_name
from models.rules.permission import Action, allowed
from models.rules.status import Status
from models.rules.status_words import DEADLINE_WORDS, STATUS_WORDS
from models.standing import Standing, Standings, TaskCounts, within
from models.tasks import Assignment, Task

_OPEN, _BUTTONS, _TASKS, _UNITS, _SHARED = 12, 6, 8, 15, 3
_OWN, _FOLLOWED = "own", "followed"


@command(
    "nhiemvu",
    allow=Action.SEE_TASKS,
    help=N_("See your tasks, or one of them: nhiemvu NUMBER"),
    aliases=("tasks", "task"),
)
async def tasks(ctx: Context) -> Reply:
    """List the tasks of the speaker and of those he follows; with a number, show one as its card."""
    await settle_unit(ctx)
    if isinstance(assignment_id := ctx.args.get("assignment"), int):
        return await _shown(ctx, await one_of(ctx, assignment_id, Action.SEE_TASKS))
    if (number := ctx.number()) is not None:
        return await _numbered(ctx, number)
    read, only = await reader(ctx), ctx.args.get("list")
    own = await _own_list(ctx, await mine(ctx), read) if only != _FOLLOWED else Reply()
    followed = _followed_list(ctx, await _followed(ctx, read)) if only != _OWN else Reply()
    if not own.lines and not followed.lines:
        return Reply(t("No task is open."))
    return Reply(*own.lines, *followed.lines, choices=(*own.choices, *followed.choices))


@command("nhiemvu.donvi", allow=Action.SEE_TASKS)
async def units(ctx: Context) -> Reply:
    """List how each unit within reach stands with one task, those first that have not answered."""
    read = await reader(ctx)
    found = await read.of(Assignment.task_id == int(ctx.args["task"]), _reach(ctx))
    if not found:
        raise Refusal(t("This task is not among those you follow; “nhiemvu” lists these."))
    viewer = Viewer(ctx.me.locale, ctx.powers, ctx.now, read.measure)
    ordered = sorted(found, key=lambda standing: (standing.last is not None, standing.whose))
    page = page_of(ctx, ordered, _UNITS)
    shown = [_unit_line(standing) for standing in page.rows]
    return Reply(head(found[0], viewer), *shown, *page.rest, choices=page.following)


async def _numbered(ctx: Context, number: int) -> Reply:
    fitting = await mine(ctx, number)
    if not fitting:
        raise Refusal(t("There is no task number {number}; please send “nhiemvu” for your tasks.", number=number))
    return await _shown(ctx, fitting[0]) if len(fitting) == 1 else which(Call("nhiemvu"), fitting)


async def _shown(ctx: Context, standing: Standing) -> Reply:
    """Show one assignment: as its card to the unit, to be read to others."""
    read = await reader(ctx)
    viewer = Viewer(ctx.me.locale, ctx.powers, ctx.now, read.measure)
    if choices(standing, ctx.powers):
        return Reply(card=subject_of(standing.assignment))
    gone = await transferred(ctx.session, standing, read)
    closed = result(standing, viewer, gone)
    return Reply(*lines(standing, viewer, gone), *((closed,) if closed else ()))


async def _own_list(ctx: Context, own: Sequence[Standing], read: Standings) -> Reply:
    is_open = [standing for standing in own if standing.awaits_unit]
    waiting = sum(standing.status is Status.AWAITING_ACCEPTANCE for standing in own)
    viewer = Viewer(ctx.me.locale, ctx.powers, ctx.now, read.measure)
    page = page_of(ctx, is_open, _OPEN, list=_OWN)
    said = [*(_own_line(standing, viewer) for standing in page.rows), *page.rest]
    if waiting:
        said.append(t("Awaiting acceptance: {count}.", count=waiting))
    said += await _shared(ctx)
    if is_open:
        said.insert(0, t("{count} tasks are open:", count=len(is_open)))
    buttons = (
        Choice(label(standing, is_open), Call("nhiemvu", {"assignment": standing.id}))
        for standing in page.rows[:_BUTTONS]
    )
    return Reply(*said, choices=(*buttons, *page.following))


async def _shared(ctx: Context) -> list[Text]:
    """Say in which tasks the speaker's units coordinate; of several units each by its name."""
    said: list[Text] = []
    units = await ctx.session.scalars(select(Unit).where(Unit.id.in_(ctx.powers.own_units)))
    for unit in by_name(units, lambda unit: unit.name):
        shared = await coordinated(ctx.session, {unit.id}, ctx.today)
        titles = tuple(quoted(task.title) for task in shared[:_SHARED])
        line = t("Coordinating in {count} tasks, for information: {titles}.", count=len(shared), titles=titles)
        if shared:
            said.append(t("{unit}: {sentence}", unit=unit.name, sentence=line) if serves_several(ctx.powers) else line)
    return said


def _own_line(standing: Standing, viewer: Viewer) -> Text:
    about: dict[str, Any] = {
        "number": standing.assignment.number,
        "matter": head(standing, viewer),
        "status": STATUS_WORDS[standing.status],
        "left": left(standing, viewer),
    }
    if len(viewer.powers.own_units) > 1 and standing.due is None:
        about["matter"] = t("{title} ({unit})", title=about["matter"], unit=standing.whose)
    if standing.due is None:
        return t("{number}. {matter}: {status}", **{key: about[key] for key in ("number", "matter", "status")})
    if len(viewer.powers.own_units) > 1:
        return t("{number}. {matter} ({unit}): {status}, {left}", **about, unit=standing.whose)
    return t("{number}. {matter}: {status}, {left}", **about)


async def _followed(ctx: Context, read: Standings) -> list[tuple[Task, TaskCounts]]:
    """Count the tasks that others must do and the speaker follows, those that are finished left out."""
    if not _follows(ctx):
        return []
    others = within(allowed(ctx.powers.roles, Action.SEE_UNITS), ())
    counts = await read.counts(others, Assignment.post_id.is_(None) | Assignment.post_id.not_in(ctx.powers.posts))
    still_open = {task_id: count for task_id, count in counts.items() if count.accepted < count.given}
    rows = await ctx.session.scalars(select(Task).where(Task.id.in_(still_open)).order_by(Task.given_at, Task.id))
    return sorted(((task, still_open[task.id]) for task in rows), key=lambda row: -row[1].overdue)


def _followed_list(ctx: Context, followed: Sequence[tuple[Task, TaskCounts]]) -> Reply:
    if not followed:
        return Reply()
    page = page_of(ctx, followed, _TASKS, t("More tasks followed"), list=_FOLLOWED)
    buttons = (
        Choice(t("Units: {title}", title=short(task.title, "Units: ")), Call("nhiemvu.donvi", {"task": task.id}))
        for task, _ in page.rows[:_BUTTONS]
    )
    return Reply(
        t("Followed: {count} tasks are open.", count=len(followed)),
        *(_followed_line(task, count) for task, count in page.rows),
        *page.rest,
        choices=(*buttons, *page.following),
    )


def _followed_line(task: Task, count: TaskCounts) -> Text:
    return t(
        "{title}: {given} units, {accepted} accepted, {finished} reported, {acknowledged} under way, {silent} silent, "
        "{overdue} overdue",
        title=quoted(task.title),
        given=count.given,
        accepted=count.accepted,
        finished=count.finished,
        acknowledged=count.acknowledged,
        silent=count.silent,
        overdue=count.overdue,
    )


def _unit_line(standing: Standing) -> Text:
    about = {"unit": standing.whose, "status": STATUS_WORDS[standing.status]}
    if not standing.awaits_unit or standing.due is None:
        return t("{unit}: {status}", **about)
    return t("{unit}: {status}, {state}", **about, state=DEADLINE_WORDS[standing.deadline])


def _follows(ctx: Context) -> bool:
    reach = allowed(ctx.powers.roles, Action.SEE_UNITS)
    return reach.everything or bool(reach.units)


def _reach(ctx: Context) -> ColumnElement[bool]:
    return within(allowed(ctx.powers.roles, Action.SEE_TASKS), ctx.powers.posts)
