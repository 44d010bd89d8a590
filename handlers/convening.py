"""A meeting is called: what, when, where and for whom, in one line or by questions; then the invitations go out."""

from datetime import datetime

from handlers.broadcasting import ask_whom, reach_lines, when_it_goes, whom_is_meant
from handlers.invitations import invitation_lines, remarks_on, send_invitations
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, subject_of, t
from handlers.rescheduling import ADDED, QUESTIONS, taken
from models.audiences import Audience, understand
from models.contacts import reach_of
from models.convening import call_meeting
from models.drafts import Draft
from models.meetings import Meeting
from models.regular import require_not_called
from models.rescheduling import PAPERS, Change, keep_files
from models.rules.meeting_changes import link_asked, split_link
from models.rules.meeting_line import MeetingLine, read_place, read_start, split_meeting_line
from models.rules.permission import Action
from models.rules.spelling import tidy
from models.writing import DROPPED, SENT, begin, end, fill_in, under_way

MEETING = "meeting"
_QUESTIONS: dict[str, Text] = {
    "title": t("What is the meeting about? Please write it as it is to stand in the invitation."),
    "when": t("When does it start? For example: 14h00 ngày 20/6."),
    "place": t("Where does it take place?"),
    "whom": t("Who is invited?"),
}


@command(
    "taohop",
    allow=Action.CONVENE,
    help=N_("Call a meeting: /taohop TITLE; 14h00 ngày 20/6; PLACE; WHOM"),
    aliases=("meeting",),
    takes_line=True,
)
async def convene(ctx: Context) -> Reply:
    """Begin a meeting from what the line says; what it does not say is asked."""
    draft = await begin(ctx.session, MEETING, ctx.me.id, ctx.now)
    line = split_meeting_line(ctx.line) if ctx.line else MeetingLine()
    for field in ("title", "when", "place", "whom"):
        said = getattr(line, field)
        asked = await _take(ctx, draft, field, said) if said else None
        if asked is not None:
            return asked
    return await go_on(ctx, draft)


