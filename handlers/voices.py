"""What is said aloud: kept and passed on to the officer in charge, who hears it; it never reports anything."""

from handlers.choosing import label, mine
from handlers.feedback import passed_on
from handlers.kit import Call, Choice, Context, Refusal, Reply, heard, t
from models.rules.permission import Action, allowed

_MOST = 6


@heard("voice", allow=Action.FEEDBACK, prepare=None)
async def said_aloud(ctx: Context) -> Reply:
    """Pass a voice message on, and say that nothing is recorded of it, with the open tasks to choose from."""
    if not ctx.files:
        raise Refusal(t("The voice message could not be fetched and was not kept; please write in words."))
    if allowed(ctx.powers.roles, Action.ANSWER_FEEDBACK):
        raise Refusal(t("A voice message is carried out by nobody here; please write in words."))
    given = await passed_on(ctx, file=ctx.files[0])
    waiting = [standing for standing in await mine(ctx) if standing.awaits_unit]
    tasks = tuple(
        Choice(label(standing, waiting), Call("nhiemvu", {"assignment": standing.id})) for standing in waiting[:_MOST]
    )
    kept = t("The voice message was passed on as feedback no. {number}; it is answered here.", number=given.number)
    if not tasks:
        return Reply(kept, t("No result was recorded of it."))
    return Reply(
        kept,
        t("No result was recorded of it. To record one, please write in words or choose the task:"),
        choices=tasks,
    )
