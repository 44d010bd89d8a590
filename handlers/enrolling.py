"""Somebody whom nobody knew introduces himself by his unit's code; until he is confirmed he is shown nothing."""

from datetime import time
from typing import Final

from handlers.confirming import ask_officers
from handlers.kit import Ask, Call, Choice, ClockContext, Context, Refusal, Reply, command, every, t
from handlers.requesting import tell_colleagues, who
from models.enrolling import (
    ASKED,
    begin,
    begin_known,
    fill_in,
    forget_unfinished,
    own,
    send_in,
    serves,
    under_way,
    withdraw,
)
from models.enrolments import Asking, Enrolment, UnitCode
from models.people import Unit
from models.requests import Request
from models.rules.introduction import introduction, is_one_line, person_name, post_title, telephone
from models.rules.permission import Action
from models.strangers import close_question

_NAME, _POST, _PHONE = "name", "title", "phone"
_READ: Final = {_NAME: person_name, _POST: post_title, _PHONE: telephone}


async def enrol(ctx: Context, code: UnitCode) -> Reply:
    """Take a unit's code: ask a stranger for his consent and who he is, give one more unit to whoever is known."""
    unit = await ctx.session.get_one(Unit, code.unit_id)
    open_already = await under_way(ctx.session, ctx.chat, unit.id)
    if open_already is not None:
        if open_already.state == Asking.STARTED:
            open_already.code_id = code.id  # begun with a letter that was replaced since
        return await resumed(ctx, open_already)
    if ctx.person is not None:
        return await _one_more(ctx, code, unit)
    enrolment = await begin(ctx.session, code, ctx.chat, ctx.now)
    return await _sent(ctx, enrolment) if enrolment.name else await resumed(ctx, enrolment)


async def _one_more(ctx: Context, code: UnitCode, unit: Unit) -> Reply:
    if await serves(ctx.session, ctx.me.id, unit.id, ctx.today):
        raise Refusal(t("This chat serves {unit} already; “nhiemvu” lists its tasks.", unit=unit.name))
    return await _sent(ctx, await begin_known(ctx.session, code, ctx.chat, ctx.me, ctx.now))


async def resumed(ctx: Context, enrolment: Enrolment) -> Reply:
    """Go on with a request where it stands: the consent, the next question, or that it waits."""
    unit = await ctx.session.get_one(Unit, enrolment.unit_id)
    if enrolment.state in ASKED:
        return _waits(ctx, Request(enrolment, unit))
    if enrolment.agreed_at is None:
        enrolment.started_at = ctx.now
        return _ask_consent(enrolment, unit)
    return _next_question(enrolment)


def _ask_consent(enrolment: Enrolment, unit: Unit) -> Reply:
    """Say who keeps what, why, how long and how to leave, before anything is asked (Luật 91/2025/QH15, Đ9)."""
    this = {"enrolment": enrolment.id}
    return Reply(
        t("This is the code of {unit}, for those who are to be its focal points.", unit=unit.name),
        t(
            "With your consent the standing agency of the council keeps your name, post, telephone number where you "
            "gave it, this chat and your answers, in order to remind you of the council's tasks and record what is "
            "reported; for as long as you hold the post. You may see, correct or erase these data, and leave at any "
            "time with “ngungnhan”."
        ),
        t("The secretariat and the unit's focal points see what you write; if you are not confirmed, it is erased."),
        t("Do you agree?"),
        choices=(
            Choice(t("I agree"), Call("donvi.dongy", this), primary=True),
            Choice(t("I do not agree"), Call("donvi.khongdongy", this)),
        ),
    )


@command("donvi.dongy", allow=Action.JOIN)
async def agree(ctx: Context) -> Reply:
    """Record the consent and ask for the name."""
    enrolment = await own(ctx.session, ctx.args.get("enrolment"), ctx.chat)
    if enrolment.agreed_at is None:
        enrolment.agreed_at = ctx.now
        result = t("Agreed at {at}.", at=ctx.now)
        await close_question(ctx.session, ctx.chat, enrolment.started_at, result, ctx.now)
    return await resumed(ctx, enrolment)


@command("donvi.khongdongy", allow=Action.JOIN)
async def disagree(ctx: Context) -> Reply:
    """End the request of somebody who does not agree; nothing of it is kept."""
    enrolment = await own(ctx.session, ctx.args.get("enrolment"), ctx.chat)
    if enrolment.state == Asking.STARTED:
        result = t("Not agreed at {at}.", at=ctx.now)
        await close_question(ctx.session, ctx.chat, enrolment.started_at, result, ctx.now)
        await withdraw(ctx.session, enrolment, ctx.now)
    return Reply(
        t("Recorded: nothing is kept and nothing will be sent here. The code stays good for others of the unit.")
    )


