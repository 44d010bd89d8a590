"""Urging who has not reported: first whom it reaches, then one message to each, for two minutes to be taken back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.assignment import clock_time, quoted
from handlers.choosing import may, reader
from handlers.kit import (
    N_,
    Call,
    Choice,
    Context,
    LetterContext,
    Refusal,
    Reply,
    Spread,
    Text,
    command,
    t,
)
from handlers.urged import in_seat, words_of
from models.base import HELD
from models.charging import officers_of
from models.chasing import chase, given_tasks, is_overdue, is_unreported
from models.contacts import shown
from models.outbox import Priority
from models.people import Post
from models.powers import Powers, powers_of
from models.reviewing import behind_all
from models.rules.permission import Action, Role, allowed
from models.rules.status import due_day
from models.silent import count_silent, silent_ones
from models.standing import Standing, standings, within
from models.tasks import Assignment
from models.urging import HOLD, URGING, Selection, Urged, Urging, hold_parties, select_urged, stop_held

DAY = "day"
"""The list of all that is due today or late."""

_LINES = 8
_TASKS = 5


@command("dondoc", allow=Action.CHASE, help=N_("Urge those who have not reported"), aliases=("urge",))
async def preview(ctx: Context) -> Reply:
    """Show whom an urging would reach, and who is left out and why, before anything is sent."""
    found = await selected(ctx, await _unreported(ctx), ctx.powers)
    call = Call("dondoc.gui", {"assignments": _ids(found.chosen), "late": "assignments" in ctx.args})
    seat = await seat_of(ctx)
    units = [one.assignment.unit_id for one in found.chosen]
    who = await in_seat(ctx, ctx.me.id, seat, units) if seat else None
    shown_first = previewed(found, words_of(who), call, ctx.zone)
    if not seat or not found.chosen:
        return shown_first
    propose = Choice(t("Ask the secretariat to urge them"), Call("dondoc.denghi", {"assignments": _ids(found.chosen)}))
    return Reply(*shown_first.lines, choices=(*shown_first.choices, propose))


def previewed(found: Selection, words: Text, send: Call, zone: ZoneInfo) -> Reply:
    """Show whom an urging would reach, about what, in which words, who is left out, and offer to send it."""
    if not found.chosen:
        return Reply(*nobody(found))
    return Reply(
        t("{count} units have not reported and were not urged today:", count=len(found.parties)),
        *shown([party.spoken for party in found.parties]),
        *_by_task(found.chosen, zone),
        t("They will read their tasks again with these words: {words}", words=words),
        *_left_out(found),
        choices=(Choice(t("Send the urging"), send, primary=True), Choice(t("Do not send"), Call("dondoc.bo"))),
    )


async def selected(ctx: Context | LetterContext, found: Sequence[Standing], powers: Powers) -> Selection:
    """Choose whom an urging about these assignments reaches, of those within somebody's reach."""
    mine = [one for one in found if may(powers, Action.CHASE, one.assignment)]
    read = await standings(ctx.session, ctx.now, ctx.zone)
    return await select_urged(read, mine, ctx.council.urgings_a_week)


async def _unreported(ctx: Context) -> list[Standing]:
    """Read who has not reported, of a task, of one of the lists of the day, or of all that is due today or late."""
    read = await reader(ctx)
    reach = within(allowed(ctx.powers.roles, Action.CHASE), ctx.powers.posts)
    if "assignments" in ctx.args:
        return [one for one in await read.of(Assignment.id.in_(ctx.args["assignments"])) if _is_wanted(one)]
    task, number = ctx.args.get("task"), ctx.number()
    if number is not None:
        known = await given_tasks(ctx.session, reach)
        task = next((one.id for place, one in known if place == number), None)
        if task is None:
            raise Refusal(t("There is no task number {number}; “tiendo” lists them.", number=number))
    if task is not None:
        found = await read.of(Assignment.task_id == task, reach)
    elif (which := ctx.args.get("list", DAY)) == "silent":
        found = await silent_ones(read, ctx.council, await count_silent(read, ctx.council, reach), reach)
    else:
        day = await chase(read, reach)
        found = {DAY: day.now, "overdue": day.overdue, "due_today": day.due_today, "due_next": day.due_next}[which]
    return [one for one in found if is_unreported(one)]


