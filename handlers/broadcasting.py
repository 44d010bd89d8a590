"""A notice is written: its text and files, whom it goes to, when it leaves, and how it will look."""

from collections.abc import Iterator
from datetime import datetime

from handlers.choosing import again, file_ids
from handlers.kit import N_, Ask, Call, Choice, Context, Reply, Text, command, t
from handlers.notices import asks_anew, copy_lines, options_of
from handlers.paging import names_of, page_of
from models.audiences import Audience, Understood
from models.broadcasts import NoticeCounts, counts_of
from models.contacts import MOST_SHOWN, Reach, reach_of
from models.days import working_calendar, working_hours
from models.drafts import Draft
from models.matters import is_about_matter, is_certain, understand_answers
from models.notice_drafts import NOTICE, approvers, notice_of, why_approved
from models.notices import Notice
from models.people import Person
from models.recalling import HOLD
from models.rules.permission import Action, allowed
from models.rules.units import Certainty
from models.writing import DROPPED, begin, end, fill_in, under_way

_LONGEST_WHOM = 300
_LEAVE = t("Send “thôi” to stop writing it.")


@command(
    "guithongbao",
    allow=Action.BROADCAST,
    help=N_("Write a notice and send it: /guithongbao TEXT"),
    aliases=("broadcast",),
    takes_line=True,
)
async def write_notice(ctx: Context) -> Reply:
    """Begin a notice; "SYT, STC: text" says whom and what at once. What was sent before may be its text and files."""
    draft = await begin(ctx.session, NOTICE, ctx.me.id, ctx.now)
    if files := file_ids(ctx):
        await fill_in(ctx.session, draft, files=list(files))
    if text := ctx.args.get("text"):
        await fill_in(ctx.session, draft, text=text)
        return await go_on(ctx, draft)
    head, colon, rest = ctx.line.partition(":")
    named = None
    if colon and rest.strip() and len(head) < _LONGEST_WHOM:
        named = await understand_answers(ctx.session, head, ctx.today, ctx.now)
    if named is None or not (is_certain(named) or is_about_matter(named)):
        await fill_in(ctx.session, draft, text=ctx.line)
        return await go_on(ctx, draft)
    await fill_in(ctx.session, draft, text=rest.strip())
    return await _take_whom(ctx, draft, named)


def as_notice(ctx: Context) -> tuple[Choice, ...]:
    """Offer an officer to make a notice of what he sent: its words, its files."""
    if not allowed(ctx.powers.roles, Action.BROADCAST):
        return ()
    sent = again("guithongbao", text=ctx.line, files=file_ids(ctx))
    return (Choice(t("Send as a notice"), sent),)


