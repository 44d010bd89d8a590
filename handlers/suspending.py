"""Tasks suspended, resumed and withdrawn by the secretariat: for one unit, some or all, previewed and told once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from handlers.adjusted import owe_decided, said_due, said_last
from handlers.adjusting import (
    Chosen,
    after_number,
    as_said,
    begin,
    choose,
    new_deadline,
    not_over,
    to_be_called,
    unit_lines,
)
from handlers.choosing import act_of
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from models.adjustments import Decided, Done, instruction_said
from models.assignments import Act, held_all
from models.rules.instructions import under
from models.rules.moving import split_units
from models.rules.permission import Action
from models.rules.status import is_late
from models.standing import Standing
from models.suspending import concerned, resume, suspend, withdraw
from models.tasks import Assignment

_AS_IT_WAS: Final = "-"


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said of one kind of decision."""

    ask: Text
    preview: str
    confirm: str
    done: str


_WORDS: Final[Mapping[Decided, _Words]] = {
    Decided.SUSPENDED: _Words(
        t("Why, or by which instruction, is it suspended? The units read it."),
        N_("Suspend “{title}”, {by}? These {count} units have it open and are told:"),
        N_("Suspend it and tell {count} units"),
        N_("Suspended: {title}; {count} units are told and are not reminded of it until it goes on (“tieptuc”)."),
    ),
    Decided.RESUMED: _Words(
        t("Why, or by which instruction, does it go on? The units read it."),
        N_("Let “{title}” go on, {by}? These {count} units are told:"),
        N_("Let it go on and tell {count} units"),
        N_("It goes on: {title}; {count} units are told and are reminded again."),
    ),
    Decided.WITHDRAWN: _Words(
        t("Why, or by which instruction, is it withdrawn? The units read it."),
        N_("Withdraw “{title}”, {by}? It cannot be given back. These {count} units are told:"),
        N_("Withdraw it and tell {count} units"),
        N_("Withdrawn: {title}; {count} units are told and owe nothing any more."),
    ),
}
_COMMANDS: Final = {Decided.SUSPENDED: "dungviec", Decided.RESUMED: "tieptuc", Decided.WITHDRAWN: "rutviec"}


@command(
    "dungviec",
    allow=Action.SUSPEND,
    help=N_("Suspend a task: /dungviec NUMBER UNITS: REASON"),
    aliases=("suspend",),
    takes_line=True,
)
async def suspend_task(ctx: Context) -> Reply:
    """Suspend a task: nothing is awaited, reminded of or counted until it goes on."""
    return await _asked(ctx, Decided.SUSPENDED)


@command(
    "tieptuc",
    allow=Action.SUSPEND,
    help=N_("Let a suspended task go on: /tieptuc NUMBER UNITS: REASON"),
    aliases=("resume",),
)
async def resume_task(ctx: Context) -> Reply:
    """Let a suspended task go on, with the deadline as it was or with a new one."""
    return await _asked(ctx, Decided.RESUMED)


@command(
    "rutviec",
    allow=Action.SUSPEND,
    help=N_("Withdraw a task: /rutviec NUMBER UNITS: REASON"),
    aliases=("withdraw",),
    takes_line=True,
)
async def withdraw_task(ctx: Context) -> Reply:
    """Withdraw a task for good."""
    return await _asked(ctx, Decided.WITHDRAWN)


@command("dungviec.co", allow=Action.SUSPEND)
async def confirm_suspending(ctx: Context) -> Reply:
    """Suspend what was shown."""
    return await _confirmed(ctx, Decided.SUSPENDED)


@command("tieptuc.co", allow=Action.SUSPEND)
async def confirm_resuming(ctx: Context) -> Reply:
    """Let go on what was shown."""
    return await _confirmed(ctx, Decided.RESUMED)


@command("rutviec.co", allow=Action.SUSPEND)
async def confirm_withdrawing(ctx: Context) -> Reply:
    """Withdraw what was shown."""
    return await _confirmed(ctx, Decided.WITHDRAWN)


async def _asked(ctx: Context, decided: Decided) -> Reply:
    """Take what is said of the decision, ask for what is missing, and show what it would do."""
    suspended = Assignment.suspended_at.is_not(None)
    begun = await begin(ctx, _COMMANDS[decided], suspended if decided is Decided.RESUMED else not_over())
    if isinstance(begun, Reply):
        return begun
    if line := after_number(ctx.line):
        whom, by = split_units(line)
        said = {"whom": whom, "by": by}
        begun = Call(begun.command, {**begun.args, **{name: value for name, value in said.items() if value}})
    chosen = await _chosen(ctx, begun, decided)
    if isinstance(chosen, Reply):
        return chosen
    if decided is Decided.RESUMED and not chosen.said("until"):
        return _ask_deadline(ctx, chosen)
    if chosen.said("until") not in {"", _AS_IT_WAS}:
        until = as_said(await new_deadline(ctx, chosen.said("until")))
        chosen = chosen.saying("until", until)
    if not chosen.said("by"):
        return Reply(_WORDS[decided].ask, ask=Ask(chosen.call, "by"))
    return await _preview(ctx, chosen, decided)


