"""A meeting called is changed: moved, which asks everyone again, or told anew without asking."""

from datetime import datetime
from typing import Final

from handlers.broadcasting import when_it_goes
from handlers.invitations import remarks_on, send_invitations
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, Text, command, subject_of, t
from handlers.meeting_news import tell_change, told, touch_all
from models.meetings import Meeting, MeetingState
from models.rescheduling import (
    PAPERS,
    Change,
    add_files,
    amend,
    held,
    move,
    moving_of,
    require_effect,
)
from models.rules.meeting_changes import link_asked, read_link, read_new_start, split_reason
from models.rules.meeting_line import read_place, start_spoken
from models.rules.permission import Action
from models.rules.spelling import tidy

_LONGEST_NUMBER: Final = 80
LONGEST_REASON: Final = 300
"""A reason of so many characters at most is told with a change."""
_LONGEST_AGENDA: Final = 3000
QUESTIONS: Final = {
    "place": t("Where is it held now?"),
    "link": t("Please paste the address of the online meeting."),
    "number": t("What number does the invitation bear? For example: 15/GM-HĐTĐKT."),
    "agenda": t("What is on the agenda? Please write it as it is to stand in the invitation."),
}


ADDED: Final = (
    (t("Number of the invitation"), "number"),
    (t("Link of the online meeting"), "link"),
    (t("Agenda"), "agenda"),
)
"""What an invitation may say besides matter, time and place."""


def changes_of(meeting: Meeting) -> tuple[Choice, ...]:
    """Offer what an officer may change about a meeting that was called and has not begun."""
    this = {"meeting": meeting.id, "version": meeting.version}
    again = () if meeting.state == MeetingState.POSTPONED else (Choice(t("Put off"), Call("hop.hoan", this)),)
    return (
        Choice(t("Change the day or hour"), Call("hop.lich", this)),
        Choice(t("Change the meeting's place"), Call("hop.sua", {**this, "field": "place"})),
        Choice(t("Send papers"), Call("hop.tailieu", this)),
        Choice(t("Number, link, agenda"), Call("hop.khac", this)),
        *again,
        Choice(t("Cancel the meeting"), Call("hop.huy", this)),
    )


@command("hop.lich", allow=Action.CONVENE)
async def ask_start(ctx: Context) -> Reply:
    """Ask to when the meeting is moved."""
    meeting = await ahead(ctx)
    return Reply(
        t("When is “{title}” held now? It was to start at {start}.", title=meeting.title, start=_start(ctx, meeting)),
        t("For example: 08h00 ngày 21/6; 08h00; 21/6. A reason may follow after a semicolon."),
        ask=Ask(Call("hop.lich.xem", this_meeting(meeting)), "when"),
    )


@command("hop.lich.xem", allow=Action.CONVENE)
async def preview_move(ctx: Context) -> Reply:
    """Show what the move does to whom, and what all will read."""
    meeting = await ahead(ctx)
    phrase, reason = split_reason(str(ctx.args["when"]))
    call = Call("hop.lich.xem", this_meeting(meeting))
    try:
        start = read_new_start(phrase, meeting.starts_at, ctx.now, ctx.zone)
        await require_effect(ctx.session, meeting, starts_at=start, is_held=True)
    except Refusal as refusal:
        return Reply(refusal.text, ask=Ask(call, "when"))
    does = await moving_of(ctx.session, meeting.id)
    unsent = (t("{count} copies not yet sent are cancelled.", count=does.unsent),) if does.unsent else ()
    send = Call(
        "hop.lich.gui", {**this_meeting(meeting), "start": start.isoformat(), "reason": reason[:LONGEST_REASON]}
    )
    return Reply(
        t("From {was} to {now}.", was=_start(ctx, meeting), now=start_spoken(start, ctx.zone)),
        t("{count} units and members are asked again.", count=does.invited),
        *((t("{count} answers become void and stay in the history.", count=does.answered),) if does.answered else ()),
        *unsent,
        *await remarks_on(ctx, start),
        await when_it_goes(ctx),
        choices=(Choice(t("Move, and ask all again"), send, primary=True), leave_choice()),
    )


@command("hop.lich.gui", allow=Action.CONVENE)
async def move_now(ctx: Context) -> Reply:
    """Move the meeting: new invitations to all, the old ones dead, in one transaction."""
    meeting = await ahead(ctx)
    start = datetime.fromisoformat(ctx.args["start"])
    if start <= ctx.now:
        raise Refusal(t("{time} has passed; please give an hour that is still to come.", time=start))
    await require_effect(ctx.session, meeting, starts_at=start, is_held=True)
    new = await move(ctx.session, meeting, start, _change(ctx, str(ctx.args["reason"])))
    await touch_all(ctx, meeting)
    await send_invitations(ctx, new, min(start, meeting.starts_at))
    return Reply(card=subject_of(new))


