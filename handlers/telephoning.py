"""Whom a notice did not reach is telephoned: who, why, on which number; and what was said is recorded as the answer."""

from typing import Final

from sqlalchemy import select

from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.notices import brief
from handlers.paging import list_page, page_of
from handlers.preferring import known_person
from models.broadcasts import silent
from models.failed import failed_of
from models.notices import Notice, NoticeUnit
from models.phone_calls import record_call
from models.replies import Replied, party_names, record_reply
from models.rules.asking import Asks, read_answer
from models.rules.permission import Action
from models.subjects import Subject, locked

_OFFERED: Final = 30


@command("thongbao.loi", allow=Action.BROADCAST)
async def list_failed(ctx: Context) -> Reply:
    """List whom the notice did not reach, why, and their telephones."""
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    found = await failed_of(ctx.session, notice.id)
    if not found:
        return Reply(t("The notice has reached everybody whom it was owed to, or is still on its way."))
    head = t("Not reached by “{notice}” ({count}); please telephone:", notice=brief(notice.text), count=len(found))
    return list_page(ctx, head, [one.spoken for one in found], *_record(notice))


def _record(notice: Notice) -> tuple[Choice, ...]:
    if notice.asks == Asks.NOTHING:
        return ()
    return (Choice(t("Record what was said on the telephone"), Call("thongbao.ghi", {"notice": notice.id})),)


@command("thongbao.ghi", allow=Action.BROADCAST)
async def record(ctx: Context) -> Reply:
    """Record the answer of a unit as it was said on the telephone: which unit, then one line.

    `person` is whoever was called from the list of calls; he has answered.
    """
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    if notice.corrected_at is not None:
        raise Refusal(t("This notice was corrected; please record the answer under the correction."))
    names = await party_names(ctx.session, notice.id)
    call = Call("thongbao.ghi", {name: ctx.args[name] for name in ("notice", "person") if name in ctx.args})
    if "row" not in ctx.args:
        return await _which(ctx, notice, names, call)
    call = call.with_arg("row", ctx.args["row"])
    row: NoticeUnit | None = await locked(ctx.session, Subject(NoticeUnit.__tablename__, ctx.args["row"]))
    if row is None or row.id not in names:
        raise Refusal(t("This unit is not among those that the notice went to; please choose one of the list."))
    if row.answered_at is not None:
        about = {"party": names[row.id], "time": row.answered_at}
        raise Refusal(t("{party} has answered at {time}; nothing was recorded.", **about))
    if "text" not in ctx.args:
        return Reply(_question(notice, names[row.id]), ask=Ask(call, "text"))
    asks = Asks(notice.asks) if notice.asks in {Asks.OPTION, Asks.NUMBER} else Asks.TEXT
    said = read_answer(asks, str(ctx.args["text"]), notice.options or ())
    await record_reply(ctx.session, [row], Replied(said, noted=True), ctx.me.id, ctx.now)
    if "person" in ctx.args:
        await record_call(ctx.session, (await known_person(ctx)).id, ctx.me.id, ctx.now, answered=True)
    ctx.touch(row)
    told = {"party": names[row.id], "time": ctx.now, "answer": said}
    return Reply(t("Recorded at {time} for {party}, by telephone: {answer}", **told))


def _question(notice: Notice, party: str) -> Text:
    if notice.asks == Asks.OPTION:
        return t("Which of these did {party} choose: {options}?", party=party, options=tuple(notice.options or ()))
    if notice.asks == Asks.NUMBER:
        return t("Which number did {party} say on the telephone?", party=party)
    return t("What did {party} say on the telephone, and who spoke? One line.", party=party)


async def _which(ctx: Context, notice: Notice, names: dict[int, str], call: Call) -> Reply:
    """Offer the units that have not answered, those that were not reached first."""
    failed = [one.row_id for one in await failed_of(ctx.session, notice.id)]
    waiting = await ctx.session.scalars(select(NoticeUnit.id).where(*silent(notice.id)))
    ordered = sorted(waiting, key=lambda row: (row not in failed, names[row]))
    if not ordered:
        raise Refusal(t("All have answered; nothing is left to be recorded."))
    page = page_of(ctx, ordered, _OFFERED)
    offered = (Choice(t("{name}", name=names[row]), call.with_arg("row", row)) for row in page.rows)
    return Reply(t("Who answered on the telephone?"), choices=(*offered, *page.following))