def _is_wanted(standing: Standing) -> bool:
    """Tell whether something named one by one may be urged: nothing has come, or it is late whatever was said."""
    return is_unreported(standing) or is_overdue(standing)


@command("dondoc.gui", allow=Action.CHASE)
async def send(ctx: Context) -> Reply:
    """Urge those who were shown, but for whoever has reported or was urged meanwhile."""
    meant = Assignment.id.in_(ctx.args["assignments"])
    await hold_parties(ctx.session, meant)
    shown_before = await (await reader(ctx)).of(meant)
    still = _is_wanted if ctx.args.get("late") else is_unreported
    found = await selected(ctx, [one for one in shown_before if still(one)], ctx.powers)
    if not found.chosen:
        return Reply(*nobody(found))
    return await owe_urging(ctx, found, await seat_of(ctx))


async def owe_urging(ctx: Context, found: Selection, seat: str, group: str = "") -> Reply:
    """Owe everybody behind these assignments one message, and offer to take it back until it goes out."""
    urging = Urging(by_id=ctx.me.id, seat=seat, for_group=group, at=ctx.now)
    ctx.session.add(urging)
    await ctx.session.flush()
    ctx.session.add_all(Urged(urging_id=urging.id, assignment_id=one.id) for one in found.chosen)
    await ctx.session.flush()
    ctx.spread(
        Spread(
            behind_all([one.assignment for one in found.chosen], ctx.today),
            f"{URGING}:{urging.id}",
            letter=URGING,
            params={"urging": urging.id},
            priority=Priority.REMINDER,
            not_before=ctx.now + HOLD,
        )
    )
    units = tuple(party.name for party in found.parties)
    return Reply(
        t("{count} units are urged: {units}; the others were left alone.", count=len(units), units=_few(units)),
        t("It goes out in working hours from {time} on; until then it can be taken back.", time=_goes_out(ctx, urging)),
        *_left_out(found),
        choices=(Choice(t("Take back"), Call("dondoc.rut", {"urging": urging.id})),),
    )


def _few(units: tuple[str, ...]) -> tuple[Text | str, ...]:
    named = units[:_LINES]
    return (*named, t("{count} more", count=len(units) - len(named))) if len(units) > len(named) else named


def _goes_out(ctx: Context, urging: Urging) -> object:
    return clock_time(urging.at + HOLD, ctx.now, ctx.zone)


@command("dondoc.denghi", allow=Action.CHASE)
async def propose(ctx: Context) -> Reply:
    """Ask the officers in charge to urge, each of his own units; they see the list before they send."""
    read = await reader(ctx)
    wanted = await read.of(Assignment.id.in_(ctx.args["assignments"]))
    mine = [one for one in wanted if may(ctx.powers, Action.CHASE, one.assignment) and _is_wanted(one)]
    if not mine:
        return Reply(t("All of these units have reported meanwhile; nobody is urged."))
    seat = await seat_of(ctx) or ctx.me.name
    asked: dict[int, list[Standing]] = {}
    for one in mine:
        for officer in await officers_of(ctx.session, one.assignment.unit_id, ctx.today):
            asked.setdefault(officer, []).append(one)
    for officer, theirs in asked.items():
        units = tuple(dict.fromkeys(one.whose for one in theirs))
        see = Choice(t("See whom it reaches"), Call("dondoc", {"assignments": _ids(theirs)}), primary=True)
        told = Reply(t("{seat} asks the secretariat to urge: {units}.", seat=seat, units=_few(units)), choices=(see,))
        ctx.tell(officer, told, key=f"urge.asked:{ctx.me.id}:{ctx.now:%Y%m%d%H%M%S}")
    return Reply(t("The secretariat has been asked to urge {count} units.", count=len({one.whose for one in mine})))