@command("hop.khac", allow=Action.CONVENE)
async def ask_which(ctx: Context) -> Reply:
    """Offer what else an invitation says."""
    meeting = await ahead(ctx)

    return Reply(
        t("What is added to “{title}”? All are told; nobody is asked again.", title=meeting.title),
        choices=tuple(
            Choice(label, Call("hop.sua", {**this_meeting(meeting), "field": field})) for label, field in ADDED
        ),
    )


@command("hop.sua", allow=Action.CONVENE)
async def ask_field(ctx: Context) -> Reply:
    """Ask for one thing that the invitation is to say."""
    meeting = await ahead(ctx)
    field = str(ctx.args["field"])
    stands = (t("At present: {now}", now=getattr(meeting, field)),) if getattr(meeting, field) else ()
    ask = Ask(Call("hop.sua.xem", {**this_meeting(meeting), "field": field}), "said")
    return Reply(QUESTIONS[field], *stands, ask=ask)


@command("hop.sua.xem", allow=Action.CONVENE)
async def preview_amendment(ctx: Context) -> Reply:
    """Show what all are told, and how many they are."""
    meeting = await ahead(ctx)
    field = str(ctx.args["field"])
    try:
        now = taken(field, str(ctx.args["said"]))
        await require_effect(ctx.session, meeting, **{field: now})
    except Refusal as refusal:
        ask = Ask(Call("hop.sua.xem", {**this_meeting(meeting), "field": field}), "said")
        return Reply(refusal.text, ask=ask)
    does = await moving_of(ctx.session, meeting.id)
    count = does.invited
    reaching = (
        t("{count} units and members are told; their answers stand.", count=count)
        if does.answered
        else t("{count} units and members are told.", count=count)
    )
    send = Call("hop.sua.gui", {**this_meeting(meeting), "field": field, "now": now})
    return Reply(
        *told(field, getattr(meeting, field), now),
        *(link_asked(now, meeting.link) if field == "place" else ()),
        reaching,
        await when_it_goes(ctx),
        choices=(Choice(t("Change, and tell all"), send, primary=True), leave_choice()),
    )


@command("hop.sua.gui", allow=Action.CONVENE)
async def amend_now(ctx: Context) -> Reply:
    """Change one thing about the meeting and tell all."""
    meeting = await ahead(ctx)
    field, now = str(ctx.args["field"]), str(ctx.args["now"])
    await require_effect(ctx.session, meeting, **{field: now})
    await tell_change(ctx, meeting, await amend(ctx.session, meeting, field, now, _change(ctx)))
    return Reply(card=subject_of(meeting))


@command("hop.tailieu", allow=Action.CONVENE)
async def ask_papers(ctx: Context) -> Reply:
    """Ask for the papers of the meeting."""
    meeting = await ahead(ctx)
    return Reply(
        t("Please send the papers of “{title}”; all invited get them at once.", title=meeting.title),
        ask=Ask(Call("hop.tailieu.gui", {"meeting": meeting.id}), "files"),
    )


@command("hop.tailieu.gui", allow=Action.CONVENE)
async def send_papers(ctx: Context) -> Reply:
    """Keep the papers with the meeting and hand them to all invited."""
    meeting = await ahead(ctx)
    if not ctx.files:
        raise Refusal(t("Please send the papers as files; nothing was sent to anybody."))
    change = await add_files(ctx.session, meeting, PAPERS, [file.id for file in ctx.files], _change(ctx))
    await tell_change(ctx, meeting, change)
    return Reply(card=subject_of(meeting))


@command("hop.thoi", allow=Action.CONVENE)
async def leave(ctx: Context) -> Reply:
    """Leave the meeting as it is."""
    return Reply(t("The meeting stays as it is; nobody was told."))


def taken(field: str, said: str) -> str:
    """Take one thing as typed; raises Refusal for what cannot stand in an invitation."""
    if field == "place":
        return read_place(said)
    if field == "link":
        return read_link(said)
    most = _LONGEST_NUMBER if field == "number" else _LONGEST_AGENDA
    line = tidy(said) if field == "number" else said.strip()
    if not 0 < len(line) <= most:
        raise Refusal(t("Please write at most {limit} characters.", limit=most))
    return line


async def ahead(ctx: Context) -> Meeting:
    """Find the meeting that is changed, locked; raises Refusal once it has begun, or was changed since it was shown."""
    meeting = await held(ctx.session, ctx.args["meeting"], ctx.args.get("version"))
    if meeting.state == MeetingState.CALLED and meeting.starts_at <= ctx.now:
        raise Refusal(t("The meeting began at {time}; it can no longer be changed.", time=meeting.starts_at))
    return meeting


def this_meeting(meeting: Meeting) -> dict[str, int]:
    """Name a meeting, and as it stood when it was shown, in a call."""
    return {"meeting": meeting.id, "version": meeting.version}


def _start(ctx: Context, meeting: Meeting) -> Text:
    return start_spoken(meeting.starts_at, ctx.zone)


def _change(ctx: Context, reason: str = "") -> Change:
    return Change(ctx.me.id, ctx.now, reason)


def leave_choice() -> Choice:
    """Offer to leave a meeting as it is."""
    return Choice(t("Leave it as it is"), Call("hop.thoi"))
