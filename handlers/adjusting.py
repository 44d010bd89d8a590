"""The officer's hand on a given task: which task, which round of it, for which units; and all that can be decided."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_

from documents.offering import known_now
from handlers.adjusted import said_due, said_last
from handlers.broadcasting import whom_is_meant
from handlers.choosing import short
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from models.addressing import Addressee
from models.audiences import Circle, understand
from models.chasing import given_tasks, still_open
from models.contacts import Party, parties, shown
from models.moving import stage_of
from models.pauses import meant
from models.rules.deadline import Kind
from models.rules.moving import Stage
from models.rules.permission import Action
from models.rules.said_days import still_to_come
from models.rules.status import Due, due_day, is_late
from models.rules.status_words import STATUS_WORDS
from models.standing import Standing, standings
from models.tasks import Assignment, Task

_NUMBER = re.compile(r"^\s*#?(\d{1,18})(?=[\s:;]|$)")
_TASKS, _HISTORY = 8, 8
ALL = "*"
Fits = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The assignments of one round of a task that an officer means, and the call that says so far what he decides.

    `without` are the units that he named and that do not have it.
    """

    call: Call
    found: tuple[Standing, ...]
    without: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The task's title."""
        return self.found[0].title

    def said(self, name: str) -> str:
        """Give what was said of one part of the decision; empty where nothing was."""
        return str(self.call.args.get(name) or "").strip()

    def saying(self, name: str, value: object) -> "Chosen":
        """Give the same with one more part said."""
        return replace(self, call=self.call.with_arg(name, value))

    @property
    def left_out(self) -> tuple[Text, ...]:
        """Say which of the units that were named do not have the task."""
        return (t("Named, but without this task: {units}.", units=self.without),) if self.without else ()


@command(
    "dieuchinh",
    allow=Action.MOVE,
    help=N_("Change a task that was given: /dieuchinh NUMBER"),
    aliases=("adjust",),
)
async def adjust(ctx: Context) -> Reply:
    """Offer what can be decided about a given task, or about one unit's assignment, after what was decided so far."""
    begun = await begin(ctx, "dieuchinh", not_over())
    if isinstance(begun, Reply):
        return begun
    about = {name: begun.args[name] for name in ("task", "assignment") if name in begun.args}
    found = await _of(ctx, begun)
    stages = {stage_of(standing) for standing in found}
    either = {Stage.OPEN, Stage.SUSPENDED}
    offered = (
        (either, t("Move the deadline"), "doihan"),
        ({Stage.OPEN}, t("Give to another unit"), "khongthuoc.chuyen"),
        ({Stage.OPEN}, t("Suspend"), "dungviec"),
        ({Stage.SUSPENDED}, t("Let it go on"), "tieptuc"),
        (either, t("Withdraw"), "rutviec"),
    )
    single = len(found) == 1
    choices = tuple(
        Choice(label, Call(name, {"assignment": found[0].id} if single else about))
        for fitting, label, name in offered
        if fitting & stages and (single or name != "khongthuoc.chuyen")
    )
    if not choices:
        raise Refusal(_nothing(found[0].title))
    count = sum(stage_of(standing) is not Stage.OVER for standing in found)
    first = t("{title}: open or suspended with {count} units.", title=found[0].title, count=count)
    return Reply(first, *await said_last(ctx, found, _HISTORY), t("What is to be decided?"), choices=choices)


