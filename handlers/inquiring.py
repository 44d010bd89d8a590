"""What a notice asks for is set before it is sent: an answer of which kind, until when, once a unit or a person."""

from typing import Any, Final

from handlers.broadcasting import go_on
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from models.drafts import Draft
from models.rules.asking import Asks, read_options, read_respond_by
from models.rules.permission import Action
from models.writing import fill_in, under_way

_KINDS: Final[dict[Asks, Text]] = {
    Asks.NOTHING: t("No answer"),
    Asks.RECEIVED: t("“Received” only"),
    Asks.OPTION: t("One of several answers"),
    Asks.NUMBER: t("A number"),
    Asks.TEXT: t("An opinion in writing"),
    Asks.FILE: t("A file"),
}


@command("guithongbao.hoi", allow=Action.BROADCAST)
async def ask_for(ctx: Context) -> Reply:
    """Offer what the notice may ask for, or take what was chosen."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args.get("version"))
    call = Call("guithongbao.hoi", {"draft": draft.id})
    if "kind" not in ctx.args:
        kinds = tuple(Choice(label, call.with_arg("kind", kind.value)) for kind, label in _KINDS.items())
        each = t("Once a unit") if draft.data.get("each_person") else t("Once a person")
        return Reply(
            t("What does the notice ask for?"),
            choices=(
                *kinds,
                Choice(t("Answer until…"), Call("guithongbao.han", {"draft": draft.id})),
                Choice(each, Call("guithongbao.moi", {"draft": draft.id})),
            ),
        )
    kind = _kind(ctx.args["kind"])
    await fill_in(ctx.session, draft, asks=kind.value)
    if kind is Asks.OPTION:
        return Reply(
            t("Please write the answers to choose from, with semicolons: A; B; C."),
            ask=Ask(Call("guithongbao.phuongan", {"draft": draft.id}), "options"),
        )
    return await _until(ctx, draft)


@command("guithongbao.phuongan", allow=Action.BROADCAST)
async def set_options(ctx: Context) -> Reply:
    """Take the answers that recipients choose from."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    await fill_in(ctx.session, draft, asks=Asks.OPTION.value, options=list(read_options(str(ctx.args["options"]))))
    return await _until(ctx, draft)


@command("guithongbao.han", allow=Action.BROADCAST)
async def set_day(ctx: Context) -> Reply:
    """Ask until when answers are wanted, or take the day."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    if "day" not in ctx.args:
        return _ask_day(draft)
    exclusive = ctx.council.before_is_exclusive
    day = read_respond_by(str(ctx.args["day"]), ctx.now, ctx.zone, before_is_exclusive=exclusive)
    await fill_in(ctx.session, draft, respond_by=day.isoformat() if day else None)
    return await go_on(ctx, draft)


@command("guithongbao.moi", allow=Action.BROADCAST)
async def set_each(ctx: Context) -> Reply:
    """Change between one answer of a unit and one of each person."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    await fill_in(ctx.session, draft, each_person=not draft.data.get("each_person"))
    return await go_on(ctx, draft)


async def _until(ctx: Context, draft: Draft) -> Reply:
    """Ask for the day where one is missing and an answer is wanted."""
    wants = draft.data.get("asks") not in {Asks.NOTHING, Asks.RECEIVED}
    return _ask_day(draft) if wants and not draft.data.get("respond_by") else await go_on(ctx, draft)


def _ask_day(draft: Draft) -> Reply:
    call = Call("guithongbao.han", {"draft": draft.id})
    return Reply(
        t("Until when are answers wanted? For example: 20/6; 16h00 ngày 20/6."),
        t("Only who is silent is reminded: one working day before and on the day."),
        choices=(Choice(t("No day"), call.with_arg("day", "không")),),
        ask=Ask(call, "day"),
    )


def _kind(said: Any) -> Asks:
    try:
        return Asks(said)
    except ValueError:
        raise Refusal(t("A notice cannot ask for this; please choose again.")) from None
