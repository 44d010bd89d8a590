"""Requests to serve a unit: officers confirm them one by one or together, and everybody concerned is told."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.kit import (
    Ask,
    Call,
    Choice,
    Context,
    LetterContext,
    Owed,
    Refusal,
    Reply,
    Text,
    card,
    command,
    subject_of,
    t,
)
from handlers.paging import page_of
from handlers.requesting import REASONS, line, notes, outcome, reason_said, tell_colleagues, who
from handlers.welcoming import tell_other_chats, welcome
from models.addresses import Chat
from models.contacts import shown
from models.deciding import Ruling, confirm, decided, opened, refuse
from models.enrolling import ASKED
from models.enrolments import Asking, Enrolment, Round
from models.outbox import Priority
from models.people import Unit
from models.powers import powers_of
from models.requests import Request, requests
from models.rules.permission import Action, Role, allowed
from models.strangers import Note, tell_chat
from models.whom import holders

_PAGE = 8


async def ask_officers(ctx: Context, enrolment: Enrolment) -> None:
    """Owe the officers one message for all who ask in the same hour; whoever comes later is added to it."""
    the_round = await ctx.session.get_one(Round, enrolment.round_id)
    gathered = ctx.now + timedelta(minutes=ctx.council.enrol_minutes)
    for officer in await holders(ctx.session, Role.SECRETARIAT, ctx.today):
        reply = Reply(card=subject_of(the_round))
        ctx.owe(Owed(officer, f"round:{the_round.id}", reply, priority=Priority.REMINDER, not_before=gathered))


@card("enrolment_round")
async def draw_round(ctx: LetterContext) -> Reply | None:
    """Show officers who asks in one round, with what is to be decided; closed once all is."""
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    if ctx.subject is None or not allowed(powers.roles, Action.CONFIRM_PERSON):
        return None
    waiting = await requests(
        ctx.session, Enrolment.round_id == ctx.subject.id, Enrolment.state.in_(ASKED), today=ctx.today
    )
    if waiting:
        lines = (_heading(waiting), *shown([line(one) for one in waiting]))
        return Reply(*lines, choices=_choices(waiting, ctx.subject.id), card=ctx.subject)
    counts = await decided(ctx.session, ctx.subject.id)
    about = {"yes": counts.get(Asking.CONFIRMED, 0), "no": counts.get(Asking.REFUSED, 0)}
    if not any(about.values()):
        return Reply(t("The requests to serve units were withdrawn."), card=ctx.subject)
    result = t("Confirmed: {yes}; not confirmed: {no}.", **about)
    return Reply(t("Requests to serve units as focal points"), card=ctx.subject, result=result)


def _heading(waiting: Sequence[Request]) -> Text:
    return t("{count} persons ask to serve their units as focal points:", count=len(waiting))


def _choices(waiting: Sequence[Request], round_id: int | None) -> tuple[Choice, ...]:
    """Offer to decide on the only one, or on all together and on each."""
    if len(waiting) == 1:
        return _decisions(waiting[0].enrolment)
    which = {"round": round_id} if round_id is not None else {}
    together = sum(one.is_plain for one in waiting)
    all_of = (Choice(t("Confirm all {count}", count=together), Call("donvi.xem", which), primary=True),)
    return (*(all_of if together > 1 else ()), Choice(t("One by one"), Call("donvi.cho", which)))


def _decisions(enrolment: Enrolment) -> tuple[Choice, ...]:
    this = {"enrolment": enrolment.id}
    return (
        Choice(t("Confirm"), Call("donvi.xacnhan", this), primary=True),
        Choice(t("Do not confirm"), Call("donvi.khong", this)),
    )


@card("enrolment")
async def draw(ctx: LetterContext) -> Reply | None:
    """Show one request: to officers with both decisions, to the unit's focal points with the way to object."""
    found = await requests(ctx.session, Enrolment.id == ctx.subject.id, today=ctx.today) if ctx.subject else ()
    if not found:
        return None
    request = found[0]
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    about = t("{who}: asks to serve {unit} as its focal point.", who=who(request), unit=request.unit.name)
    result = outcome(request)
    if allowed(powers.roles, Action.CONFIRM_PERSON):
        choices = _decisions(request.enrolment) if request.enrolment.state in ASKED else ()
        return Reply(about, *notes(request), choices=choices, card=ctx.subject, result=result)
    if not allowed(powers.roles, Action.OBJECT).covers(request.unit.id):
        return None
    choices = _objection(request, ctx.person.id)
    told = (result,) if choices and result else ()
    return Reply(about, *told, choices=choices, card=ctx.subject, result=None if choices else result)


def _objection(request: Request, person_id: int) -> tuple[Choice, ...]:
    enrolment = request.enrolment
    if enrolment.state not in {Asking.WAITING, Asking.CONFIRMED} or enrolment.person_id == person_id:
        return ()
    return (Choice(t("Not of the unit"), Call("donvi.phandoi", {"enrolment": enrolment.id})),)


@command("donvi.cho", allow=Action.CONFIRM_PERSON)
async def one_by_one(ctx: Context) -> Reply:
    """List the requests that wait, of one round or of all, each opened by its button."""
    waiting = await _waiting(ctx)
    if not waiting:
        return Reply(t("No request to serve a unit waits."))
    page = page_of(ctx, waiting, _PAGE)
    choices = [Choice(_label(one), Call("donvi.mot", {"enrolment": one.enrolment.id})) for one in page.rows]
    if page.start == 0 and sum(one.is_plain for one in waiting) > 1:
        choices.insert(0, _choices(waiting, ctx.args.get("round"))[0])
    return Reply(_heading(waiting), *(line(one) for one in page.rows), *page.rest, choices=(*choices, *page.following))


