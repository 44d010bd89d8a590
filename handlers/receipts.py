"""What arrived outside the chat (ghinhan): a task, its units, how and when it came; previewed, then recorded once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.amending import amendable, ask_how, begun_anew, changes_of, how_said, said_of, tell_received
from handlers.assignment import quoted
from handlers.broadcasting import whom_is_meant
from handlers.choosing import act_of, reader, short
from handlers.kit import N_, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.paging import FROM, page_of
from handlers.ticking import shown_list
from models.audiences import posts_of, understand, units_of
from models.chasing import awaited_tasks, given_tasks
from models.drafts import Draft
from models.evidence import start_of
from models.receipts import Arrival, hindrance, receive
from models.rules.arrivals import Filing, read_filing
from models.rules.permission import Action
from models.rules.status import is_late
from models.rules.steps import Paper
from models.standing import Standing
from models.tasks import Assignment, Task
from models.ticking import DROPPED, RECORDED, begin_ticking, open_list, ticks
from models.writing import end, fill_in

_PAGE, _NAMED, _LEFT = 8, 12, 5
_NUMBERED = re.compile(r"^\s*(?:#|số\s+|so\s+)?(\d{1,6})(?![\d/])\s*[:.,;]?\s*(.*)$", re.DOTALL | re.IGNORECASE)


@command(
    "ghinhan",
    allow=Action.RECORD_ARRIVAL,
    help=N_("Record what arrived on paper or by e-mail: ghinhan NUMBER: UNITS"),
    aliases=("receive", "receipt"),
    takes_line=True,
)
async def record_arrivals(ctx: Context) -> Reply:
    """Choose a task, then its units; one line may say all of it: "12: SYT, STC; giấy; đến 12/6"."""
    if (line := begun_anew(ctx)) is not None:
        return await _anew(ctx, line)
    if "task" in ctx.args:
        task = await ctx.session.get_one(Task, ctx.args["task"])
        return await _of_task(ctx, task, str(ctx.args.get("whom", "")), _known(ctx))
    if FROM in ctx.args and "whom" in ctx.args:
        return await _without_task(ctx, replace(_known(ctx), whose=str(ctx.args["whom"])), ctx.line)
    return await _anew(ctx, ctx.line)


async def _anew(ctx: Context, line: str) -> Reply:
    """Begin from what was typed after the command."""
    if not line.strip():
        return await _choose_task(ctx)
    found = _NUMBERED.match(line)
    filing = read_filing(found[2] if found else line, ctx.today)
    if found is None:
        return await _without_task(ctx, filing, line)
    tasks = await given_tasks(ctx.session)
    task = next((task for number, task in tasks if number == int(found[1])), None)
    if task is None:
        raise Refusal(t("There is no task number {number}; “tiendo” lists them.", number=int(found[1])))
    return await _of_task(ctx, task, filing.whose, filing)


async def _choose_task(ctx: Context) -> Reply:
    """List the tasks of which reports are owed, a page at a time."""
    tasks = await awaited_tasks(await reader(ctx))
    if not tasks:
        return Reply(t("No report is owed at present; there is nothing to record."))
    page = page_of(ctx, tasks, _PAGE)
    choices = [
        Choice(
            t(
                "{number}. {title} ({count})",
                number=one.number,
                title=short(one.task.title, f"{one.number}. ({one.count})"),
                count=one.count,
            ),
            Call("ghinhan", {"task": one.task.id}),
        )
        for one in page.rows
    ]
    return Reply(
        t("To which task do the papers belong? {count} tasks wait for reports.", count=len(tasks)),
        t(
            "Or in one line, for instance: ghinhan {number}: SYT, STC; giấy; đến {day}.",
            number=page.rows[0].number,
            day=ctx.today,
        ),
        choices=(*choices, *page.following),
    )


async def _without_task(ctx: Context, filing: Filing, line: str) -> Reply:
    """Ask for which task papers of named units are, unless they owe only one."""
    named = await understand(ctx.session, filing.whose, ctx.today)
    if not filing.whose or named.doubt is not None or not named.audience.parts:
        raise Refusal(
            t(
                "“{words}” was not understood; please write: ghinhan 12: SYT, STC; giấy; đến {day}.",
                words=line,
                day=ctx.today,
            )
        )
    theirs = Assignment.unit_id.in_(units_of(named.audience, ctx.today))
    tasks = await awaited_tasks(await reader(ctx), theirs)
    if not tasks:
        raise Refusal(t("No report of {units} is owed at present; there is nothing to record.", units=filing.whose))
    if len(tasks) == 1:
        return await _of_task(ctx, tasks[0].task, filing.whose, filing)
    known = {**_as_args(filing), "whom": filing.whose}
    page = page_of(ctx, tasks, _PAGE, **known)
    choices = (
        Choice(t("{title}", title=short(one.task.title)), Call("ghinhan", {**known, "task": one.task.id}))
        for one in page.rows
    )
    head = t("To which task do the papers of {units} belong?", units=filing.whose)
    return Reply(head, *page.rest, choices=(*choices, *page.following))


async def _of_task(ctx: Context, task: Task, whose: str, filing: Filing) -> Reply:
    """Begin the list of a task, with the named units ticked; without names it is shown to be ticked."""
    found = await (await reader(ctx)).of_task(task.id)
    if not whose:
        waiting = [standing for standing in found if standing.awaits_unit]
        if not waiting:
            raise Refusal(t("All units have answered: {title}; there is nothing to record.", title=quoted(task.title)))
        draft = await begin_ticking(ctx.session, ctx.me.id, ctx.now, waiting, task=task.id, **_as_args(filing))
        return shown_list(draft)
    named = await understand(ctx.session, whose, ctx.today)
    if named.doubt is not None or not named.audience.parts:
        return whom_is_meant(named, Call("ghinhan", {**_as_args(filing), "task": task.id}))
    units = set(await ctx.session.scalars(units_of(named.audience, ctx.today)))
    posts = set(await ctx.session.scalars(posts_of(named.audience, ctx.today)))
    meant = [one for one in found if one.assignment.unit_id in units or one.assignment.post_id in posts]
    on = filing.arrived_on or ctx.today
    free = [standing for standing in meant if hindrance(standing, on, ctx.zone) is None]
    left = _left_out(ctx, [standing for standing in meant if standing not in free], on)
    if not free:
        raise Refusal(_nothing(meant, left, task))
    listed = [standing for standing in found if standing.awaits_unit or standing in free]
    ticked = [standing.id for standing in free]
    known = {"task": task.id, "ticked": ticked, **_as_args(filing)}
    draft = await begin_ticking(ctx.session, ctx.me.id, ctx.now, listed, **known)
    return await _next(ctx, draft, left)


def _nothing(meant: Sequence[Standing], left: Sequence[Text], task: Task) -> Text:
    if not meant:
        return t("None of these units was given this task: {title}.", title=quoted(task.title))
    return left[0] if len(left) == 1 else t("All of these units have answered: {title}.", title=quoted(task.title))


def _left_out(ctx: Context, hindered: Sequence[Standing], on: date) -> tuple[Text, ...]:
    """Say of whom nothing is recorded, and why."""
    reasons = [(one.whose, hindrance(one, on, ctx.zone)) for one in hindered]
    lines = [t("{unit} is left out: {reason}", unit=whose, reason=why) for whose, why in reasons[:_LEFT] if why]
    if len(hindered) > _LEFT:
        lines.append(t("And {count} more units that have answered are left out.", count=len(hindered) - _LEFT))
    return tuple(lines)


@command("ghinhan.tiep", allow=Action.RECORD_ARRIVAL)
async def go_on(ctx: Context) -> Reply:
    """Go on with what is ticked."""
    return await _next(ctx, await open_list(ctx.session, ctx.args["draft"], ctx.me.id))


@command("ghinhan.hinhthuc", allow=Action.RECORD_ARRIVAL)
async def take_how(ctx: Context) -> Reply:
    """Take how, when and under which number it came."""
    if (line := begun_anew(ctx)) is not None:
        return await _anew(ctx, line)
    draft = await open_list(ctx.session, ctx.args["draft"], ctx.me.id)
    await fill_in(ctx.session, draft, **_as_args(how_said(ctx)))
    return await _next(ctx, draft)


@command("ghinhan.ngay", allow=Action.RECORD_ARRIVAL)
async def ask_how_again(ctx: Context) -> Reply:
    """Ask how it came once more, with the preview's words to be changed."""
    draft = await open_list(ctx.session, ctx.args["draft"], ctx.me.id)
    return ask_how(t("What is to be changed?"), Call("ghinhan.hinhthuc", {"draft": draft.id}), ctx.today)


