"""Notices as the units read and answer them, and the list of those that were sent."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.kit import (
    N_,
    Call,
    Choice,
    Context,
    LetterContext,
    Refusal,
    Reply,
    Speaker,
    Subject,
    Text,
    card,
    command,
    letter,
    subject_of,
    t,
)
from handlers.naming import addressed, of_units
from models.audiences import Audience, is_meant
from models.broadcasts import LISTED, NoticeCounts, counts_of, files_of, held_by, newest, own_rows, receive
from models.notices import Notice, NoticeUnit, rows_of
from models.people import Person
from models.powers import powers_of
from models.replies import reply_of
from models.rules.asking import Asks, by_spoken
from models.rules.permission import Action, allowed
from models.rules.spoken import gist

_BRIEF = 70
BY_ANSWER = "notice.by_answer"
"""The letter that is a copy of a notice whose recipients are judged again when it leaves."""


_REQUESTS: Mapping[Asks, Text] = {
    Asks.RECEIVED: t("Please press “Received” once this has been read."),
    Asks.OPTION: t("Please choose one of the answers below."),
    Asks.NUMBER: t("Please press “Answer” and write one number."),
    Asks.TEXT: t("Please press “Answer” and write your opinion."),
    Asks.FILE: t("Please press “Send a file” and send the file."),
}

_VOID = t("What was answered to the first notice no longer counts; please answer this one.")


def copy_lines(notice: Notice, zone: ZoneInfo, first: Notice | None = None) -> tuple[Text | str, ...]:
    """Give the lines of a notice as its recipients read them; `first` is the notice that it corrects."""
    void = (_VOID,) if first is not None and asks_anew(notice, first) else ()
    return (*body(notice, first), *void, *request_lines(notice, zone))


def asks_anew(notice: Notice, first: Notice) -> bool:
    """Tell whether a correction asks for an answer where the first notice asked for one, which is void then."""
    return Asks.NOTHING not in {notice.asks, first.asks}


def request_lines(notice: Notice, zone: ZoneInfo) -> tuple[Text, ...]:
    """Say what a notice asks for, of whom, and until when."""
    if notice.asks == Asks.NOTHING:
        return ()
    each = (t("Each person answers for himself."),) if notice.each_person else ()
    until = (by_spoken(notice.respond_by, zone),) if notice.respond_by else ()
    return (_REQUESTS[Asks(notice.asks)], *each, *until)


def options_of(notice: Notice) -> tuple[Text, ...]:
    """Say from which answers recipients choose, where they do."""
    return (t("Answers: {options}.", options=tuple(notice.options or ())),) if notice.asks == Asks.OPTION else ()


def answers_to(notice: Notice) -> tuple[Choice, ...]:
    """Give the buttons with which a notice is answered."""
    this = {"notice": notice.id}
    match notice.asks:
        case Asks.NOTHING:
            return ()
        case Asks.RECEIVED:
            return (Choice(t("Received"), Call("thongbao.nhan", this), primary=True),)
        case Asks.OPTION:
            return tuple(
                Choice(t("{option}", option=option), Call("thongbao.traloi", {**this, "text": option}))
                for option in notice.options or ()
            )
        case Asks.FILE:
            return (Choice(t("Send a file"), Call("thongbao.traloi", this), primary=True),)
        case _:
            return (Choice(t("Answer"), Call("thongbao.traloi", this), primary=True),)


def body(notice: Notice, first: Notice | None) -> tuple[Text | str, ...]:
    """Give the words of a notice, after the one that it corrects."""
    lines = notice.text.splitlines()
    return (correction_of(first), *lines) if first is not None else tuple(lines)


def correction_of(first: Notice) -> Text:
    """Name the notice that is corrected, by its time and the words it begins with."""
    return t("Correction of the notice of {time}, “{notice}”:", time=first.sent_at, notice=brief(first.text))


def brief(text: str) -> str:
    """Give the beginning of a notice behind its salutation, in one line."""
    line = gist(text)
    return line if len(line) <= _BRIEF else line[:_BRIEF].rpartition(" ")[0] + "…"


def named(notice: Notice) -> Text | str:
    """Name a notice by its beginning, a correction as one."""
    said = brief(notice.text)
    return t("Correction: {notice}", notice=said) if notice.corrects_id is not None else said


def start_of_day(ctx: Speaker) -> datetime:
    """Give the moment at which the Council's day began."""
    return datetime.combine(ctx.today, time(), ctx.zone)