async def _chosen(ctx: Context, call: Call, decided: Decided) -> Chosen | Reply:
    chosen = await choose(ctx, call, lambda standing: bool(concerned([standing], decided)))
    if isinstance(chosen, Reply):
        return chosen
    return replace(chosen, found=concerned(chosen.found, decided))


def _ask_deadline(ctx: Context, chosen: Chosen) -> Reply:
    """Offer the deadline as it was, unless it has passed for one of the units, or a new one."""
    passed = [each.whose for each in chosen.found if is_late(ctx.now, each.due, ctx.zone)]
    if passed:
        line = t("The deadline has passed for {units}. Which new day is set? Please write it.", units=tuple(passed))
        return Reply(line, ask=Ask(chosen.call, "until"))
    label = t("As it was: {due}", due=said_due(chosen.found[0].due, ctx.zone))
    if len({each.due for each in chosen.found}) > 1:
        label = t("For each unit as it was")
    return Reply(
        t("Does the deadline stay as it was, or is a new day set? Please press, or write the day."),
        choices=(Choice(label, chosen.call.with_arg("until", _AS_IT_WAS), primary=True),),
        ask=Ask(chosen.call, "until"),
    )


async def _preview(ctx: Context, chosen: Chosen, decided: Decided, *before: Text) -> Reply:
    words, by = _WORDS[decided], instruction_said(chosen.said("by"))
    about = {"title": chosen.title, "by": under(by), "count": len(chosen.found)}
    new: tuple[Text, ...] = ()
    if chosen.said("until") not in {"", _AS_IT_WAS}:
        new = (t("New deadline: {new}.", new=said_due(await new_deadline(ctx, chosen.said("until")), ctx.zone)),)
    if decided is not Decided.RESUMED and chosen.found[0].assignment.period:
        new = (t("These units are not given the rounds to come either."),)
    call = Call(f"{_COMMANDS[decided]}.co", {**chosen.call.args, "by": by, "mark": _mark(chosen.found)})
    return Reply(
        *before,
        Text(words.preview, about),
        *unit_lines(chosen.found, ctx.zone),
        *chosen.left_out,
        *new,
        choices=(
            Choice(Text(words.confirm, {"count": len(chosen.found)}), call, primary=True),
            Choice(t("Leave it"), Call("dieuchinh.bo")),
        ),
    )


async def _confirmed(ctx: Context, decided: Decided) -> Reply:
    """Carry out exactly what was shown; where something has changed since, show it anew."""
    args = {name: value for name, value in ctx.args.items() if name != "mark"}
    chosen = await _chosen(ctx, Call(_COMMANDS[decided], args), decided)
    if isinstance(chosen, Reply):
        return chosen
    act = act_of(ctx)
    held = concerned(await held_all(act, Assignment.id.in_([standing.id for standing in chosen.found])), decided)
    if not held:
        raise Refusal(t("Something has changed since this was shown; please look at it again."))
    chosen = replace(chosen, found=held)
    if _mark(held) != ctx.args["mark"]:
        changed = t("Something has changed since this was shown; please look at it again.")
        return await _preview(ctx, chosen, decided, changed, *await said_last(ctx, chosen.found))
    done = await _carried_out(ctx, act, chosen, decided)
    owe_decided(ctx, done)
    about = {"title": chosen.title, "count": len(done.told)}
    return Reply(Text(_WORDS[decided].done, about), *await to_be_called(ctx, done.told))


async def _carried_out(ctx: Context, act: Act, chosen: Chosen, decided: Decided) -> Done:
    if decided is Decided.SUSPENDED:
        return await suspend(act, chosen.found, chosen.said("by"))
    if decided is Decided.WITHDRAWN:
        return await withdraw(act, chosen.found, chosen.said("by"))
    until = chosen.said("until")
    to = None if until == _AS_IT_WAS else await new_deadline(ctx, until)
    return await resume(act, chosen.found, chosen.said("by"), to)


def _mark(found: Sequence[Standing]) -> int:
    """Give a number that differs where a preview no longer says what would happen."""
    return crc32(repr(sorted((standing.id, str(standing.due)) for standing in found)).encode())