async def begin(ctx: Context, name: str, *where: ColumnElement[bool]) -> Call | Reply:
    """Find which task is meant, by a button or its number in “tiendo”, or ask; the call carries what else is said.

    Asked are the newest tasks with assignments for which `where` holds.
    """
    args: dict[str, Any] = dict(ctx.args)
    if "task" in args or "assignment" in args:
        return Call(name, args)
    tasks = await given_tasks(ctx.session)
    found = _NUMBER.match(ctx.line)
    if found is not None:
        task = next((task for number, task in tasks if number == int(found[1])), None)
        if task is None:
            raise Refusal(t("There is no task number {number}; “tiendo” lists them.", number=int(found[1])))
        return Call(name, {"task": task.id})
    if not tasks:
        raise Refusal(t("No task has been given yet; “giaoviec” gives one."))
    fitting = await given_tasks(ctx.session, *where)
    if not fitting:
        raise Refusal(t("There is no task of which this could be decided now; “tiendo” lists those that were given."))
    choices = tuple(_task_choice(number, task, name) for number, task in fitting[-_TASKS:][::-1])
    return Reply(t("Which task is meant? Please press it, or write its number from “tiendo”."), choices=choices)


def not_over() -> ColumnElement[bool]:
    """Give the condition that something of an assignment is left to decide: it is open, or suspended."""
    return or_(still_open(), Assignment.suspended_at.is_not(None))


def after_number(line: str) -> str:
    """Give what was typed after the number of a task."""
    return _NUMBER.sub("", line).strip()


def _task_choice(number: int, task: Task, name: str) -> Choice:
    label = t("{number}. {title}", number=number, title=short(task.title, f"{number}. "))
    return Choice(label, Call(name, {"task": task.id}))


async def choose(ctx: Context, call: Call, fits: Fits) -> Chosen | Reply:
    """Find the assignments that are meant: of one round, of all units or of those named; asks for what is not said.

    `fits` tells which of them the decision may concern. Raises Refusal where there are none.
    """
    found = await _of(ctx, call)
    open_ones = [standing for standing in found if fits(standing)]
    if not open_ones:
        raise Refusal(await _as_it_stands(ctx, found))
    rounds = {standing.assignment.period: standing for standing in open_ones}
    period = call.args.get("period")
    if len(rounds) > 1 and period not in rounds:
        choices = tuple(Choice(_round(each), call.with_arg("period", key)) for key, each in rounds.items())
        return Reply(t("This task has several rounds. Which is meant?"), choices=choices[:_TASKS])
    meant_round = period if period in rounds else next(iter(rounds))
    found = [standing for standing in found if standing.assignment.period == meant_round]
    open_ones = [standing for standing in found if fits(standing)]
    whom = str(call.args.get("whom") or "").strip()
    if whom == ALL or (not whom and len(open_ones) == 1):
        return Chosen(call, tuple(found))
    if not whom:
        return _ask_whom(call, open_ones)
    named = await _named(ctx, call, found, whom)
    if isinstance(named, Chosen) and not any(fits(standing) for standing in named.found):
        last = await said_last(ctx, named.found)
        raise Refusal(last[0] if last else _not_so(named.found))
    return named


def _ask_whom(call: Call, open_ones: Sequence[Standing]) -> Reply:
    return Reply(
        t("{title}: for which units? Please press, or write them.", title=open_ones[0].title),
        t("For example: SYT, STC; Khối thi đua các sở, ngành kinh tế."),
        choices=(Choice(t("All {count} units", count=len(open_ones)), call.with_arg("whom", ALL), primary=True),),
        ask=Ask(call, "whom"),
    )


async def _named(ctx: Context, call: Call, found: Sequence[Standing], whom: str) -> Chosen | Reply:
    named = await understand(ctx.session, whom, ctx.today)
    if named.doubt is not None or not named.audience.parts:
        return whom_is_meant(named, call)
    to = await meant(ctx.session, named.audience, ctx.today)
    theirs = tuple(each for each in found if Addressee(each.assignment.unit_id, each.assignment.post_id) in to)
    if not theirs:
        raise Refusal(t("None of those named has the task “{title}”; please name others.", title=found[0].title))
    has_it = {each.assignment.unit_id for each in theirs}
    units = [part for part in named.audience.parts if part.circle is Circle.UNIT and part.id not in has_it]
    return Chosen(call, theirs, tuple(part.name for part in units))


