"""A unit that leads a cluster or bloc: how its members stand with the group's tasks, urged and reported for once."""

from collections.abc import Sequence

from handlers.assignment import quoted
from handlers.choosing import act_of, reader, short
from handlers.group_meetings import meeting_choices
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, command, t
from handlers.naming import tell_behind
from handlers.paging import list_page
from handlers.progress import standing_line
from handlers.urged import as_leader, words_of
from handlers.urging import nobody, owe_urging, previewed
from models.answer_words import sent_paper
from models.answering import Answer
from models.assignments import record
from models.chasing import is_unreported
from models.leading import Led, groups_led, tasks_of
from models.naming import directory_names
from models.rules.arrivals import read_filing
from models.rules.permission import Action
from models.rules.steps import Step, read_paper
from models.rules.units import Sort, match
from models.standing import Standing
from models.tasks import Said, Task
from models.urging import hold_parties, select_urged

_TASKS = 6


@command(
    "cum",
    allow=Action.LEAD_GROUP,
    help=N_("See how your cluster or bloc stands with its tasks"),
    aliases=("khoi", "group"),
)
async def led(ctx: Context) -> Reply:
    """Count, for each task of the groups that the speaker's unit leads, which members have reported."""
    read, lines, choices = await reader(ctx), [], []
    groups = await groups_led(ctx.session, ctx.powers.own_units, ctx.today)
    for group in groups:
        for task in (await tasks_of(ctx.session, group.group_id))[:_TASKS]:
            found = await read.of(group.of_task(task.id))
            silent = sum(is_unreported(one) for one in found)
            about = {"group": group.name, "title": quoted(task.title), "silent": silent, "count": len(found)}
            lines.append(t("{group}: {title}: {silent} of {count} have not reported", **about))
            label = t("View: {title}", title=short(task.title, "View: "))
            choices.append(Choice(label, Call("cum.nv", {"group": group.group_id, "task": task.id})))
    choices += await meeting_choices(ctx, groups)
    if not lines:
        return Reply(t("No task was given to your cluster or bloc as such."), choices=tuple(choices))
    return Reply(*lines, choices=tuple(choices))


@command("cum.nv", allow=Action.LEAD_GROUP)
async def members(ctx: Context) -> Reply:
    """Say where each member stands with one task of the group."""
    group, task, found = await _of_task(ctx)
    silent = [one for one in found if is_unreported(one)]
    this = {"group": group.group_id, "task": task.id}
    choices = []
    if any(one.assignment.unit_id != group.leader_id for one in silent):
        choices.append(Choice(t("Urge the members that have not reported"), Call("cum.dondoc", this), primary=True))
    if any(one.awaits_unit for one in found):
        choices.append(Choice(t("Report for the group"), Call("cum.baocao", this)))
    head = t("{group}: {title}", group=group.name, title=quoted(task.title))
    return list_page(ctx, head, [standing_line(ctx, one) for one in found], *choices)


@command("cum.dondoc", allow=Action.LEAD_GROUP)
async def preview_urging(ctx: Context) -> Reply:
    """Show which members an urging would reach."""
    group, task, found = await _of_task(ctx)
    chosen = await select_urged(await reader(ctx), _to_urge(group, found), ctx.council.urgings_a_week)
    send = Call("cum.dondoc.gui", {"group": group.group_id, "task": task.id})
    return previewed(chosen, words_of(as_leader(group.leader, group.name)), send, ctx.zone)


@command("cum.dondoc.gui", allow=Action.LEAD_GROUP)
async def urge(ctx: Context) -> Reply:
    """Urge the members that have not reported, in the name of the unit that leads."""
    group, task, _ = await _of_task(ctx)
    meant = group.of_task(task.id)
    await hold_parties(ctx.session, meant)
    found = await (await reader(ctx)).of(meant)
    chosen = await select_urged(await reader(ctx), _to_urge(group, found), ctx.council.urgings_a_week)
    if not chosen.chosen:
        return Reply(*nobody(chosen))
    return await owe_urging(ctx, chosen, group.leader, group.name)


def _to_urge(group: Led, found: Sequence[Standing]) -> list[Standing]:
    return [one for one in found if is_unreported(one) and one.assignment.unit_id != group.leader_id]


