"""What has been on people's screens: recorded where the channel tells it, and said to whoever sent it."""

from typing import Any

from sqlalchemy import ColumnElement

from handlers.kit import Call, Choice, ClockContext, Context, Reply, Text, every, heard, t
from handlers.paging import list_page
from models.meetings import Invitation, Meeting
from models.notices import Notice, NoticeUnit
from models.readings import Readings, have_not_seen, mark_read, with_news
from models.rules.permission import Action


@heard("read", allow=Action.HELP)
async def have_been_seen(ctx: Context) -> None:
    """Record that messages have been on the person's screen."""
    await mark_read(ctx.session, ctx.me.id, ctx.args["messages"], ctx.now)


@every("count-arrivals", minutes=5)
async def count_arrivals(ctx: ClockContext) -> None:
    """Bring the officers' cards up to date with what has arrived and what has been seen."""
    notices = await with_news(ctx.session, Notice, NoticeUnit.notice_id, ctx.since, ctx.slot)
    meetings = await with_news(ctx.session, Meeting, Invitation.meeting_id, ctx.since, ctx.slot)
    for sent in (*notices, *meetings):
        ctx.touch(sent)


def seen_lines(counted: Readings) -> tuple[Text, ...]:
    """Say how many have seen what was sent; most messengers tell that they took a message, not that it was read."""
    if not counted.people:
        return ()
    if not counted.told_of:
        return (t("Delivered, read: no information from the messenger."),)
    if not counted.unknown:
        return (t("Seen: {seen} of {people} people.", seen=counted.seen, people=counted.people),)
    known = {"seen": counted.seen, "told_of": counted.told_of, "unknown": counted.unknown}
    return (t("Seen: {seen} of {told_of} people; no information from the messenger of {unknown} others.", **known),)


def unseen_choice(counted: Readings, call: Call) -> tuple[Choice, ...]:
    """Offer to list who is known not to have seen something."""
    return (Choice(t("Not seen ({count})", count=counted.unseen), call),) if counted.unseen else ()


async def list_unseen(ctx: Context, table: type[Any], *where: ColumnElement[bool]) -> Reply:
    """List who is known not to have seen something, with the telephone of those whom no chat reaches any more."""
    found = await have_not_seen(ctx.session, table, ctx.today, *where)
    if not found:
        return Reply(t("All of whom the channel tells it have seen this."))
    people = sum(len(party.contacts) for party in found)
    return list_page(ctx, t("Not seen ({count})", count=people), [party.spoken for party in found])