def _label(one: Request) -> Text:
    return t("{name}, {unit}", name=one.enrolment.name, unit=one.unit.name)


async def _waiting(ctx: Context) -> Sequence[Request]:
    where: list[Any] = [Enrolment.state.in_(ASKED)]
    if ctx.args.get("round") is not None:
        where.append(Enrolment.round_id == ctx.args["round"])
    return await requests(ctx.session, *where, today=ctx.today)


@command("donvi.mot", allow=Action.CONFIRM_PERSON)
async def show(ctx: Context) -> Reply:
    """Show one request as its card."""
    return Reply(card=subject_of(await opened(ctx.session, ctx.args.get("enrolment"))))


@command("donvi.xem", allow=Action.CONFIRM_PERSON)
async def preview(ctx: Context) -> Reply:
    """Name who would be confirmed together, and who has to be looked at alone."""
    waiting = await _waiting(ctx)
    plain = [one for one in waiting if one.is_plain and one.enrolment.person_id != ctx.me.id]
    apart = [_label(one) for one in waiting if one not in plain]
    if not plain:
        return Reply(t("No request can be confirmed together with others; please open each."))
    these = {"people": [[one.enrolment.id, one.enrolment.version] for one in plain]}
    lines: list[Text] = [t("Confirm these {count} persons?", count=len(plain)), *shown([line(one) for one in plain])]
    if apart:
        lines.append(t("To be decided one by one: {people}.", people=tuple(apart)))
    return Reply(
        *lines,
        choices=(
            Choice(
                t("Confirm {count} persons", count=len(plain)),
                Call("donvi.xacnhan.ca", these),
                primary=True,
            ),
            Choice(t("One by one"), Call("donvi.cho", ctx.args)),
        ),
    )


@command("donvi.xacnhan.ca", allow=Action.CONFIRM_PERSON)
async def confirm_together(ctx: Context) -> Reply:
    """Confirm exactly those who were previewed; whoever was objected to or decided since stays as he is."""
    seen = dict(ctx.args["people"])
    found = await requests(ctx.session, Enrolment.id.in_(seen), today=ctx.today)
    same = [
        one
        for one in found
        if one.enrolment.version == seen[one.enrolment.id]
        and one.enrolment.state == Asking.WAITING
        and one.enrolment.person_id != ctx.me.id
    ]
    same = [one for one in same if await _if_it_can_be(ctx, one.enrolment)]
    for one in same:
        await tell_colleagues(ctx, one.enrolment)
    lines = [t("Confirmed: {count} persons; they and their colleagues have been told.", count=len(same))]
    if len(same) < len(seen):
        lines.append(t("{count} have changed since and stay as they are.", count=len(seen) - len(same)))
    return Reply(*lines)


async def _if_it_can_be(ctx: Context, enrolment: Enrolment) -> bool:
    """Confirm one of many; whoever cannot be confirmed stays as he is and keeps nobody else waiting."""
    try:
        async with ctx.session.begin_nested():
            await _confirmed(ctx, enrolment)
    except Refusal:
        return False
    return True


@command("donvi.xacnhan", allow=Action.CONFIRM_PERSON)
async def confirm_one(ctx: Context) -> Reply:
    """Confirm one person, whom the directory may know already."""
    enrolment = await opened(ctx.session, ctx.args.get("enrolment"))
    await _confirmed(ctx, enrolment)
    await tell_colleagues(ctx, enrolment)
    unit = await ctx.session.get_one(Unit, enrolment.unit_id)
    return Reply(t("Confirmed: {name} serves {unit} and has been told.", name=enrolment.name, unit=unit.name))


async def _confirmed(ctx: Context, enrolment: Enrolment) -> None:
    person = await confirm(ctx.session, enrolment, Ruling(ctx.me.id, ctx.now, ctx.today))
    ctx.touch(enrolment)
    await tell_other_chats(ctx, person, enrolment.chat_id)
    chat = await ctx.session.get_one(Chat, enrolment.chat_id)
    key = f"confirmed:{enrolment.id}:{ctx.now:%Y%m%d%H%M%S}"
    await tell_chat(ctx.session, chat, Note((await welcome(ctx, person)).as_json(), key, person.id), ctx.now)


@command("donvi.khong", allow=Action.CONFIRM_PERSON)
async def refuse_one(ctx: Context) -> Reply:
    """Refuse one person with a reason, which is asked for where it is missing; he is told, his data are erased."""
    enrolment = await opened(ctx.session, ctx.args.get("enrolment"))
    unit = await ctx.session.get_one(Unit, enrolment.unit_id)
    reason = str(ctx.args.get("reason") or "").strip()
    call = Call("donvi.khong", {"enrolment": enrolment.id})
    if not reason:
        return Reply(
            t("Why is {name} not confirmed? The person reads it.", name=enrolment.name),
            choices=tuple(Choice(said, call.with_arg("reason", key)) for key, said in REASONS.items()),
            ask=Ask(call, "reason"),
        )
    chat = await ctx.session.get_one(Chat, enrolment.chat_id)
    ctx.touch(enrolment)
    await refuse(ctx.session, enrolment, reason, Ruling(ctx.me.id, ctx.now, ctx.today))
    told = Reply(
        t(
            "The secretariat has not confirmed you as focal point of {unit}. Reason: {reason}.",
            unit=unit.name,
            reason=reason_said(reason),
        ),
        t("What you wrote about yourself was erased. If this is a mistake, please ask your unit or the secretariat."),
    )
    key = f"refused:enrolment:{enrolment.id}:{ctx.now:%Y%m%d%H%M%S}"
    await tell_chat(ctx.session, chat, Note(told.as_json(), key), ctx.now)
    return Reply(t("Not confirmed for {unit}; the person was told, and the personal data were erased.", unit=unit.name))
