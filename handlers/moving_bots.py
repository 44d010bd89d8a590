"""Several bots: whom each serves, what it has sent, and people moved to another, each told so by his old bot."""

from collections.abc import Sequence

from documents.codes import grouped
from handlers.kit import N_, Call, Choice, Context, Owed, Place, Refusal, Reply, command, t
from handlers.paging import names_of
from models.bot_moves import movable, move_key
from models.inviting import Seat, holders_named, issue
from models.joining import Mint
from models.people import Person
from models.rules.permission import Action
from models.usage import bots_of, messages_sent, month_of

_STEPS = (5, 10, 20)
_NAMED = 20
_SHORT = 4

_Whom = Sequence[tuple[Seat, Person]]


@command(
    "chuyenbot",
    allow=Action.ISSUE_CODES,
    help=N_("See the people and messages of each bot, and move people: /chuyenbot or /chuyenbot NAME"),
    aliases=("bots",),
    takes_line=True,
)
async def show_bots(ctx: Context) -> Reply:
    """Show whom each bot serves and what it has sent; with a name, move that person to the bot with the most room."""
    places = await _places(ctx)
    if ctx.line:
        return await _one(ctx, places)
    sent = await messages_sent(ctx.session, month_of(ctx.now, ctx.zone)[0])
    lines = (
        t(
            "{channel}, bot {bot}: {people} of {most} people, {used} of {granted} messages this month.",
            channel=place.channel.capitalize(),
            bot=place.bot,
            people=place.people,
            most=place.granted.people,
            used=sent.get((place.channel, place.bot), 0),
            granted=place.granted.messages,
        )
        for place in places
    )
    choices = tuple(
        Choice(t("Move people from bot …{end}", end=place.bot[-_SHORT:]), Call("chuyenbot.tu", _named(place)))
        for place in places
        if place.people and _with_room(places, place)
    )
    more = () if choices else (t("No bot has room for others; please ask the operator for the token of one more."),)
    return Reply(*lines, *more, t("To move one person: “chuyenbot” and the name."), choices=choices)


@command("chuyenbot.tu", allow=Action.ISSUE_CODES)
async def how_many(ctx: Context) -> Reply:
    """Ask how many of a bot's people are to be moved, and say where to."""
    source, target = _pair(ctx, await _places(ctx))
    whom = await movable(ctx.session, _bot(source), _bot(target), ctx.today, ctx.now)
    counts = sorted({min(step, len(whom), target.room) for step in _STEPS} - {0})
    if not counts:
        raise Refusal(t("All whom bot {bot} serves have been asked to another bot already.", bot=source.bot))
    return Reply(
        t("From bot {bot} to bot {to}, which has room for {room}.", bot=source.bot, to=target.bot, room=target.room),
        t("Who joined last goes first. Each is told by his old bot, with the link and a code of his own."),
        choices=tuple(
            Choice(t("Move {count} people", count=count), Call("chuyenbot.chuyen", {**_named(source), "count": count}))
            for count in counts
        ),
    )


@command("chuyenbot.chuyen", allow=Action.ISSUE_CODES)
async def move(ctx: Context) -> Reply:
    """Tell so many people by their old bot where to come to."""
    source, target = _pair(ctx, await _places(ctx))
    whom = await movable(ctx.session, _bot(source), _bot(target), ctx.today, ctx.now)
    return await _told(ctx, target, whom[: min(int(ctx.args["count"]), target.room)])


async def _one(ctx: Context, places: Sequence[Place]) -> Reply:
    found = await holders_named(ctx.session, ctx.line, ctx.today)
    if len(found) != 1:
        raise Refusal(
            t(
                "“{written}” names {count} people of the directory; please write the whole name of one.",
                written=ctx.line,
                count=len(found),
            )
        )
    person = found[0][1]
    bot = (await bots_of(ctx.session, [person.id])).get(person.id)
    source = next((place for place in places if _bot(place) == bot), None)
    if source is None:
        raise Refusal(t("{name} is not written to by one of these bots.", name=person.name))
    target = _with_room(places, source)
    if target is None:
        raise _no_room()
    whom = await movable(ctx.session, _bot(source), _bot(target), ctx.today, ctx.now)
    return await _told(ctx, target, [each for each in whom if each[1].id == person.id])


async def _told(ctx: Context, target: Place, whom: _Whom) -> Reply:
    """Give each a code that holds at the new bot, and owe him word of it, which his old bot brings."""
    if not whom:
        raise Refusal(t("Whoever is meant has been asked to bot {bot} already.", bot=target.bot))
    invited, mint = await ctx.ways(ctx.session), Mint(ctx.key, ctx.now, ctx.me.id)
    for one in await issue(ctx.session, mint, whom, ctx.council.code_days, ctx.today):
        (there,) = [place for place in invited.places(one.code) if _bot(place) == _bot(target)]
        told = Reply(
            t("This chat serves too many people; please go on with us in another one: open {link}", link=there.link),
            t(
                "There send the code {code}, until {day}. It serves you only, once.",
                code=grouped(one.code),
                day=one.last_day,
            ),
            t("Nothing else changes: your tasks come along, and this chat stays as your second one."),
        )
        ctx.owe(Owed(one.person.id, move_key(_bot(target), mint.now), told))
    names = names_of([person.name for _, person in whom], _NAMED)
    return Reply(
        t("Asked to bot {bot}: {count} people.", bot=target.bot, count=len(whom)),
        names,
        t("Whoever sends his code there is written to by it from then on; until then everything goes the old way."),
    )


async def _places(ctx: Context) -> tuple[Place, ...]:
    places = (await ctx.ways(ctx.session)).places()
    if not places:
        raise Refusal(t("No bot of this council is limited in people or messages; nobody has to be moved."))
    return places


def _pair(ctx: Context, places: Sequence[Place]) -> tuple[Place, Place]:
    source = next((place for place in places if _named(place).items() <= dict(ctx.args).items()), None)
    if source is None:
        raise Refusal(t("This bot is not used any more; please send “chuyenbot” again."))
    target = _with_room(places, source)
    if target is None:
        raise _no_room()
    return source, target


def _with_room(places: Sequence[Place], source: Place) -> Place | None:
    """Find the other bot of the same channel with the most room, to which there is a link."""
    others = [each for each in places if each.channel == source.channel and each.bot != source.bot and each.link]
    best = max(others, key=lambda each: each.room, default=None)
    return best if best is not None and best.room else None


def _no_room() -> Refusal:
    return Refusal(t("No bot has room for others; please ask the operator for the token of one more."))


def _named(place: Place) -> dict[str, str]:
    return {"channel": place.channel, "bot": place.bot}


def _bot(place: Place) -> tuple[str, str]:
    return place.channel, place.bot
