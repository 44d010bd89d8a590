"""The officers in charge as a directory lists them: found by name, compared with who is, and put in charge."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.charging import Portion, named, officers, officers_in_charge, put_in_charge
from models.entries import Entry, Row, UnitEntry
from models.rules.spelling import fold
from models.seats import Holder


async def with_officers(session: AsyncSession, rows: Sequence[Row], listed: Collection[str], day: date) -> list[Row]:
    """Find whom the names as written mean, among the officers of a day and those whom the directory lists along."""
    names = {one.name for one in await officers(session, day)} | {*listed}

    def found(entry: Entry) -> Entry:
        if not isinstance(entry, UnitEntry) or not entry.officer:
            return entry
        officer = named(entry.officer, names)
        return replace(entry, officer=officer or "", unknown="" if officer else entry.officer)

    return [replace(row, entry=found(row.entry)) for row in rows]


async def charged_names(session: AsyncSession, day: date) -> dict[int, str]:
    """Name, for each unit of which one officer is in charge on a day, that officer."""
    names = {one.id: one.name for one in await officers(session, day)}
    charged = await officers_in_charge(session, day)
    return {unit: names[next(iter(people))] for unit, people in charged.items() if len(people) == 1}


async def put_listed_in_charge(
    session: AsyncSession, meant: Iterable[tuple[int, str]], holder: Holder, by: int | None
) -> None:
    """Put in charge whom the directory names, of units of which he is not yet; nobody else's charge changes.

    `meant`: ids of units with the names of officers; `by`: who takes the directory in, None on the terminal.
    """
    charged = await officers_in_charge(session, holder.day)
    by_name: dict[str, set[int]] = {}
    for unit, name in meant:
        by_name.setdefault(fold(name), set()).add(unit)
    for officer in await officers(session, holder.day):
        units = {unit for unit in by_name.get(fold(officer.name), ()) if charged.get(unit) != frozenset({officer.id})}
        if units:
            portion = Portion(officer.id, frozenset(units), frozenset(), by or officer.id, holder.now)
            await put_in_charge(session, portion, holder.day)