@card("notice_unit")
async def copy_card(ctx: LetterContext) -> Reply | None:
    """Show one unit's copy: to be confirmed, or confirmed by whom and when."""
    row = await ctx.session.get(NoticeUnit, ctx.subject.id) if ctx.subject else None
    if row is None:
        return None
    notice = await ctx.session.get_one(Notice, row.notice_id)
    first = await ctx.session.get(Notice, notice.corrects_id) if notice.corrects_id else None
    files = await files_of(ctx.session, notice.id)
    sent_to = await ctx.session.scalars(select(NoticeUnit.unit_id).where(NoticeUnit.notice_id == notice.id))
    to = await addressed(ctx, sent_to.all())
    common: dict[str, Any] = {"card": ctx.subject, "files": files}
    if row.withdrawn_at is not None:
        return Reply(*to, *body(notice, first), **common, result=t("Taken back at {time}.", time=row.withdrawn_at))
    if notice.corrected_at is not None:
        result = t("Corrected at {time}; the correction holds.", time=notice.corrected_at)
        return Reply(*to, *body(notice, first), **common, result=result)
    if row.answered_at is None:
        return Reply(*to, *copy_lines(notice, ctx.zone, first), choices=answers_to(notice), **common)
    by = await ctx.session.get(Person, row.answered_by)
    about: dict[str, Any] = {"name": by.name if by else "", "time": row.answered_at}
    said = await reply_of(ctx.session, row.id)
    if said is None:
        return Reply(*to, *body(notice, first), **common, result=t("Received by {name} at {time}.", **about))
    about["answer"] = said[0].text or said[1]
    if said[0].noted:
        result = t("Recorded by {name} at {time}, by telephone: {answer}", **about)
    else:
        result = t("Answered by {name} at {time}: {answer}", **about)
    if notice.asks == Asks.RECEIVED:
        return Reply(*to, *body(notice, first), **common, result=result)
    anew = {"notice": notice.id, "row": row.id, "anew": True}
    may_change = notice.respond_by is None or ctx.now <= notice.respond_by
    change = (Choice(t("Change the answer"), Call("thongbao.traloi", anew)),) if may_change else ()
    return Reply(*to, *body(notice, first), choices=change, **common, result=result)


@letter(BY_ANSWER)
async def copy_by_answer(ctx: LetterContext) -> Reply | None:
    """Give the copy of a notice that goes by what was answered; nothing where none of one's units is meant any more."""
    notice = await ctx.session.get_one(Notice, ctx.params["notice"])
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    meant = is_meant(NoticeUnit, Audience.from_json(notice.audience), ctx.today)
    still = select(NoticeUnit.id).where(*rows_of(notice.id), held_by(powers), meant).limit(1)
    return await copy_card(ctx) if await ctx.session.scalar(still) is not None else None


@command("thongbao.nhan", allow=Action.RESPOND)
async def confirm(ctx: Context) -> Reply:
    """Record that the unit received the notice; whoever is first answers for all of it."""
    await require_standing(ctx, ctx.args["notice"])
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


async def require_standing(ctx: Context, notice_id: int) -> Notice:
    """Find a notice that may still be answered; raises Refusal for one that was corrected."""
    notice = await ctx.session.get_one(Notice, notice_id)
    if notice.corrected_at is not None:
        raise Refusal(
            t("This notice was corrected at {time}; please answer the correction instead.", time=notice.corrected_at)
        )
    return notice


