"""What an officer chases today: counts first, a button for each list, telephones where nothing else reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import ColumnElement

from handlers.assignment import quoted
from handlers.calling import QUIET, SILENT
from handlers.kit import (
    N_,
    Call,
    Choice,
    ClockContext,
    Context,
    LetterContext,
    Owed,
    Reply,
    Text,
    command,
    every,
    letter,
    t,
)
from handlers.paging import page_of
from handlers.progress import with_times
from handlers.urging import DAY, selected
from models.calls import sent_unanswered, undelivered
from models.charging import own_first, units_in_charge
from models.chasing import Chase, chase, is_unreported
from models.contacts import MOST_SHOWN
from models.days import working_calendar
from models.feedback import unanswered
from models.inviting import units_without_focal_point
from models.notice_drafts import submitted_to
from models.outbox import Priority
from models.pauses import Running, is_paused, paused_on, running
from models.powers import Powers, powers_of
from models.reviewing import disclaimed, requests_waiting, waiting
from models.rules.permission import Action, Role, allowed
from models.rules.status import due_day
from models.silent import count_silent, quiet_units, silent_ones
from models.standing import Standing, Standings, standings, within
from models.urging import times_urged
from models.whom import holders

_KIND = "homnay"
_MORNING = time(7, 45)
_TO_DECIDE = t("Waiting for a decision")

_Counts = list[tuple[int, Text, Call]]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who looks at the day: what he may touch, and the units of which he is in charge."""

    ctx: Context | LetterContext
    person: int
    powers: Powers
    own: frozenset[int]

    @property
    def reach(self) -> ColumnElement[bool]:
        """The condition on assignments within his reach."""
        return within(allowed(self.powers.roles, Action.CHASE), self.powers.posts)

    async def read(self) -> Standings:
        """Read standings as of this moment."""
        return await standings(self.ctx.session, self.ctx.now, self.ctx.zone)


async def _desk(ctx: Context) -> _Desk:
    return _Desk(ctx, ctx.me.id, ctx.powers, await units_in_charge(ctx.session, ctx.me.id, ctx.today))


@every("desk-morning", at=_MORNING)
async def tell_officers(clock: ClockContext) -> None:
    """Owe every officer the day on working days; a morning that was missed altogether is not made up for."""
    if clock.slot.astimezone(clock.zone).date() != clock.today:
        return
    if not (await working_calendar(clock.session)).is_working(clock.today):
        return
    for officer in await holders(clock.session, Role.SECRETARIAT, clock.today):
        day = clock.today.isoformat()
        clock.owe(Owed(officer, f"{_KIND}:{day}", letter=_KIND, params={"day": day}, priority=Priority.REMINDER))


@letter(_KIND)
async def compose(ctx: LetterContext) -> Reply | None:
    """Say the day as it stands when the message leaves; nothing where there is nothing to chase or decide."""
    if ctx.is_overtaken:
        return None
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    desk = _Desk(ctx, ctx.person.id, powers, await units_in_charge(ctx.session, ctx.person.id, ctx.today))
    found = await chase(await desk.read(), desk.reach)
    counts = await _counts(desk, found)
    return await _day(desk, found, counts) if any(count for count, _, _ in counts) else None


@command("homnay", allow=Action.CHASE, help=N_("See what is to be chased today"), aliases=("today",))
async def today(ctx: Context) -> Reply:
    """Count what needs an officer today; each count has a button for its list."""
    desk = await _desk(ctx)
    found = await chase(await desk.read(), desk.reach)
    return await _day(desk, found, await _counts(desk, found))


async def _day(desk: _Desk, found: Chase, counts: _Counts) -> Reply:
    ctx = desk.ctx
    lines = [t("{what}: {count}.", what=what, count=count) for count, what, _ in counts]
    paused = await running(ctx.session, ctx.today)
    choices = tuple(
        Choice(t("{what} ({count})", what=what, count=count), call) for count, what, call in counts if count
    )
    choices = (*await _urging(desk, found.now, DAY), *choices)
    if paused and allowed(desk.powers.roles, Action.SUSPEND):
        choices = (*choices, Choice(t("Paused reminders ({count})", count=len(paused)), Call("tamdung")))
    head = t("To be chased on {day}:", day=ctx.today)
    return Reply(head, *lines, *_of_own(desk, found), *_paused(desk, paused), choices=choices)


async def _counts(desk: _Desk, found: Chase) -> _Counts:
    silent = await count_silent(await desk.read(), desk.ctx.council, desk.reach)
    return [
        (len(found.overdue), t("Overdue"), Call("homnay.ds", {"list": "overdue"})),
        (len(found.due_today), t("Due today"), Call("homnay.ds", {"list": "due_today"})),
        (len(found.due_next), t("Due by {day}", day=found.next_day), Call("homnay.ds", {"list": "due_next"})),
        (silent, t("No answer at all"), Call("homnay.im")),
        *await _of_officers(desk),
    ]


def _of_own(desk: _Desk, found: Chase) -> tuple[Text, ...]:
    """Say how much of it falls to the officer himself, where he is in charge of units."""
    if not desk.own:
        return ()

    def own(rows: Sequence[Standing]) -> int:
        return sum(one.assignment.unit_id in desk.own for one in rows)

    about = {"overdue": own(found.overdue), "today": own(found.due_today), "next": own(found.due_next)}
    return (t("Of these in your charge: overdue {overdue}, due today {today}, due next {next}.", **about),)


