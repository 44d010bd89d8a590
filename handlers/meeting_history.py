"""What became of a meeting: each time it was moved, with the answers that became void, and all that was told of it."""

from collections.abc import Sequence

from sqlalchemy import select

from handlers.kit import Call, Choice, Context, Reply, Text, command, t
from handlers.paging import list_page
from models.convening import counts_of
from models.meetings import Meeting, MeetingChange, MeetingState
from models.people import Person
from models.rules.meeting_line import start_spoken
from models.rules.permission import Action


@command("hop.lichsu", allow=Action.CONVENE)
async def history(ctx: Context) -> Reply:
    """Say how a meeting was moved and what was told of it, oldest first; offer the answers that became void."""
    meeting = await ctx.session.get_one(Meeting, ctx.args["meeting"])
    series = (Meeting.id == meeting.series) | (Meeting.series_id == meeting.series)
    held = (await ctx.session.scalars(select(Meeting).where(series).order_by(Meeting.moves))).all()
    void = [one for one in held if one.state == MeetingState.MOVED]
    said = [
        line for one in held for line in await _said(ctx, one, [next_ for next_ in held if next_.moves > one.moves])
    ]
    choices = tuple(
        Choice(
            t("Answers to {start}", start=start_spoken(one.starts_at, ctx.zone)), Call("hop.xuat", {"meeting": one.id})
        )
        for one in void
    )
    return list_page(ctx, t("What became of “{title}”:", title=meeting.title), said, *choices)


async def _said(ctx: Context, meeting: Meeting, later: Sequence[Meeting]) -> list[Text]:
    """Say what was told of one meeting of the series, and to when it was moved."""
    rows = await ctx.session.execute(
        select(MeetingChange, Person.name)
        .join(Person, Person.id == MeetingChange.by_id)
        .where(MeetingChange.meeting_id == meeting.id)
        .order_by(MeetingChange.id)
    )
    lines = [t("{time}, {name}: {what}", time=row.at, name=name, what=_what(row)) for row, name in rows]
    if meeting.state == MeetingState.MOVED and later:
        count = (await counts_of(ctx.session, [meeting.id]))[meeting.id]
        by = await ctx.session.get(Person, meeting.changed_by) if meeting.changed_by else None
        about = {"time": meeting.changed_at, "name": by.name if by else "", "answered": count.invited - count.silent}
        start = start_spoken(later[0].starts_at, ctx.zone)
        lines.append(t("{time}, {name}: moved to {start}; {answered} answers became void.", **about, start=start))
    return lines


def _what(change: MeetingChange) -> Text:
    match change.kind:
        case "place":
            return t("place {now}", now=change.now)
        case "link":
            return t("address {now}", now=change.now)
        case "number":
            return t("number {now}", now=change.now)
        case "agenda":
            return t("agenda")
        case "papers":
            return t("papers, {now} files", now=change.now)
        case "minutes":
            return t("minutes kept")
        case "postponed":
            return t("put off")
        case _:
            return t("cancelled")
