"""How a meeting stands for the officers: who attends, who is absent and why, who comes instead, who is silent."""

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.concluding import at_meeting
from handlers.group_meetings import as_read
from handlers.invitations import invitation_card, invitation_lines, said, time_line, what_became
from handlers.kit import (
    Call,
    Choice,
    Context,
    LetterContext,
    Refusal,
    Reply,
    Text,
    card,
    command,
    letter,
    subject_of,
    t,
)
from handlers.meeting_papers import due_lines
from handlers.notices import start_of_day
from handlers.paging import list_page
from handlers.rescheduling import changes_of
from handlers.seen import list_unseen, seen_lines, unseen_choice
from handlers.silence import Silence, offer_urging, preview_urging, still_silent, urge
from models.contacts import parties
from models.convening import MeetingCounts, counts_of, not_urged_since, opinions_on, unanswered
from models.meetings import Invitation, Meeting, MeetingState, Rsvp
from models.readings import readings
from models.rescheduling import how_it_stands
from models.rules.meeting_line import start_spoken
from models.rules.permission import Action

_SILENT = "silent"
_LETTER = "urge.meeting"


@card("meeting")
async def standing_card(ctx: LetterContext) -> Reply | None:
    """Show an officer how a meeting stands; to whoever leads a group, one of the group's own."""
    meeting = await ctx.session.get(Meeting, ctx.subject.id) if ctx.subject else None
    return await as_read(ctx, meeting, await _standing(ctx, meeting)) if meeting is not None else None


async def _standing(ctx: LetterContext, meeting: Meeting) -> Reply:
    count = (await counts_of(ctx.session, [meeting.id]))[meeting.id]
    counted = {"invited": count.invited, "attend": count.attend, "absent": count.absent}
    lines = (
        *_about(meeting, ctx.zone),
        t(
            "Invited: {invited}; attend: {attend}; absent: {absent}; substitutes: {substitute}; "
            "not answered: {silent}.",
            **counted,
            substitute=count.substitute,
            silent=count.silent,
        ),
    )
    if meeting.state in {MeetingState.MOVED, MeetingState.CANCELLED}:
        return Reply(*lines, card=ctx.subject, result=await what_became(ctx, meeting))
    put_off = meeting.state == MeetingState.POSTPONED
    if put_off:
        return Reply(*lines, choices=changes_of(meeting), card=ctx.subject, result=await what_became(ctx, meeting))
    begun = meeting.starts_at <= ctx.now
    changes = () if begun else changes_of(meeting)
    read = await readings(ctx.session, Invitation, Invitation.meeting_id == meeting.id)
    lists = (
        *await _lists(ctx, meeting.id, count, begun=begun),
        *unseen_choice(read, Call("hop.chuaxem", {"meeting": meeting.id})),
        *await _papers(ctx, meeting),
    )
    after = await at_meeting(ctx, meeting)
    due = () if begun else await due_lines(ctx, meeting)
    return Reply(
        *lines[:-1],
        *due,
        *seen_lines(read),
        lines[-1],
        *after.lines,
        choices=(*after.choices, *lists, *changes),
        card=ctx.subject,
    )


async def _papers(ctx: LetterContext, meeting: Meeting) -> tuple[Choice, ...]:
    """Offer the opinions that came in writing, and the whole list as a workbook."""
    this = {"meeting": meeting.id}
    written = await opinions_on(ctx.session, meeting)
    label = t("Written opinions ({count})", count=written)
    opinions = (Choice(label, Call("hop.ykien.ds", this)),) if written else ()
    history = (
        (Choice(t("History of the meeting"), Call("hop.lichsu", this)),) if meeting.changed_at or meeting.moves else ()
    )
    return (*opinions, Choice(t("List of answers (.xlsx)"), Call("hop.xuat", this)), *history)


def _about(meeting: Meeting, zone: ZoneInfo) -> Iterator[Text]:
    yield t("Meeting: {title}", title=meeting.title)
    if meeting.number:
        yield t("Invitation number {number}.", number=meeting.number)
    yield time_line(meeting, zone)
    if meeting.was_start is not None:
        was = start_spoken(meeting.was_start, zone)
        yield t("Replaces the meeting of {start}; moved {count} times.", start=was, count=meeting.moves)
    if meeting.reason:
        yield t("Reason: {reason}.", reason=meeting.reason)
    yield t("Place: {place}.", place=meeting.place)
    if meeting.link:
        yield t("Online: {link}", link=meeting.link)