def _paused(desk: _Desk, paused: Sequence[Running]) -> list[Text]:
    """Say whose reminders rest today and until when, of those within reach."""
    reach = allowed(desk.powers.roles, Action.CHASE)
    said = []
    for each in paused:
        units = [to.unit_id for to in each.to if to.unit_id is not None]
        if each.pause.first <= desk.ctx.today and any(reach.covers(unit) for unit in units):
            about = {"names": each.audience.spoken, "last": each.pause.last, "reason": quoted(each.pause.reason)}
            said.append(t("Reminders rest until {last} for {names}: {reason}.", **about))
    return said


async def _of_officers(desk: _Desk) -> _Counts:
    """Count decisions, and what only the secretariat deals with: what was not delivered or answered, empty units."""
    session = desk.ctx.session
    notices = await submitted_to(session, desk.ctx.council, desk.person, desk.ctx.today)
    if not allowed(desk.powers.roles, Action.REVIEW):
        return [(len(notices), _TO_DECIDE, Call("duyet"))] if notices else []
    read = await desk.read()
    reports, not_theirs = await waiting(read), await disclaimed(read)
    requests = await requests_waiting(session)
    unreached = await undelivered(session, desk.ctx.now, desk.ctx.zone)
    mute = await sent_unanswered(session, desk.ctx.now, desk.ctx.zone)
    empty = await units_without_focal_point(session, desk.ctx.today)
    questions = await unanswered(session)
    still = await quiet_units(session, desk.ctx.now, desk.ctx.today, desk.ctx.council.quiet_days)
    return [
        (len(reports) + len(requests) + len(not_theirs) + len(notices), _TO_DECIDE, Call("duyet")),
        *([(len(questions), t("Questions to be answered"), Call("phanhoi"))] if questions else []),
        (len(unreached), t("Not delivered, to be telephoned"), Call("homnay.goi")),
        *([(len(mute), SILENT, Call("homnay.goi", {"list": "silent"}))] if mute else []),
        *([(len(still), QUIET, Call("homnay.vang"))] if still else []),
        (len(empty), t("Units without a focal point"), Call("capma.ds", {"list": "empty"})),
    ]


async def _urging(desk: _Desk, rows: Sequence[Standing], which: str) -> tuple[Choice, ...]:
    """Offer to urge those of a list that have not reported, with how many units that reaches."""
    found = await selected(desk.ctx, [one for one in rows if is_unreported(one)], desk.powers)
    if not found.chosen and not found.to_call:
        return ()
    label = t("Urge the {count} units that have not reported", count=len(found.parties))
    if not found.chosen:
        label = t("Telephone {count} units that have not reported", count=len(found.to_call))
    return (Choice(label, Call("dondoc", {"list": which}), primary=True),)


@command("homnay.ds", allow=Action.CHASE)
async def list_chased(ctx: Context) -> Reply:
    """Show one of the lists."""
    desk = await _desk(ctx)
    found = await chase(await desk.read(), desk.reach)
    lists: dict[str, tuple[Text, tuple[Standing, ...]]] = {
        "overdue": (t("Overdue"), found.overdue),
        "due_today": (t("Due today"), found.due_today),
        "due_next": (t("Due by {day}", day=found.next_day), found.due_next),
    }
    what, rows = lists[ctx.args["list"]]
    page = page_of(ctx, own_first(rows, desk.own), MOST_SHOWN)
    choices = (*await _urging(desk, rows, ctx.args["list"]), *page.following)
    head = t("{what} ({count})", what=what, count=len(rows))
    return Reply(head, *await _lines(ctx, page.rows), *page.rest, choices=choices)


@command("homnay.im", allow=Action.CHASE)
async def list_silent(ctx: Context) -> Reply:
    """Show of what nothing was heard at all, the nearest deadline first."""
    desk = await _desk(ctx)
    read = await desk.read()
    count = await count_silent(read, ctx.council, desk.reach)
    rows = await silent_ones(read, ctx.council, count, desk.reach)
    what = t("{what} ({count})", what=t("No answer at all"), count=count)
    page = page_of(ctx, own_first(rows, desk.own), MOST_SHOWN)
    choices = (*await _urging(desk, rows, "silent"), *page.following)
    return Reply(what, *await _lines(ctx, page.rows), *page.rest, choices=choices)


async def _lines(ctx: Context, rows: Sequence[Standing]) -> list[Text]:
    """Say each in a line, marking those of whom nobody is reminded today."""
    paused = await paused_on(ctx.session, ctx.today)
    times = await times_urged(ctx.session, [row.id for row in rows])
    lines = [(row, with_times(ctx, _line(ctx, row), times.get(row.id))) for row in rows]
    return [t("{line} (reminders paused)", line=line) if is_paused(row, paused) else line for row, line in lines]


def _line(ctx: Context, standing: Standing) -> Text:
    about = {"unit": standing.whose, "title": quoted(standing.task.title)}
    if standing.due is None:
        return t("{unit}: {title}", **about)
    return t("{unit}: {title}, due {day}", **about, day=due_day(standing.due, ctx.zone))
