"""More time: a unit asks with a day and a reason, an officer decides in one tap, the unit learns its new reminders."""

from datetime import date
from zoneinfo import ZoneInfo

from handlers.asked import owe_request
from handlers.assignment import Viewer, clock_time, head, quoted
from handlers.choosing import act_of, chosen, day_choices, day_said, mine, one_of, said_text, which
from handlers.kit import (
    N_,
    Ask,
    Call,
    Choice,
    Context,
    LetterContext,
    Refusal,
    Reply,
    Text,
    card,
    command,
    t,
)
from handlers.naming import naming, of_which, settle_unit, tell_behind, titled
from models.assignments import ask_extension, decide_extension, require_extendable
from models.charging import officers_of
from models.days import working_calendar
from models.laying import span_of
from models.people import Person
from models.phone_calls import has_called
from models.plan import coming_days
from models.powers import powers_of
from models.rules.deadline import find_extension
from models.rules.extension import Proposal, in_time, propose
from models.rules.permission import Action, allowed
from models.rules.said_days import still_to_come
from models.rules.status import due_day
from models.standing import Standing, standings
from models.tasks import Extension

_PROPOSED = (3, 5, 10)


@command(
    "giahan",
    allow=Action.ASK_EXTENSION,
    help=N_("Ask for an extension: giahan NUMBER"),
    aliases=("extend", "extension"),
)
async def extend(ctx: Context) -> Reply:
    """Ask for more time; what is missing is asked for, a day off answered with the working days next to it."""
    await settle_unit(ctx)
    known = _known(ctx)
    standing = await _meant(ctx, known)
    if isinstance(standing, Reply):
        return standing
    with naming(ctx, standing):
        require_extendable(standing)
    call = Call("giahan", {**known, "assignment": standing.id})
    if "until" not in known:
        return await _ask_day(ctx, standing, call)
    asked = date.fromisoformat(known["until"])
    due = due_day(standing.due, ctx.zone) if standing.due is not None else None
    proposal = propose(asked, due, ctx.today, await working_calendar(ctx.session))
    if not proposal.is_settled:
        return _day_off(proposal, call, *of_which(ctx, standing))
    if not known.get("reason"):
        question = t("Why is the extension to {day} needed?", day=asked)
        return Reply(question, *of_which(ctx, standing), ask=Ask(call, "reason"))
    return await ask(ctx, standing, asked, known["reason"])


async def _meant(ctx: Context, known: dict[str, str]) -> Standing | Reply:
    """Find the task of which more time is asked; a day off is answered first, being one whichever task is meant."""
    call = Call("giahan", known)
    if isinstance(ctx.args.get("assignment"), int) or ctx.number() is not None or "until" not in known:
        return await chosen(ctx, call)
    asked = date.fromisoformat(known["until"])
    fitting = [standing for standing in await mine(ctx) if may_run_to(asked, standing, ctx.zone)]
    if len(fitting) < 2:  # noqa: PLR2004 - one is meant, or it is said why none can be
        return fitting[0] if fitting else await chosen(ctx, call)
    latest = max(due_day(standing.due, ctx.zone) for standing in fitting if standing.due is not None)
    proposal = propose(asked, latest, ctx.today, await working_calendar(ctx.session))
    return which(call, fitting) if proposal.is_settled else _day_off(proposal, call)


def may_run_to(asked: date | None, standing: Standing, zone: ZoneInfo) -> bool:
    """Tell whether more time can be meant: an open task without a request, due before the day asked for if one is."""
    if not standing.awaits_unit or standing.due is None or standing.request is not None:
        return False
    return asked is None or due_day(standing.due, zone) < asked


def _day_off(proposal: Proposal, call: Call, *about: Text) -> Reply:
    line = t("{asked} is a day off. Which working day should the extension run to?", asked=proposal.asked)
    return Reply(line, *about, choices=day_choices(proposal.days, call))


def _known(ctx: Context) -> dict[str, str]:
    """Gather the day and the reason said so far, in one line or by answers and buttons."""
    reason = str(ctx.args.get("reason") or "")
    said = str(ctx.args.get("until") or "")
    line = said or said_text(ctx)
    found = find_extension(line, ctx.today)
    if found is not None:
        until = still_to_come(found.until, found.words, ctx.today)
        known = {"until": until.isoformat(), "reason": reason or found.reason}
    else:
        known = {"until": day_said(said, ctx.today).isoformat() if said else "", "reason": reason}
    return {key: value for key, value in known.items() if value}


async def _ask_day(ctx: Context, standing: Standing, call: Call) -> Reply:
    if standing.due is None:
        with naming(ctx, standing):
            raise Refusal(t("This task has no deadline to extend; please report its progress instead."))
    due, calendar = due_day(standing.due, ctx.zone), await working_calendar(ctx.session)
    days = tuple(calendar.shift(max(due, ctx.today), ahead) for ahead in _PROPOSED)
    line = t("The deadline is {due}. To which day is an extension asked for? Please press or write a day.", due=due)
    return Reply(line, *of_which(ctx, standing), choices=day_choices(days, call), ask=Ask(call, "until"))


async def ask(ctx: Context, standing: Standing, day: date, reason: str) -> Reply:
    """Ask for more time in the unit's name, tell whoever decides, and give the receipt; raises Refusal."""
    with naming(ctx, standing):
        request = await ask_extension(act_of(ctx), standing.id, day, reason)
    ctx.touch(standing.assignment)
    for officer in await _deciders(ctx, standing):
        await owe_request(ctx, officer, request.id)
    about = {"day": day, "at": request.at, "title": titled(ctx, standing)}
    held = in_time(request.at, standing.due, ctx.zone)
    return Reply(
        t("Recorded at {at}: an extension to {day} is asked for, {title}.", **about),
        t("The secretariat decides; reminders rest until then.")
        if held
        else t("The deadline has passed, so the task stays overdue until the secretariat decides."),
    )


