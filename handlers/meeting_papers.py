"""Papers reach the invited some working days ahead: the card says by when, the officer is told of missing ones."""

from datetime import time

from handlers.group_meetings import as_read
from handlers.kit import Call, Choice, ClockContext, LetterContext, Owed, Reply, Text, every, letter, t
from models.convening import coming, papers_due
from models.days import working_calendar
from models.meetings import Meeting, MeetingState
from models.outbox import Priority
from models.powers import powers_of
from models.rescheduling import PAPERS, files_of
from models.rules.meeting_line import start_spoken
from models.rules.permission import Role
from models.whom import holders

_LETTER = "meeting.papers"


@every("papers-due", at=time(7, 45))
async def tell_of_missing(clock: ClockContext) -> None:
    """Owe whoever called a meeting one reminder, from the day on which papers are to be sent and there are none."""
    calendar = await working_calendar(clock.session)
    for meeting in await coming(clock.session, clock.now):
        due = papers_due(meeting, calendar, clock.council.meeting_papers_days, clock.zone)
        missing = due is not None and due <= clock.today and not await files_of(clock.session, meeting.id, PAPERS)
        for officer in await who_called(clock, meeting) if missing else ():
            clock.owe(
                Owed(
                    officer,
                    f"meeting:{meeting.id}:papers",
                    letter=_LETTER,
                    params={"meeting": meeting.id},
                    priority=Priority.REMINDER,
                    expires_at=meeting.starts_at,
                )
            )


async def who_called(clock: ClockContext, meeting: Meeting) -> tuple[int, ...]:
    """Name who called a meeting, or all of the secretariat where he serves no longer."""
    serves = bool((await powers_of(clock.session, meeting.by_id, clock.today)).roles)
    return (meeting.by_id,) if serves else await holders(clock.session, Role.SECRETARIAT, clock.today)


@letter(_LETTER)
async def missing(ctx: LetterContext) -> Reply | None:
    """Say which papers are missing; nothing once they were sent, or the meeting is not held."""
    meeting = await ctx.session.get_one(Meeting, ctx.params["meeting"])
    due = await due_lines(ctx, meeting)
    if meeting.state != MeetingState.CALLED or not due:
        return None
    send = Choice(t("Send papers"), Call("hop.tailieu", {"meeting": meeting.id}), primary=True)
    about = t("Papers of “{title}”, {start}:", title=meeting.title, start=start_spoken(meeting.starts_at, ctx.zone))
    return await as_read(ctx, meeting, Reply(about, *due, choices=(send,)))


async def due_lines(ctx: LetterContext, meeting: Meeting) -> tuple[Text, ...]:
    """Say that no papers have been sent, and by when they are or were to be, unless it was called too late for that."""
    calendar = await working_calendar(ctx.session)
    day = papers_due(meeting, calendar, ctx.council.meeting_papers_days, ctx.zone)
    if await files_of(ctx.session, meeting.id, PAPERS):
        return ()
    if day is None:
        return (t("No papers have been sent."),)
    if day < ctx.today:
        return (t("No papers have been sent; they were to be sent by {day}.", day=day),)
    return (t("No papers have been sent; they are to be sent by {day}.", day=day),)
