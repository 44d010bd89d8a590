"""Meetings: the unit answers its invitation, changes the answer until the start, and is reminded before it."""

from handlers.invitations import answers_of, changing, invited_as, said
from handlers.kit import (
    N_,
    Ask,
    Call,
    Choice,
    ClockContext,
    Context,
    LetterContext,
    Owed,
    Refusal,
    Reply,
    Subject,
    Text,
    command,
    every,
    letter,
    subject_of,
    t,
)
from handlers.meeting_news import touch_all
from handlers.naming import of_units
from handlers.rollcall import owe_beginning
from models.contacts import recipients
from models.convening import (
    LATELY,
    Answer,
    answer,
    begun_between,
    coming,
    counts_of,
    held_lately,
    invitations,
    mark_reminded,
    not_yet_reminded,
    own_invitation,
    reminder_moment,
    to_be_answered,
    to_be_reminded,
)
from models.days import working_calendar, working_hours
from models.meetings import Invitation, Meeting, MeetingState, Rsvp
from models.outbox import Priority
from models.regular import proposals
from models.rescheduling import how_it_stands
from models.rules.meeting_line import is_bare_name, start_spoken, taken_to_last
from models.rules.permission import Action, allowed
from models.rules.spelling import tidy

_LONGEST_NAME = 300


@command("hop.du", allow=Action.RSVP)
async def attend(ctx: Context) -> Reply:
    """Record that the unit attends."""
    return await _record(ctx, Answer(Rsvp.ATTEND))


@command("hop.vang", allow=Action.RSVP)
async def absent(ctx: Context) -> Reply:
    """Ask why nobody comes."""
    meeting = await to_answer(ctx)
    question = t("Please give the reason of the absence from “{title}”.", title=meeting.title)
    call = Call("hop.vang.lydo", {"meeting": meeting.id})
    return Reply(question, *await _whose(ctx, meeting.id), ask=Ask(call, "reason"))


@command("hop.vang.lydo", allow=Action.RSVP)
async def absent_because(ctx: Context) -> Reply:
    """Record an absence with its reason."""
    return await _record(ctx, Answer(Rsvp.ABSENT, reason=_line(ctx, "reason")))


@command("hop.thay", allow=Action.RSVP)
async def substitute(ctx: Context) -> Reply:
    """Ask who comes instead."""
    meeting = await to_answer(ctx)
    question = t("Who attends “{title}” instead? Please give name and post in one line.", title=meeting.title)
    call = Call("hop.thay.ten", {"meeting": meeting.id})
    return Reply(question, *await _whose(ctx, meeting.id), ask=Ask(call, "name"))


@command("hop.thay.ten", allow=Action.RSVP)
async def substituted_by(ctx: Context) -> Reply:
    """Record the substitute; ask for the post of whoever was only named."""
    name = _line(ctx, "name")
    if "post" in ctx.args:
        name = f"{name}, {_line(ctx, 'post')}"[:_LONGEST_NAME]
    elif is_bare_name(name):
        meeting = await to_answer(ctx)
        ask = Ask(Call("hop.thay.ten", {"meeting": meeting.id, "name": name}), "post")
        return Reply(t("Which post does {name} hold?", name=name), *await _whose(ctx, meeting.id), ask=ask)
    return await _record(ctx, Answer(Rsvp.SUBSTITUTE, substitute=name))


@command("hop.doi", allow=Action.RSVP)
async def change(ctx: Context) -> Reply:
    """Offer the answers anew."""
    meeting = await to_answer(ctx)
    question = t("What is the answer to “{title}” now?", title=meeting.title)
    return Reply(question, *await _whose(ctx, meeting.id), choices=answers_of(meeting.id))


async def _whose(ctx: Context, meeting_id: int) -> tuple[Text, ...]:
    """Name the units that are answered for, to whoever serves several."""
    return await of_units(ctx, [row.unit_id for row in await invitations(ctx.session, meeting_id, ctx.powers)])


def _line(ctx: Context, hole: str) -> str:
    line = tidy(str(ctx.args[hole]))
    if not 0 < len(line) <= _LONGEST_NAME:
        raise Refusal(t("Please answer in one line of at most {limit} characters.", limit=_LONGEST_NAME))
    return line


async def to_answer(ctx: Context) -> Meeting:
    """Find a meeting that may still be answered; raises Refusal once it has begun or changed, or for the uninvited."""
    meeting = await to_be_answered(ctx.session, ctx.args["meeting"])
    await invitations(ctx.session, meeting.id, ctx.powers)
    if meeting.state != MeetingState.CALLED:
        now = await how_it_stands(ctx.session, meeting)
        raise Refusal(t("{now} Nothing was recorded; “hop” shows the invitations to be answered.", now=now))
    if meeting.starts_at <= ctx.now:
        raise Refusal(t("The meeting began at {time}; please tell the secretariat directly.", time=meeting.starts_at))
    return meeting


async def _record(ctx: Context, what: Answer) -> Reply:
    meeting = await to_answer(ctx)
    rows = await invitations(ctx.session, meeting.id, ctx.powers)
    answer(rows, what, ctx.me.id, ctx.now)
    await ctx.session.flush()
    for row in rows:
        ctx.touch(row)
    return Reply(
        t("Recorded at {time} for “{title}”: {answer}.", time=ctx.now, title=meeting.title, answer=said(rows[0])),
        *await of_units(ctx, [row.unit_id for row in rows]),
        t("The answer can be changed until the meeting starts."),
        choices=changing(rows[0])[:-1],
    )


