"""A notice is written: its text and files, whom it goes to, how it will look; then it is sent to all of them."""

from handlers.kit import N_, Ask, Call, Choice, Context, Posted, Refusal, Reply, Spread, Text, command, subject_of, t
from handlers.naming import spread_copies
from handlers.notices import copy_lines, received
from models.audiences import Audience, Understood, understand
from models.broadcasts import copy_key, send_notice
from models.contacts import Reach, reach_of, recipients
from models.days import working_calendar, working_hours
from models.drafts import Draft
from models.grouping import group_chats_of
from models.notices import Notice, NoticeUnit
from models.rules.permission import Action
from models.writing import DROPPED, SENT, begin, end, fill_in, under_way

_NOTICE = "notice"
_LONGEST_WHOM = 300


@command(
    "guithongbao",
    allow=Action.BROADCAST,
    help=N_("Write a notice and send it: /guithongbao TEXT"),
    aliases=("broadcast",),
    takes_line=True,
)
async def write_notice(ctx: Context) -> Reply:
    """Begin a notice; "SYT, STC: text" says whom and what at once."""
    draft = await begin(ctx.session, _NOTICE, ctx.me.id, ctx.now)
    head, colon, rest = ctx.line.partition(":")
    named = None
    if colon and rest.strip() and len(head) < _LONGEST_WHOM:
        named = await understand(ctx.session, head, ctx.today)
    if named is not None and named.audience.parts and named.doubt is None:
        await fill_in(ctx.session, draft, text=rest.strip(), audience=named.audience.as_json())
    elif ctx.line:
        await fill_in(ctx.session, draft, text=ctx.line)
    if ctx.files:
        await fill_in(ctx.session, draft, files=[file.id for file in ctx.files])
    return await _next(ctx, draft)


@command("guithongbao.ghi", allow=Action.BROADCAST)
async def fill(ctx: Context) -> Reply:
    """Take the answer to a question: the text, or whom it goes to."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    if "text" in ctx.args:
        await fill_in(ctx.session, draft, text=str(ctx.args["text"]).strip())
        return await _next(ctx, draft)
    named = await understand(ctx.session, str(ctx.args["whom"]), ctx.today)
    if named.doubt is not None or not named.audience.parts:
        return whom_is_meant(named, Call("guithongbao.ghi", {"draft": draft.id}))
    await fill_in(ctx.session, draft, audience=named.audience.as_json())
    return await _next(ctx, draft)


def whom_is_meant(named: Understood, call: Call) -> Reply:
    """Ask about the first name that is not certain, with those most like it; `call` takes the line anew as `whom`."""
    doubt = named.doubt
    if doubt is None:
        return Reply(t("Nobody is named in this; please write units, groups or “tất cả”."), ask=Ask(call, "whom"))
    nearest = tuple(
        Choice(t("{name}", name=one.name), call.with_arg("whom", named.said_anew(one))) for one in doubt.nearest
    )
    return Reply(
        t(
            "“{written}” is not one name of the directory. Please choose who is meant, or write it anew:",
            written=doubt.written,
        ),
        choices=nearest,
        ask=Ask(call, "whom"),
    )


def ask_whom(question: Text, call: Call) -> Reply:
    """Ask whom something goes to, the usual answers beside it; `call` takes the answer as `whom`."""
    return Reply(
        question,
        t("For example: SYT, STC; Khối thi đua các sở, ngành kinh tế; thành viên Hội đồng; tất cả."),
        choices=(
            Choice(t("All units"), call.with_arg("whom", "các cơ quan, đơn vị, địa phương")),
            Choice(t("Members of the council"), call.with_arg("whom", "thành viên Hội đồng")),
            Choice(t("All units and members"), call.with_arg("whom", "tất cả")),
        ),
        ask=Ask(call, "whom"),
    )


async def _next(ctx: Context, draft: Draft) -> Reply:
    """Ask for what is still missing, or show how the notice will go out."""
    call = Call("guithongbao.ghi", {"draft": draft.id})
    if not draft.data.get("text"):
        return Reply(t("Please write the notice as it is to go out."), ask=Ask(call, "text"))
    if "audience" not in draft.data:
        return ask_whom(t("Whom does the notice go to?"), call)
    return await _preview(ctx, draft)


async def _preview(ctx: Context, draft: Draft) -> Reply:
    audience = Audience.from_json(draft.data["audience"])
    reach = await reach_of(ctx.session, audience, ctx.today)
    this = {"draft": draft.id, "version": draft.version}
    return Reply(
        t("To: {names}.", names=audience.spoken),
        *reach_lines(reach),
        await when_it_goes(ctx),
        t("It goes out as follows:"),
        *copy_lines(draft.data["text"]),
        choices=(
            Choice(t("Send"), Call("guithongbao.gui", this), primary=True),
            Choice(t("Edit the text"), Call("guithongbao.sua", {**this, "field": "text"})),
            Choice(t("Change the recipients"), Call("guithongbao.sua", {**this, "field": "whom"})),
            Choice(t("Attach files"), Call("guithongbao.sua", {**this, "field": "files"})),
            Choice(t("Drop"), Call("guithongbao.bo", this)),
        ),
        files=tuple(draft.data.get("files", ())),
    )


def reach_lines(reach: Reach) -> tuple[Text, ...]:
    """Say how many an audience is, and who will have to be telephoned."""
    counts = {"units": len(reach.units), "seats": len(reach.seats), "people": reach.people}
    lines = [t("{units} units, {seats} members, {people} people.", **counts)]
    if reach.unreached:
        lines.append(
            t("{count} people have not joined or are not reached: they go on the call list.", count=reach.unreached)
        )
    if reach.without_anybody:
        names = tuple(party.name for party in reach.without_anybody)
        lines.append(t("Nobody answers yet for: {names}.", names=names))
    return tuple(lines)


async def when_it_goes(ctx: Context) -> Text:
    """Say when something sent now leaves: at once, or when offices open again."""
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    if hours.is_open(ctx.now):
        return t("It goes out at once.")
    return t("It goes out at {time}, when offices are open.", time=hours.next_opening(ctx.now))


@command("guithongbao.sua", allow=Action.BROADCAST)
async def change(ctx: Context) -> Reply:
    """Ask for one part of the notice anew."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    call = Call("guithongbao.ghi", {"draft": draft.id})
    match ctx.args["field"]:
        case "text":
            question = t("Please write the notice anew; the present text is:")
            return Reply(question, *str(draft.data["text"]).splitlines(), ask=Ask(call, "text"))
        case "files":
            return Reply(
                t("Please send the files that go with the notice."),
                ask=Ask(Call("guithongbao.tep", {"draft": draft.id}), "files"),
            )
        case _:
            return ask_whom(t("Whom does the notice go to?"), call)