@command("ghinhan.chonlai", allow=Action.RECORD_ARRIVAL)
async def tick_again(ctx: Context) -> Reply:
    """Show the list once more."""
    return shown_list(await open_list(ctx.session, ctx.args["draft"], ctx.me.id))


@command("ghinhan.bo", allow=Action.RECORD_ARRIVAL)
async def drop(ctx: Context) -> Reply:
    """Drop the list; nothing is recorded."""
    draft = await open_list(ctx.session, ctx.args["draft"], ctx.me.id)
    end(draft, DROPPED, ctx.now)
    ctx.touch(draft)
    return Reply(t("The list was dropped; nothing was recorded."))


async def _next(ctx: Context, draft: Draft, left: Sequence[Text] = ()) -> Reply:
    """Ask how it came where that is not known, or show what would be recorded."""
    ticked = [one for one in await ticks(ctx.session, draft) if one.ticked]
    if not ticked:
        raise Refusal(t("No unit is ticked yet; please tick those whose papers have arrived."))
    if len(ticked) > 1 and draft.data.get("number"):
        raise Refusal(t("A number belongs to one paper; please record {units} one by one.", units=_names(ticked)))
    task = await ctx.session.get_one(Task, draft.data["task"])
    if "route" not in draft.data:
        question = t("{count} units, {title}: how did it come?", count=len(ticked), title=quoted(task.title))
        asked = ask_how(question, Call("ghinhan.hinhthuc", {"draft": draft.id}), ctx.today)
        return Reply(*asked.lines, *left, choices=asked.choices, ask=asked.ask)
    await fill_in(ctx.session, draft, shown=True)
    arrival = _arrival(ctx, draft)
    this = {"draft": draft.id}
    found = await (await reader(ctx)).of(Assignment.id.in_([one.assignment_id for one in ticked]))
    late = [one.whose for one in found if is_late(start_of(arrival.on, ctx.zone), one.facts.due, ctx.zone)]
    return Reply(
        t("{count} units to be recorded: {title}", count=len(ticked), title=quoted(task.title)),
        t("{units}.", units=_names(ticked)),
        t("To be recorded: {what}.", what=said_of(arrival)),
        *((t("It arrived after the deadline: {units}.", units=tuple(late[:_NAMED])),) if late else ()),
        *left,
        t("Each unit is told once; its reminders stop."),
        choices=(
            Choice(
                t("Record {count} units", count=len(ticked)),
                Call("ghinhan.ghi", {**this, "version": draft.version}),
                primary=True,
            ),
            Choice(t("Change day, route or number"), Call("ghinhan.ngay", this)),
            Choice(t("Change the units"), Call("ghinhan.chonlai", this)),
            Choice(t("Drop"), Call("ghinhan.bo", this)),
        ),
    )


