"""By which way somebody is told first: one of his chats, or the telephone; an officer sets it on the person's page."""

from handlers.kit import Call, Choice, Context, Refusal, Reply, Text, command, t
from models.addresses import Chat
from models.people import Person
from models.phone_calls import TELEPHONE
from models.preferences import end_telephone, in_order, prefer, prefer_telephone
from models.rules.permission import Action
from models.rules.ways import CHANNELS


async def preferences(ctx: Context, person: Person) -> tuple[Choice, ...]:
    """Offer to try another address of a person first: a chat of another messenger, or the telephone that is known."""
    chats = await in_order(ctx.session, person.id)
    this = {"person": person.id}
    known = {TELEPHONE, *(chat.channel for chat in chats[:1])}
    others = {chat.channel: chat for chat in reversed(chats) if chat.channel not in known}
    first = tuple(
        Choice(
            t("First by {channel}: {name}", channel=_named(chat), name=person.name),
            Call("kenh.truoc", {**this, "chat": chat.id}),
        )
        for chat in reversed(others.values())
    )
    if any(chat.channel == TELEPHONE for chat in chats):
        return (*first, Choice(t("Write to {name} again", name=person.name), Call("kenh.gui", this)))
    if not person.phone:
        return first
    return (*first, Choice(t("Tell by telephone: {name}", name=person.name), Call("kenh.goi", this)))


def _named(chat: Chat) -> Text | str:
    return CHANNELS.get(chat.channel, chat.channel)


@command("kenh.truoc", allow=Action.ISSUE_CODES)
async def prefer_chat(ctx: Context) -> Reply:
    """Let a chat of somebody be tried before his others."""
    person = await known_person(ctx)
    chat = await prefer(ctx.session, person.id, ctx.args["chat"])
    said = t("{name} is told by {channel} first from now on.", name=person.name, channel=_named(chat))
    return Reply(said, choices=await preferences(ctx, person))


@command("kenh.goi", allow=Action.ISSUE_CODES)
async def call_first(ctx: Context) -> Reply:
    """Let somebody be told by telephone from now on."""
    person = await known_person(ctx)
    await prefer_telephone(ctx.session, person, ctx.now)
    about = {"name": person.name, "phone": person.phone}
    said = t("{name} is told by telephone from now on ({phone}): what is owed stands on the list of calls.", **about)
    return Reply(said, choices=await preferences(ctx, person))


@command("kenh.gui", allow=Action.ISSUE_CODES)
async def write_again(ctx: Context) -> Reply:
    """Let somebody be written to again."""
    person = await known_person(ctx)
    await end_telephone(ctx.session, person.id, ctx.now)
    said = t("{name} is written to again; what waits for a call stays on the list.", name=person.name)
    return Reply(said, choices=await preferences(ctx, person))


async def known_person(ctx: Context) -> Person:
    """Read the person of a button; raises Refusal where he was erased."""
    person = await ctx.session.get(Person, ctx.args["person"])
    if person is None:
        raise Refusal(t("This person is no longer known; please look at the directory."))
    return person
