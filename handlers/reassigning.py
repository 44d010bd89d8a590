"""“Not the unit's task”: the officer gives it to another unit, leaves it with the unit, or withdraws it."""

from collections.abc import Sequence

from sqlalchemy import select

from handlers.adjusted import owe_decided, said_due, said_last
from handlers.adjusting import informed, new_deadline
from handlers.assignment import quoted
from handlers.broadcasting import whom_is_meant
from handlers.choosing import act_of, day_choices, one_of
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, command, t
from models.addressing import Addressee, parties_of
from models.audiences import Circle, understand
from models.days import working_calendar
from models.moving import stage_of
from models.naming import unit_names
from models.people import Post, Unit
from models.reassigning import Handover, reassign, require_disclaimed, uphold
from models.rules.instructions import under
from models.rules.moving import Stage, is_too_near
from models.rules.permission import Action
from models.rules.status import Due
from models.standing import Standing

_OFFERED = 6
_PROPOSED = (5, 10, 15)


@command("khongthuoc.giu", allow=Action.MOVE)
async def leave_with_unit(ctx: Context) -> Reply:
    """Leave the task with the unit, with the reason; its deadline and reminders go on."""
    standing = await _open(ctx)
    require_disclaimed(standing)
    reason = str(ctx.args.get("reason") or "").strip()
    if not reason:
        call = Call("khongthuoc.giu", {"assignment": standing.id})
        return Reply(
            t("Why does it stay with {unit}? The unit reads it.", unit=standing.whose), ask=Ask(call, "reason")
        )
    done = await uphold(act_of(ctx), standing.id, reason)
    owe_decided(ctx, done)
    about = {"unit": standing.whose, "title": standing.title, "due": said_due(standing.due, ctx.zone)}
    return Reply(t("{unit} keeps the task: {title}, deadline {due}.", **about), *await informed(ctx, done.told))


@command("khongthuoc.chuyen", allow=Action.MOVE)
async def give_to_another(ctx: Context) -> Reply:
    """Ask to whom the task goes, until when where the deadline is too near, and why; then show what is told to whom."""
    standing = await _open(ctx)
    call = Call("khongthuoc.chuyen", {**ctx.args, "assignment": standing.id})
    if not ctx.args.get("whom"):
        return await _ask_whom(ctx, standing, call)
    to = await _meant(ctx, standing, call)
    if isinstance(to, Reply):
        return to
    due = await _due(ctx, standing)
    if is_too_near(due, ctx.today, ctx.zone, calendar := await working_calendar(ctx.session)):
        line = t(
            "The deadline {due} is past or nearer than one working day. Until when is it given?",
            due=said_due(due, ctx.zone),
        )
        days = tuple(calendar.shift(ctx.today, ahead) for ahead in _PROPOSED)
        return Reply(line, choices=day_choices(days, call), ask=Ask(call, "until"))
    reason = _reason(ctx)
    if not reason:
        return Reply(t("Why does the task go to another unit? Both units read it."), ask=Ask(call, "reason"))
    name = await _name(ctx, to)
    about = {"title": standing.title, "old": standing.whose, "new": name, "due": said_due(due, ctx.zone)}
    confirm = Call("khongthuoc.chuyen.co", {**call.args, "seen": standing.assignment.version})
    return Reply(
        t("Give “{title}” to {new} instead of {old}, deadline {due}?", **about),
        t("{old} is told that it is released, {by}.", old=standing.whose, by=under(quoted(reason))),
        choices=(
            Choice(t("Give it to {unit}", unit=name), confirm, primary=True),
            Choice(t("Set another deadline"), Call("khongthuoc.han", call.args)),
            Choice(t("Leave it"), Call("dieuchinh.bo")),
        ),
    )


@command("khongthuoc.han", allow=Action.MOVE)
async def ask_deadline(ctx: Context) -> Reply:
    """Ask for the deadline that the new unit is to have."""
    standing = await _open(ctx)
    call = Call("khongthuoc.chuyen", dict(ctx.args))
    calendar = await working_calendar(ctx.session)
    days = tuple(calendar.shift(ctx.today, ahead) for ahead in _PROPOSED)
    line = t("{title}: until when is it given? Please press or write a day.", title=standing.title)
    return Reply(line, choices=day_choices(days, call), ask=Ask(call, "until"))


