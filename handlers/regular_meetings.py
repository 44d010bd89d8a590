"""The year's regular meetings, proposed from the plan: one tap begins the invitation, ad hoc ones stand beside them."""

from handlers.convening import MEETING, go_on
from handlers.kit import Call, Choice, Context, Refusal, Reply, command, t
from models.audiences import understand
from models.regular import Proposal, proposals
from models.rules.permission import Action
from models.writing import begin, fill_in

_MEMBERS = "thành viên Hội đồng"


@command("hop.dinhky", allow=Action.CONVENE)
async def list_proposals(ctx: Context) -> Reply:
    """List the regular meetings that the plan wants and nobody has called."""
    found = await proposals(ctx.session, ctx.today)
    if not found:
        return Reply(t("Every regular meeting of the plan has been called; “taohop” calls another."))
    lines = [
        t(
            "{number}. Quarter {quarter}/{year}: {title} ({document})",
            number=number,
            quarter=one.quarter.roman,
            year=one.quarter.year,
            title=one.title,
            document=one.number,
        )
        for number, one in enumerate(found, 1)
    ]
    return Reply(t("Regular meetings of the plan, not called yet:"), *lines, choices=tuple(map(_begin, found)))


def _begin(one: Proposal) -> Choice:
    label = t("Write the invitation, quarter {quarter}/{year}", quarter=one.quarter.roman, year=one.quarter.year)
    return Choice(label, Call("hop.dinhky.soan", {"task": one.task_id, "quarter": one.quarter.code}))


@command("hop.dinhky.soan", allow=Action.CONVENE)
async def begin_invitation(ctx: Context) -> Reply:
    """Begin the invitation to a regular meeting: its matter and the members are known, day and place are asked."""
    for one in await proposals(ctx.session, ctx.today):
        if (one.task_id, one.quarter.code) == (ctx.args["task"], ctx.args["quarter"]):
            break
    else:
        raise Refusal(t("This regular meeting has been called already; “hop” shows it."))
    draft = await begin(ctx.session, MEETING, ctx.me.id, ctx.now)
    members = await understand(ctx.session, _MEMBERS, ctx.today)
    whom = {"whom": members.audience.as_json()} if members.audience.parts else {}
    await fill_in(ctx.session, draft, title=one.title, task=one.task_id, quarter=one.quarter.code, **whom)
    return await go_on(ctx, draft)