@command("guithongbao.tep", allow=Action.BROADCAST)
async def attach(ctx: Context) -> Reply:
    """Add files to the notice."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    await fill_in(ctx.session, draft, files=[*draft.data.get("files", ()), *(file.id for file in ctx.files)])
    return await _next(ctx, draft)


@command("guithongbao.gui", allow=Action.BROADCAST)
async def send(ctx: Context) -> Reply:
    """Send the notice: its rows, one letter and a copy for each person, in one transaction."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    if not draft.data.get("text") or "audience" not in draft.data:
        raise Refusal(t("The notice is not complete yet; please answer the question about it first."))
    files = tuple(draft.data.get("files", ()))
    notice = Notice(
        text=draft.data["text"],
        audience=draft.data["audience"],
        created_at=draft.created_at,
        sent_at=ctx.now,
        by_id=ctx.me.id,
    )
    await send_notice(ctx.session, notice, ctx.today, files)
    copy = Reply(*copy_lines(notice.text), choices=(received(notice.id),), files=files)
    rows = recipients(NoticeUnit, ctx.today, NoticeUnit.notice_id == notice.id)
    spread_copies(ctx, Spread(rows, copy_key(notice.id), copy, subject_kind=NoticeUnit.__tablename__))
    await _post_in_groups(ctx, notice, files)
    end(draft, SENT, ctx.now)
    return Reply(card=subject_of(notice))


async def _post_in_groups(ctx: Context, notice: Notice, files: tuple[int, ...]) -> None:
    """Post a notice in the group chats of the clusters and blocs that it is meant for as a whole."""
    posted = Reply(
        *notice.text.splitlines(),
        t("The focal points of the units answer in their private chats with the assistant."),
        files=files,
    )
    for chat_id in await group_chats_of(ctx.session, Audience.from_json(notice.audience)):
        ctx.post(Posted(chat_id, copy_key(notice.id), posted))


@command("guithongbao.bo", allow=Action.BROADCAST)
async def drop(ctx: Context) -> Reply:
    """Drop the notice."""
    end(await under_way(ctx.session, ctx.args["draft"], ctx.me.id), DROPPED, ctx.now)
    return Reply(t("The notice was dropped; nothing was sent."))