@command("guithongbao.ghi", allow=Action.BROADCAST)
async def fill(ctx: Context) -> Reply:
    """Take the answer to a question: the text, or whom it goes to."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    if "text" in ctx.args:
        await fill_in(ctx.session, draft, text=str(ctx.args["text"]).strip())
        return await go_on(ctx, draft)
    named = await understand_answers(ctx.session, str(ctx.args["whom"]), ctx.today, ctx.now)
    return await _take_whom(ctx, draft, named)


async def _take_whom(ctx: Context, draft: Draft, named: Understood) -> Reply:
    if not is_certain(named):
        return whom_is_meant(named, Call("guithongbao.ghi", {"draft": draft.id}))
    await fill_in(ctx.session, draft, audience=named.audience.as_json())
    return await go_on(ctx, draft)


def whom_is_meant(named: Understood, call: Call) -> Reply:
    """Ask about the first name that is not certain, with those most like it; `call` takes the line anew as `whom`."""
    doubt = named.doubt
    if doubt is None:
        return Reply(t("Nobody is named in this; please write units, groups or “tất cả”."), ask=Ask(call, "whom"))
    if not doubt.nearest:
        nothing = t(
            "“{written}” fits nothing that was sent; “thongbao”, “hop” and “tiendo” show the numbers. Please write it "
            "anew:",
            written=doubt.written,
        )
        return Reply(nothing, ask=Ask(call, "whom"))
    nearest = tuple(
        Choice(t("{name}", name=one.name), call.with_arg("whom", named.said_anew(one))) for one in doubt.nearest
    )
    question = t(
        "“{written}” is not one name of the directory. Please choose who is meant, or write it anew:",
        written=doubt.written,
    )
    if doubt.certainty is Certainty.AMBIGUOUS and is_about_matter(named):
        question = t("“{written}” may mean several. Please choose which, or write it anew:", written=doubt.written)
    return Reply(question, choices=nearest, ask=Ask(call, "whom"))


def ask_whom(question: Text, call: Call, *more: Choice) -> Reply:
    """Ask whom something goes to, the usual answers and `more` beside it; `call` takes the answer as `whom`."""
    return Reply(
        question,
        t("For example: SYT, STC; Khối thi đua các sở, ngành kinh tế; thành viên Hội đồng; tất cả."),
        choices=(
            Choice(t("All units"), call.with_arg("whom", "các cơ quan, đơn vị, địa phương")),
            Choice(t("Members of the council"), call.with_arg("whom", "thành viên Hội đồng")),
            Choice(t("All units and members"), call.with_arg("whom", "tất cả")),
            *more,
        ),
        ask=Ask(call, "whom"),
    )


async def go_on(ctx: Context, draft: Draft) -> Reply:
    """Ask for what is still missing, or show how the notice will go out."""
    call = Call("guithongbao.ghi", {"draft": draft.id})
    if not draft.data.get("text"):
        return Reply(t("Please write the notice as it is to go out."), _LEAVE, ask=Ask(call, "text"))
    if "audience" not in draft.data:
        return _ask_whom(draft)
    return await _preview(ctx, draft)


def _ask_whom(draft: Draft) -> Reply:
    call = Call("guithongbao.ghi", {"draft": draft.id})
    by_answer = Choice(t("By what was answered"), Call("guithongbao.theo", {"draft": draft.id}))
    return ask_whom(t("Whom does the notice go to?"), call, by_answer)


async def _preview(ctx: Context, draft: Draft) -> Reply:
    asked = await why_approved(ctx.session, draft, ctx.council, ctx.today)
    return Reply(
        *await as_it_goes(ctx, draft, is_approved_first=bool(asked)),
        *asked,
        *(await approved_by(ctx, draft) if asked else ()),
        choices=_before_sending(draft, t("Submit for approval") if asked else t("Send")),
        files=tuple(draft.data.get("files", ())),
    )


async def approved_by(ctx: Context, draft: Draft) -> tuple[Text, ...]:
    """Name whoever may approve a notice, where anybody may."""
    able = await approvers(ctx.session, ctx.council, draft.by_id, ctx.today)
    names = tuple([(await ctx.session.get_one(Person, person)).name for person in able])
    return (t("Approved by: {names}.", names=names),) if names else ()


async def as_it_goes(ctx: Context, draft: Draft, *, is_approved_first: bool) -> tuple[Text | str, ...]:
    """Say whom a notice goes to and when, and show it as its recipients will read it."""
    notice = notice_of(draft)
    first = await ctx.session.get(Notice, notice.corrects_id) if notice.corrects_id else None
    return (
        *(await _to_the_same(ctx, notice, first) if first is not None else await _to(ctx, notice)),
        await _leaving(ctx, draft, is_approved_first=is_approved_first),
        t("It goes out as follows:"),
        *copy_lines(notice, ctx.zone, first),
        *options_of(notice),
    )


async def _to(ctx: Context, notice: Notice) -> tuple[Text, ...]:
    audience = Audience.from_json(notice.audience)
    reach = await reach_of(ctx.session, audience, ctx.today)
    return (t("To: {names}.", names=audience.spoken), *reach_lines(reach))


async def _to_the_same(ctx: Context, notice: Notice, first: Notice) -> tuple[Text, ...]:
    counts = (await counts_of(ctx.session, [first.id])).get(first.id, NoticeCounts())
    return (
        t(
            "To exactly those whom the first notice went to: {owed} units and members, {people} people.",
            owed=counts.owed,
            people=counts.people,
        ),
        t("Of the first notice nothing more will be sent; its buttons close when the correction leaves."),
        *(_asked_anew(notice, first, counts) if asks_anew(notice, first) else ()),
    )


def _asked_anew(notice: Notice, first: Notice, counts: NoticeCounts) -> Iterator[Text]:
    """Say how many answers are void, and whether the correction asks for the same as the first notice."""
    if counts.answered:
        yield t(
            "What {answered} have answered to the first notice no longer counts; all are asked anew.",
            answered=counts.answered,
        )
    if (notice.asks, notice.options) == (first.asks, first.options):
        yield t(
            "What it asks for is taken over from the first notice; “What it asks for” changes that before it is sent."
        )


def _before_sending(draft: Draft, send: Text) -> tuple[Choice, ...]:
    this = {"draft": draft.id, "version": draft.version}
    change_whom = (
        Choice(t("Change the recipients"), Call("guithongbao.sua", {**this, "field": "whom"})),
        Choice(t("List of recipients"), Call("guithongbao.ds", {"draft": draft.id})),
    )
    return (
        Choice(send, Call("guithongbao.gui", this), primary=True),
        Choice(t("Set the time"), Call("guithongbao.luc", this)),
        Choice(t("What it asks for"), Call("guithongbao.hoi", this)),
        Choice(t("Edit the text"), Call("guithongbao.sua", {**this, "field": "text"})),
        *(() if "corrects" in draft.data else change_whom),
        Choice(t("Attach files"), Call("guithongbao.sua", {**this, "field": "files"})),
        Choice(t("Drop"), Call("guithongbao.bo", this)),
    )


async def _leaving(ctx: Context, draft: Draft, *, is_approved_first: bool) -> Text:
    """Say when the notice would leave, sent or approved now."""
    leaves = await leaves_at(ctx, draft)
    if leaves - ctx.now <= HOLD and is_approved_first:
        return t("It leaves two minutes after it is approved; until then it can be taken back.")
    if leaves - ctx.now <= HOLD:
        return t("It leaves two minutes after “Send”; until then it can be taken back.")
    return t("It goes out at {time}, when offices are open.", time=leaves)


async def leaves_at(ctx: Context, draft: Draft) -> datetime:
    """Give when a draft's notice would leave: held for a moment, at the hour that was set, within office hours."""
    wanted = datetime.fromisoformat(draft.data["leaves"]) if draft.data.get("leaves") else ctx.now
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    return hours.next_opening(max(wanted, ctx.now + HOLD))