@command("ghinhan.ghi", allow=Action.RECORD_ARRIVAL)
async def write(ctx: Context) -> Reply:
    """Record what was previewed, all of it in one transaction, and tell each unit once."""
    draft = await open_list(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    ticked = [one for one in await ticks(ctx.session, draft) if one.ticked]
    arrival = _arrival(ctx, draft)
    done = await receive(act_of(ctx), {one.assignment_id: arrival for one in ticked})
    if not done:
        raise Refusal(t("All of these units have answered meanwhile; nothing was recorded twice."))
    untold = await tell_received(ctx, done)
    await fill_in(ctx.session, draft, reports=[one.report_id for one in done])
    end(draft, RECORDED, ctx.now)
    ctx.touch(draft)
    recorded = {one.standing.id for one in done}
    missed = [one.unit for one in ticked if one.assignment_id not in recorded]
    lines = [
        t(
            "Recorded at {at}: {count} units, {title}. They have been told.",
            at=ctx.now,
            count=len(done),
            title=quoted(done[0].standing.title),
        )
    ]
    if missed:
        lines.append(t("Answered meanwhile and left as they are: {units}.", units=tuple(missed[:_NAMED])))
    return Reply(*lines, *untold, choices=amendable({"draft": draft.id}))


def _arrival(ctx: Context, draft: Draft) -> Arrival:
    data = draft.data
    on = date.fromisoformat(data["on"]) if data.get("on") else ctx.today
    dated = date.fromisoformat(data["dated"]) if data.get("dated") else None
    return Arrival(on, data["route"], data.get("number", ""), dated)


def _names(ticked: Sequence[Any]) -> tuple[str, ...]:
    return tuple(one.unit for one in ticked[:_NAMED])


def _as_args(filing: Filing) -> dict[str, Any]:
    """Give what a line says in the form in which buttons and drafts keep it."""
    return {name: said.isoformat() if isinstance(said, date) else said for name, said in changes_of(filing).items()}


def _known(ctx: Context) -> Filing:
    """Read back what a button kept of a line."""
    day = {name: date.fromisoformat(ctx.args[name]) for name in ("on", "dated") if ctx.args.get(name)}
    paper = Paper(ctx.args["number"], day.get("dated")) if ctx.args.get("number") else None
    filing = Filing(arrived_on=day.get("on"), paper=paper)
    return replace(filing, route=how_said(ctx).route) if ctx.args.get("route") else filing