@command("khongthuoc.chuyen.co", allow=Action.MOVE)
async def confirm(ctx: Context) -> Reply:
    """Give the task to the unit that was shown; both units are told."""
    standing = await _open(ctx)
    if standing.assignment.version != ctx.args["seen"]:
        last = await said_last(ctx, [standing])
        changed = t("{unit} has answered, or something was decided, since this was shown.", unit=standing.whose)
        again = Call("khongthuoc.chuyen", {name: value for name, value in ctx.args.items() if name != "seen"})
        return Reply(changed, *last, choices=(Choice(t("Look at it again"), again, primary=True),))
    to = await _meant(ctx, standing, Call("khongthuoc.chuyen", dict(ctx.args)))
    if isinstance(to, Reply):
        return to
    handover = Handover(to, await _due(ctx, standing), _reason(ctx))
    done = await reassign(act_of(ctx), standing.id, handover)
    owe_decided(ctx, done)
    name = await _name(ctx, to)
    about = {"title": standing.title, "old": standing.whose, "new": name, "due": said_due(handover.due, ctx.zone)}
    return Reply(
        t("Given to {new}: {title}, deadline {due}. {old} is released.", **about),
        *await informed(ctx, done.told),
    )


async def _open(ctx: Context) -> Standing:
    """Read the assignment that is decided on; raises Refusal, saying what was decided, where nothing is open."""
    standing = await one_of(ctx, int(ctx.args["assignment"]), Action.MOVE)
    if stage_of(standing) is Stage.OPEN:
        return standing
    last = await said_last(ctx, [standing])
    if last:
        raise Refusal(t("Nothing is left to be decided here. {last}", last=last[0]))
    raise Refusal(t("{unit} has nothing open here any more: {title}.", unit=standing.whose, title=standing.title))


async def _ask_whom(ctx: Context, standing: Standing, call: Call) -> Reply:
    """Offer the units that coordinate, or take a code or name."""
    others = (await parties_of(ctx.session, [standing.task.id], ctx.today))[standing.task.id][1]
    ids = [to.unit_id for to in others if to.unit_id is not None][:_OFFERED]
    names = await unit_names(ctx.session, ids)
    choices = tuple(Choice(t("{unit}", unit=name), call.with_arg("whom", name)) for name in names)
    hint = t("Those that coordinate are offered; any other may be written by code or name.") if choices else None
    return Reply(
        t("To which unit does “{title}” go? Please write its code or name.", title=standing.title),
        *((hint,) if hint is not None else ()),
        choices=choices,
        ask=Ask(call, "whom"),
    )


async def _meant(ctx: Context, standing: Standing, call: Call) -> Addressee | Reply:
    named = await understand(ctx.session, str(ctx.args["whom"]), ctx.today)
    if named.doubt is not None or not named.audience.parts:
        return whom_is_meant(named, call)
    parts: Sequence[Addressee] = [
        *(Addressee(unit) for unit in named.audience.ids(Circle.UNIT)),
        *(Addressee(post_id=post) for post in named.audience.ids(Circle.POST)),
    ]
    if len(parts) != 1 or len(named.audience.parts) != 1:
        raise Refusal(t("One unit takes the task over; please name just one, by code or name."))
    if parts[0] == Addressee(standing.assignment.unit_id, standing.assignment.post_id):
        raise Refusal(t("{unit} is the unit that has it now; please name another.", unit=standing.whose))
    return parts[0]


async def _due(ctx: Context, standing: Standing) -> Due | None:
    said = str(ctx.args.get("until") or "").strip()
    if not said:
        return standing.facts.due
    return await new_deadline(ctx, said)


def _reason(ctx: Context) -> str:
    """Give the officer's reason; what the unit itself said is not the decision's."""
    return str(ctx.args.get("reason") or "").strip()


async def _name(ctx: Context, to: Addressee) -> str:
    if to.unit_id is not None:
        return await ctx.session.scalar(select(Unit.name).where(Unit.id == to.unit_id)) or ""
    return await ctx.session.scalar(select(Post.title).where(Post.id == to.post_id)) or ""
