"""Reports accepted by a rule that an officer sets on a task: in time, with the paper's number or a file."""

from handlers.assignment import quoted
from handlers.kit import Call, Choice, Context, Reply, Text, command, t
from handlers.meeting_news import touch_concluded
from models.accepting import AcceptanceRule, is_acceptable, rule_for
from models.answering import Answer
from models.assignments import Act, accept
from models.rules.permission import Action
from models.standing import Standing
from models.tasks import Task


@command("duyet.quytac", allow=Action.REVIEW)
async def set_rule(ctx: Context) -> Reply:
    """Let what comes in time with its paper be accepted from now on, or end that; what waits already stays."""
    task = await ctx.session.get_one(Task, ctx.args["task"])
    rule = await rule_for(ctx.session, task.id)
    this = {"task": task.id}
    if not ctx.args["on"]:
        if rule is not None:
            rule.ended_at = ctx.now
        ctx.touch(task)
        return Reply(t("From now on each report on “{title}” waits for an officer.", title=quoted(task.title)))
    if rule is None:
        ctx.session.add(AcceptanceRule(task_id=task.id, by_id=ctx.me.id, at=ctx.now))
        await ctx.session.flush()
    ctx.touch(task)
    return Reply(
        t(
            "From now on a report on “{title}” in time, with number or file, is accepted at once.",
            title=quoted(task.title),
        ),
        t("Reports that wait already, late ones and those without number or file wait for an officer."),
        choices=(Choice(t("End this rule"), Call("duyet.quytac", {**this, "on": False})),),
    )


def rule_choice(task_id: int, rule: AcceptanceRule | None) -> Choice:
    """Offer to set the rule of a task, or to end it."""
    label = t("Accept on-time reports at once") if rule is None else t("End this rule")
    return Choice(label, Call("duyet.quytac", {"task": task_id, "on": rule is None}))


async def accepted_by_rule(ctx: Context, standing: Standing, answer: Answer, report_id: int) -> Text | None:
    """Accept a report that was recorded just now where the task's rule covers it, and say so; None where it waits."""
    rule = await rule_for(ctx.session, standing.task.id)
    if rule is None or not is_acceptable(standing, answer, ctx.now, ctx.zone):
        return None
    await accept(Act(ctx.session, rule.by_id, ctx.now, ctx.zone), standing.id, report_id)
    ctx.touch(standing.assignment)
    await touch_concluded(ctx, [standing.task.id])
    return t("Accepted: in time, with its paper.")
