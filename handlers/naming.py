"""Somebody who serves several units reads in every message which of them is meant; for anybody else nothing changes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from handlers.choosing import mine
from handlers.kit import Context, LetterContext, Refusal, Reply, Speaker, Spread, Text, t
from models.naming import directory_names, unit_names
from models.outbox import Priority
from models.powers import Powers, powers_of
from models.rules.units import Named, Sort, match
from models.standing import Standing
from models.whom import behind, serving_several

_UNIT_NUMBER: Final = re.compile(
    r"\s*(?P<unit>[^\d\s][^\n]{0,120}?)\s+(?:số\s+|so\s+|#)?(?P<number>\d{1,5})(?!\S)(?P<rest>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A task named by its unit and number, and what was said after it."""

    assignment: int
    rest: str


def serves_several(powers: Powers) -> bool:
    """Tell whether somebody answers for more than one unit today."""
    return len(powers.own_units) > 1


def titled(ctx: Context, standing: Standing) -> Text | str:
    """Give the title of a task within a sentence, with its unit to whoever serves several."""
    if not serves_several(ctx.powers):
        return standing.title
    return t("{title} ({unit})", title=standing.title, unit=standing.whose)


def of_which(ctx: Context, standing: Standing) -> tuple[Text, ...]:
    """Say after a question what it is about, to whoever serves several units."""
    return (t("Task: {title}.", title=titled(ctx, standing)),) if serves_several(ctx.powers) else ()


@contextmanager
def naming(ctx: Context, standing: Standing) -> Iterator[None]:
    """Let a refusal about a task say for which unit, to whoever serves several."""
    try:
        yield
    except Refusal as refusal:
        if not serves_several(ctx.powers):
            raise
        raise Refusal(t("{unit}: {sentence}", unit=standing.whose, sentence=refusal.text)) from refusal


async def own_units(ctx: Context) -> tuple[Named, ...]:
    """Give the names of the units for which the speaker answers, where they are several; () for anybody else."""
    if not serves_several(ctx.powers):
        return ()
    known = await directory_names(ctx.session, ctx.today)
    return tuple(one for one in known if one.sort is Sort.UNIT and one.id in ctx.powers.own_units)


async def of_unit(ctx: Context, said: str) -> Meant | None:
    """Read "SYT 3" as task 3 of that unit, where the speaker answers for several and it is one of them.

    Raises Refusal where that unit has no task of this number.
    """
    found = _UNIT_NUMBER.match(said) if serves_several(ctx.powers) else None
    if found is None:
        return None
    unit = match(found["unit"], await own_units(ctx)).found
    if unit is None:
        return None
    number = int(found["number"])
    return Meant(bearing(await mine(ctx, number), number, unit)[0].id, found["rest"].strip())


def bearing(known: Iterable[Standing], number: int, unit: Named | None) -> list[Standing]:
    """Give the tasks that bear a number, those of one unit where it was named; raises Refusal where none does."""
    of_number = [one for one in known if one.assignment.number == number]
    found = [one for one in of_number if unit is None or one.assignment.unit_id == unit.id]
    if not found and unit is not None:
        about = {"unit": unit.name, "number": number}
        raise Refusal(t("{unit} has no task number {number}; please send “nhiemvu” for your tasks.", **about))
    if not found:
        raise Refusal(t("There is no task number {number}; please send “nhiemvu” for your tasks.", number=number))
    return found


async def settle_unit(ctx: Context) -> None:
    """Take a unit and number that were typed after a command as the task that is meant."""
    if ctx.line and "assignment" not in ctx.args and (meant := await of_unit(ctx, ctx.line)) is not None:
        ctx.args, ctx.line = {**ctx.args, "assignment": meant.assignment}, meant.rest


async def tell_behind(ctx: Context, standing: Standing, key: str, *lines: Text) -> None:
    """Tell everybody behind an assignment something about it; whoever serves several units reads of which."""
    several = set(await ctx.session.scalars(serving_several(ctx.today)))
    for person in await behind(ctx.session, standing.assignment, ctx.today):
        to = (t("To: {unit}.", unit=standing.whose),) if person in several else ()
        ctx.tell(person, Reply(lines[0], *to, *lines[1:]), key=key)


async def spread_to_all(ctx: Context, rows: Any, key: str, told: Text, standings: Sequence[Standing]) -> None:
    """Tell everybody behind assignments the same by one letter; whoever serves several units by one for each."""
    several = set(await ctx.session.scalars(serving_several(ctx.today)))
    one, _ = apart(ctx, rows)
    ctx.spread(Spread(one, key, Reply(told), priority=Priority.URGENT))
    for standing in standings if several else ():
        for person in await behind(ctx.session, standing.assignment, ctx.today):
            if person in several:
                ctx.tell(person, Reply(told, t("To: {unit}.", unit=standing.whose)), key=f"{key}:{standing.id}")


def apart(ctx: Speaker, rows: Any) -> tuple[Any, Any]:
    """Part (person, subject) rows: whoever serves one unit or none, and whoever serves several."""
    all_of = rows.subquery()
    person = next(iter(all_of.c))
    several = serving_several(ctx.today)
    return select(all_of).where(person.not_in(several)), select(all_of).where(person.in_(several))


def spread_copies(ctx: Speaker, spread: Spread) -> None:
    """Owe copies of one message by its fixed words; to whoever serves several units its card, which names them."""
    one, several = apart(ctx, spread.rows)
    common: dict[str, Any] = {
        "subject_kind": spread.subject_kind,
        "priority": spread.priority,
        "not_before": spread.not_before,
    }
    ctx.spread(Spread(one, spread.key, spread.reply, **common))
    ctx.spread(Spread(several, spread.key, **common))


async def of_units(ctx: Context, units: Iterable[int | None] | None = None) -> tuple[Text, ...]:
    """Name which of the speaker's units something is about, or all of his, where he serves several."""
    if not serves_several(ctx.powers):
        return ()
    meant = ctx.powers.own_units if units is None else ctx.powers.own_units & {unit for unit in units if unit}
    names = await unit_names(ctx.session, meant)
    return (t("Unit: {unit}.", unit=names),) if names else ()


async def addressed(ctx: LetterContext, units: Sequence[int | None]) -> tuple[Text, ...]:
    """Name those of a person's units to which a message goes, where he serves several."""
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    if not serves_several(powers):
        return ()
    names = await unit_names(ctx.session, powers.own_units & {unit for unit in units if unit})
    return (t("To: {unit}.", unit=names),) if names else ()
