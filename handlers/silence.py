"""Urging whoever has not answered a notice or an invitation: shown first, once a day, taken back within two minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.assignment import clock_time
from handlers.kit import Call, Choice, Context, LetterContext, Refusal, Reply, Spread, Text, command, t
from models.base import HELD
from models.contacts import Party, parties, reached, recipients, shown, urged
from models.ids import new_id
from models.outbox import Priority
from models.powers import powers_of
from models.recalling import stop_urging
from models.rules.permission import Action
from models.urging import HOLD, URGING

Where = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """Who is silent about a matter and was not urged today, and what he is to read.

    `table` has a row for each unit and seat, of which `where` names the silent. `matter` is its kind and id; `letter`,
    given these, says what stands in `lines` to whoever is still silent when it leaves. `send` urges them.
    """

    table: type[Any]
    where: Where
    matter: tuple[str, int]
    letter: str
    lines: tuple[Text | str, ...]
    send: Call


async def offer_urging(session: AsyncSession, table: type[Any], silent: Where, count: int, call: Call) -> Choice:
    """Offer to urge the silent of a table: so many units, or units and members where a seat is among them."""
    has_seats = await session.scalar(select(func.count(table.post_id)).where(*silent))
    label = t("Urge the {count} units that have not answered", count=count)
    if has_seats:
        label = t("Urge the {count} units and members silent", count=count)
    return Choice(label, call, primary=True)


async def preview_urging(ctx: Context, silence: Silence) -> Reply:
    """Show whom an urging would reach before anything is sent; raises Refusal where nobody is left."""
    found = await _silent(ctx, silence)
    return Reply(
        t("{count} units and members have not answered and were not urged today:", count=len(found)),
        *shown([party.spoken for party in found]),
        t("They will read:"),
        *silence.lines,
        choices=(
            Choice(t("Send the urging"), silence.send, primary=True),
            Choice(t("Do not send"), Call("thongbao.dondoc.bo")),
        ),
    )


async def urge(ctx: Context, silence: Silence) -> tuple[tuple[Party, ...], Reply]:
    """Owe those who are silent now an urging; give them, and what came of it. Raises Refusal where nobody is left."""
    # two officers at once: the second reads whom the first has urged
    rows = select(silence.table.id).where(*silence.where).order_by(silence.table.id).with_for_update(**HELD)
    await ctx.session.execute(rows)
    found = await _silent(ctx, silence)
    kind, matter_id = silence.matter
    key = f"{URGING}:{kind}:{matter_id}:{new_id()}"
    ctx.spread(
        Spread(
            recipients(silence.table, ctx.today, silence.table.id.in_([party.id for party in found])),
            key,
            subject_kind=silence.table.__tablename__,
            letter=silence.letter,
            params={kind: matter_id},
            priority=Priority.REMINDER,
            not_before=ctx.now + HOLD,
        )
    )
    said = t("{count} units and members are urged; the others were left alone.", count=reached(found))
    if not reached(found):
        return found, Reply(*urged(found, said))
    leaves = clock_time(ctx.now + HOLD, ctx.now, ctx.zone)
    held = t("It goes out in working hours from {time} on; until then it can be taken back.", time=leaves)
    first, *rest = urged(found, said)
    back = Choice(t("Take back"), Call("thongbao.dondoc.rut", {"key": key}))
    return found, Reply(first, held, *rest, choices=(back,))


async def still_silent(ctx: LetterContext, table: type[Any], *where: ColumnElement[bool]) -> Sequence[Any]:
    """Read the rows of a table, of those that `where` names, that the reader of a letter answers for."""
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    own = or_(table.unit_id.in_(powers.own_units), table.post_id.in_(powers.posts))
    return (await ctx.session.scalars(select(table).where(own, *where).order_by(table.id))).all()


@command("thongbao.dondoc.rut", allow=Action.BROADCAST)
async def take_back(ctx: Context) -> Reply:
    """Take an urging back while nobody has been sent it."""
    if not await stop_urging(ctx.session, str(ctx.args["key"])):
        raise Refusal(
            t("This urging has gone out and cannot be taken back; please telephone whom it should not reach.")
        )
    return Reply(t("Taken back; nobody is sent this urging and it does not count."))


@command("thongbao.dondoc.bo", allow=Action.BROADCAST)
async def do_not_urge(ctx: Context) -> Reply:
    """Leave it."""
    return Reply(t("Nothing was sent."))


async def _silent(ctx: Context, silence: Silence) -> tuple[Party, ...]:
    found = await parties(ctx.session, silence.table, ctx.today, *silence.where)
    if not found:
        raise Refusal(t("All that have not answered were urged today already; please urge again on another day."))
    return found