@command("guithongbao.ds", allow=Action.BROADCAST)
async def list_recipients(ctx: Context) -> Reply:
    """List whom the notice goes to, a page at a time, with those whom no chat reaches."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    reach = await reach_of(ctx.session, Audience.from_json(draft.data["audience"]), ctx.today)
    everybody = (*reach.units, *reach.seats)
    page = page_of(ctx, everybody, MOST_SHOWN)
    return Reply(
        t("Recipients {first} to {last} of {count}:", first=page.start + 1, last=page.end, count=len(everybody)),
        *(party.spoken for party in page.rows),
        choices=page.following,
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
        names = names_of([party.name for party in reach.without_anybody])
        lines.append(t("Nobody answers yet for: {names}", names=names))
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
            return Reply(_LEAVE, question, *str(draft.data.get("text", "")).splitlines(), ask=Ask(call, "text"))
        case "files":
            return Reply(
                t("Please send the files that go with the notice."),
                ask=Ask(Call("guithongbao.tep", {"draft": draft.id}), "files"),
            )
        case _:
            return _ask_whom(draft)


@command("guithongbao.tep", allow=Action.BROADCAST)
async def attach(ctx: Context) -> Reply:
    """Add files to the notice."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    await fill_in(ctx.session, draft, files=[*draft.data.get("files", ()), *(file.id for file in ctx.files)])
    return await go_on(ctx, draft)


@command("guithongbao.bo", allow=Action.BROADCAST)
async def drop(ctx: Context) -> Reply:
    """Drop the notice."""
    end(await under_way(ctx.session, ctx.args["draft"], ctx.me.id), DROPPED, ctx.now)
    return Reply(t("The notice was dropped; nothing was sent."))
