"""Leaving, always confirmed; and a chat that closed on its own."""

from handlers.joining import tell_secretariat
from handlers.kit import N_, Call, Choice, Context, Reply, command, heard, t
from models.addresses import AddressState
from models.joining import end_address, is_reachable, withdraw
from models.rules.permission import Action


@command(
    "ngungnhan",
    allow=Action.LEAVE,
    help=N_("Stop receiving messages in this chat"),
    aliases=("stop", "leave"),
)
async def leave(ctx: Context) -> Reply:
    """Ask before anything ends."""
    return Reply(
        t("Stop sending to this chat? The tasks of your unit stay, and the secretariat will be told."),
        choices=(
            Choice(t("Stop sending here"), Call("ngungnhan.co")),
            Choice(t("Keep as it is"), Call("ngungnhan.khong"), primary=True),
        ),
    )


@command("ngungnhan.co", allow=Action.LEAVE)
async def left(ctx: Context) -> Reply:
    """End this address; with the last one the consent ends too."""
    me = ctx.me
    await end_address(ctx.session, me.id, ctx.chat.id, AddressState.LEFT, ctx.now)
    if await is_reachable(ctx.session, me.id):
        return Reply(t("Nothing more will be sent to this chat; your other chats go on."))
    await withdraw(ctx.session, me.id, ctx.now)
    matter = t("{name} has left and is no longer reached by chat; please use the telephone.", name=me.name)
    await tell_secretariat(ctx, matter, f"left:{me.id}:{ctx.now:%Y%m%d%H%M%S}")
    return Reply(t("Nothing more will be sent to you. To come back, please ask the secretariat for a new code."))


@command("ngungnhan.khong", allow=Action.LEAVE)
async def stay(ctx: Context) -> Reply:
    """Change nothing."""
    return Reply(t("Nothing was changed; messages go on as before."))


@heard("left", allow=Action.LEAVE)
async def gone(ctx: Context) -> None:
    """A chat was closed or blocked from outside: letters go elsewhere, and the secretariat learns who is cut off."""
    me = ctx.me
    await end_address(ctx.session, me.id, ctx.chat.id, AddressState.UNREACHABLE, ctx.now)
    if not await is_reachable(ctx.session, me.id):
        matter = t("{name} can no longer be reached by chat; please use the telephone.", name=me.name)
        await tell_secretariat(ctx, matter, f"gone:{me.id}:{ctx.now:%Y%m%d}")
