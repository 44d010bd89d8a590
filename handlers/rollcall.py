"""Attendance at the meeting: asked for as it begins; the officer ticks who is present, several may tick at once."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from handlers.concluding import at_meeting
from handlers.group_meetings import as_read
from handlers.kit import (
    Call,
    Choice,
    ClockContext,
    Context,
    LetterContext,
    Owed,
    Refusal,
    Reply,
    Text,
    card,
    command,
    letter,
    subject_of,
    t,
)
from handlers.meeting_papers import who_called
from handlers.paging import leaf_of
from models.base import HELD
from models.meetings import Meeting, MeetingState, RollCall, Rsvp
from models.rollcalls import Present, roll, roll_call, roll_calls, tick
from models.rules.meeting_line import start_spoken
from models.rules.permission import Action

_PAGE: Final = 10
_LETTER: Final = "meeting.begins"


async def owe_beginning(clock: ClockContext, meeting: Meeting, until: datetime) -> None:
    """Owe whoever called a meeting one message as it begins; `until`: when it would come too late."""
    for officer in await who_called(clock, meeting):
        key, about = f"meeting:{meeting.id}:begins", {"meeting": meeting.id}
        clock.owe(Owed(officer, key, letter=_LETTER, params=about, expires_at=until))


@letter(_LETTER)
async def beginning(ctx: LetterContext) -> Reply | None:
    """Offer attendance, minutes and conclusions of a meeting that begins; nothing to whom none of these is open."""
    meeting = await ctx.session.get_one(Meeting, ctx.params["meeting"])
    after = await at_meeting(ctx, meeting)
    head = t("“{title}” begins: {start}.", title=meeting.title, start=start_spoken(meeting.starts_at, ctx.zone))
    shown = await as_read(ctx, meeting, Reply(head, *after.lines, choices=after.choices))
    if meeting.state != MeetingState.CALLED or shown is None or not shown.choices:
        return None
    return shown


@command("hop.diemdanh", allow=Action.CONVENE)
async def open_list(ctx: Context) -> Reply:
    """Show the list of those invited, to be ticked."""
    meeting = await _held(ctx, ctx.args["meeting"])
    return Reply(card=subject_of(await roll_call(ctx.session, meeting.id, ctx.me.id)))


@command("hop.diemdanh.chon", allow=Action.CONVENE)
async def turn(ctx: Context) -> Reply | None:
    """Tick some, or take their ticks away; all open lists of the meeting are drawn anew."""
    mine = await _mine(ctx)
    await tick(ctx.session, mine.meeting_id, ctx.args["invitations"], present=bool(ctx.args["present"]))
    await _touch(ctx, mine)
    return None


@command("hop.diemdanh.trang", allow=Action.CONVENE)
async def turn_page(ctx: Context) -> Reply | None:
    """Show another page of the list."""
    mine = await _mine(ctx)
    mine.page = int(ctx.args["page"])
    ctx.touch(mine)
    return None


@command("hop.diemdanh.xong", allow=Action.CONVENE)
async def close_list(ctx: Context) -> Reply | None:
    """Close the list; it can be opened again from the card of the meeting."""
    mine = await _mine(ctx)
    mine.ended_at = ctx.now
    await ctx.session.flush()
    ctx.touch(mine)
    ctx.touch(await ctx.session.get_one(Meeting, mine.meeting_id))
    return None


async def _touch(ctx: Context, mine: RollCall) -> None:
    for each in await roll_calls(ctx.session, mine.meeting_id):
        ctx.touch(each)
    ctx.touch(await ctx.session.get_one(Meeting, mine.meeting_id))


async def _held(ctx: Context, meeting_id: int) -> Meeting:
    meeting = await ctx.session.get(Meeting, meeting_id)
    if meeting is None or meeting.state != MeetingState.CALLED:
        raise Refusal(t("This meeting is not held; nobody's attendance is taken."))
    return meeting


async def _mine(ctx: Context) -> RollCall:
    found = await ctx.session.scalars(
        select(RollCall)
        .where(RollCall.id == ctx.args["list"])
        .with_for_update(**HELD)
        .execution_options(populate_existing=True)
    )
    mine = found.one_or_none()
    if mine is None or mine.by_id != ctx.me.id or mine.ended_at is not None:
        raise Refusal(t("This list is closed; please open attendance from the card of the meeting."))
    await _held(ctx, mine.meeting_id)
    return mine


@card("roll_call")
async def drawn(about: LetterContext) -> Reply | None:
    """Draw the list as it stands: who is present, a page of units to tap; closed once the officer is done."""
    mine = await about.session.get(RollCall, about.subject.id) if about.subject else None
    if mine is None:
        return None
    meeting = await about.session.get_one(Meeting, mine.meeting_id)
    found = await roll(about.session, meeting.id)
    present = [one for one in found if one.ticked]
    head = t("Attendance: {title}", title=meeting.title)
    counted = t("Present: {present} of {invited}.", present=len(present), invited=len(found))
    if mine.ended_at is not None:
        return Reply(head, result=counted, card=about.subject)
    leaf = leaf_of(found, mine.page, _PAGE, Call("hop.diemdanh.trang", {"list": mine.id}))
    choices = (*(_turning(mine, one) for one in leaf.rows), *leaf.turning, *_going_on(mine, found))
    return Reply(head, counted, *leaf.said, choices=choices, card=about.subject)


def _turning(mine: RollCall, one: Present) -> Choice:
    name: Text | str = t("{unit} ({who})", unit=one.name, who=one.substitute) if one.substitute else one.name
    label = t("Present: {unit}", unit=name) if one.ticked else t("{unit}", unit=name)
    args = {"list": mine.id, "invitations": [one.invitation_id], "present": not one.ticked}
    return Choice(label, Call("hop.diemdanh.chon", args))


def _going_on(mine: RollCall, found: tuple[Present, ...]) -> list[Choice]:
    """Offer all who said that they come at once, and to be done."""
    this = {"list": mine.id}
    choices = []
    coming = {Rsvp.ATTEND, Rsvp.SUBSTITUTE}
    expected = [one.invitation_id for one in found if one.answer in coming and not one.ticked]
    if len(expected) > 1:
        label = t("All {count} who said that they come", count=len(expected))
        choices.append(Choice(label, Call("hop.diemdanh.chon", {**this, "invitations": expected, "present": True})))
    return [*choices, Choice(t("Close the list"), Call("hop.diemdanh.xong", this), primary=True)]