async def _of(ctx: Context, call: Call) -> list[Standing]:
    read = await standings(ctx.session, ctx.now, ctx.zone)
    if "assignment" in call.args:
        found = await read.of(Assignment.id == int(call.args["assignment"]))
    else:
        found = await read.of_task(int(call.args["task"]))
    if not found:
        raise Refusal(t("This task is no longer there; “tiendo” lists those that were given."))
    return list(found)


async def _as_it_stands(ctx: Context, found: Sequence[Standing]) -> Text:
    """Say why nothing is left to decide: what was decided last, or that all of it is closed."""
    last = await said_last(ctx, found)
    if not last:
        return _nothing(found[0].title)
    return t("Nothing is left to be decided here. {last}", last=last[0])


def _nothing(title: str) -> Text:
    return t("Nothing of “{title}” is open any more; what was reported stays as it is.", title=title)


def _not_so(found: Sequence[Standing]) -> Text:
    """Say how the task stands with the units that are named, where a decision does not concern them."""
    stands = tuple(t("{unit}: {status}", unit=each.whose, status=STATUS_WORDS[each.status]) for each in found)
    return t("“{title}” does not call for this here: {stands}.", title=found[0].title, stands=stands)


def _round(standing: Standing) -> Text:
    return t("Due {day}", day=standing.assignment.due_on or standing.assignment.period)


async def new_deadline(ctx: Context, said: str) -> Due:
    """Read the day or hour to which a deadline is moved; raises Refusal for what cannot be read, or has passed."""
    try:
        due: Due = datetime.fromisoformat(said) if "T" in said else datetime.fromisoformat(said).date()
    except ValueError:
        reading = (await known_now(ctx.session, ctx.today, ctx.council)).read(said, ctx.today)
        found = reading.due if reading.kind in {Kind.DATE, Kind.MOMENT, Kind.WINDOW} else None
        if found is None:
            raise Refusal(
                t("No day can be read in “{said}”; please write, for instance: 30/6, or 16h00 ngày 30/6.", said=said)
            ) from None
        still_to_come(due_day(found, ctx.zone), said, ctx.today)
        due = found
    if isinstance(due, datetime):
        due = due.replace(tzinfo=ctx.zone)
    if is_late(ctx.now, due, ctx.zone):
        raise Refusal(
            t("{day} has passed; please set a day from {today} on.", day=due_day(due, ctx.zone), today=ctx.today)
        )
    return due


def as_said(due: Due) -> str:
    """Give a deadline as a call keeps it."""
    return due.replace(tzinfo=None).isoformat() if isinstance(due, datetime) else due.isoformat()


def unit_lines(found: Sequence[Standing], zone: ZoneInfo) -> tuple[Text, ...]:
    """List units with the deadlines that run."""
    return shown([t("{unit} (deadline {due})", unit=each.whose, due=said_due(each.due, zone)) for each in found])


async def to_be_called(ctx: Context, assignments: Sequence[Assignment]) -> tuple[Text, ...]:
    """Name whom no chat reaches and who has to be told by telephone."""
    return _to_be_called(await _behind(ctx, assignments))


async def informed(ctx: Context, assignments: Sequence[Assignment]) -> tuple[Text, ...]:
    """Name whom chat tells of a decision, and whom it does not reach and who has to be told by telephone."""
    found = await _behind(ctx, assignments)
    names = tuple(party.name for party in found if party.is_reachable)
    return (*((t("Told: {units}.", units=names),) if names else ()), *_to_be_called(found))


async def _behind(ctx: Context, assignments: Sequence[Assignment]) -> Sequence[Party]:
    ids = [assignment.id for assignment in assignments]
    return await parties(ctx.session, Assignment, ctx.today, Assignment.id.in_(ids))


def _to_be_called(found: Sequence[Party]) -> tuple[Text, ...]:
    return shown([t("Please telephone: {party}", party=party.spoken) for party in found if not party.is_reachable])
