"""Whoever does not come to a meeting says in writing what he thinks; the officers read it, and what all answered."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from documents.attendees import MEDIA, Attendee, attendee_list
from handlers.invitations import said
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.meetings import to_answer
from handlers.paging import page_of
from models.contacts import parties
from models.convening import counts_of, invitations, invited_so_far
from models.meetings import Invitation, Meeting, MeetingOpinion, Rsvp
from models.people import Person
from models.rules.meeting_line import start_spoken
from models.rules.permission import Action

_LONGEST: Final = 3000
_FILES: Final = 20


@command("hop.ykien", allow=Action.RSVP)
async def ask_opinion(ctx: Context) -> Reply:
    """Ask an absent unit for its opinion."""
    meeting, _ = await _absent(ctx)
    this = {"meeting": meeting.id}
    return Reply(
        t("Please write the opinion on “{title}” in one message, or send it as a file.", title=meeting.title),
        choices=(Choice(t("Send a file"), Call("hop.ykien.tep", this)),),
        ask=Ask(Call("hop.ykien.ghi", this), "opinion"),
    )


@command("hop.ykien.ghi", allow=Action.RSVP)
async def take_opinion(ctx: Context) -> Reply:
    """Record an opinion that was written."""
    text = str(ctx.args["opinion"]).strip()
    if not 0 < len(text) <= _LONGEST:
        raise Refusal(t("Please write at most {limit} characters, or send the opinion as a file.", limit=_LONGEST))
    return await _record(ctx, [MeetingOpinion(text=text, at=ctx.now, by_id=ctx.me.id)])


@command("hop.ykien.tep", allow=Action.RSVP)
async def take_file(ctx: Context) -> Reply:
    """Record an opinion that came as a file, or ask for it."""
    meeting, _ = await _absent(ctx)
    if not ctx.files:
        call = Call("hop.ykien.tep", {"meeting": meeting.id})
        return Reply(t("Please send the opinion as a file."), ask=Ask(call, "files"))
    rows = [MeetingOpinion(file_id=file.id, at=ctx.now, by_id=ctx.me.id) for file in ctx.files]
    return await _record(ctx, rows)


async def _record(ctx: Context, opinions: Sequence[MeetingOpinion]) -> Reply:
    meeting, row = await _absent(ctx)
    for opinion in opinions:
        opinion.invitation_id = row.id
    ctx.session.add_all(opinions)
    await ctx.session.flush()
    ctx.touch(meeting)
    return Reply(t("The opinion on “{title}” was recorded at {time}.", title=meeting.title, time=ctx.now))


async def _absent(ctx: Context) -> tuple[Meeting, Invitation]:
    """Find the meeting and one's own invitation; raises Refusal for whoever has not said that he is absent."""
    meeting = await to_answer(ctx)
    for row in await invitations(ctx.session, meeting.id, ctx.powers):
        if row.answer == Rsvp.ABSENT:
            return meeting, row
    raise Refusal(t("A written opinion is sent by whoever is absent; please answer “Absent” with the reason first."))


@command("hop.ykien.ds", allow=Action.CONVENE)
async def list_opinions(ctx: Context) -> Reply:
    """List the opinions that came in writing, with their files."""
    meeting = await ctx.session.get_one(Meeting, ctx.args["meeting"])
    rows, names = await _opinions(ctx, meeting), await _names(ctx, meeting)
    page = page_of(ctx, rows, _FILES)
    lines: list[Text] = []
    for opinion, by in page.rows:
        about = {"party": names[opinion.invitation_id], "name": by.name, "time": opinion.at}
        text = opinion.text or t("sent as a file")
        lines.append(t("{party} ({name}, {time}): {text}", **about, text=text))
    files = tuple(opinion.file_id for opinion, _ in page.rows if opinion.file_id is not None)
    head = t("Written opinions ({count})", count=len(rows))
    return Reply(head, *lines, *page.rest, choices=page.following, files=files)


@command("hop.xuat", allow=Action.CONVENE)
async def export(ctx: Context) -> Reply:
    """Hand out the list of those invited with their answers, as a workbook."""
    meeting = await ctx.session.get_one(Meeting, ctx.args["meeting"])
    count = (await counts_of(ctx.session, [meeting.id]))[meeting.id]
    where = Invitation.meeting_id == meeting.id
    rows = (
        await ctx.session.execute(
            select(Invitation, Person.name).outerjoin(Person, Person.id == Invitation.answered_by).where(where)
        )
    ).all()
    names = await _names(ctx, meeting)
    opinions = {names[opinion.invitation_id]: opinion for opinion, _ in await _opinions(ctx, meeting)}
    listed = [
        Attendee(
            names[row.id],
            said(row),
            by or "",
            row.answered_at.astimezone(ctx.zone) if row.answered_at else None,
            opinions[names[row.id]].text or t("sent as a file") if names[row.id] in opinions else "",
            present=bool(row.present),
        )
        for row, by in sorted(rows, key=lambda found: names[found[0].id])
    ]
    head = t("{title}, {start}", title=meeting.title, start=start_spoken(meeting.starts_at, ctx.zone))
    file = await ctx.hand_out(attendee_list(head, listed), "xac-nhan-du-hop.xlsx", MEDIA)
    return Reply(
        t(
            "Invited: {invited}; attend: {attend}; absent: {absent}; substitutes: {substitute}; "
            "not answered: {silent}.",
            invited=count.invited,
            attend=count.attend,
            absent=count.absent,
            substitute=count.substitute,
            silent=count.silent,
        ),
        files=(file,),
    )


async def _names(ctx: Context, meeting: Meeting) -> dict[int, str]:
    found = await parties(ctx.session, Invitation, ctx.today, invited_so_far(meeting))
    return {party.id: party.name for party in found}


async def _opinions(ctx: Context, meeting: Meeting) -> list[tuple[MeetingOpinion, Person]]:
    rows = await ctx.session.execute(
        select(MeetingOpinion, Person)
        .join(Invitation, Invitation.id == MeetingOpinion.invitation_id)
        .join(Person, Person.id == MeetingOpinion.by_id)
        .where(invited_so_far(meeting))
        .order_by(MeetingOpinion.id)
    )
    return [(opinion, by) for opinion, by in rows]
