"""Deadlines moved by an instruction: for one unit, some or all; previewed, confirmed once, told once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.adjusted import owe_decided, said_due, said_last
from handlers.adjusting import Chosen, after_number, as_said, begin, choose, new_deadline, not_over, to_be_called
from handlers.choosing import act_of, day_choices
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from models.adjustments import instruction_said
from models.assignments import held_all
from models.contacts import shown
from models.days import working_calendar
from models.moving import Foreseen, Move, foresee, mark_of, move, stage_of
from models.rules.instructions import under
from models.rules.moving import Fate, Stage, meets, split_move_line
from models.rules.permission import Action
from models.rules.status import due_day
from models.standing import standings
from models.tasks import Assignment

_PROPOSED = (5, 10, 15)


@command(
    "doihan",
    allow=Action.MOVE,
    help=N_("Move a deadline: /doihan NUMBER UNITS: DATE; DOCUMENT"),
    aliases=("move", "doithoihan"),
    takes_line=True,
)
async def move_deadline(ctx: Context) -> Reply:
    """Take what is said of a move, ask for what is missing, and show what it would do."""
    chosen = await _chosen(ctx)
    if isinstance(chosen, Reply):
        return chosen
    if not chosen.said("until"):
        return await _ask_day(ctx, chosen)
    chosen = chosen.saying("until", as_said(await new_deadline(ctx, chosen.said("until"))))
    if not chosen.said("by"):
        return Reply(
            t("By which document or instruction is it moved? Please write number and date, or the words."),
            ask=Ask(chosen.call, "by"),
        )
    return await _preview(ctx, chosen.saying("by", instruction_said(chosen.said("by"))))


async def _chosen(ctx: Context) -> Chosen | Reply:
    begun = await begin(ctx, "doihan", not_over())
    if isinstance(begun, Reply):
        return begun
    if line := after_number(ctx.line):
        typed = split_move_line(line)
        said = {"whom": typed.units, "until": typed.until, "by": typed.instruction}
        begun = Call("doihan", {**begun.args, **{name: value for name, value in said.items() if value}})
    return await choose(ctx, begun, lambda standing: stage_of(standing) is not Stage.OVER)


async def _ask_day(ctx: Context, chosen: Chosen) -> Reply:
    calendar = await working_calendar(ctx.session)
    dues = [due_day(each.due, ctx.zone) for each in chosen.found if each.due is not None and each.awaits_unit]
    after = max([ctx.today, *dues])
    line = t("{title}: to which day or hour is the deadline moved? Please press or write it.", title=chosen.title)
    days = tuple(calendar.shift(after, ahead) for ahead in _PROPOSED)
    return Reply(line, choices=day_choices(days, chosen.call), ask=Ask(chosen.call, "until"))


async def _foreseen(ctx: Context, chosen: Chosen) -> tuple[Move, tuple[Foreseen, ...]]:
    wanted = Move(await new_deadline(ctx, chosen.said("until")), shorten=bool(chosen.call.args.get("shorten")))
    return wanted, await foresee(await standings(ctx.session, ctx.now, ctx.zone), chosen.found, wanted)


async def _preview(ctx: Context, chosen: Chosen, *before: Text) -> Reply:
    wanted, foreseen = await _foreseen(ctx, chosen)
    moved = [each for each in foreseen if each.fate is Fate.MOVED]
    kept = [each for each in foreseen if each.fate is Fate.KEPT]
    if not moved and not kept:
        raise Refusal(await _nothing_moves(ctx, foreseen))
    args = {**chosen.call.args, "mark": mark_of(foreseen)}
    choices = [Choice(t("Leave it"), Call("dieuchinh.bo"))]
    if kept:
        label = t("Shorten the {count} longer deadlines too", count=len(kept))
        choices.insert(0, Choice(label, chosen.call.with_arg("shorten", value=True)))
    if moved:
        choices.insert(0, Choice(_label(moved), Call("doihan.co", args), primary=True))
    about = {"title": chosen.title, "new": said_due(wanted.to, ctx.zone), "by": under(chosen.said("by"))}
    return Reply(
        *before,
        t("{title}: new deadline {new}, {by}.", **about),
        *await _day_off(ctx, wanted),
        *chosen.left_out,
        *_lists(foreseen, ctx.zone),
        choices=tuple(choices),
    )


def _label(moved: Sequence[Foreseen]) -> Text:
    told = sum(each.outcome.told for each in moved)
    return t("Move it and tell {count} units", count=told) if told else t("Move it, nobody is told yet")


async def _day_off(ctx: Context, wanted: Move) -> tuple[Text, ...]:
    day = due_day(wanted.to, ctx.zone) if wanted.to is not None else ctx.today
    return () if (await working_calendar(ctx.session)).is_working(day) else (t("{day} is a day off.", day=day),)


def _lists(foreseen: Sequence[Foreseen], zone: ZoneInfo) -> tuple[Text, ...]:
    """Say who is moved and told, who keeps a longer deadline, who is moved without a word, and who is left alone."""
    by = {fate: [each for each in foreseen if each.fate is fate] for fate in Fate}
    told = [each for each in by[Fate.MOVED] if each.outcome.told]
    resting = len(by[Fate.MOVED]) - len(told)
    said: list[Text] = []
    if told:
        said.append(t("Moved and told ({count}):", count=len(told)))
        said += shown(
            [
                t("{unit}: deadline now {old}", unit=each.standing.whose, old=said_due(each.standing.due, zone))
                for each in told
            ]
        )
    for each in by[Fate.KEPT]:
        about = {"unit": each.standing.whose, "due": said_due(each.standing.due, zone)}
        said.append(t("{unit} was granted {due} and keeps it, unless you shorten it expressly.", **about))
    said += _requests(by[Fate.MOVED], zone)
    for count, text in (
        (resting, t("Suspended, moved without a message: {count}.", count=resting)),
        (len(by[Fate.SAME]), t("Have this deadline already: {count}.", count=len(by[Fate.SAME]))),
        (len(by[Fate.OVER]), t("Reported or withdrawn, not touched and not told: {count}.", count=len(by[Fate.OVER]))),
    ):
        if count:
            said.append(text)
    return tuple(said)


def _requests(moved: Sequence[Foreseen], zone: ZoneInfo) -> Iterator[Text]:
    """Say which requests for more time the new deadline answers, and which wait for a later day still."""
    met: list[str] = []
    waiting: list[str] = []
    for each in moved:
        if (request := each.standing.request) is not None:
            (met if meets(each.outcome.due, request.asked_on, zone) else waiting).append(each.standing.whose)
    if met:
        yield t("Their requests for an extension are answered by this: {units}.", units=tuple(met))
    if waiting:
        yield t("Their requests for a later day still wait for a decision: {units}.", units=tuple(waiting))


async def _nothing_moves(ctx: Context, foreseen: Sequence[Foreseen]) -> Text:
    last = await said_last(ctx, [each.standing for each in foreseen])
    if not last:
        return t("All of these units have this deadline already; nothing was changed.")
    return t("All of these units have this deadline already. {last}", last=last[0])


@command("doihan.co", allow=Action.MOVE)
async def confirm(ctx: Context) -> Reply:
    """Move exactly what was shown, in one transaction; where something has changed since, show it anew."""
    args = {name: value for name, value in ctx.args.items() if name != "mark"}
    chosen = await choose(ctx, Call("doihan", args), lambda standing: stage_of(standing) is not Stage.OVER)
    if isinstance(chosen, Reply):
        return chosen
    act = act_of(ctx)
    chosen = replace(chosen, found=await held_all(act, Assignment.id.in_([standing.id for standing in chosen.found])))
    wanted, foreseen = await _foreseen(ctx, chosen)
    if mark_of(foreseen) != ctx.args["mark"]:
        changed = t("Something has changed since this was shown; please look at it again.")
        return await _preview(ctx, chosen, changed, *await said_last(ctx, chosen.found))
    done = await move(act, foreseen, wanted, chosen.said("by"))
    owe_decided(ctx, done)
    about = {"title": chosen.title, "new": said_due(wanted.to, ctx.zone), "count": len(done.told)}
    return Reply(
        t("Moved: {title}, new deadline {new}; {count} units are told.", **about), *await to_be_called(ctx, done.told)
    )


@command("dieuchinh.bo", allow=Action.MOVE)
async def leave(ctx: Context) -> Reply:
    """Leave a preview as it is."""
    del ctx
    return Reply(t("Nothing was changed and nobody was told."))