@command("taohop.ghi", allow=Action.CONVENE)
async def fill(ctx: Context) -> Reply:
    """Take the answer to one question about the meeting."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    field = next(field for field in (*_QUESTIONS, *(name for _, name in ADDED)) if field in ctx.args)
    return await _take(ctx, draft, field, str(ctx.args[field])) or await go_on(ctx, draft)


async def _take(ctx: Context, draft: Draft, field: str, said: str) -> Reply | None:
    """Put one answer into the draft, or ask again where it is not understood."""
    try:
        match field:
            case "title":
                await fill_in(ctx.session, draft, title=tidy(said))
            case "when":
                await fill_in(ctx.session, draft, when=read_start(said, ctx.now, ctx.zone).isoformat())
            case "place":
                place, link = split_link(said)
                online = {"link": link} if link else {}
                await fill_in(ctx.session, draft, place=read_place(place or said), **online)
            case "number" | "link" | "agenda":
                await fill_in(ctx.session, draft, **{field: taken(field, said)})
            case _:
                return await _take_whom(ctx, draft, said)
    except Refusal as refusal:
        return Reply(refusal.text, ask=Ask(_filling(draft), field))
    return None


async def _take_whom(ctx: Context, draft: Draft, said: str) -> Reply | None:
    named = await understand(ctx.session, said, ctx.today)
    if named.doubt is not None or not named.audience.parts:
        return whom_is_meant(named, _filling(draft))
    await fill_in(ctx.session, draft, whom=named.audience.as_json())
    return None


def _filling(draft: Draft) -> Call:
    return Call("taohop.ghi", {"draft": draft.id})


async def go_on(ctx: Context, draft: Draft) -> Reply:
    """Ask for the first thing that is missing, or show the invitation as it will go out."""
    missing = next((field for field in _QUESTIONS if not draft.data.get(field)), None)
    return await _preview(ctx, draft) if missing is None else _question(draft, missing)


def _question(draft: Draft, field: str) -> Reply:
    if field not in _QUESTIONS:
        return Reply(QUESTIONS[field], ask=Ask(_filling(draft), field))
    if field == "whom":
        return ask_whom(_QUESTIONS[field], _filling(draft))
    return Reply(_QUESTIONS[field], ask=Ask(_filling(draft), field))


async def _preview(ctx: Context, draft: Draft) -> Reply:
    audience = Audience.from_json(draft.data["whom"])
    reach = await reach_of(ctx.session, audience, ctx.today)
    meeting, this = _meeting(ctx, draft), {"draft": draft.id, "version": draft.version}

    def edit(label: Text, field: str) -> Choice:
        return Choice(label, Call("taohop.sua", {**this, "field": field}))

    return Reply(
        t("To: {names}.", names=audience.spoken),
        *reach_lines(reach),
        await when_it_goes(ctx),
        *await remarks_on(ctx, meeting.starts_at),
        *link_asked(meeting.place, meeting.link),
        t("It goes out as follows:"),
        *invitation_lines(meeting, ctx.zone),
        choices=(
            Choice(t("Send the invitations"), Call("taohop.gui", this), primary=True),
            edit(t("Change the matter"), "title"),
            edit(t("Change the time"), "when"),
            edit(t("Change the place"), "place"),
            edit(t("Change the recipients"), "whom"),
            Choice(t("Number, link, agenda"), Call("taohop.them", this)),
            Choice(t("Attach papers"), Call("taohop.tailieu", this)),
            Choice(t("Drop"), Call("taohop.bo", this)),
        ),
        files=tuple(draft.data.get("files", ())),
    )


def _meeting(ctx: Context, draft: Draft) -> Meeting:
    data = draft.data
    if any(not data.get(field) for field in _QUESTIONS):
        raise Refusal(t("The meeting is not complete yet; please answer the question about it first."))
    return Meeting(
        title=data["title"],
        starts_at=datetime.fromisoformat(data["when"]),
        place=data["place"],
        audience=data["whom"],
        created_at=draft.created_at,
        called_at=ctx.now,
        by_id=ctx.me.id,
        task_id=data.get("task"),
        quarter=data.get("quarter", ""),
        **{field: data.get(field, "") for _, field in ADDED},
    )


@command("taohop.sua", allow=Action.CONVENE)
async def change(ctx: Context) -> Reply:
    """Ask for one part of the meeting anew."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    return _question(draft, ctx.args["field"])


@command("taohop.them", allow=Action.CONVENE)
async def ask_which(ctx: Context) -> Reply:
    """Offer what else the invitation may say."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    this = {"draft": draft.id, "version": draft.version}
    return Reply(
        t("What else does the invitation say?"),
        choices=tuple(Choice(label, Call("taohop.sua", {**this, "field": field})) for label, field in ADDED),
    )


@command("taohop.tailieu", allow=Action.CONVENE)
async def attach(ctx: Context) -> Reply:
    """Take the papers that go with the invitation, or ask for them."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    if not ctx.files:
        ask = Ask(Call("taohop.tailieu", {"draft": draft.id}), "files")
        return Reply(t("Please send the papers that go with the invitation."), ask=ask)
    await fill_in(ctx.session, draft, files=[*draft.data.get("files", ()), *(file.id for file in ctx.files)])
    return await go_on(ctx, draft)


@command("taohop.gui", allow=Action.CONVENE)
async def send(ctx: Context) -> Reply:
    """Call the meeting: its invitations, one letter and a copy for each person, in one transaction."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    meeting = _meeting(ctx, draft)
    if meeting.starts_at <= ctx.now:
        raise Refusal(t("{time} has passed; please give an hour that is still to come.", time=meeting.starts_at))
    await require_not_called(ctx.session, meeting.task_id, meeting.quarter)
    await call_meeting(ctx.session, meeting, ctx.today)
    keep_files(ctx.session, meeting, PAPERS, draft.data.get("files", ()), Change(ctx.me.id, ctx.now))
    await send_invitations(ctx, meeting, meeting.starts_at)
    end(draft, SENT, ctx.now)
    return Reply(card=subject_of(meeting))


@command("taohop.bo", allow=Action.CONVENE)
async def drop(ctx: Context) -> Reply:
    """Drop the meeting."""
    end(await under_way(ctx.session, ctx.args["draft"], ctx.me.id), DROPPED, ctx.now)
    return Reply(t("The meeting was dropped; nobody was invited."))
