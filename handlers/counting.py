"""How a notice stands, to the officers: held, arrived, answered, silent; and the urging of those who are silent."""

from datetime import timedelta

from handlers.kit import (
    Call,
    Choice,
    ClockContext,
    Context,
    LetterContext,
    Reply,
    Text,
    card,
    command,
    every,
    letter,
    subject_of,
    t,
)
from handlers.naming import addressed
from handlers.notices import answers_to, brief, named, start_of_day
from handlers.paging import list_page
from handlers.replying import still_asked
from handlers.results import results, totals
from handlers.seen import list_unseen, seen_lines, unseen_choice
from handlers.silence import Silence, offer_urging, preview_urging, still_silent, urge
from models.broadcasts import NoticeCounts, counts_of, left_between, mark_urged, silent
from models.contacts import parties
from models.notice_drafts import is_by_answer
from models.notices import Notice, NoticeUnit, rows_of
from models.readings import readings
from models.recalling import leave_out
from models.rules.asking import Asks
from models.rules.permission import Action

_LETTER = "urge.notice"
_LEAVING = timedelta(days=1)


@card("notice")
async def standing_card(ctx: LetterContext) -> Reply | None:
    """Show an officer how a notice stands: owed, arrived, answered, silent."""
    notice = await ctx.session.get(Notice, ctx.subject.id) if ctx.subject else None
    if notice is None:
        return None
    count = (await counts_of(ctx.session, [notice.id])).get(notice.id, NoticeCounts())
    if notice.withdrawn_at is not None and not count.owed:
        lines = (t("Notice: {notice}", notice=named(notice)), t("It reached nobody."))
        return Reply(*lines, card=ctx.subject, result=t("Taken back at {time}.", time=notice.withdrawn_at))
    if notice.sent_at is not None and notice.sent_at > ctx.now:
        return _held_card(ctx, notice, count)
    return await _gone_card(ctx, notice, count)


def _held_card(ctx: LetterContext, notice: Notice, count: NoticeCounts) -> Reply:
    this = {"notice": notice.id}
    return Reply(
        t("Notice: {notice}", notice=named(notice)),
        t("It goes to {owed} units and members, {people} people.", owed=count.owed, people=count.people),
        t("It leaves at {time}; until then it can be taken back.", time=notice.sent_at),
        choices=(
            Choice(t("Take back"), Call("thongbao.rut", this)),
            Choice(t("Send at once"), Call("thongbao.ngay", this), primary=True),
        ),
        card=ctx.subject,
    )


async def _gone_card(ctx: LetterContext, notice: Notice, count: NoticeCounts) -> Reply:
    this = {"notice": notice.id}
    read = await readings(ctx.session, NoticeUnit, *rows_of(notice.id))
    lines = (
        t("Notice of {time}: {notice}", time=notice.sent_at, notice=named(notice)),
        _sent(count),
        *seen_lines(read),
        _answered(notice, count),
        *await totals(ctx.session, notice),
        *_taken_back(notice),
    )
    if notice.corrected_at is not None:
        result = t("Corrected at {time}.", time=notice.corrected_at)
        return Reply(*lines, choices=results(notice), card=ctx.subject, result=result)
    stop = (Choice(t("Take back what is unsent"), Call("thongbao.rut", this)),) if count.waiting else ()
    correct = Choice(t("Send a correction"), Call("thongbao.dinhchinh", this))
    failed = t("Not reached ({count})", count=count.failed)
    call_list = (Choice(failed, Call("thongbao.loi", this)),) if count.failed else ()
    unseen = unseen_choice(read, Call("thongbao.chuaxem", this))
    common = (*call_list, *unseen, *results(notice), *stop, correct)
    if notice.asks == Asks.NOTHING:
        return Reply(*lines, choices=common, card=ctx.subject)
    if not count.silent:
        return Reply(*lines, choices=common, card=ctx.subject, result=t("All have answered."))
    return Reply(*lines, choices=(*await _to_the_silent(ctx, notice, count), *common), card=ctx.subject)


def _sent(count: NoticeCounts) -> Text:
    counted = {"people": count.people, "sent": count.arrived, "waiting": count.waiting, "failed": count.failed}
    return t("Owed to {people} people: {sent} sent, {waiting} waiting, {failed} not reached.", **counted)