@command("hop", allow=Action.RSVP, help=N_("See the meetings to come"), aliases=("meetings",))
async def list_meetings(ctx: Context) -> Reply:
    """List the meetings to come, and to officers those lately held: with their counts, a unit's with its answer."""
    lines: list[Text] = []
    begun: list[Text] = []
    held: list[Text] = []
    own: list[Text] = []
    choices: list[Choice] = []

    def enter(meeting: Meeting, state: Text, subject: Subject, among: list[Text]) -> None:
        start = start_spoken(meeting.starts_at, ctx.zone)
        about = {"number": len(choices) + 1, "start": start, "title": meeting.title}
        if meeting.state == MeetingState.POSTPONED:
            among.append(t("{number}. {title}: put off, no day yet (before: {start})", **about))
        else:
            among.append(t("{number}. {start}: {title} ({state})", **about, state=state))
        view = Call("hop.xem", {"kind": subject.kind, "id": subject.id})
        choices.append(Choice(t("View {number}", number=about["number"]), view))

    is_officer = allowed(ctx.powers.roles, Action.CONVENE)
    # in this order, for by these numbers officers name the meetings (models/matters.py)
    meetings = await coming(ctx.session, ctx.now) if is_officer else ()
    counts = await counts_of(ctx.session, [meeting.id for meeting in meetings])
    for meeting in meetings:
        count = counts[meeting.id]
        answered = {"answered": count.invited - count.silent, "invited": count.invited}
        state = t("{answered} of {invited} have answered", **answered)
        enter(meeting, state, subject_of(meeting), lines)
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    for meeting in await held_lately(ctx.session, ctx.now) if is_officer else ():
        is_over = taken_to_last(meeting.starts_at, hours) <= ctx.now
        enter(meeting, t("held") if is_over else t("being held"), subject_of(meeting), held if is_over else begun)
    for meeting in await coming(ctx.session, ctx.now, ctx.powers):
        invitation = (await invitations(ctx.session, meeting.id, ctx.powers))[0]
        enter(meeting, said(invitation), subject_of(invitation), own if is_officer else lines)
    choices += await _regular(ctx)
    to_come = (t("Meetings to come:"), *await of_units(ctx), *lines) if lines else (t("No meeting is to come."),)
    over = (*_headed(t("Meetings under way:"), begun), *_headed(t("Meetings held:"), held))
    return Reply(*to_come, *over, *_headed(t("Your own invitations:"), own), choices=tuple(choices))


def _headed(heading: Text, lines: list[Text]) -> tuple[Text, ...]:
    return (heading, *lines) if lines else ()


async def _regular(ctx: Context) -> list[Choice]:
    """Offer an officer the regular meetings that the plan wants and nobody has called."""
    if not allowed(ctx.powers.roles, Action.CONVENE):
        return []
    count = len(await proposals(ctx.session, ctx.today))
    return [Choice(t("Regular meetings of the plan ({count})", count=count), Call("hop.dinhky"))] if count else []


@command("hop.xem", allow=Action.RSVP)
async def view(ctx: Context) -> Reply:
    """Show one meeting: to officers how it stands, to the invited their invitation."""
    if ctx.args["kind"] == Meeting.__tablename__:
        if not allowed(ctx.powers.roles, Action.CONVENE):
            raise Refusal(t("How a meeting stands is seen by the secretariat only."))
        return Reply(card=Subject(Meeting.__tablename__, ctx.args["id"]))
    return Reply(card=subject_of(await own_invitation(ctx.session, ctx.args["id"], ctx.powers)))


@every("remind-of-meetings", minutes=15)
async def remind(ctx: ClockContext) -> None:
    """Owe the reminder of each meeting from the last working window before it."""
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    for meeting in await not_yet_reminded(ctx.session, ctx.now):
        moment = reminder_moment(meeting, hours)
        if moment is None or ctx.now < moment:
            continue
        in_time = hours.next_opening(ctx.now) < meeting.starts_at
        for person, invitation in await ctx.session.execute(
            recipients(Invitation, ctx.today, to_be_reminded(meeting.id))
        ):
            ctx.owe(
                Owed(
                    person,
                    f"meeting:{meeting.id}:reminder",
                    letter="meeting",
                    params={"invitation": invitation},
                    priority=Priority.REMINDER if in_time else Priority.URGENT,
                    expires_at=meeting.starts_at,
                )
            )
        await mark_reminded(ctx.session, meeting.id, ctx.now)


@every("close-invitations", minutes=15)
async def close(ctx: ClockContext) -> None:
    """Draw the cards of each meeting that has begun anew, once, and owe its officer what is done at a meeting."""
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    for meeting in await begun_between(ctx.session, ctx.since or ctx.slot - LATELY, ctx.slot):
        await touch_all(ctx, meeting)
        await owe_beginning(ctx, meeting, taken_to_last(meeting.starts_at, hours))


@letter("meeting")
async def reminder(ctx: LetterContext) -> Reply | None:
    """Say when and where the meeting is; nothing to whoever said that he is absent."""
    invitation = await ctx.session.get(Invitation, ctx.params["invitation"])
    if invitation is None or invitation.answer == Rsvp.ABSENT:
        return None
    meeting = await ctx.session.get_one(Meeting, invitation.meeting_id)
    if meeting.state != MeetingState.CALLED:
        return None
    change = (Choice(t("Change the answer"), Call("hop.doi", {"meeting": meeting.id})),)
    return Reply(
        t("{start}: {title}", start=start_spoken(meeting.starts_at, ctx.zone), title=meeting.title),
        *await invited_as(ctx, meeting.id),
        t("Place: {place}.", place=meeting.place),
        *((t("Online: {link}", link=meeting.link),) if meeting.link else ()),
        t("Your answer: {answer}.", answer=said(invitation)) if invitation.answer else t("Not answered."),
        choices=answers_of(meeting.id) if invitation.answer is None else change,
        card=subject_of(invitation),
    )
