"""The invitation as its recipients read it: the call, its three answers, what it replaces; and how it is sent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select

from documents.calendar_file import FILE, MEDIA, Entry, calendar_file
from handlers.kit import Call, Choice, Context, LetterContext, Reply, Speaker, Spread, Text, card, t
from handlers.naming import addressed
from models.contacts import recipients
from models.days import working_calendar, working_hours
from models.meetings import Invitation, Meeting, MeetingFile, MeetingState, Rsvp
from models.outbox import Priority
from models.people import Person, Post, Unit
from models.powers import powers_of
from models.rescheduling import CALENDAR, handed_out, standing_now
from models.rules.alphabet import by_name
from models.rules.meeting_line import start_remarks, start_spoken


def invitation_lines(meeting: Meeting, zone: ZoneInfo) -> tuple[Text | str, ...]:
    """Give an invitation as its recipients read it."""
    again = meeting.was_start is not None
    ask = t("Please answer anew whether you attend.") if again else t("Please answer whether you attend.")
    return (*about_lines(meeting, zone), ask)


def about_lines(meeting: Meeting, zone: ZoneInfo) -> tuple[Text | str, ...]:
    """Say what an invitation says of its meeting: what it replaces, when, where, on what."""
    lines: list[Text | str] = [t("Invitation: {title}", title=meeting.title)]
    if meeting.number:
        lines.append(t("Invitation number {number}.", number=meeting.number))
    if meeting.was_start is not None:
        was = start_spoken(meeting.was_start, zone)
        lines.append(t("Replaces the meeting of {start}; moved {count} times.", start=was, count=meeting.moves))
    if meeting.reason:
        lines.append(t("Reason: {reason}.", reason=meeting.reason))
    lines += [
        time_line(meeting, zone),
        t("Place: {place}.", place=meeting.place),
    ]
    if meeting.link:
        lines.append(t("Online: {link}", link=meeting.link))
    if meeting.agenda:
        lines += [t("Agenda:"), *meeting.agenda.splitlines()]
    return tuple(lines)


def time_line(meeting: Meeting, zone: ZoneInfo) -> Text:
    """Say when a meeting is held; of one that is put off, when it was to be."""
    start = start_spoken(meeting.starts_at, zone)
    if meeting.state == MeetingState.POSTPONED:
        return t("Time: put off, no day yet (before: {start}).", start=start)
    return t("Time: {start}.", start=start)


def answers_of(meeting_id: int) -> tuple[Choice, ...]:
    """Give the three answers to an invitation."""
    this = {"meeting": meeting_id}
    return (
        Choice(t("Attend"), Call("hop.du", this), primary=True),
        Choice(t("Absent"), Call("hop.vang", this)),
        Choice(t("Send a substitute"), Call("hop.thay", this)),
    )


def changing(invitation: Invitation) -> tuple[Choice, ...]:
    """Offer to change an answer; and whoever is absent, to give his opinion in writing."""
    this = {"meeting": invitation.meeting_id}
    written = Choice(t("Send a written opinion"), Call("hop.ykien", this))
    absent = invitation.answer == Rsvp.ABSENT
    return (*((written,) if absent else ()), Choice(t("Change the answer"), Call("hop.doi", this)))


def said(invitation: Invitation) -> Text:
    """Say what was answered."""
    match invitation.answer:
        case Rsvp.ATTEND:
            return t("Attends")
        case Rsvp.ABSENT:
            return t("Absent: {reason}", reason=invitation.reason)
        case Rsvp.SUBSTITUTE:
            return t("Substitute: {substitute}", substitute=invitation.substitute)
        case _:
            return t("Not answered")


@card("invitation")
async def invitation_card(ctx: LetterContext) -> Reply | None:
    """Show an invitation: to be answered, or answered by whom, or dead; changeable until the meeting starts."""
    invitation = await ctx.session.get(Invitation, ctx.subject.id) if ctx.subject else None
    if invitation is None:
        return None
    meeting = await ctx.session.get_one(Meeting, invitation.meeting_id)
    title, *rest = invitation_lines(meeting, ctx.zone)
    lines = (title, await _invited(ctx, invitation), *rest)
    files = await handed_out(ctx.session, meeting.id)
    if meeting.state != MeetingState.CALLED:
        return Reply(*lines[:-1], card=ctx.subject, files=files, result=await what_became(ctx, meeting))
    answered = await _answered(ctx, invitation)
    if meeting.starts_at <= ctx.now:
        result = t("Held at {time}. {answer}", time=meeting.starts_at, answer=answered or t("Not answered."))
        return Reply(*lines[:-1], card=ctx.subject, files=files, result=result)
    if answered is None:
        return Reply(*lines, choices=answers_of(meeting.id), card=ctx.subject, files=files)
    return Reply(*lines[:-1], choices=changing(invitation), card=ctx.subject, files=files, result=answered)


async def _answered(ctx: LetterContext, invitation: Invitation) -> Text | None:
    """Say what was answered, by whom and when; None where nothing was."""
    if invitation.answer is None:
        return None
    by = await ctx.session.get(Person, invitation.answered_by)
    about = {"answer": said(invitation), "name": by.name if by else "", "time": invitation.answered_at}
    return t("{answer} ({name}, {time}).", **about)


async def _invited(ctx: LetterContext, invitation: Invitation) -> Text:
    """Invite in due form: the holder of a seat by his post, units by name, all that the reader serves."""
    if invitation.post_id is not None:
        post = await ctx.session.get_one(Post, invitation.post_id)
        return t("Comrade {post} is respectfully invited.", post=post.title)
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    invited = select(Invitation.unit_id).where(Invitation.meeting_id == invitation.meeting_id)
    own = or_(Unit.id == invitation.unit_id, and_(Unit.id.in_(powers.own_units), Unit.id.in_(invited)))
    names = tuple(by_name(await ctx.session.scalars(select(Unit.name).where(own)), str))
    return t("Respectfully invited: {units}.", units=names)


async def invited_as(ctx: LetterContext, meeting_id: int) -> tuple[Text, ...]:
    """Name the units that are invited, to whoever serves several."""
    invited = await ctx.session.scalars(select(Invitation.unit_id).where(Invitation.meeting_id == meeting_id))
    return await addressed(ctx, invited.all())


async def what_became(ctx: LetterContext, meeting: Meeting) -> Text:
    """Say on a dead card what stands in the meeting's place."""
    if meeting.state == MeetingState.POSTPONED:
        return t("Put off; the day will be told.")
    if meeting.state == MeetingState.CANCELLED:
        return t("Cancelled at {time}.", time=meeting.changed_at)
    now = await standing_now(ctx.session, meeting)
    if now.state == MeetingState.CALLED:
        return t("Replaced by the meeting of {start}.", start=start_spoken(now.starts_at, ctx.zone))
    return await what_became(ctx, now)


