"""Notices that were sent: received by the units, counted for the officers, and urged where nobody has answered."""

from datetime import datetime, time

from sqlalchemy import select

from handlers.kit import (
    N_,
    Call,
    Choice,
    ClockContext,
    Context,
    LetterContext,
    Refusal,
    Reply,
    Speaker,
    Spread,
    Subject,
    Text,
    card,
    command,
    every,
    subject_of,
    t,
)
from handlers.naming import addressed, of_units, spread_copies
from models.broadcasts import counts_of, files_of, mark_urged, newest, own_rows, receive, silent, with_news
from models.contacts import parties, reached, recipients, shown, urged
from models.notices import Notice, NoticeUnit
from models.outbox import Priority
from models.people import Person
from models.rules.permission import Action, allowed

_LISTED = 10
_BRIEF = 70


def copy_lines(text: str) -> tuple[Text | str, ...]:
    """Give the lines of a notice as its recipients read them."""
    return (*text.splitlines(), t("Please press “Received” once this has been read."))


def received(notice_id: int) -> Choice:
    """Give the button with which a unit confirms a notice."""
    return Choice(t("Received"), Call("thongbao.nhan", {"notice": notice_id}), primary=True)


def brief(text: str) -> str:
    """Give the beginning of a notice, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _BRIEF else line[:_BRIEF].rpartition(" ")[0] + "…"


@card("notice_unit")
async def copy_card(ctx: LetterContext) -> Reply | None:
    """Show one unit's copy: to be confirmed, or confirmed by whom and when."""
    row = await ctx.session.get(NoticeUnit, ctx.subject.id) if ctx.subject else None
    if row is None:
        return None
    notice = await ctx.session.get_one(Notice, row.notice_id)
    files = await files_of(ctx.session, notice.id)
    sent_to = await ctx.session.scalars(select(NoticeUnit.unit_id).where(NoticeUnit.notice_id == notice.id))
    to = await addressed(ctx, sent_to.all())
    if row.answered_at is None:
        return Reply(*to, *copy_lines(notice.text), choices=(received(notice.id),), card=ctx.subject, files=files)
    by = await ctx.session.get(Person, row.answered_by)
    result = t("Received by {name} at {time}.", name=by.name if by else "", time=row.answered_at)
    return Reply(*to, *notice.text.splitlines(), card=ctx.subject, files=files, result=result)


@command("thongbao.nhan", allow=Action.RESPOND)
async def confirm(ctx: Context) -> Reply:
    """Record that the unit received the notice; whoever is first answers for all of it."""
    rows = await receive(ctx.session, ctx.args["notice"], ctx.powers, ctx.me.id, ctx.now)
    if not rows:
        raise Refusal(t("This notice did not go to your unit; there is nothing to confirm."))
    mine = [row for row in rows if row.answered_by == ctx.me.id and row.answered_at == ctx.now]
    for row in mine:
        ctx.touch(row)
    if mine:
        notice = await ctx.session.get_one(Notice, rows[0].notice_id)
        said = t("Recorded at {time}: received “{notice}”.", time=ctx.now, notice=brief(notice.text))
        return Reply(said, *await of_units(ctx, [row.unit_id for row in mine]))
    by = await ctx.session.get(Person, rows[0].answered_by)
    name = by.name if by else ""
    said = t("{name} confirmed this notice at {time} already.", name=name, time=rows[0].answered_at)
    return Reply(said, *await of_units(ctx, [row.unit_id for row in rows]))


@command("thongbao", allow=Action.RESPOND, help=N_("See the notices that were sent"), aliases=("notices",))
async def list_notices(ctx: Context) -> Reply:
    """List the newest notices: an officer's with their counts, a unit's with what was answered."""
    lines: list[Text] = []
    choices: list[Choice] = []
    if allowed(ctx.powers.roles, Action.BROADCAST):
        sent = await newest(ctx.session, _LISTED)
        counts = await counts_of(ctx.session, [notice.id for notice in sent])
        for notice in sent:
            count = counts[notice.id]
            about = {"time": notice.sent_at, "notice": brief(notice.text)}
            counted = {"answered": count.answered, "owed": count.owed}
            lines.append(t("{time}: {notice} ({answered} of {owed} have answered)", **about, **counted))
            choices.append(_view(len(lines), subject_of(notice)))
    for row, notice in await own_rows(ctx.session, ctx.powers, _LISTED):
        done = t("received") if row.answered_at else t("not yet confirmed")
        lines.append(t("{time}: {notice} ({state})", time=notice.sent_at, notice=brief(notice.text), state=done))
        choices.append(_view(len(lines), subject_of(row)))
    if not lines:
        return Reply(t("No notice has been sent to you."))
    numbered = (t("{number}. {line}", number=number, line=line) for number, line in enumerate(lines, 1))
    return Reply(t("The newest notices:"), *await of_units(ctx), *numbered, choices=tuple(choices))


def _view(number: int, subject: Subject) -> Choice:
    return Choice(t("View {number}", number=number), Call("thongbao.xem", {"kind": subject.kind, "id": subject.id}))


