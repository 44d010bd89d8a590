"""A lost telephone: in two taps the person's chats end and a new code is shown."""

from collections.abc import Sequence

from handlers.codes import holder, shown_once
from handlers.joining import tell_secretariat
from handlers.kit import Call, Choice, Context, Refusal, Reply, Text, command, t
from models.addresses import Address, Chat
from models.joining import Mint
from models.lost_phones import chats_in_use, end_chats
from models.rules.permission import Action
from models.rules.ways import CHANNELS


@command("capma.mat", allow=Action.ISSUE_CODES)
async def ask(ctx: Context) -> Reply:
    """Name the chats that would end, all of them or one."""
    _, person = await holder(ctx, ctx.args.get("person"))
    chats = await _others(ctx, person.id)
    this = {"person": person.id}
    single = (
        Choice(t("Only: {chat}", chat=_named(ctx, address, chat)), Call("capma.mat.co", {**this, "chat": chat.id}))
        for address, chat in chats
    )
    return Reply(
        t("{name} uses {count} chats: {chats}.", name=person.name, count=len(chats), chats=_all_named(ctx, chats)),
        t("What is ended gets no message any more, and browsers are signed out. A new code is shown."),
        choices=(
            Choice(t("End all, give a new code"), Call("capma.mat.co", this), primary=True),
            *(single if len(chats) > 1 else ()),
            Choice(t("Keep as it is"), Call("capma.mat.khong")),
        ),
    )


async def _others(ctx: Context, person_id: int) -> Sequence[tuple[Address, Chat]]:
    """List the chats that may be ended; the one that is spoken from is evidently not lost."""
    chats = [(address, chat) for address, chat in await chats_in_use(ctx.session, person_id) if chat.id != ctx.chat.id]
    if not chats:
        raise Refusal(t("No other chat serves this person any more; “capma” and the name give a new code."))
    return chats


def _named(ctx: Context, address: Address, chat: Chat) -> Text:
    channel = CHANNELS.get(chat.channel, chat.channel)
    return t("{channel} since {day}", channel=channel, day=address.since.astimezone(ctx.zone).date())


def _all_named(ctx: Context, chats: Sequence[tuple[Address, Chat]]) -> tuple[Text, ...]:
    return tuple(_named(ctx, address, chat) for address, chat in chats)


@command("capma.mat.co", allow=Action.ISSUE_CODES)
async def end(ctx: Context) -> Reply:
    """End the chats at once and show the new code; the other officers are told."""
    seat, person = await holder(ctx, ctx.args.get("person"))
    chosen = ctx.args.get("chat")
    chats = [chat.id for _, chat in await _others(ctx, person.id) if chosen in {None, chat.id}]
    if not chats:
        raise Refusal(t("This chat no longer serves the person; nothing was changed."))
    ended = await end_chats(ctx.session, Mint(ctx.key, ctx.now, ctx.me.id), person.id, chats)
    about = {"officer": ctx.me.name, "name": person.name, "count": ended}
    told = t("{officer} ended {count} chats of {name}, whose telephone was lost, and gave a new code.", **about)
    await tell_secretariat(ctx, told, f"lost:{person.id}:{ctx.now:%Y%m%d%H%M%S}")
    said = t("{count} chats of {name} were ended at {time}.", count=ended, name=person.name, time=ctx.now)
    return await shown_once(ctx, [(seat, person)], said)


@command("capma.mat.khong", allow=Action.ISSUE_CODES)
async def keep(ctx: Context) -> Reply:
    """Change nothing."""
    return Reply(t("Nothing was changed; the chats go on as before."))
