"""The year's regular meetings, proposed from the plan: one tap begins the invitation, ad hoc ones stand beside them."""

from handlers.convening import MEETING, go_on
from handlers.kit import Call, Choice, Context, Refusal, Reply, command, t
from models.audiences import understand
from models.meetings import Meeting
from models.regular import Proposal, may_be_regular, proposals, require_not_called
from models.rescheduling import held
from models.rules.meeting_line import start_spoken
from models.rules.permission import Action
from models.writing import begin, fill_in

_MEMBERS = "thành viên Hội đồng"


@command("hop.dinhky", allow=Action.CONVENE)
async def list_proposals(ctx: Context) -> Reply:
    """List the regular meetings that the plan wants and nobody has called."""
    return await _listed(ctx)


async def _listed(ctx: Context) -> Reply:
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
    choices = [_begin(one) for one in found]
    for one in found:
        for meeting in await may_be_regular(ctx.session, one, ctx.zone):
            about = {"quarter": one.quarter.roman, "start": start_spoken(meeting.starts_at, ctx.zone)}
            lines.append(t("Of quarter {quarter} perhaps: {start}, “{title}”.", **about, title=meeting.title))
            choices.append(_is(one, meeting, ctx))
    return Reply(t("Regular meetings of the plan, not called yet:"), *lines, choices=tuple(choices))


def _begin(one: Proposal) -> Choice:
    label = t("Write the invitation, quarter {quarter}/{year}", quarter=one.quarter.roman, year=one.quarter.year)
    return Choice(label, Call("hop.dinhky.soan", {"task": one.task_id, "quarter": one.quarter.code}))


def _is(one: Proposal, meeting: Meeting, ctx: Context) -> Choice:
    day = meeting.starts_at.astimezone(ctx.zone).date()
    label = t("Quarter {quarter}: the meeting of {day}", quarter=one.quarter.roman, day=day)
    about = {"task": one.task_id, "quarter": one.quarter.code, "meeting": meeting.id}
    return Choice(label, Call("hop.dinhky.la", about))


@command("hop.dinhky.la", allow=Action.CONVENE)
async def take_as_regular(ctx: Context) -> Reply:
    """Take a meeting that was called beside the plan for the regular one of its quarter."""
    await require_not_called(ctx.session, ctx.args["task"], ctx.args["quarter"])
    meeting = await held(ctx.session, ctx.args["meeting"])
    meeting.task_id, meeting.quarter = ctx.args["task"], ctx.args["quarter"]
    said = t("“{title}” stands for the regular meeting of the quarter.", title=meeting.title)
    back = Choice(t("Not the regular meeting"), Call("hop.dinhky.thoi", {"meeting": meeting.id}))
    return Reply(said, choices=(back,))


@command("hop.dinhky.thoi", allow=Action.CONVENE)
async def take_back(ctx: Context) -> Reply:
    """Take a meeting for no regular one any more."""
    meeting = await held(ctx.session, ctx.args["meeting"])
    meeting.task_id, meeting.quarter = None, ""
    return await _listed(ctx)


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
