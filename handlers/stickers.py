"""A sticker says at most that a task was received: never that it is finished."""

from handlers.choosing import mine, run, unacknowledged, which
from handlers.kit import Call, Choice, Context, Reply, heard, t
from models.rules.permission import Action

_ACKNOWLEDGE = "tiepnhan"


@heard("sticker", allow=Action.HELP)
async def taken(ctx: Context) -> Reply | None:
    """Acknowledge the only task that waits for it; of several ask which, and of none record nothing."""
    waiting = [standing for standing in await mine(ctx) if unacknowledged(standing)]
    if len(waiting) == 1:
        return await run(ctx, Call(_ACKNOWLEDGE, {"assignment": waiting[0].id}))
    if not waiting:
        return Reply(
            t("A sticker records nothing; please write in words."),
            choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True),),
        )
    asked = which(Call(_ACKNOWLEDGE), waiting)
    return Reply(t("A sticker says at most that a task was received."), *asked.lines, choices=asked.choices)