@command("thongbao.xem", allow=Action.RESPOND)
async def view(ctx: Context) -> Reply:
    """Show one notice: to officers how it stands, to a unit its copy."""
    if ctx.args["kind"] == Notice.__tablename__:
        if not allowed(ctx.powers.roles, Action.BROADCAST):
            raise Refusal(t("How a notice stands is seen by the secretariat only."))
        return Reply(card=Subject(Notice.__tablename__, ctx.args["id"]))
    row = await ctx.session.get(NoticeUnit, ctx.args["id"])
    if row is None or not (row.unit_id in ctx.powers.own_units or row.post_id in ctx.powers.posts):
        raise Refusal(t("This notice did not go to your unit; there is nothing to confirm."))
    return Reply(card=subject_of(row))


@card("notice")
async def standing_card(ctx: LetterContext) -> Reply | None:
    """Show an officer how a notice stands: owed, arrived, answered, silent."""
    notice = await ctx.session.get(Notice, ctx.subject.id) if ctx.subject else None
    if notice is None:
        return None
    count = (await counts_of(ctx.session, [notice.id]))[notice.id]
    this = {"notice": notice.id}
    lines = (
        t("Notice of {time}: {notice}", time=notice.sent_at, notice=brief(notice.text)),
        t("Arrived with {arrived} of {people} people.", arrived=count.arrived, people=count.people),
        t(
            "Answered: {answered} of {owed} units and members; not answered: {silent}.",
            answered=count.answered,
            owed=count.owed,
            silent=count.silent,
        ),
    )
    if not count.silent:
        return Reply(*lines, card=ctx.subject, result=t("All have answered."))
    return Reply(
        *lines,
        choices=(
            Choice(t("Not answered ({count})", count=count.silent), Call("thongbao.im", this)),
            Choice(
                t("Urge the {count} units that have not answered", count=count.silent),
                Call("thongbao.dondoc", this),
                primary=True,
            ),
        ),
        card=ctx.subject,
    )


@command("thongbao.im", allow=Action.BROADCAST)
async def list_silent(ctx: Context) -> Reply:
    """List who has not answered, with the telephone of those whom no chat reaches."""
    found = await parties(ctx.session, NoticeUnit, ctx.today, *silent(ctx.args["notice"]))
    if not found:
        return Reply(t("All have answered."))
    return Reply(t("Not answered ({count})", count=len(found)), *shown([party.spoken for party in found]))


@command("thongbao.dondoc", allow=Action.BROADCAST)
async def preview_urging(ctx: Context) -> Reply:
    """Show whom an urging would reach before anything is sent."""
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    found = await parties(ctx.session, NoticeUnit, ctx.today, *silent(notice.id, start_of_day(ctx)))
    if not found:
        raise Refusal(t("All that have not answered were urged today already; please urge again on another day."))
    return Reply(
        t("{count} units and members have not answered and were not urged today:", count=len(found)),
        *shown([party.spoken for party in found]),
        t("They will read:"),
        *_urging(notice),
        choices=(
            Choice(t("Send the urging"), Call("thongbao.dondoc.gui", {"notice": notice.id}), primary=True),
            Choice(t("Do not send"), Call("thongbao.dondoc.bo")),
        ),
    )


@command("thongbao.dondoc.gui", allow=Action.BROADCAST)
async def urge(ctx: Context) -> Reply:
    """Urge those who are silent now, and were not urged today."""
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    where = silent(notice.id, start_of_day(ctx))
    found = await parties(ctx.session, NoticeUnit, ctx.today, *where)
    if not found:
        raise Refusal(t("All that have not answered were urged today already; please urge again on another day."))
    rows = recipients(NoticeUnit, ctx.today, NoticeUnit.id.in_([party.id for party in found]))
    key = f"urge:notice:{notice.id}:{ctx.today:%Y%m%d}"
    reply = Reply(*_urging(notice), choices=(received(notice.id),))
    spread_copies(ctx, Spread(rows, key, reply, NoticeUnit.__tablename__, Priority.REMINDER))
    await mark_urged(ctx.session, [party.id for party in found], ctx.now)
    said = t("{count} units and members are urged; the others were left alone.", count=reached(found))
    return Reply(*urged(found, said))


@command("thongbao.dondoc.bo", allow=Action.BROADCAST)
async def do_not_urge(ctx: Context) -> Reply:
    """Leave it."""
    return Reply(t("Nothing was sent."))


def _urging(notice: Notice) -> tuple[Text, ...]:
    return (
        t("Not yet confirmed: the notice of {time}.", time=notice.sent_at),
        t("“{notice}”", notice=brief(notice.text)),
        t("Please read it and press “Received”."),
    )


def start_of_day(ctx: Speaker) -> datetime:
    """Give the moment at which the Council's day began."""
    return datetime.combine(ctx.today, time(), ctx.zone)


@every("count-arrivals", minutes=5)
async def count_arrivals(ctx: ClockContext) -> None:
    """Bring the officers' cards up to date with the copies that have arrived."""
    for notice in await with_news(ctx.session, ctx.since, ctx.slot):
        ctx.touch(notice)
