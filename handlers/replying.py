"""A notice that asks for more than “Received” is answered: one tap or one line, correctable until its day."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from handlers.kit import (
    Ask,
    Call,
    Choice,
    ClockContext,
    Context,
    LetterContext,
    Refusal,
    Reply,
    Spread,
    Text,
    command,
    every,
    letter,
    t,
)
from handlers.naming import addressed, of_units
from handlers.notices import answers_to, brief, request_lines, require_standing
from models.broadcasts import awaited_by_day, silent
from models.contacts import recipients
from models.days import working_calendar, working_hours
from models.notices import Notice, NoticeUnit
from models.outbox import Priority
from models.people import Person
from models.replies import Replied, own_rows_of, record_reply, reply_of, waiting_for
from models.rules.asking import Asks, fits, one_number, read_answer
from models.rules.permission import Action

_REMINDER = "notice.reminder"
Rows = Sequence[tuple[NoticeUnit, str]]


@command("thongbao.traloi", allow=Action.RESPOND)
async def answer(ctx: Context) -> Reply:
    """Take the answer of a unit or a person, or ask for what is missing of it."""
    notice = await require_standing(ctx, ctx.args["notice"])
    if notice.asks in {Asks.NOTHING, Asks.RECEIVED}:
        raise Refusal(t("This notice asks for no such answer; please press the button under it."))
    own = await own_rows_of(ctx.session, notice.id, ctx.powers)
    rows = [one for one in own if ctx.args.get("row") in {None, one[0].id}]
    if not rows:
        raise Refusal(t("This notice did not go to your unit; there is nothing to answer."))
    if len(rows) > 1 and not ctx.args.get("all"):
        return _which_unit(ctx, rows)
    if ctx.args.get("anew"):
        _require_open(notice, ctx.now)
    elif (answered := next((row for row, _ in rows if row.answered_at is not None), None)) is not None:
        return await _answered_before(ctx, notice, answered)
    if "text" not in ctx.args and not ctx.files:
        return _ask(ctx, notice)
    return _is_meant(ctx, notice) or await _record(ctx, notice, rows)


async def typed_answer(ctx: Context) -> Reply | None:
    """Ask whether a number or option that was typed answers the one notice that waits for such; None if none does."""
    waiting = await waiting_for(ctx.session, ctx.powers, ctx.now)
    fitting = [one for one in waiting if fits(Asks(one.asks), ctx.line, one.options or ())]
    if len(fitting) != 1:
        return None
    (notice,) = fitting
    said = read_answer(Asks(notice.asks), ctx.line, notice.options or ())
    call = Call("thongbao.traloi", {"notice": notice.id, "text": said})
    return Reply(
        t("Is “{answer}” to be recorded for the notice “{notice}”?", answer=said, notice=brief(notice.text)),
        choices=(Choice(t("Record it"), call, primary=True), Choice(t("No"), Call("thongbao"))),
    )


def _is_meant(ctx: Context, notice: Notice) -> Reply | None:
    """Ask whether the one number in a line is meant, where a number is asked for and more was written."""
    said = str(ctx.args.get("text", ""))
    number = one_number(said)
    if notice.asks != Asks.NUMBER or number is None or fits(Asks.NUMBER, said):
        return None
    asked = {key: value for key, value in ctx.args.items() if key != "text"}
    return Reply(
        t("Is {number} to be recorded? If not, please write the number alone.", number=number),
        choices=(Choice(t("Record {number}", number=number), Call("thongbao.traloi", {**asked, "text": number})),),
        ask=Ask(Call("thongbao.traloi", asked), "text"),
    )


def _require_open(notice: Notice, now: datetime) -> None:
    if notice.respond_by is not None and now > notice.respond_by:
        raise Refusal(
            t("Answers could be changed until {time}; please tell the secretariat.", time=notice.respond_by),
        )


async def _record(ctx: Context, notice: Notice, rows: Rows) -> Reply:
    said = _said(ctx, notice)
    await record_reply(ctx.session, [row for row, _ in rows], said, ctx.me.id, ctx.now)
    for row, _ in rows:
        ctx.touch(row)
    shown = said.text or (ctx.files[0].name if ctx.files else "")
    late = notice.respond_by is not None and ctx.now > notice.respond_by
    return Reply(
        t("Recorded at {time}: {answer}", time=ctx.now, answer=shown),
        *await of_units(ctx, [row.unit_id for row, _ in rows]),
        *((t("It came after {time}, until when answers were wanted.", time=notice.respond_by),) if late else ()),
    )


def _said(ctx: Context, notice: Notice) -> Replied:
    """Read what was said, as the notice asks for it."""
    if notice.asks == Asks.FILE:
        if len(ctx.files) != 1:
            raise Refusal(t("Please send one file; several belong in one document or archive."))
        return Replied(file_id=ctx.files[0].id)
    return Replied(read_answer(Asks(notice.asks), str(ctx.args.get("text", "")), notice.options or ()))


def _which_unit(ctx: Context, rows: Rows) -> Reply:
    """Ask somebody who serves several units for which of them he answers."""
    call = Call("thongbao.traloi", ctx.args)
    each = (
        Choice(t("{name}", name=name), call.with_arg("row", row.id)) for row, name in rows if row.answered_at is None
    )
    return Reply(
        t("For which of your units is this answered?"),
        choices=(*each, Choice(t("For all of them"), call.with_arg("all", value=True))),
    )


def _ask(ctx: Context, notice: Notice) -> Reply:
    call = Call("thongbao.traloi", ctx.args)
    if notice.asks == Asks.OPTION:
        offered = (Choice(t("{option}", option=one), call.with_arg("text", one)) for one in notice.options or ())
        return Reply(t("Please choose:"), choices=tuple(offered))
    if notice.asks == Asks.FILE:
        return Reply(t("Please send the file."), ask=Ask(call, "files"))
    if notice.asks == Asks.NUMBER:
        return Reply(t("Please write one number, such as 12 or 1.250."), ask=Ask(call, "text"))
    return Reply(t("Please write your opinion."), ask=Ask(call, "text"))


async def _answered_before(ctx: Context, notice: Notice, row: NoticeUnit) -> Reply:
    """Say who answered already, and let the answer be changed while that is open."""
    by = await ctx.session.get(Person, row.answered_by)
    said = await reply_of(ctx.session, row.id)
    shown = (said[0].text or said[1]) if said is not None else ""
    about = {"name": by.name if by else "", "time": row.answered_at, "answer": shown}
    anew = Call("thongbao.traloi", {"notice": notice.id, "row": row.id, "anew": True})
    may_change = notice.respond_by is None or ctx.now <= notice.respond_by
    return Reply(
        t("{name} answered at {time} already: {answer}", **about),
        choices=(Choice(t("Change the answer"), anew),) if may_change else (),
    )


@every("remind-of-notices", minutes=15)
async def remind(clock: ClockContext) -> None:
    """Remind whoever is silent, one working day before the day that was set and on that day, in the morning."""
    hours = working_hours(clock.council, await working_calendar(clock.session), clock.zone)
    if clock.now < hours.morning(clock.today) or not hours.calendar.is_working(clock.today):
        return
    tomorrow = hours.calendar.shift(clock.today, 1)
    for notice in await awaited_by_day(clock.session, clock.now):
        assert notice.respond_by is not None and notice.sent_at is not None  # noqa: S101, PT018 - so they were read
        is_due = clock.today <= notice.respond_by.astimezone(clock.zone).date() <= tomorrow
        if is_due and notice.sent_at.astimezone(clock.zone).date() < clock.today:
            key = f"remind:notice:{notice.id}:{clock.today:%Y%m%d}"
            rows = recipients(NoticeUnit, clock.today, *silent(notice.id))
            params = {"notice": notice.id, "day": clock.today.isoformat()}
            kind = NoticeUnit.__tablename__
            clock.spread(Spread(rows, key, None, kind, Priority.REMINDER, letter=_REMINDER, params=params))


@letter(_REMINDER)
async def reminder(ctx: LetterContext) -> Reply | None:
    """Say what is still to be answered; nothing where it was answered, corrected or taken back meanwhile.

    What could not leave on its day is not made up for: the next day's reminder says the same, if there is still time.
    """
    if ctx.is_overtaken:
        return None
    notice = await ctx.session.get(Notice, ctx.params["notice"])
    row = await ctx.session.get(NoticeUnit, ctx.subject.id) if ctx.subject else None
    if notice is None or row is None or row.answered_at is not None or notice.corrected_at is not None:
        return None
    sent_to = await ctx.session.scalars(select(NoticeUnit.unit_id).where(*silent(notice.id)))
    to = await addressed(ctx, sent_to.all())
    return Reply(*to, *still_asked(notice, ctx), choices=answers_to(notice), card=ctx.subject)


def still_asked(notice: Notice, ctx: Context | LetterContext) -> tuple[Text, ...]:
    """Say what a notice still waits for, to whoever is silent."""
    return (
        t("Not yet answered: the notice of {time}.", time=notice.sent_at),
        t("“{notice}”", notice=brief(notice.text)),
        *request_lines(notice, ctx.zone),
    )
