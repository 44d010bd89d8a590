"""Urging whoever has not answered a notice or an invitation: shown first, then sent, once a day."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from handlers.kit import Call, Choice, Context, Refusal, Reply, Spread, Text, command, t
from handlers.naming import spread_copies
from models.contacts import Party, parties, reached, recipients, shown, urged
from models.outbox import Priority
from models.rules.permission import Action


@dataclass(frozen=True, slots=True)
class Silence:
    """Who is silent about a matter and was not urged today, and what he is to read.

    `table` has a row for each unit and seat, of which `where` names the silent; `send` is the command that urges them.
    """

    table: type[Any]
    where: tuple[ColumnElement[bool], ...]
    matter: str
    letter: Reply
    send: Call


async def preview_urging(ctx: Context, silence: Silence) -> Reply:
    """Show whom an urging would reach before anything is sent; raises Refusal where nobody is left."""
    found = await _silent(ctx, silence)
    return Reply(
        t("{count} units and members have not answered and were not urged today:", count=len(found)),
        *shown([party.spoken for party in found]),
        t("They will read:"),
        *silence.letter.lines,
        choices=(
            Choice(t("Send the urging"), silence.send, primary=True),
            Choice(t("Do not send"), Call("thongbao.dondoc.bo")),
        ),
    )


async def urge(ctx: Context, silence: Silence) -> tuple[tuple[Party, ...], tuple[Text, ...]]:
    """Urge those who are silent now; give them, and what came of it. Raises Refusal where nobody is left."""
    found = await _silent(ctx, silence)
    rows = recipients(silence.table, ctx.today, silence.table.id.in_([party.id for party in found]))
    key = f"urge:{silence.matter}:{ctx.today:%Y%m%d}"
    spread_copies(ctx, Spread(rows, key, silence.letter, silence.table.__tablename__, Priority.REMINDER))
    said = t("{count} units and members are urged; the others were left alone.", count=reached(found))
    return found, urged(found, said)


@command("thongbao.dondoc.bo", allow=Action.BROADCAST)
async def do_not_urge(ctx: Context) -> Reply:
    """Leave it."""
    return Reply(t("Nothing was sent."))


async def _silent(ctx: Context, silence: Silence) -> tuple[Party, ...]:
    found = await parties(ctx.session, silence.table, ctx.today, *silence.where)
    if not found:
        raise Refusal(t("All that have not answered were urged today already; please urge again on another day."))
    return found
