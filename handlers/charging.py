"""Which officer is in charge of which units (phutrach): seen by all officers, changed in one line."""

from collections.abc import Sequence

from sqlalchemy import func, select

from handlers.kit import N_, Context, Refusal, Reply, Text, command, t
from handlers.paging import names_of
from models.audiences import Audience, Circle, understand, units_of
from models.charging import Officer, Portion, end_charge, named, officers, officers_in_charge, put_in_charge
from models.people import Unit
from models.powers import holds_on
from models.rules.alphabet import by_name
from models.rules.permission import Action
from models.rules.spelling import fold

_NO_MORE = frozenset({"thoi", "khong", "het", "none"})


@command(
    "phutrach",
    allow=Action.CHARGE,
    help=N_("See or set the officer in charge: /phutrach NAME: CLUSTER; UNIT"),
    aliases=("charge",),
    takes_line=True,
)
async def in_charge(ctx: Context) -> Reply:
    """List who is in charge of what; with a name and a list, put that officer in charge from today."""
    everybody = await officers(ctx.session, ctx.today)
    if not ctx.line:
        return await _listed(ctx, everybody)
    name, colon, said = ctx.line.partition(":")
    if not colon or not said.strip():
        raise Refusal(
            t("Please write the officer and his units: phutrach Quang: Cụm số 1; SYT. To end it: Quang: thôi.")
        )
    officer = _officer(name, everybody)
    if fold(said).strip(" .") in _NO_MORE:
        await end_charge(ctx.session, officer.id, ctx.today)
        return Reply(t("{name} is in charge of no unit from today.", name=officer.name))
    meant = await understand(ctx.session, said, ctx.today)
    if meant.doubt is not None:
        nearest = tuple(one.name for one in meant.doubt.nearest)
        raise Refusal(
            t(
                "“{written}” is no unit of the directory; the nearest: {nearest}.",
                written=meant.doubt.written,
                nearest=nearest,
            )
        )
    portion = await _portion(ctx, officer, meant.audience)
    if not portion.units and not portion.groups:
        raise Refusal(t("No unit or group was named; an officer is in charge of units, clusters and blocs."))
    await put_in_charge(ctx.session, portion, ctx.today)
    return await _listed(ctx, await officers(ctx.session, ctx.today))


async def _portion(ctx: Context, officer: Officer, audience: Audience) -> Portion:
    """Take groups as groups, so that whoever joins them later is meant too; everything else as units."""
    others = Audience(tuple(part for part in audience.parts if part.circle is not Circle.GROUP))
    units = await ctx.session.scalars(units_of(others, ctx.today)) if others.parts else ()
    groups = frozenset(audience.ids(Circle.GROUP))
    return Portion(officer.id, frozenset(units), groups, ctx.me.id, ctx.now)


def _officer(said: str, everybody: Sequence[Officer]) -> Officer:
    name = named(said, [one.name for one in everybody])
    found = next((one for one in everybody if one.name == name), None)
    if found is None:
        names = tuple(one.name for one in everybody)
        raise Refusal(
            t(
                "“{name}” is not surely one of the officers; please write one of these names: {names}.",
                name=said.strip(),
                names=names,
            )
        )
    return found


async def _listed(ctx: Context, everybody: Sequence[Officer]) -> Reply:
    lines = [
        t("{name}: {units}", name=one.name, units=one.of) if one.of else t("{name}: no unit yet", name=one.name)
        for one in everybody
    ]
    covered = await officers_in_charge(ctx.session, ctx.today)
    of_nobody = select(Unit.name).where(holds_on(Unit, ctx.today), Unit.id.not_in(covered))
    known = by_name(await ctx.session.scalars(of_nobody), str)
    count = await ctx.session.scalar(select(func.count()).select_from(Unit).where(holds_on(Unit, ctx.today)))
    left: list[Text] = []
    if known and len(known) < (count or 0):
        left = [t("Of these nobody is in charge, all officers are told: {units}", units=names_of(known))]
    return Reply(
        t("Officers in charge:"),
        *lines,
        *left,
        t("To change: phutrach NAME: CLUSTER OR BLOC; UNIT. To end: phutrach NAME: thôi."),
    )