@command("dondoc.rut", allow=Action.HELP)
async def take_back(ctx: Context) -> Reply:
    """Take an urging of one's own back while nobody has been sent it."""
    urging = await ctx.session.get(Urging, ctx.args["urging"], with_for_update=HELD, populate_existing=True)
    if urging is None or urging.by_id != ctx.me.id:
        raise Refusal(t("This urging is another's; please ask whoever sent it."))
    if urging.taken_back_at is not None:
        return Reply(t("This urging was taken back at {at}; nobody was sent it.", at=urging.taken_back_at))
    if not await stop_held(ctx.session, f"{URGING}:{urging.id}"):
        raise Refusal(
            t("This urging has gone out and cannot be taken back; please telephone whom it should not reach.")
        )
    urging.taken_back_at = ctx.now
    return Reply(t("Taken back; nobody is sent this urging and it does not count."))


@command("dondoc.bo", allow=Action.HELP)
async def leave(ctx: Context) -> Reply:
    """Leave it."""
    return Reply(t("Nothing was sent."))


def _by_task(found: Sequence[Standing], zone: ZoneInfo) -> list[Text]:
    """Say of how many units which task is urged, with the day on which it is due."""
    tasks = Counter((one.task.id, one.title, due_day(one.due, zone) if one.due else None) for one in found)
    lines = [_of_task(quoted(title), day, count) for (_, title, day), count in tasks.items()]
    more = len(lines) - _TASKS
    return [*lines[:_TASKS], t("And {count} more tasks.", count=more)] if more > 0 else lines


def _of_task(title: str, day: date | None, count: int) -> Text:
    if day is None:
        return t("{title}: {count} units", title=title, count=count)
    return t("{title}, due {day}: {count} units", title=title, day=day, count=count)


def nobody(found: Selection) -> tuple[Text, ...]:
    """Say why nobody is urged."""
    if found.urged_today:
        first = t("All that have not reported were urged today already; please urge again on another day.")
    elif found.paused:
        first = t("Reminders are paused for {units}; please urge them when the pause is over.", units=found.paused)
    elif found.to_call:
        first = t("None of them can be urged by a message; please telephone.")
    else:
        first = t("All of these units have reported meanwhile; nobody is urged.")
    return (first, *_left_out(replace(found, paused=())))


def _left_out(found: Selection) -> tuple[Text, ...]:
    """Name who is left out: urged today, resting, and, to be telephoned, who was urged often or is not reached."""
    lines = []
    if found.chosen and found.urged_today:
        lines.append(t("Left out, urged today already: {units}.", units=_few(found.urged_today)))
    if found.paused:
        lines.append(t("Left out, reminders paused: {units}.", units=_few(found.paused)))
    if found.to_call:
        lines.append(t("Urged often enough this week, or not reached by chat; please telephone:"))
        lines += shown([party.by_telephone for party in found.to_call])
    return tuple(lines)


def _ids(found: Sequence[Standing]) -> list[int]:
    return [one.id for one in found]


async def seat_of(ctx: Context) -> str:
    """Name the seat in which somebody urges; empty where he does so for the standing agency."""
    if Role.SECRETARIAT in ctx.powers.roles:
        return ""
    return await title_of(ctx, ctx.me.id, (Role.COUNCIL_MEMBER, Role.CHAIR)) or ctx.me.name


async def title_of(ctx: Context | LetterContext, person_id: int, roles: Sequence[Role]) -> str:
    """Read the title of the seat that a person holds, the first of these roles before the others."""
    powers = await powers_of(ctx.session, person_id, ctx.today)
    rows = await ctx.session.execute(select(Post.role, Post.title).where(Post.id.in_(powers.posts), Post.title != ""))
    titles = dict(rows.all())
    return next((titles[role] for role in roles if role in titles), "")