def _next_question(enrolment: Enrolment) -> Reply:
    """Ask for what is missing: the name, or all in one line; the post; the telephone, which may be kept back."""
    call = Call("donvi.khai", {"enrolment": enrolment.id})
    if not enrolment.name:
        return Reply(
            t("What is your full name?"),
            t("Or all in one line: Nguyễn Thị Lan, chuyên viên, 0912345678."),
            ask=Ask(call.with_arg("field", _NAME), "said"),
        )
    if not enrolment.title:
        return Reply(t("What is your post in the unit?"), ask=Ask(call.with_arg("field", _POST), "said"))
    return Reply(
        t("At which telephone number can the secretariat reach you?"),
        choices=(Choice(t("Not given"), call.with_arg("field", _PHONE)),),
        ask=Ask(call.with_arg("field", _PHONE), "said"),
    )


@command("donvi.khai", allow=Action.JOIN)
async def introduce(ctx: Context) -> Reply:
    """Take an answer about himself, and send the request in with the last one."""
    enrolment = await own(ctx.session, ctx.args.get("enrolment"), ctx.chat)
    field, said = str(ctx.args["field"]), str(ctx.args.get("said") or "")
    if enrolment.agreed_at is None or enrolment.state != Asking.STARTED:
        return await resumed(ctx, enrolment)
    if field == _NAME and is_one_line(said):
        whole = introduction(said)
        await fill_in(ctx.session, enrolment, name=whole.name, title=whole.post, phone=whole.phone)
        return await _sent(ctx, enrolment)
    if said or field != _PHONE:
        await fill_in(ctx.session, enrolment, **{field: _READ[field](said)})
    return await _sent(ctx, enrolment) if field == _PHONE else await resumed(ctx, enrolment)


async def _sent(ctx: Context, enrolment: Enrolment) -> Reply:
    """Send a request to the officers and tell the unit's focal points; the answer says what happens next."""
    opens_round = await send_in(ctx.session, enrolment, ctx.now, ctx.today)
    unit = await ctx.session.get_one(Unit, enrolment.unit_id)
    if opens_round:
        await ask_officers(ctx, enrolment)
    await tell_colleagues(ctx, enrolment)
    ctx.touch(enrolment)
    return _waits(ctx, Request(enrolment, unit))


def _waits(ctx: Context, request: Request) -> Reply:
    this = {"enrolment": request.enrolment.id}
    correct = () if ctx.person is not None else (Choice(t("Correct this request"), Call("donvi.sua", this)),)
    return Reply(
        t("Recorded: {who}, asks to serve {unit}.", who=who(request), unit=request.unit.name),
        t("The secretariat confirms it; you will be told here. Nothing else has to be done."),
        choices=(*correct, Choice(t("Withdraw this request"), Call("donvi.rut", this))),
    )


@command("donvi.sua", allow=Action.JOIN)
async def correct(ctx: Context) -> Reply:
    """Ask anew who he is; what was said before is taken back from the officers until it is said again."""
    enrolment = await own(ctx.session, ctx.args.get("enrolment"), ctx.chat)
    if enrolment.state == Asking.HELD:
        raise Refusal(t("This request is being decided; it cannot be corrected now."))
    if ctx.person is not None:
        raise Refusal(t("Your name and post are those of the directory; the secretariat corrects them there."))
    ctx.touch(enrolment)
    enrolment.state = Asking.STARTED
    enrolment.person_id = None
    await fill_in(ctx.session, enrolment, name="", title="", phone="")
    return _next_question(enrolment)


@every("forget-unfinished", at=time(3, 20))
async def forget(clock: ClockContext) -> None:
    """Erase what was begun by a unit's code and never sent."""
    await forget_unfinished(clock.session, clock.now)


@command("donvi.rut", allow=Action.JOIN)
async def take_back(ctx: Context) -> Reply:
    """Withdraw a request; what was said of himself is erased."""
    enrolment = await own(ctx.session, ctx.args.get("enrolment"), ctx.chat)
    ctx.touch(enrolment)
    await withdraw(ctx.session, enrolment, ctx.now)
    return Reply(t("The request was withdrawn and what you wrote about yourself was erased."))
