"""A notice that has gone out is corrected: to exactly its recipients, naming the first, whose cards close."""

from handlers.broadcasting import go_on
from handlers.kit import ClockContext, Context, Refusal, Reply, command, every, t
from handlers.releasing import refuse_corrected
from models.notice_drafts import NOTICE, taken_over
from models.notices import Notice
from models.recalling import close_corrected, corrections_to_close, is_gone
from models.rules.permission import Action
from models.writing import begin, fill_in


@command("thongbao.dinhchinh", allow=Action.BROADCAST)
async def correct(ctx: Context) -> Reply:
    """Begin the correction of a notice of which copies have left."""
    first = await ctx.session.get_one(Notice, ctx.args["notice"])
    if not await is_gone(ctx.session, first.id):
        raise Refusal(t("No copy of this notice has left; please take it back and write it anew."))
    await refuse_corrected(ctx, first)
    draft = await begin(ctx.session, NOTICE, ctx.me.id, ctx.now)
    await fill_in(ctx.session, draft, corrects=first.id, **taken_over(first))
    asked = await go_on(ctx, draft)
    return Reply(
        t("Please write the whole notice as it should have been; it goes to exactly those who were sent the first."),
        ask=asked.ask,
    )


@every("close-corrected", minutes=1)
async def close(clock: ClockContext) -> None:
    """Close the cards of notices whose correction has left, and end what would still have reminded of them."""
    for first, correction in await corrections_to_close(clock.session, clock.now):
        for row in await close_corrected(clock.session, first, correction):
            clock.touch(row)
        clock.touch(first)
