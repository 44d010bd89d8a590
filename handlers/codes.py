"""Join codes: who still needs one, one for a unit or a person, or a printed sheet for all; and whom to telephone."""

import re
from collections.abc import Callable, Sequence
from datetime import time
from pathlib import Path

from documents.codes import CodeRow, grouped, sheet
from handlers.kit import N_, Call, Choice, ClockContext, Context, Refusal, Reply, Text, command, every, t
from handlers.letters import WORD, all_letters, unit_letter, without_focal_point, without_room
from handlers.paging import list_page
from handlers.preferring import preferences
from models.charging import at_head, units_in_charge
from models.covering import cover_expired
from models.enrolling import ASKED
from models.inviting import (
    Absence,
    Absent,
    Issued,
    Seat,
    absent,
    holders_named,
    issue,
    place_of,
    seats,
    units_without_focal_point,
)
from models.joining import Mint
from models.naming import directory_names
from models.people import Person, Unit
from models.requests import waiting_count
from models.rules.permission import Action, Role, allowed
from models.rules.spelling import fold
from models.rules.units import Named, Sort, match

_OF_UNITS = re.compile(r"(?:ma )?don ?vi\b")
_MOST_NAMED = 8


@command(
    "capma",
    allow=Action.ISSUE_CODES,
    help=N_("Give join codes: /capma UNIT or NAME"),
    aliases=("codes", "invite"),
    takes_line=True,
)
async def give_codes(ctx: Context) -> Reply:
    """Give codes to a unit's focal points or to a person; without a name, say who still needs one."""
    if not ctx.line:
        return await _overview(ctx)
    if (of_units := _OF_UNITS.match(fold(ctx.line))) is not None:
        return await _letters(ctx, " ".join(ctx.line.split()[len(of_units[0].split()) :]))
    units = tuple(one for one in await directory_names(ctx.session, ctx.today) if one.sort is Sort.UNIT)
    found = match(ctx.line, units).found
    if found is not None:
        return await _for_unit(ctx, found)
    people = await holders_named(ctx.session, ctx.line, ctx.today)
    if len(people) == 1:
        return await shown_once(ctx, people)
    if people:
        return _which(people)
    nearest = tuple(one.name for one in match(ctx.line, units).nearest)
    raise Refusal(
        t(
            "“{written}” is no unit and no person of the directory; the nearest units: {nearest}.",
            written=ctx.line,
            nearest=nearest,
        )
    )


async def _letters(ctx: Context, named: str) -> Reply:
    """Make the letters of all units that nobody answers for, or show the code of the unit that is named."""
    if not named:
        return await all_letters(ctx)
    units = tuple(one for one in await directory_names(ctx.session, ctx.today) if one.sort is Sort.UNIT)
    told = match(named, units)
    if told.found is None:
        nearest = tuple(f"{one.name} ({one.code})" for one in told.nearest)
        raise Refusal(
            t("“{written}” is no unit of the directory; the nearest: {nearest}.", written=named, nearest=nearest)
        )
    return await unit_letter(ctx, await ctx.session.get_one(Unit, told.found.id))


async def _overview(ctx: Context) -> Reply:
    people = await absent(ctx.session, ctx.today)
    never = [one for one in people if one.why is Absence.NOT_JOINED]
    empty = await units_without_focal_point(ctx.session, ctx.today)
    waiting = await waiting_count(ctx.session, ASKED)
    lists = (
        (len(empty), t("Units without a focal point ({count})", count=len(empty)), "empty"),
        (len(never), t("Have not joined ({count})", count=len(never)), "never"),
        (len(people) - len(never), t("Refused or left ({count})", count=len(people) - len(never)), "gone"),
    )
    choices = [Choice(label, Call("capma.ds", {"list": name})) for number, label, name in lists if number]
    if waiting and allowed(ctx.powers.roles, Action.CONFIRM_PERSON):
        choices.insert(0, Choice(t("Ask to serve a unit ({count})", count=waiting), Call("donvi.cho")))
    if empty:
        choices.append(Choice(t("Letters that ask units for a focal point"), Call("capma.donvi")))
    if never:
        label = t("Codes for all who have not joined ({count})", count=len(never))
        choices.append(Choice(label, Call("capma.tatca"), primary=True))
    return Reply(
        t("Units without a focal point: {count}.", count=len(empty)),
        t("People who have not joined: {count}.", count=len(never)),
        t("People who refused or left, to be telephoned: {count}.", count=len(people) - len(never)),
        *((t("Asking to serve a unit, to be confirmed: {count}.", count=waiting),) if waiting else ()),
        *without_room(await ctx.ways(ctx.session)),
        t("A code for one unit or one person: “capma SYT”, “capma” and the name."),
        choices=tuple(choices),
    )


@command("capma.donvi", allow=Action.ISSUE_CODES)
async def letters_of_units(ctx: Context) -> Reply:
    """Offer the letters of all units that nobody answers for."""
    return await all_letters(ctx)


@command("capma.ds", allow=Action.ISSUE_CODES)
async def list_absent(ctx: Context) -> Reply:
    """Show one of the lists, with telephones."""
    if ctx.args["list"] == "empty":
        own = await units_in_charge(ctx.session, ctx.me.id, ctx.today)
        units = at_head(await units_without_focal_point(ctx.session, ctx.today), lambda unit: unit.id in own)
        lines = [t("{unit} ({code})", unit=unit.name, code=unit.code) for unit in units]
        return list_page(ctx, t("Units without a focal point ({count})", count=len(lines)), lines)
    never = ctx.args["list"] == "never"
    people = [one for one in await absent(ctx.session, ctx.today) if (one.why is Absence.NOT_JOINED) is never]
    heading = (
        t("Have not joined ({count})", count=len(people))
        if never
        else t("Refused or left ({count})", count=len(people))
    )
    return list_page(ctx, heading, [_line(one) for one in people])