async def _lists(ctx: LetterContext, meeting_id: int, count: MeetingCounts, *, begun: bool) -> tuple[Choice, ...]:
    lists = (
        (count.attend, t("Attend ({count})", count=count.attend), Rsvp.ATTEND),
        (count.absent, t("Absent ({count})", count=count.absent), Rsvp.ABSENT),
        (count.substitute, t("Substitutes ({count})", count=count.substitute), Rsvp.SUBSTITUTE),
        (count.silent, t("Not answered ({count})", count=count.silent), _SILENT),
    )
    found = [
        Choice(label, Call("hop.ds", {"meeting": meeting_id, "answer": str(answer)}))
        for number, label, answer in lists
        if number
    ]
    if count.silent and not begun:
        call = Call("hop.dondoc", {"meeting": meeting_id})
        found.append(await offer_urging(ctx.session, Invitation, unanswered(meeting_id), count.silent, call))
    return tuple(found)


@command("hop.chuaxem", allow=Action.CONVENE)
async def list_who_has_not_seen(ctx: Context) -> Reply:
    """List who is known not to have seen the invitation."""
    return await list_unseen(ctx, Invitation, Invitation.meeting_id == ctx.args["meeting"])


@command("hop.ds", allow=Action.CONVENE)
async def list_answers(ctx: Context) -> Reply:
    """List who gave one answer, with reasons and substitutes; the silent with the telephones of the unreached."""
    meeting_id, wanted = ctx.args["meeting"], ctx.args["answer"]
    if wanted == _SILENT:
        silent = await parties(ctx.session, Invitation, ctx.today, *unanswered(meeting_id))
        return list_page(ctx, t("Not answered ({count})", count=len(silent)), [party.spoken for party in silent])
    where = (Invitation.meeting_id == meeting_id, Invitation.answer == Rsvp(wanted))
    found = await parties(ctx.session, Invitation, ctx.today, *where)
    rows = {row.id: row for row in await ctx.session.scalars(select(Invitation).where(*where))}
    lines = [t("{party}: {answer}", party=party.name, answer=said(rows[party.id])) for party in found]
    return list_page(ctx, _heading(Rsvp(wanted), len(found)), lines)


def _heading(answer: Rsvp, count: int) -> Text:
    match answer:
        case Rsvp.ATTEND:
            return t("Attend ({count})", count=count)
        case Rsvp.ABSENT:
            return t("Absent ({count})", count=count)
        case Rsvp.SUBSTITUTE:
            return t("Substitutes ({count})", count=count)


@command("hop.dondoc", allow=Action.CONVENE)
async def show_urging(ctx: Context) -> Reply:
    """Show whom an urging would reach."""
    return await preview_urging(ctx, await _silence(ctx))


@command("hop.dondoc.gui", allow=Action.CONVENE)
async def send_urging(ctx: Context) -> Reply:
    """Urge those who have not answered now, and were not urged today."""
    return (await urge(ctx, await _silence(ctx)))[1]


async def _silence(ctx: Context) -> Silence:
    meeting = await _to_come(ctx)
    return Silence(
        Invitation,
        (*unanswered(meeting.id), not_urged_since(start_of_day(ctx))),
        ("meeting", meeting.id),
        _LETTER,
        invitation_lines(meeting, ctx.zone),
        Call("hop.dondoc.gui", {"meeting": meeting.id}),
    )


@letter(_LETTER)
async def invite_again(ctx: LetterContext) -> Reply | None:
    """Show the invitation to whoever has still not answered it; nothing once the meeting has begun, moved or ended."""
    meeting = await ctx.session.get_one(Meeting, ctx.params["meeting"])
    rows = await still_silent(ctx, Invitation, *unanswered(meeting.id))
    if not rows or meeting.state != MeetingState.CALLED or meeting.starts_at <= ctx.now:
        return None
    return await invitation_card(replace(ctx, subject=subject_of(rows[0])))


async def _to_come(ctx: Context) -> Meeting:
    meeting = await ctx.session.get_one(Meeting, ctx.args["meeting"])
    if meeting.state != MeetingState.CALLED:
        raise Refusal(t("{now} Nobody is urged any more.", now=await how_it_stands(ctx.session, meeting)))
    if meeting.starts_at <= ctx.now:
        raise Refusal(t("The meeting began at {time}; nobody is urged any more.", time=meeting.starts_at))
    return meeting