async def _deciders(ctx: Context, standing: Standing) -> list[int]:
    """Name who is in charge, and all officers where that is the asker alone: nobody decides on his own request."""
    for unit in (standing.assignment.unit_id, None):
        others = [one for one in await officers_of(ctx.session, unit, ctx.today) if one != ctx.me.id]
        if others:
            return others
    return []


@card("extension")
async def draw(ctx: LetterContext) -> Reply | None:
    """Draw a request: for whoever may decide it with both decisions, once decided with what was decided."""
    request = await ctx.session.get(Extension, ctx.subject.id) if ctx.subject else None
    read = await standings(ctx.session, ctx.now, ctx.zone)
    standing = await read.one(request.assignment_id) if request is not None else None
    if request is None or standing is None:
        return None
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    about = {"person": await _asked_by(ctx, request), "at": clock_time(request.at, ctx.now, ctx.zone)}
    lines: tuple[Text | str, ...] = (
        head(standing, Viewer(ctx.person.locale, powers, ctx.now, read.measure)),
        t(
            "{unit} asks for an extension to {day} (now {due}).",
            unit=standing.whose,
            day=request.asked_on,
            due=request.old_due_on,
        ),
        standing.task.title,
        t("Reason: {reason}", reason=quoted(request.reason)),
        t("Asked for by {person} at {at}.", **about),
    )
    may_decide = bool(allowed(powers.roles, Action.DECIDE_EXTENSION)) and request.by_id != ctx.person.id
    is_open = request.approved is None and standing.facts.accepted_at is None
    choices = _decisions(request) if may_decide and is_open else ()
    return Reply(*lines, choices=choices, card=ctx.subject, result=await _decision(ctx, request))


async def _asked_by(ctx: LetterContext, request: Extension) -> Text | str:
    """Name who asked, or the officer who wrote down what was asked on the telephone."""
    by = await ctx.session.get_one(Person, request.by_id)
    called = await has_called(ctx.session, request.by_id, request.at)
    return t("{person}, by telephone,", person=by.name) if called else by.name


def _decisions(request: Extension) -> tuple[Choice, ...]:
    about = {"extension": request.id}
    return (
        Choice(t("Approve"), Call("giahan.chapthuan", about), primary=True),
        Choice(t("Do not approve"), Call("giahan.khong", about)),
    )


async def _decision(ctx: LetterContext, request: Extension) -> Text | None:
    if request.decided_at is None:
        return None
    by = await ctx.session.get_one(Person, request.decided_by)
    about = {"person": by.name, "at": clock_time(request.decided_at, ctx.now, ctx.zone)}
    if request.approved:
        return t("{person} approved the extension to {day} at {at}.", **about, day=request.asked_on)
    return t("{person} did not approve at {at}: {reason}", **about, reason=quoted(request.decision_reason))


@command("giahan.chapthuan", allow=Action.DECIDE_EXTENSION)
async def approve(ctx: Context) -> Reply:
    """Approve a request, and tell the unit its new deadline and the days on which it will be reminded."""
    request = await decide_extension(act_of(ctx), ctx.args["extension"], approved=True)
    standing = await _decided(ctx, request)
    days = await _reminders(ctx, standing)
    lines = [
        t(
            "The extension to {day} was approved: {title}.",
            day=request.asked_on,
            title=standing.title,
        ),
        t("New reminders: {days}.", days=days) if days else t("No reminder falls before the new deadline."),
    ]
    await _tell_unit(ctx, standing, request, lines)
    return Reply(t("Approved and told to {unit}: new deadline {day}.", unit=standing.whose, day=request.asked_on))


@command("giahan.khong", allow=Action.DECIDE_EXTENSION)
async def refuse(ctx: Context) -> Reply:
    """Refuse a request with a reason, which is asked for where it is missing."""
    reason = str(ctx.args.get("reason") or "").strip()
    if not reason:
        call = Call("giahan.khong", {"extension": ctx.args["extension"]})
        return Reply(t("Why is the extension not approved? The unit reads the reason."), ask=Ask(call, "reason"))
    request = await decide_extension(act_of(ctx), ctx.args["extension"], approved=False, reason=reason)
    standing = await _decided(ctx, request)
    line = t(
        "The extension to {day} was not approved: {title}. Reason: {reason}",
        day=request.asked_on,
        title=standing.title,
        reason=reason,
    )
    await _tell_unit(ctx, standing, request, [line, t("The deadline stays {due}.", due=request.old_due_on)])
    return Reply(t("Not approved; {unit} has been told: {reason}", unit=standing.whose, reason=reason))


async def _decided(ctx: Context, request: Extension) -> Standing:
    """Close the cards of a request that was decided, and give how its assignment stands now."""
    standing = await one_of(ctx, request.assignment_id, Action.DECIDE_EXTENSION)
    ctx.touch(request)
    ctx.touch(standing.assignment)
    return standing


async def _tell_unit(ctx: Context, standing: Standing, request: Extension, lines: list[Text]) -> None:
    await tell_behind(ctx, standing, f"extension.decided:{request.id}", *lines)


async def _reminders(ctx: Context, standing: Standing) -> tuple[date, ...]:
    due = due_day(standing.due, ctx.zone) if standing.due is not None else ctx.today
    span = await span_of(ctx.session, ctx.council, ctx.zone, ctx.today, due)
    return tuple(day for day in await coming_days(ctx.session, span, standing) if day > ctx.today)
