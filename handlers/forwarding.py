"""What is forwarded was written by somebody else: an officer may send it on as a notice; it commands nothing of his."""

from handlers.broadcasting import as_notice
from handlers.choosing import run
from handlers.free import files, read_document, words
from handlers.kit import Call, Context, Reply, discover, heard, t
from models.rules.permission import Action
from models.rules.words import command_of


@heard("forwarded", allow=Action.HELP, prepare=read_document)
async def forwarded(ctx: Context) -> Reply | None:
    """Offer an officer to send on what he forwards; of anybody else it is taken as if he had written it."""
    if ctx.files:
        return await files(ctx)
    if offered := as_notice(ctx):
        return Reply(t("What is forwarded is not carried out; it can be sent as a notice."), choices=offered)
    known = discover()
    typed = command_of(ctx.line, known.words(), known.taking_lines())
    return await run(ctx, Call(typed.command), typed.rest) if typed is not None else await words(ctx)
