"""Giving tasks: the drafts that wait, a rehearsal of what would be sent, and one message to each unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from documents.offering import known_now
from handlers.choosing import short
from handlers.given import owe_given
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.meeting_news import touch_concluded
from handlers.paging import names_of, page_of
from models.audiences import Audience, Circle, understand, units_of
from models.entries import Target, TaskEntry
from models.giving import Giving, Plan, give, planned
from models.planning import draft_of_line, remove_drafts
from models.preview import line_of_task
from models.rules.deadline import AMBIGUOUS, Reading, TaskLine, split_task_line, task_lines
from models.rules.due_words import candidates, in_words
from models.rules.permission import Action
from models.rules.rounds import dues_once
from models.tasks import Task, Whom
from models.telling import Told, Waiting, called, reached, told_of_plan, waiting

_SHOWN: Final = 6
_DONE, _STILL = "done", "still"
_WHOM = {
    Circle.EVERYBODY: (Whom.EVERYONE, Whom.MEMBERS),
    Circle.UNITS: (Whom.EVERYONE,),
    Circle.MEMBERS: (Whom.MEMBERS,),
    Circle.GROUP_LEADERS: (Whom.GROUP_LEADERS,),
    Circle.GROUP_MEMBERS: (Whom.GROUP_MEMBERS,),
    Circle.GROUP: (Whom.GROUP,),
    Circle.UNIT: (Whom.UNIT,),
    Circle.POST: (Whom.POST,),
}


@command(
    "giaoviec",
    allow=Action.GIVE,
    help=N_("Give tasks: what waits, or /giaoviec SYT, STC: task; deadline"),
    aliases=("give", "giaonhiemvu"),
    takes_line=True,
)
async def give_tasks(ctx: Context) -> Reply:
    """Show what waits to be given, or take one task in one line."""
    if ctx.line.strip():
        lines = task_lines(ctx.line)
        several = len(lines) > 1 and all(":" in line for line in lines)
        return await (_several(ctx, lines) if several else _typed(ctx, split_task_line(ctx.line)))
    found = await waiting(ctx.session)
    if not found:
        return Reply(
            t(
                "No task waits to be given. Send a plan's annex, or write one task in one line: "
                "giaoviec SYT, STC: Báo cáo sơ kết 6 tháng; hạn 16h00 ngày 20/6"
            )
        )
    if len(found) == 1:
        return await _rehearsed(ctx, found[0].tasks)
    page = page_of(ctx, found, _SHOWN)
    choices = [await _to_look_at(ctx, one) for one in page.rows]
    total = sum(len(one.tasks) for one in found)
    head = t("{count} tasks wait to be given. Which are to be looked at?", count=total)
    return Reply(head, choices=(*choices, *page.following))


@command("giaoviec.xem", allow=Action.GIVE)
async def rehearse(ctx: Context) -> Reply:
    """Show what giving these tasks would send, and to whom."""
    return await _rehearsed(ctx, ctx.args["tasks"], str(ctx.args.get("past", "")))


@command("giaoviec.giao", allow=Action.GIVE)
async def give_now(ctx: Context) -> Reply:
    """Give the tasks that were shown, and owe each unit one message."""
    past = str(ctx.args.get("past", ""))
    giving = _giving(ctx, past)
    plan = await planned(ctx.session, ctx.args["tasks"], giving)
    if not plan.planned:
        raise Refusal(t("These tasks have been given already; nothing was given twice."))
    if plan.past_tasks and not past:
        return _about_past(plan)
    count = await give(ctx.session, plan, giving, ctx.me.id)
    everybody = await told_of_plan(ctx.session, plan, ctx.today, past_is_done=giving.past_is_done)
    owe_given(ctx, everybody, str(min(task.id for task in plan.tasks)))
    await touch_concluded(ctx, [task.id for task in plan.tasks])
    tasks = len(plan.tasks) - len(plan.without_lead)
    messages = sum(len(one.persons) for one in everybody)
    said = t(
        "Given at {at}: {tasks} tasks, {count} assignments; {messages} messages are on their way.",
        at=ctx.now,
        tasks=tasks,
        count=count,
        messages=messages,
    )
    return Reply(said, *_unreached(everybody))


@command("giaoviec.bo", allow=Action.GIVE)
async def leave(ctx: Context) -> Reply:
    """Leave drafts of a document as they are; a task typed in one line is dropped."""
    if ctx.args.get("typed"):
        await remove_drafts(ctx.session, ctx.args["tasks"])
        return Reply(t("The task was dropped; nothing was sent."))
    return Reply(t("Nothing was sent; the drafts wait until you send “giaoviec”."))


@command("giaoviec.han", allow=Action.GIVE)
async def take_deadline(ctx: Context) -> Reply:
    """Take the deadline that was missing in a task of one line."""
    return await _typed(ctx, TaskLine(ctx.args["units"], ctx.args["task"], str(ctx.args["deadline"])))


async def _typed(ctx: Context, line: TaskLine) -> Reply:
    """Make a draft of a task of one line, and rehearse it; ask where its deadline is not understood."""
    made = await draft_typed(ctx, line, Call("giaoviec.han"))
    return made if isinstance(made, Reply) else await _rehearsed(ctx, [made.id], typed=True)


async def _several(ctx: Context, lines: Sequence[str]) -> Reply:
    """Make drafts of tasks typed a line each, and rehearse them together; raises Refusal for the first in doubt."""
    made = []
    for line in lines:
        try:
            draft = await draft_typed(ctx, split_task_line(line), Call("giaoviec.han"))
        except Refusal as refusal:
            raise Refusal(t("“{line}”: {why}", line=line, why=refusal.text)) from refusal
        if isinstance(draft, Reply):
            raise Refusal(t("“{line}”: when it is due is not clear; please write it once more.", line=line))
        made.append(draft.id)
    return await _rehearsed(ctx, made, typed=True)


async def draft_typed(ctx: Context, line: TaskLine, anew: Call) -> Task | Reply:
    """Make a draft of a task of one line, or ask where its deadline is not understood.

    `anew` takes the line again as `units`, `task` and `deadline`. Raises Refusal for a unit that is not known and for
    a deadline that is past.
    """
    found = await understand(ctx.session, line.units, ctx.today)
    if found.doubt is not None:
        near = tuple(one.code or one.name for one in found.doubt.nearest)
        raise Refusal(t("“{name}” is not in the directory. Nearest are: {near}.", name=found.doubt.written, near=near))
    reading = _reading(ctx, line.deadline) or (await known_now(ctx.session, ctx.today, ctx.council)).read(
        line.deadline, ctx.today
    )
    if reading == AMBIGUOUS:
        return _ask_deadline(ctx, line, anew)
    _require_ahead(reading, ctx)
    targets = await _targets(ctx, found.audience)
    phrase = line.deadline if not _reading(ctx, line.deadline) else ""
    entry = TaskEntry("", line.task, phrase=phrase, reading=reading.notation, targets=targets)
    return await draft_of_line(ctx.session, entry, ctx.now)


def _reading(ctx: Context, said: str) -> Reading | None:
    """Read the notation that a button of ours carries; None for what was typed."""
    return Reading.parse(said.removeprefix("#")) if said.startswith("#") else None


def _ask_deadline(ctx: Context, line: TaskLine, anew: Call) -> Reply:
    call = anew.with_arg("units", line.units).with_arg("task", line.task)
    options = (*candidates(line.deadline, ctx.today), Reading.parse("NONE"))
    choices = tuple(Choice(in_words(one), call.with_arg("deadline", f"#{one.notation}")) for one in options)
    return Reply(
        t("“{phrase}” could not be read as a deadline. When is it due?", phrase=line.deadline),
        t("Or type the deadline, as 25/6/2022 or hết quý III."),
        choices=choices,
        ask=Ask(call, "deadline"),
    )


def _require_ahead(reading: Reading, ctx: Context) -> None:
    late = [due for due in dues_once(reading) if due.day < ctx.today]
    if late:
        raise Refusal(t("{day} is past already; please give a deadline from today on.", day=late[0].day))


async def _targets(ctx: Context, audience: Audience) -> tuple[Target, ...]:
    targets: list[Target] = []
    for part in audience.parts:
        if part.circle is Circle.KIND:
            kind = await ctx.session.scalars(units_of(Audience((part,)), ctx.today))
            targets += (Target(part.name, whom=Whom.UNIT, id=unit_id, name=part.name) for unit_id in kind)
        else:
            name = part.name or part.circle.value
            targets += (Target(name, whom=whom, id=part.id, name=name) for whom in _WHOM[part.circle])
    return tuple(targets)


async def _rehearsed(ctx: Context, tasks: Sequence[int], past: str = "", *, typed: bool = False) -> Reply:
    plan = await planned(ctx.session, tasks, _giving(ctx, past))
    if not plan.tasks:
        raise Refusal(t("These tasks have been given already; nothing was given twice."))
    if plan.past_tasks and not past:
        return _about_past(plan)
    everybody = await told_of_plan(ctx.session, plan, ctx.today, past_is_done=past == _DONE)
    persons = [person for one in everybody for person in one.persons]
    ready = len(plan.tasks) - len(plan.without_lead)
    drop = Choice(t("Leave it"), _call("bo", tasks, **({"typed": True} if typed else {})))
    first = t(
        "Rehearsal: {tasks} tasks to {units} units and posts; {messages} messages; {reached} people reached by chat.",
        tasks=ready,
        units=len(plan.leading),
        messages=len(persons),
        reached=await reached(ctx.session, persons),
    )
    lines = (first, *await _sample(plan, ctx), *_left_over(plan), *_unreached(everybody))
    if not ready:
        return Reply(*lines, choices=(drop,))
    give_them = _call("giao", tasks, **({"past": past} if past else {}))
    return Reply(*lines, choices=(Choice(t("Give {count} tasks", count=ready), give_them, primary=True), drop))


async def _sample(plan: Plan, ctx: Context) -> tuple[Text, ...]:
    """Say the first tasks with who get each and who coordinate it, and how many more there are."""
    names = await called(ctx.session, [*plan.leading, *plan.coordinating])
    leads: dict[int, dict[str, None]] = {}
    for one in plan.planned:
        leads.setdefault(one.task_id, {})[names[one.to]] = None
    given = [task for task in plan.tasks if task.id in leads]
    others = {
        task.id: [names[to] for to, ids in plan.coordinating.items() if task.id in ids] for task in given[:_SHOWN]
    }
    lines = tuple(
        _for_whom(line_of_task(task, ctx.today), list(leads[task.id]), others[task.id]) for task in given[:_SHOWN]
    )
    return (*lines, t("And {count} more tasks.", count=len(given) - _SHOWN)) if len(given) > _SHOWN else lines


def _for_whom(task: Text, leads: Sequence[str], others: Sequence[str]) -> Text:
    about = {"task": task, "count": len(leads), "names": names_of(leads)}
    if others:
        about["others"] = names_of(others)
        return t("{task} For {count} units and posts: {names} Coordinating: {others}", **about)
    return t("{task} For {count} units and posts: {names}", **about)


def _left_over(plan: Plan) -> tuple[Text, ...]:
    if not plan.without_lead:
        return ()
    refs = ", ".join(task.ref for task in plan.without_lead)
    return (t("Without a lead unit of the directory, so not given: {refs}.", refs=refs),)


def _unreached(everybody: Sequence[Told]) -> tuple[Text, ...]:
    """Name the units behind whom nobody stands: they have to be called."""
    names = tuple(one.name for one in everybody if not one.persons)
    if not names:
        return ()
    return (t("{count} have no focal point and must be called: {names}", count=len(names), names=names_of(names)),)


def _about_past(plan: Plan) -> Reply:
    """Ask once about everything that was due before: done already, or still to be done."""
    past = set(plan.past_tasks)
    tasks = [task for task in plan.tasks if task.id in past]
    ids = [task.id for task in plan.tasks]
    shown = tuple(_ref(task) for task in tasks[:_SHOWN])
    return Reply(
        t(
            "{count} of {all} tasks were due before today. Were they done, or are they still to be done?",
            count=len(tasks),
            all=len(plan.tasks),
        ),
        *shown,
        choices=(
            Choice(t("Done before"), _call("xem", ids, past=_DONE)),
            Choice(t("Still to be done"), _call("xem", ids, past=_STILL)),
        ),
    )


def _ref(task: Task) -> Text:
    return t("{ref}. {title}: {phrase}.", ref=task.ref or "–", title=task.title, phrase=task.phrase)


async def _to_look_at(ctx: Context, one: Waiting) -> Choice:
    """Offer one of several documents, or a task that was typed and not given."""
    count, call = len(one.tasks), _call("xem", one.tasks)
    if one.document is not None:
        return Choice(t("{name} ({count} tasks)", name=one.document.number, count=count), call)
    task = await ctx.session.get(Task, one.tasks[0])
    return Choice(t("{title}", title=short(task.title if task else "")), call)


def _call(name: str, tasks: Sequence[int], **more: Any) -> Call:
    return Call(f"giaoviec.{name}", {"tasks": list(tasks), **more})


def _giving(ctx: Context, past: str) -> Giving:
    now: datetime = ctx.now
    return Giving(now, ctx.zone, past_is_done=past == _DONE)