async def send_invitations(ctx: Context, meeting: Meeting, earliest: datetime) -> None:
    """Owe everybody invited a card; `earliest`: the first moment at which somebody could come in vain."""
    await keep_calendar(ctx, meeting)
    rows = recipients(Invitation, ctx.today, Invitation.meeting_id == meeting.id)
    priority = await in_time(ctx, earliest)
    ctx.spread(Spread(rows, f"meeting:{meeting.id}", subject_kind=Invitation.__tablename__, priority=priority))


async def keep_calendar(ctx: Context, meeting: Meeting) -> None:
    """Make the calendar file of a meeting as it now stands; its name stays through all moves, its number grows."""
    entry = Entry(
        uid=f"dondoc-{meeting.series}",
        sequence=meeting.sequence,
        title=meeting.title,
        place=meeting.place,
        starts_at=meeting.starts_at,
        stamped_at=ctx.now,
        zone=ctx.zone,
        organiser=ctx.council.standing_agency or ctx.council.council_name,
        link=meeting.link,
        agenda=meeting.agenda,
        is_held=meeting.state == MeetingState.CALLED,
    )
    file_id = await ctx.hand_out(calendar_file(entry), FILE, MEDIA)
    ctx.session.add(MeetingFile(meeting_id=meeting.id, file_id=file_id, kind=CALENDAR, at=ctx.now, by_id=ctx.me.id))
    await ctx.session.flush()


async def remarks_on(ctx: Context, start: datetime) -> tuple[Text, ...]:
    """Say to whoever sets a start that it lies on a day off or outside working hours."""
    return start_remarks(start, working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone))


async def in_time(ctx: Speaker, earliest: datetime) -> Priority:
    """Let a message wait until offices open, unless it would then come too late."""
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    return Priority.BROADCAST if hours.next_opening(ctx.now) < earliest else Priority.URGENT
