"""What all invited are told of a meeting that changed, without being asked again: once each, if they knew of it."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import BigInteger, cast, null, select

from handlers.invitations import in_time, keep_calendar
from handlers.kit import Context, LetterContext, Reply, Speaker, Spread, Text, letter, t
from models.conclusions import meetings_of
from models.contacts import recipients
from models.convening import invited_of
from models.meetings import Invitation, Meeting, MeetingChange, MeetingState
from models.powers import powers_of
from models.rescheduling import CALENDAR, PAPERS, files_of, is_superseded, knows_of
from models.rules.meeting_line import start_spoken

_LETTER: Final = "meeting.change"


async def tell_change(ctx: Context, meeting: Meeting, change: MeetingChange) -> None:
    """Owe all invited the news of a change; their cards are drawn anew, their answers stand."""
    await touch_all(ctx, meeting)
    if change.kind != PAPERS:
        await keep_calendar(ctx, meeting)
    invited = recipients(Invitation, ctx.today, Invitation.meeting_id == meeting.id).subquery()
    rows = select(invited.c.person_id, cast(null(), BigInteger))
    priority = await in_time(ctx, meeting.starts_at)
    ctx.spread(Spread(rows, f"{_LETTER}:{change.id}", priority=priority, letter=_LETTER, params={"change": change.id}))


@letter(_LETTER)
async def news(ctx: LetterContext) -> Reply | None:
    """Say what is new about a meeting; nothing to whom a later message says it, or who never had the invitation."""
    change = await ctx.session.get_one(MeetingChange, ctx.params["change"])
    meeting = await ctx.session.get_one(Meeting, change.meeting_id)
    states = {MeetingState.POSTPONED.value, MeetingState.CANCELLED.value}
    expected = change.kind if change.kind in states else MeetingState.CALLED.value
    if meeting.state != expected or await is_superseded(ctx.session, change):
        return None
    if not await knows_of(ctx.session, meeting.id, ctx.person.id, change.at):
        return None
    head = t("{title}, {start}:", title=meeting.title, start=start_spoken(meeting.starts_at, ctx.zone))
    kind = PAPERS if change.kind == PAPERS else CALENDAR
    files = await files_of(ctx.session, meeting.id, kind)
    files = files if kind == PAPERS else files[-1:]
    stands = await _stands(ctx, meeting) if change.kind not in states else ()
    return Reply(head, *told(change.kind, change.was, change.now), *stands, files=files)


async def _stands(ctx: LetterContext, meeting: Meeting) -> tuple[Text, ...]:
    """Say to whoever has answered all his invitations to a meeting that he need not do so again."""
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    own = select(Invitation.answer).where(Invitation.meeting_id == meeting.id, invited_of(powers))
    answers = (await ctx.session.scalars(own)).all()
    if not answers or None in answers:
        return ()
    return (t("An answer that was given stands; nobody need answer again."),)


def told(kind: str, was: str, now: str) -> tuple[Text | str, ...]:
    """Say what changed, in the words that all read."""
    reason = (t("Reason: {reason}.", reason=now),) if now else ()
    match kind:
        case "place":
            return (t("The place is now: {now} (before: {was}).", now=now, was=was),)
        case "link":
            return (t("The address of the online meeting: {now}", now=now),)
        case "number":
            return (t("The invitation bears the number {now}.", now=now),)
        case "agenda":
            return t("The agenda is now:"), *now.splitlines()
        case MeetingState.POSTPONED.value:
            return t("The meeting is put off; its day will be told in another invitation."), *reason
        case MeetingState.CANCELLED.value:
            return t("The meeting is cancelled."), *reason
        case _:
            return (t("The papers of the meeting are here."),)


async def touch_all(ctx: Speaker, meeting: Meeting) -> None:
    """Have every open card of a meeting and of its invitations drawn anew."""
    await ctx.session.flush()
    for row in await ctx.session.scalars(select(Invitation).where(Invitation.meeting_id == meeting.id)):
        ctx.touch(row)
    ctx.touch(meeting)


async def touch_concluded(ctx: Speaker, tasks: Collection[int]) -> None:
    """Have the cards of the meetings that concluded some tasks drawn anew: they say how far those are."""
    for meeting in await meetings_of(ctx.session, tasks):
        ctx.touch(meeting)
