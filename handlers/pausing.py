"""`tamdung`: reminding rests for some units or all of them, from a day to a day, with a reason; deadlines stay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from handlers.adjusted import said_due
from handlers.assignment import quoted
from handlers.broadcasting import ask_whom, whom_is_meant
from handlers.choosing import act_of
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from models.addressing import Addressee
from models.adjustments import instruction_said
from models.audiences import Audience, understand
from models.chasing import still_open
from models.contacts import shown
from models.days import working_calendar
from models.naming import unit_names
from models.pauses import Running, end_pause, meant, pause, paused_on, running, whose
from models.people import Post
from models.rules.alphabet import by_name
from models.rules.pauses import Silence, read_span, split_pause_line, wakes_on
from models.rules.permission import Action
from models.rules.status import due_day
from models.standing import Standing, standings

_DUE_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Wish:
    """A pause as it is wished: for whom, on which days, why, and whom that means."""

    audience: Audience
    silence: Silence
    reason: str
    to: frozenset[Addressee]

    def call(self, name: str) -> Call:
        """Give the call that carries it."""
        days = {"first": self.silence.first.isoformat(), "last": self.silence.last.isoformat()}
        return Call(name, {"audience": self.audience.as_json(), "reason": self.reason, **days})


@command(
    "tamdung",
    allow=Action.SUSPEND,
    help=N_("Pause reminders: /tamdung UNITS: 12/6 - 15/6; REASON"),
    aliases=("pause",),
    takes_line=True,
)
async def pause_reminders(ctx: Context) -> Reply:
    """List what is paused; or take what is said of a pause, ask for what is missing, and show what it does."""
    if not ctx.line.strip() and not ctx.args:
        return await _listed(ctx)
    typed = split_pause_line(ctx.line)
    said = {"whom": typed.whom, "span": typed.span, "reason": typed.reason}
    call = Call("tamdung", {**ctx.args, **{name: value for name, value in said.items() if value}})
    if not call.args.get("whom"):
        return ask_whom(t("For whom are reminders to be paused?"), call)
    named = await understand(ctx.session, str(call.args["whom"]), ctx.today)
    if named.doubt is not None or not named.audience.parts:
        return whom_is_meant(named, call)
    if not call.args.get("span"):
        return Reply(t("From which day to which day? Please write, for instance: 12/6 - 15/6."), ask=Ask(call, "span"))
    silence = read_span(str(call.args["span"]), ctx.today)
    if not call.args.get("reason"):
        return Reply(t("Why are reminders paused? Colleagues read it in the list."), ask=Ask(call, "reason"))
    reason = instruction_said(call.args["reason"])
    to = await meant(ctx.session, named.audience, silence.first)
    return await _preview(ctx, _Wish(named.audience, silence, reason, to))


async def _preview(ctx: Context, wish: _Wish) -> Reply:
    if not wish.to:
        raise Refusal(t("Nobody belongs to this audience today; please name others."))
    names = await _names(ctx, wish.to)
    count = len(names)
    days = {"first": wish.silence.first, "last": wish.silence.last}
    about = {"names": wish.audience.spoken, "count": count, "reason": wish.reason, **days}
    return Reply(
        t("Pause reminders for {names} ({count}), from {first} to {last}, because of: {reason}?", **about),
        *(shown([t("{unit}", unit=name) for name in names]) if count > len(wish.audience.parts) else ()),
        *await _already(ctx, wish),
        *await _open_tasks(ctx, wish),
        t("Deadlines do not move: what falls due meanwhile is due. To move one: “doihan”."),
        await _afterwards(ctx, wish),
        t("Notices, meetings, new tasks, decisions, and reminders of “hỏa tốc” tasks go out as ever."),
        choices=(
            Choice(t("Pause reminders for {count}", count=count), wish.call("tamdung.co"), primary=True),
            Choice(t("Leave it"), Call("dieuchinh.bo")),
        ),
    )


async def _already(ctx: Context, wish: _Wish) -> tuple[Text, ...]:
    before = await paused_on(ctx.session, wish.silence.first)
    both = [to for to in wish.to if to in before]
    if not both:
        return ()
    return (t("Paused already on {day}: {units}.", day=wish.silence.first, units=tuple(await _names(ctx, both))),)


async def _open_tasks(ctx: Context, wish: _Wish) -> tuple[Text, ...]:
    """Count what these units have open, and name what falls due while reminding rests."""
    found = await (await standings(ctx.session, ctx.now, ctx.zone)).of(still_open(), _theirs(wish.to))
    waited = [standing for standing in found if standing.awaits_unit]
    due = [each for each in waited if each.due is not None and wish.silence.covers(due_day(each.due, ctx.zone))]
    first = t("They have {count} tasks open; {due} fall due in that time.", count=len(waited), due=len(due))
    lines = [_due_line(standing, ctx.zone) for standing in due[:_DUE_SHOWN]]
    more = (t("and {count} more", count=len(due) - _DUE_SHOWN),) if len(due) > _DUE_SHOWN else ()
    return (first, *lines, *more)


def _due_line(standing: Standing, zone: ZoneInfo) -> Text:
    about = {"unit": standing.whose, "title": quoted(standing.title), "day": said_due(standing.due, zone)}
    return t("{unit}: {title}, due {day}", **about)


async def _afterwards(ctx: Context, wish: _Wish) -> Text:
    calendar = await working_calendar(ctx.session)
    day = wakes_on(wish.silence.last, (wish.silence,), calendar)
    return t(
        "Nobody is reminded or reported upwards in that time; what falls in it is said in one message on {day}.",
        day=day,
    )


@command("tamdung.co", allow=Action.SUSPEND)
async def confirm(ctx: Context) -> Reply:
    """Pause reminding as it was shown; a colleague who pauses the same is told that it stands."""
    audience = Audience.from_json(ctx.args["audience"])
    silence = Silence(_day(ctx, "first"), _day(ctx, "last"))
    if silence.last < ctx.today:
        raise Refusal(t("These days have passed; please name days from {today} on.", today=ctx.today))
    made = await pause(act_of(ctx), audience, silence, str(ctx.args["reason"]))
    about = {"names": audience.spoken, "first": made.first, "last": made.last}
    return Reply(
        t("Reminders rest for {names} from {first} to {last}.", **about),
        t("“tamdung” lists what is paused and ends it earlier."),
    )


@command("tamdung.ket", allow=Action.SUSPEND)
async def ask_to_end(ctx: Context) -> Reply:
    """Show what ending a pause does."""
    found = [each for each in await running(ctx.session, ctx.today) if each.pause.id == int(ctx.args["pause"])]
    if not found:
        await end_pause(act_of(ctx), int(ctx.args["pause"]))
    return Reply(
        _line(found[0]),
        t("Is the pause to end now? What fell in it is said in one message in the next working hours."),
        choices=(
            Choice(t("End the pause now"), Call("tamdung.ket.co", {"pause": found[0].pause.id}), primary=True),
            Choice(t("Leave it"), Call("dieuchinh.bo")),
        ),
    )


@command("tamdung.ket.co", allow=Action.SUSPEND)
async def end(ctx: Context) -> Reply:
    """End a pause."""
    ended = await end_pause(act_of(ctx), int(ctx.args["pause"]))
    names = Audience.from_json(ended.audience).spoken
    return Reply(t("The pause for {names} has ended; reminders go on from today.", names=names))


async def _listed(ctx: Context) -> Reply:
    found = await running(ctx.session, ctx.today)
    new = Choice(t("Pause reminders"), Call("tamdung", {"new": True}))
    if not found:
        return Reply(
            t("Nothing is paused. To pause reminders: “tamdung VB, YY: 12/6 - 15/6; bão số 2”."), choices=(new,)
        )
    choices = tuple(
        Choice(t("End the pause: {names}", names=each.audience.spoken), Call("tamdung.ket", {"pause": each.pause.id}))
        for each in found
    )
    return Reply(t("Reminders are paused ({count}):", count=len(found)), *map(_line, found), choices=(*choices, new))


def _line(each: Running) -> Text:
    about = {"names": each.audience.spoken, "count": len(each.to), "reason": quoted(each.pause.reason)}
    days = {"first": each.pause.first, "last": each.pause.last, "person": each.by}
    return t("{names} ({count}): from {first} to {last}, {reason} ({person})", **about, **days)


def _day(ctx: Context, name: str) -> date:
    return date.fromisoformat(str(ctx.args[name]))


def _theirs(to: Collection[Addressee]) -> ColumnElement[bool]:
    return whose(to, only=True).condition()


async def _names(ctx: Context, to: Collection[Addressee]) -> list[str]:
    posts = select(Post.title).where(Post.id.in_([each.post_id for each in to if each.post_id is not None]))
    return [
        *await unit_names(ctx.session, [each.unit_id for each in to]),
        *by_name(await ctx.session.scalars(posts), str),
    ]
