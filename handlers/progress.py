"""How the tasks stand: counted live on a card, and listed unit by unit."""

from sqlalchemy import ColumnElement

from handlers.accepting import rule_choice
from handlers.assignment import quoted
from handlers.kit import N_, Call, Choice, Context, LetterContext, Refusal, Reply, Subject, Text, card, command, t
from handlers.paging import page_of
from models.accepting import rule_for
from models.charging import own_first, units_in_charge
from models.chasing import given_tasks, is_overdue, is_unreported
from models.contacts import MOST_SHOWN
from models.pauses import is_paused, paused_on
from models.powers import Powers, powers_of
from models.rules.permission import Action, allowed
from models.rules.status import due_day
from models.rules.status_words import STATUS_WORDS
from models.standing import Standing, TaskCounts, standings, within
from models.tasks import Assignment, Task
from models.urging import Times, times_urged

_PAGE = 8


@command("tiendo", allow=Action.CHASE, help=N_("See how the tasks stand: /tiendo NUMBER"), aliases=("progress",))
async def progress(ctx: Context) -> Reply:
    """List the tasks with their counts, a page at a time; with a number, show that task."""
    tasks = await given_tasks(ctx.session, _reach(ctx.powers))
    number = ctx.number()
    if number is not None:
        task = next((task for known, task in tasks if known == number), None)
        if task is None:
            raise Refusal(t("There is no task number {number}; “tiendo” lists them.", number=number))
        return Reply(card=Subject(Task.__tablename__, task.id))
    if not tasks:
        return Reply(t("No task has been given yet."))
    page = page_of(ctx, tasks, _PAGE)
    read = await standings(ctx.session, ctx.now, ctx.zone)
    counts = await read.counts(_reach(ctx.powers), Assignment.task_id.in_([task.id for _, task in page.rows]))
    lines = [
        t("{number}. {title}: {counts}", number=known, title=quoted(task.title), counts=_short(counts.get(task.id)))
        for known, task in page.rows
    ]
    choices = [Choice(t("View {number}", number=known), Call("tiendo", {"number": known})) for known, _ in page.rows]
    head = t("Tasks given: {count}.", count=len(tasks))
    return Reply(head, *lines, *page.rest, choices=(*choices, *page.following))


def _short(count: TaskCounts | None) -> Text:
    if count is None:
        return t("set aside")
    return t(
        "{done} of {given} have reported, {overdue} overdue",
        done=count.finished + count.accepted,
        given=count.given,
        overdue=count.overdue,
    )


def _reach(powers: Powers) -> ColumnElement[bool]:
    return within(allowed(powers.roles, Action.CHASE), powers.posts)


@card("task")
async def standing_card(ctx: LetterContext) -> Reply | None:
    """Show whoever follows a task how its units stand, counted as of this moment."""
    task = await ctx.session.get(Task, ctx.subject.id) if ctx.subject else None
    if task is None:
        return None
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    found = await _of_task(ctx, task.id, powers)
    counts = (await standings(ctx.session, ctx.now, ctx.zone)).counts
    count = (await counts(Assignment.task_id == task.id, _reach(powers))).get(task.id, TaskCounts())
    unreported = sum(is_unreported(standing) for standing in found)
    this = {"task": task.id}
    choices = [Choice(t("List of units ({count})", count=len(found)), Call("tiendo.ds", this))] if found else []
    if unreported:
        label = t("Urge the {count} units that have not reported", count=unreported)
        choices.append(Choice(label, Call("dondoc", this), primary=True))
    if allowed(powers.roles, Action.MOVE):
        choices.append(Choice(t("Adjust"), Call("dieuchinh", this)))
    if allowed(powers.roles, Action.REVIEW):
        choices.append(rule_choice(task.id, await rule_for(ctx.session, task.id)))
    return Reply(
        quoted(task.title),
        *([t("Deadline: {phrase}.", phrase=task.phrase.rstrip(" .;"))] if task.phrase else []),
        t(
            "Given: {given}; received: {acknowledged}; reported finished: {finished}; accepted: {accepted}.",
            given=count.given,
            acknowledged=count.acknowledged,
            finished=count.finished,
            accepted=count.accepted,
        ),
        t("Silent: {silent}; overdue: {overdue}.", silent=count.silent, overdue=count.overdue),
        choices=tuple(choices),
        card=ctx.subject,
    )


async def _of_task(ctx: Context | LetterContext, task_id: int, powers: Powers) -> tuple[Standing, ...]:
    read = await standings(ctx.session, ctx.now, ctx.zone)
    return await read.of(Assignment.task_id == task_id, _reach(powers))


@command("tiendo.ds", allow=Action.CHASE)
async def list_units(ctx: Context) -> Reply:
    """List the units of a task with where each stands."""
    own = await units_in_charge(ctx.session, ctx.me.id, ctx.today)
    found = own_first(await _of_task(ctx, ctx.args["task"], ctx.powers), own)
    page = page_of(ctx, found, MOST_SHOWN)
    paused = await paused_on(ctx.session, ctx.today)
    times = await times_urged(ctx.session, [each.id for each in page.rows])
    lines = [
        t("{line} (reminders paused)", line=line) if is_paused(each, paused) and each.awaits_unit else line
        for each, line in ((each, with_times(ctx, standing_line(ctx, each), times.get(each.id))) for each in page.rows)
    ]
    head = t("List of units ({count})", count=len(found))
    return Reply(head, *lines, *page.rest, choices=page.following)


def standing_line(ctx: Context, standing: Standing) -> Text:
    """Say in one line where a unit stands with a task."""
    about = {"unit": standing.whose, "status": STATUS_WORDS[standing.status]}
    last = standing.last
    if is_overdue(standing) and standing.due is not None:
        return t("{unit}: {status}, overdue since {day}", **about, day=due_day(standing.due, ctx.zone))
    if last is not None:
        return t("{unit}: {status}, last answer at {time}", **about, time=last.at)
    return t("{unit}: {status}, no answer yet", **about)


def with_times(ctx: Context, line: Text, times: Times | None) -> Text:
    """Say after a line how often this was urged and when last; nothing where it was not."""
    if times is None:
        return line
    day = times.last.astimezone(ctx.zone).date()
    return t("{line}; urged {count} times, last on {day}", line=line, count=times.count, day=day)