async def _to_the_silent(ctx: LetterContext, notice: Notice, count: NoticeCounts) -> tuple[Choice, ...]:
    this = {"notice": notice.id}
    call = Call("thongbao.dondoc", this)
    return (
        Choice(t("Not answered ({count})", count=count.silent), Call("thongbao.im", this)),
        await offer_urging(ctx.session, NoticeUnit, silent(notice.id), count.silent, call),
    )


def _answered(notice: Notice, count: NoticeCounts) -> Text:
    if notice.asks == Asks.NOTHING:
        return t("No answer is asked for.")
    counted = {"answered": count.answered, "owed": count.owed, "silent": count.silent}
    if notice.each_person:
        return t("Answered: {answered} of {owed} people; not answered: {silent}.", **counted)
    return t("Answered: {answered} of {owed} units and members; not answered: {silent}.", **counted)


def _taken_back(notice: Notice) -> tuple[Text, ...]:
    if notice.withdrawn_at is None:
        return ()
    return (t("At {time} it was taken back from all who had not been sent it yet.", time=notice.withdrawn_at),)


@command("thongbao.im", allow=Action.BROADCAST)
async def list_silent(ctx: Context) -> Reply:
    """List who has not answered, with the telephone of those whom no chat reaches."""
    found = await parties(ctx.session, NoticeUnit, ctx.today, *silent(ctx.args["notice"]))
    if not found:
        return Reply(t("All have answered."))
    note = Choice(t("Record what was said on the telephone"), Call("thongbao.ghi", {"notice": ctx.args["notice"]}))
    return list_page(ctx, t("Not answered ({count})", count=len(found)), [party.spoken for party in found], note)


@command("thongbao.chuaxem", allow=Action.BROADCAST)
async def list_who_has_not_seen(ctx: Context) -> Reply:
    """List who is known not to have seen a notice."""
    return await list_unseen(ctx, NoticeUnit, *rows_of(ctx.args["notice"]))


@command("thongbao.dondoc", allow=Action.BROADCAST)
async def show_urging(ctx: Context) -> Reply:
    """Show whom an urging would reach."""
    return await preview_urging(ctx, await _silence(ctx))


@command("thongbao.dondoc.gui", allow=Action.BROADCAST)
async def send_urging(ctx: Context) -> Reply:
    """Urge those who are silent now, and were not urged today."""
    found, said = await urge(ctx, await _silence(ctx))
    await mark_urged(ctx.session, [party.id for party in found], ctx.now)
    return said


async def _silence(ctx: Context) -> Silence:
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    return Silence(
        NoticeUnit,
        silent(notice.id, start_of_day(ctx)),
        ("notice", notice.id),
        _LETTER,
        _urging(notice, ctx),
        Call("thongbao.dondoc.gui", {"notice": notice.id}),
    )


@letter(_LETTER)
async def ask_again(ctx: LetterContext) -> Reply | None:
    """Ask whoever is still silent about a notice; nothing where his units have answered, or a correction holds."""
    notice = await ctx.session.get_one(Notice, ctx.params["notice"])
    rows = await still_silent(ctx, NoticeUnit, *silent(notice.id))
    if not rows or notice.corrected_at is not None:
        return None
    to = await addressed(ctx, [row.unit_id for row in rows])
    return Reply(*to, *_urging(notice, ctx), choices=answers_to(notice), card=subject_of(rows[0]))


def _urging(notice: Notice, ctx: Context | LetterContext) -> tuple[Text, ...]:
    if notice.asks != Asks.RECEIVED:
        return still_asked(notice, ctx)
    return (
        t("Not yet confirmed: the notice of {time}.", time=notice.sent_at),
        t("“{notice}”", notice=brief(notice.text)),
        t("Please read it and press “Received”."),
    )


@every("notices-leave", minutes=1)
async def turn_cards(ctx: ClockContext) -> None:
    """Turn the officers' cards of held notices that have left: what can be taken back becomes what can be corrected."""
    for notice in await left_between(ctx.session, ctx.since, ctx.slot):
        ctx.touch(notice)


@every("notices-left-out", minutes=1)
async def count_who_is_left_out(ctx: ClockContext) -> None:
    """Count no longer whom a notice by answer was not sent, for he had answered before it left."""
    for notice in await left_between(ctx.session, ctx.slot - _LEAVING, ctx.slot):
        if is_by_answer(notice) and await leave_out(ctx.session, notice, ctx.slot):
            ctx.touch(notice)