@command("thongbao", allow=Action.RESPOND, help=N_("See the notices that were sent"), aliases=("notices",))
async def list_notices(ctx: Context) -> Reply:
    """List the newest notices: an officer's with their counts, a unit's with what was answered."""
    lines: list[Text] = []
    choices: list[Choice] = []
    if allowed(ctx.powers.roles, Action.BROADCAST):
        sent = await newest(ctx.session, LISTED)
        counts = await counts_of(ctx.session, [notice.id for notice in sent])
        for notice in sent:
            lines.append(_counted(ctx, notice, counts.get(notice.id, NoticeCounts())))
            choices.append(_view(len(lines), subject_of(notice)))
    for row, notice in await own_rows(ctx.session, ctx.powers, LISTED, ctx.now):
        done = _state(row, notice)
        lines.append(t("{time}: {notice} ({state})", time=notice.sent_at, notice=named(notice), state=done))
        choices.append(_view(len(lines), subject_of(row)))
    if not lines:
        return Reply(t("No notice has been sent to you."))
    numbered = (t("{number}. {line}", number=number, line=line) for number, line in enumerate(lines, 1))
    return Reply(t("The newest notices:"), *await of_units(ctx), *numbered, choices=tuple(choices))


def _state(row: NoticeUnit, notice: Notice) -> Text:
    """Say in a word what a unit has answered, or that another notice has taken the place of this one."""
    if notice.corrected_at is not None:
        return t("corrected by the notice of {time}", time=notice.corrected_at)
    if notice.asks == Asks.NOTHING:
        return t("for information")
    if notice.asks == Asks.RECEIVED:
        return t("received") if row.answered_at else t("not yet confirmed")
    return t("answered") if row.answered_at else t("not yet answered")


def _counted(ctx: Context, notice: Notice, count: NoticeCounts) -> Text:
    """Say in a line how a notice stands."""
    about: dict[str, Any] = {"time": notice.sent_at, "notice": named(notice)}
    if notice.withdrawn_at is not None and not count.owed:
        return t("{time}: {notice} (taken back)", **{**about, "time": notice.withdrawn_at})
    if notice.sent_at is not None and notice.sent_at > ctx.now:
        return t("{time}: {notice} (not sent yet)", **about)
    about |= {"answered": count.answered, "owed": count.owed}
    if notice.corrected_at is not None:
        by = t("corrected by the notice of {time}", time=notice.corrected_at)
        return t("{time}: {notice} ({answered} of {owed} have answered; {corrected})", **about, corrected=by)
    if notice.withdrawn_at is not None:
        return t("{time}: {notice} ({answered} of {owed} have answered; the rest was taken back)", **about)
    return t("{time}: {notice} ({answered} of {owed} have answered)", **about)


def _view(number: int, subject: Subject) -> Choice:
    return Choice(t("View {number}", number=number), Call("thongbao.xem", {"kind": subject.kind, "id": subject.id}))


@command("thongbao.xem", allow=Action.RESPOND)
async def view(ctx: Context) -> Reply:
    """Show one notice: to officers how it stands, to a unit its copy."""
    if ctx.args["kind"] == Notice.__tablename__:
        if not allowed(ctx.powers.roles, Action.BROADCAST):
            raise Refusal(
                t("How a notice stands is seen by the secretariat only; “thongbao” shows what was sent to you.")
            )
        return Reply(card=Subject(Notice.__tablename__, ctx.args["id"]))
    row = await ctx.session.get(NoticeUnit, ctx.args["id"])
    if row is None or not (row.unit_id in ctx.powers.own_units or row.post_id in ctx.powers.posts):
        raise Refusal(t("This notice did not go to your unit; there is nothing to confirm."))
    return Reply(card=subject_of(row))