@command("cum.baocao", allow=Action.LEAD_GROUP)
async def report(ctx: Context) -> Reply:
    """Ask for the paper that answers for the group, all of it or the members named before a colon; then show it."""
    group, task, found = await _of_task(ctx)
    line = str(ctx.args.get("paper") or "").strip()
    this = {"group": group.group_id, "task": task.id}
    if not line:
        question = t("Which number and day does the group's paper bear? For all members: 45/BC ngày 12/6.")
        some = t("For some of them: SYT, STC: 45/BC ngày 12/6.")
        return Reply(question, some, ask=Ask(Call("cum.baocao", this), "paper"))
    names, colon, paper = line.rpartition(":")
    units = await _named(ctx, group, names) if colon else group.members
    meant = [one for one in found if one.awaits_unit and one.assignment.unit_id in units]
    if not meant:
        raise Refusal(t("All of these members have reported already; “cum” shows how they stand."))
    read_paper((paper or line).strip(), ctx.today)
    call = Call("cum.baocao.co", {**this, "paper": (paper or line).strip(), "assignments": [one.id for one in meant]})
    return Reply(
        t("To be recorded for {count} members: {units}.", count=len(meant), units=tuple(one.whose for one in meant)),
        t("Paper: {paper}.", paper=(paper or line).strip()),
        choices=(
            Choice(t("Record for {count} members", count=len(meant)), call, primary=True),
            Choice(t("No"), Call("cum")),
        ),
    )


@command("cum.baocao.co", allow=Action.LEAD_GROUP)
async def record_for_members(ctx: Context) -> Reply:
    """Record one report for each member that was shown, and tell them; who answered meanwhile is left alone."""
    group, task, found = await _of_task(ctx)
    filing = read_filing(ctx.args["paper"], ctx.today)
    paper = filing.paper or read_paper(ctx.args["paper"], ctx.today)
    meant = [one for one in found if one.id in ctx.args["assignments"] and one.awaits_unit]
    for one in meant:
        answer = Answer(Said.FINISHED, Step.SENT, group.name, None, paper.number, paper.day, filing.route or "")
        written = await record(act_of(ctx), one.id, answer)
        ctx.touch(one.assignment)
        if one.assignment.unit_id != group.leader_id:
            about = {"leader": group.leader, "group": group.name, "title": one.title}
            told = t(
                "{leader} has reported for {group}: {title}, {paper}.", **about, paper=sent_paper(paper, answer.route)
            )
            await tell_behind(ctx, one, f"led:{written.id}", told)
    return Reply(
        t(
            "Recorded for {count} members of {group}: {title}.",
            count=len(meant),
            group=group.name,
            title=quoted(task.title),
        ),
        t("The report awaits acceptance by the secretariat."),
    )


async def _of_task(ctx: Context) -> tuple[Led, Task, tuple[Standing, ...]]:
    """Read a group's task with its members; raises Refusal where the speaker's unit does not lead it today."""
    everyone = await groups_led(ctx.session, ctx.powers.own_units, ctx.today)
    group = next((one for one in everyone if one.group_id == ctx.args["group"]), None)
    tasks = await tasks_of(ctx.session, group.group_id) if group is not None else ()
    task = next((one for one in tasks if one.id == ctx.args["task"]), None)
    if group is None or task is None:
        raise Refusal(t("Your unit does not lead this group at present; “cum” shows what it leads."))
    return group, task, await (await reader(ctx)).of(group.of_task(task.id))


async def _named(ctx: Context, group: Led, names: str) -> frozenset[int]:
    known = [
        one
        for one in await directory_names(ctx.session, ctx.today)
        if one.sort is Sort.UNIT and one.id in group.members
    ]
    found = [(name.strip(), match(name.strip(), known).found) for name in names.split(",") if name.strip()]
    if unknown := [name for name, one in found if one is None]:
        raise Refusal(
            t(
                "“{name}” is no member of {group}; please write names of the list in “cum”.",
                name=unknown[0],
                group=group.name,
            )
        )
    return frozenset(one.id for _, one in found if one is not None)