def _line(one: Absent) -> Text:
    about = {"name": one.person.name, "place": one.place}
    if one.person.phone:
        return t("{name}, {place}: telephone {phone}", **about, phone=one.person.phone)
    return t("{name}, {place}: no telephone known", **about)


async def _for_unit(ctx: Context, unit: Named) -> Reply:
    """Give a code to each focal point of a unit who has not joined."""
    held = [seat for seat in await seats(ctx.session, ctx.today, [unit.code]) if seat.post.role == Role.FOCAL_POINT]
    if not any(seat.person for seat in held):
        return await without_focal_point(ctx, await ctx.session.get_one(Unit, unit.id))
    waiting = [(seat, seat.person) for seat in held if seat.person is not None and not seat.reachable]
    if not waiting:
        raise Refusal(
            t(
                "All focal points of {unit} have joined; for a further chat please send “capma” and the name.",
                unit=unit.name,
            )
        )
    return await shown_once(ctx, waiting)


def _which(people: Sequence[tuple[Seat, Person]]) -> Reply:
    choices = tuple(
        Choice(t("{name}, {place}", name=person.name, place=place_of(seat)), Call("capma.nguoi", {"person": person.id}))
        for seat, person in people[:_MOST_NAMED]
    )
    return Reply(t("Several people bear this name; who is meant?"), choices=choices)


@command("capma.nguoi", allow=Action.ISSUE_CODES)
async def for_person(ctx: Context) -> Reply:
    """Give a code to the person that was chosen."""
    return await shown_once(ctx, [await holder(ctx, ctx.args["person"])])


async def holder(ctx: Context, person_id: object) -> tuple[Seat, Person]:
    """Find somebody who holds a post; raises Refusal for anybody else."""
    for seat in await seats(ctx.session, ctx.today):
        if seat.person is not None and seat.person.id == person_id:
            return seat, seat.person
    raise Refusal(t("This person holds no post any more; please look at the directory."))


async def _issued(ctx: Context, whom: Sequence[tuple[Seat, Person]]) -> tuple[Issued, ...]:
    return await issue(ctx.session, Mint(ctx.key, ctx.now, ctx.me.id), whom, ctx.council.code_days, ctx.today)


async def shown_once(ctx: Context, whom: Sequence[tuple[Seat, Person]], *said: Text) -> Reply:
    """Give a code to each of these persons, after what is `said` before; where a chat reaches one, it may be lost."""
    issued = await _issued(ctx, whom)
    lines = (
        t(
            "{name}, {place}: {code} (until {day})",
            name=one.person.name,
            place=place_of(one.seat),
            code=grouped(one.code),
            day=one.last_day,
        )
        for one in issued
    )
    invited = await ctx.ways(ctx.session)
    links = tuple(invited.links(issued[0].code).values()) if len(issued) == 1 else ()
    lost = (
        Choice(t("Lost telephone: {name}", name=person.name), Call("capma.mat", {"person": person.id}))
        for seat, person in whom
        if seat.reachable and not said
    )
    return Reply(
        *said,
        *lines,
        t("Each code serves this person only, once; older codes have ended. It is not shown again."),
        t("To join: open {address} and type the code.", address=sign_in_address(ctx.site)),
        *((t("Or on the telephone open: {links}", links=links),) if links else ()),
        *without_room(invited),
        choices=(*lost, *(await preferences(ctx, whom[0][1]) if len(whom) == 1 and not said else ())),
    )


@every("cover-codes", at=time(3, 15))
async def cover(clock: ClockContext) -> None:
    """Cover what showed codes that have expired, so that no code stays readable anywhere."""
    await cover_expired(clock.session, clock.now)


def sign_in_address(site: str) -> str:
    """Give the address of the page where a code is typed."""
    return f"{site}/signin"


@command("capma.tatca", allow=Action.ISSUE_CODES)
async def for_all(ctx: Context) -> Reply:
    """Make the sheet of codes for everybody who has not joined; whoever refused or left is telephoned instead."""
    people = [one for one in await absent(ctx.session, ctx.today) if one.why is Absence.NOT_JOINED]
    if not people:
        raise Refusal(t("Everybody has joined, refused or left; “capma” lists them."))
    issued = await _issued(ctx, [(one.seat, one.person) for one in people])
    file = await ctx.hand_out(lambda path, say: print_codes(issued, ctx.site, path, say), "ma-ket-noi.docx", WORD)
    return Reply(
        t(
            "{count} codes, good until {day}: a page for each unit, to be printed and handed out.",
            count=len(issued),
            day=issued[0].last_day,
        ),
        t("Each code serves one person only, once; older codes have ended."),
        files=(file,),
    )


def print_codes(issued: Sequence[Issued], site: str, path: Path, say: Callable[[Text], str]) -> None:
    """Write the sheet of codes to `path`."""
    address = sign_in_address(site)
    rows = [
        CodeRow(
            unit=one.seat.unit.name if one.seat.unit else say(t("Council and secretariat")),
            name=one.person.name,
            code=one.code,
            expires=one.last_day,
            post=one.seat.post.title,
        )
        for one in issued
    ]
    sheet(rows, lambda _: address, path, say)
