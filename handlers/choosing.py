"""Which assignment is meant: by a button, by its short number, or the only one that is open; otherwise it is asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.kit import Call, Choice, Context, Refusal, Reply, Text, discover, t
from models.assignments import Act
from models.powers import Powers
from models.rules.deadline import find_extension
from models.rules.permission import Action, allowed, require
from models.rules.said_days import still_to_come
from models.rules.spoken import headline
from models.standing import Standing, Standings, standings
from models.tasks import Assignment

_MOST = 8
_LABEL, _LEAST = 42, 12  # characters of a button on a telephone, and those left to a title at the least


def act_of(ctx: Context) -> Act:
    """Say who acts and when, for a change."""
    return Act(ctx.session, ctx.me.id, ctx.now, ctx.zone)


async def reader(ctx: Context) -> Standings:
    """Read standings as of the moment of speaking."""
    return await standings(ctx.session, ctx.now, ctx.zone)


def may(powers: Powers, action: Action, assignment: Assignment) -> bool:
    """Tell whether somebody may do this to an assignment: of his units, of his own posts, or of anybody."""
    reach = allowed(powers.roles, action)
    if assignment.unit_id is not None:
        return reach.covers(assignment.unit_id)
    return reach.everything or (reach.himself and assignment.post_id in powers.posts)


async def mine(ctx: Context, number: int | None = None) -> tuple[Standing, ...]:
    """Give every assignment that the speaker answers for, of his units and of his own posts; or those of a number."""
    reach = allowed(ctx.powers.roles, Action.REPORT)
    posts = ctx.powers.posts if reach.himself else frozenset[int]()
    return await (await reader(ctx)).of_parties(reach.units, posts, number)


def unacknowledged(standing: Standing) -> bool:
    """Tell whether an assignment awaits its unit, which has not said a word of it yet."""
    return standing.awaits_unit and standing.last is None


async def one_of(ctx: Context, assignment_id: int, action: Action) -> Standing:
    """Read one assignment for an action; raises Refusal where it is gone or not the speaker's to act on."""
    standing = await (await reader(ctx)).one(assignment_id)
    if standing is None:
        raise Refusal(t("This task is no longer there; please send “nhiemvu” for your tasks."))
    if not may(ctx.powers, action, standing.assignment):
        raise Refusal(t("This task was not given to a unit of yours; please send “nhiemvu” for your tasks."))
    return standing


async def chosen(ctx: Context, call: Call) -> Standing | Reply:
    """Find the assignment that is meant, or ask by buttons which one; `call` is what each button then does.

    Raises Refusal where the number is not known, or nothing is open.
    """
    if isinstance(said := ctx.args.get("assignment"), int):
        return await one_of(ctx, said, Action.REPORT)
    number = ctx.number()
    fitting = await mine(ctx, number)
    if number is None:
        return only(call, [standing for standing in fitting if standing.awaits_unit])
    if not fitting:
        raise Refusal(t("There is no task number {number}; please send “nhiemvu” for your tasks.", number=number))
    return only(call, fitting)


def only(call: Call, fitting: Sequence[Standing]) -> Standing | Reply:
    """Give the only assignment that fits, or ask which; raises Refusal where none does."""
    if not fitting:
        raise Refusal(t("No task of yours waits for this; please send “nhiemvu” for your tasks."))
    return fitting[0] if len(fitting) == 1 else which(call, fitting)


def which(call: Call, fitting: Sequence[Standing]) -> Reply:
    """Ask which assignment is meant, by buttons."""
    choices = tuple(
        Choice(label(standing, fitting), call.with_arg("assignment", standing.id)) for standing in fitting[:_MOST]
    )
    more = len(fitting) - _MOST
    rest = (t("And {count} more: send “nhiemvu”.", count=more),) if more > 0 else ()
    return Reply(t("Which task is meant?"), *rest, choices=choices)


def label(standing: Standing, among: Sequence[Standing]) -> Text:
    """Name an assignment on a button by what tells it from the others: its unit where these differ, else its number."""
    number, unit, title = standing.assignment.number, standing.whose, standing.title
    if len({other.whose for other in among}) == 1:
        return t("{number}. {title}", number=number, title=short(title, f"{number}. "))
    if [other.whose for other in among].count(unit) == 1:
        return t("{unit}: {title}", unit=unit, title=short(title, f"{unit}: "))
    return t("{unit} {number}: {title}", unit=unit, number=number, title=short(title, f"{unit} {number}: "))


def short(title: str, before: str = "") -> str:
    """Cut a title to what a telephone shows of it on a button, behind what tells that button from the others."""
    return headline(None, title, max(_LABEL - len(before), _LEAST))


def said_text(ctx: Context) -> str:
    """Give the words that came with a command: as an argument, or typed after the number."""
    return str(ctx.args.get("text") or "").strip() or ctx.rest()


def file_ids(ctx: Context) -> tuple[int, ...]:
    """Name the stored files that came with a command, now or before it was asked what they belong to."""
    before: Sequence[Any] = ctx.args.get("files") or ()
    return (*(int(file_id) for file_id in before), *(file.id for file in ctx.files))


def again(name: str, **args: Any) -> Call:
    """Give the call that repeats a command with what is known already; what is empty is left out."""
    return Call(name, {key: list(value) if isinstance(value, tuple) else value for key, value in args.items() if value})


def day_choices(days: Sequence[date], call: Call) -> tuple[Choice, ...]:
    """Offer days as buttons, the first of them primary; each fills the hole "until" of the call."""
    return tuple(
        Choice(t("{day}", day=day), call.with_arg("until", day.isoformat()), primary=place == 0)
        for place, day in enumerate(days)
    )


def day_said(line: str, today: date) -> date:
    """Read a day from a button or as typed ("25/6"); raises Refusal for no sure day, or a past one."""
    try:
        return date.fromisoformat(line)
    except ValueError:
        found = find_extension(line, today)
    if found is None:
        raise Refusal(t("No day can be read in “{line}”; please write, for instance: 25/6.", line=line))
    return still_to_come(found.until, found.words, today)


async def run(ctx: Context, call: Call, line: str = "") -> Reply | None:
    """Carry out another command, with what was typed after it; raises Refusal where the speaker may not."""
    known = discover().commands[call.command]
    require(ctx.powers.roles, known.allow)
    ctx.command, ctx.args, ctx.line = known.name, call.args, line
    return await known.run(ctx)
