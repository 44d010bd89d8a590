"""A notice is sent, or goes for approval first: approved in one tap by somebody else, or sent back with a remark."""

from typing import Any

from handlers.broadcasting import as_it_goes, go_on
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, command, subject_of, t
from handlers.notices import brief
from handlers.releasing import release
from models.base import HELD
from models.drafts import Draft
from models.notice_drafts import NOTICE, approvers, is_submitted, why_approved
from models.people import Person
from models.rules.permission import Action, require_another
from models.writing import SENT, fill_in, under_way

_LONGEST_REMARK = 1000


@command("guithongbao.gui", allow=Action.BROADCAST)
async def send(ctx: Context) -> Reply:
    """Send the notice: its rows, one letter and a copy for each person, in one transaction; or ask for its approval."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    if not draft.data.get("text") or "audience" not in draft.data:
        raise Refusal(t("The notice is not complete yet; please answer the question about it first."))
    if await why_approved(ctx.session, draft, ctx.council, ctx.today):
        return await _submit(ctx, draft)
    return Reply(card=subject_of(await release(ctx, draft)))


async def _submit(ctx: Context, draft: Draft) -> Reply:
    """Show the notice to whoever may approve it; what is changed meanwhile has to be submitted anew."""
    able = await approvers(ctx.session, ctx.council, ctx.me.id, ctx.today)
    if not able:
        raise Refusal(t("Nobody else may approve this notice; please ask the operator to check the setting."))
    await fill_in(ctx.session, draft, submitted=draft.version + 1)
    shown = await _to_decide(ctx, draft, ctx.me.name)
    for person in able:
        ctx.tell(person, shown, key=f"approve:{draft.id}:{draft.version}")
    names = [(await ctx.session.get_one(Person, person)).name for person in able]
    return Reply(
        t("Submitted for approval to {names}; nothing is sent before.", names=tuple(names)),
        choices=(Choice(t("Go on with the notice"), Call("guithongbao.tiep", {"draft": draft.id})),),
    )


async def _to_decide(ctx: Context, draft: Draft, author: str) -> Reply:
    """Show a notice that was submitted, with the buttons under which it is decided."""
    this = {"draft": draft.id, "version": draft.version}
    return Reply(
        t("{name} submits a notice for approval:", name=author),
        *await as_it_goes(ctx, draft, is_approved_first=True),
        choices=(
            Choice(t("Approve the notice"), Call("thongbao.duyet", this), primary=True),
            Choice(t("Ask for changes"), Call("thongbao.gopy", this)),
        ),
        files=tuple(draft.data.get("files", ())),
    )


@command("thongbao.trinh", allow=Action.APPROVE)
async def show_submitted(ctx: Context) -> Reply:
    """Show a notice that waits for one's approval."""
    draft = await _submitted(ctx, ctx.args["version"])
    return await _to_decide(ctx, draft, (await ctx.session.get_one(Person, draft.by_id)).name)


@command("guithongbao.tiep", allow=Action.BROADCAST)
async def resume(ctx: Context) -> Reply:
    """Show the notice again to whoever writes it."""
    return await go_on(ctx, await under_way(ctx.session, ctx.args["draft"], ctx.me.id))


@command("thongbao.duyet", allow=Action.APPROVE)
async def approve(ctx: Context) -> Reply:
    """Send a notice that was submitted, in the name of whoever wrote it."""
    draft = await _submitted(ctx, ctx.args["version"])
    notice = await release(ctx, draft, approved_by=ctx.me.id)
    key = f"approved:{draft.id}"
    ctx.tell(draft.by_id, Reply(t("{name} approved the notice:", name=ctx.me.name)), key=key)
    ctx.tell(draft.by_id, Reply(card=subject_of(notice)), key=f"{key}:card")
    return Reply(t("Approved: “{notice}” leaves at {time}.", notice=brief(notice.text), time=notice.sent_at))


@command("thongbao.gopy", allow=Action.APPROVE)
async def remark(ctx: Context) -> Reply:
    """Send a notice back to its writer with a remark."""
    draft = await _submitted(ctx, ctx.args["version"])
    if "text" not in ctx.args:
        call = Call("thongbao.gopy", {"draft": draft.id, "version": draft.version})
        return Reply(t("What is to be changed? One line goes to the writer."), ask=Ask(call, "text"))
    said = str(ctx.args["text"]).strip()[:_LONGEST_REMARK]
    await fill_in(ctx.session, draft, submitted=None, remark=said)
    about = {"name": ctx.me.name, "notice": brief(draft.data["text"])}
    returned = Reply(
        t("{name} asks for changes in “{notice}”:", **about),
        said,
        choices=(Choice(t("Go on with the notice"), Call("guithongbao.tiep", {"draft": draft.id}), primary=True),),
    )
    ctx.tell(draft.by_id, returned, key=f"returned:{draft.id}:{draft.version}")
    return Reply(t("The remark was sent to the writer; the notice does not go out."))


async def _submitted(ctx: Context, version: Any) -> Draft:
    """Find a notice that waits for approval, its row locked; raises Refusal where it is decided, changed, one's own."""
    draft = await ctx.session.get(Draft, ctx.args["draft"], with_for_update=HELD, populate_existing=True)
    if draft is None or draft.kind != NOTICE:
        raise Refusal(t("There is no such notice to approve; please ask whoever submitted it."))
    require_another(draft.by_id, ctx.me.id)
    if ctx.me.id not in await approvers(ctx.session, ctx.council, draft.by_id, ctx.today):
        raise Refusal(t("This notice was not submitted to you; whoever it was submitted to decides."))
    if draft.outcome == SENT:
        raise Refusal(
            t("This notice was approved at {time} already; “thongbao” shows how it stands.", time=draft.ended_at)
        )
    if draft.ended_at is not None or draft.version != version or not is_submitted(draft):
        raise Refusal(t("This notice was sent back, changed or dropped; it will be submitted anew."))
    return draft
