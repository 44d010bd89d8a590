"""Letters that ask units to name their focal points: a page a unit with its code, in chat for all or for one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from documents.codes import UnitPage, grouped, unit_sheet
from handlers.kit import Call, Choice, Context, Invitations, Refusal, Reply, Text, command, t
from models.joining import Mint
from models.people import Unit
from models.rules.alphabet import by_name
from models.rules.permission import Action
from models.rules.ways import ways_in
from models.unit_codes import CodeState, Terms, UnitIssued, code_states, end_codes, issue_to_units, without_letter

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILE: Final = "thu-cu-dau-moi.docx"


async def all_letters(ctx: Context) -> Reply:
    """Say for how many units nobody answers, and offer their letters; those already out are not ended unasked."""
    fresh, lettered = await without_letter(ctx.session, ctx.today, ctx.now)
    if not fresh and not lettered:
        return Reply(t("Every unit has a focal point; for a further one send “capma donvi” and the unit."))
    lines = [t("Units without a focal point: {count}.", count=len(fresh) + len(lettered))]
    choices: list[Choice] = []
    if fresh:
        lines.append(t("Without a letter that holds: {count}.", count=len(fresh)))
        label = t("Letters for {count} units", count=len(fresh))
        choices.append(Choice(label, Call("capma.thu", {"which": "fresh"}), primary=True))
    if lettered:
        states = await code_states(ctx.session, ctx.now, [unit.id for unit in lettered])
        used = sum(state.used for state in states.values())
        lines.append(
            t("With a letter that holds: {count}; {used} persons have used one.", count=len(lettered), used=used)
        )
        label = t("New letters for all {count}, older ones end", count=len(fresh) + len(lettered))
        choices.append(Choice(label, Call("capma.thu", {"which": "all"})))
    return Reply(*lines, choices=tuple(choices))


@command("capma.thu", allow=Action.ISSUE_CODES)
async def print_letters(ctx: Context) -> Reply:
    """Make the sheet of letters, a page a unit."""
    fresh, lettered = await without_letter(ctx.session, ctx.today, ctx.now)
    units = fresh if ctx.args["which"] == "fresh" else by_name([*fresh, *lettered], lambda unit: unit.name)
    if not units:
        raise Refusal(t("No unit is without a letter any more; “capma donvi” says how they stand."))
    return await _printed(ctx, units)


async def unit_letter(ctx: Context, unit: Unit) -> Reply:
    """Show how the code of a unit stands, or make its letter at once where none holds."""
    state = (await code_states(ctx.session, ctx.now, [unit.id])).get(unit.id)
    if state is None or not state.is_open:
        return await _printed(ctx, [unit])
    this = {"unit": unit.id}
    return Reply(
        _standing(state, unit, ctx),
        choices=(
            Choice(t("New letter, the older one ends"), Call("capma.thu.moi", this)),
            Choice(t("End this code"), Call("capma.thu.thoi", this)),
        ),
    )


async def without_focal_point(ctx: Context, unit: Unit) -> Reply:
    """Say that nobody answers for a unit, and offer its letter."""
    label = t("Letter that asks it for a focal point")
    return Reply(
        t("{unit} has no focal point yet. A letter asks it to name one; or the directory does.", unit=unit.name),
        choices=(Choice(label, Call("capma.thu.mot", {"unit": unit.id}), primary=True),),
    )


@command("capma.thu.mot", allow=Action.ISSUE_CODES)
async def letter_of_one(ctx: Context) -> Reply:
    """Make the letter of one unit, or show how its code stands."""
    return await unit_letter(ctx, await _unit(ctx))


def _standing(state: CodeState, unit: Unit, ctx: Context) -> Text:
    return t(
        "{unit}: code of {made}, good until {day}; {used} of {places} persons have used it.",
        unit=unit.name,
        made=state.code.made_at.astimezone(ctx.zone).date(),
        day=state.code.expires_at.astimezone(ctx.zone).date(),
        used=state.used,
        places=state.code.places,
    )


@command("capma.thu.moi", allow=Action.ISSUE_CODES)
async def renew(ctx: Context) -> Reply:
    """Make a unit's letter anew; the older code ends."""
    return await _printed(ctx, [await _unit(ctx)])


@command("capma.thu.thoi", allow=Action.ISSUE_CODES)
async def end(ctx: Context) -> Reply:
    """End a unit's code; who has joined by it stays."""
    unit = await _unit(ctx)
    if not await end_codes(ctx.session, Mint(ctx.key, ctx.now, ctx.me.id), [unit.id]):
        raise Refusal(t("No code of {unit} holds any more; “capma donvi” makes a new letter.", unit=unit.name))
    return Reply(t("The code of {unit} has ended; who has joined by it stays.", unit=unit.name))


async def _unit(ctx: Context) -> Unit:
    unit = await ctx.session.get(Unit, ctx.args.get("unit"))
    if unit is None:
        raise Refusal(t("This unit is no longer in the directory; nothing was changed."))
    return unit


async def _printed(ctx: Context, units: Sequence[Unit]) -> Reply:
    terms = Terms(ctx.council.unit_code_days, ctx.council.unit_code_places)
    mint = Mint(ctx.key, ctx.now, ctx.me.id)
    issued = await issue_to_units(ctx.session, mint, units, terms, ctx.today)
    invited = await ctx.ways(ctx.session)
    write = letters(issued, ctx.site, ctx.council.standing_agency, invited)
    file = await ctx.hand_out(write, _FILE, WORD)
    about = {"places": terms.places, "day": issued[0].last_day}
    if len(issued) == 1:
        code, name = grouped(issued[0].code), issued[0].unit.name
        said = t("{unit}: {code}, for {places} persons, until {day}.", unit=name, code=code, **about)
    else:
        said = t("{count} letters, a page a unit; each for {places} persons, until {day}.", count=len(issued), **about)
    return Reply(
        said,
        t("Whoever uses it waits until an officer confirms; “capma” lists who waits. Older codes have ended."),
        *without_room(invited),
        files=(file,),
    )


def without_room(invited: Invitations) -> tuple[Text, ...]:
    """Say of each messenger to which nobody more can come."""
    return tuple(
        t(
            "{channel}: every bot serves as many people as it may; whoever joins now joins by the pages. Please ask "
            "the operator for the token of one more bot.",
            channel=name.capitalize(),
        )
        for name in invited.full
    )


def letters(
    issued: Sequence[UnitIssued], site: str, agency: str, invited: Invitations
) -> Callable[[Path, Callable[[Text], str]], None]:
    """Give what writes the letters of `issued` codes, with the way in of every channel."""
    pages = [
        UnitPage(
            one.unit.name,
            one.code,
            one.last_day,
            one.places,
            ways_in(site, one.code, invited.links(one.code, one.places)),
        )
        for one in issued
    ]
    return lambda path, say: unit_sheet(pages, agency, path, say)
