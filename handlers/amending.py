"""A receipt told to its unit, recorded anew or taken back: by an officer, until it has been decided on."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from handlers.assignment import quoted
from handlers.choosing import act_of, run
from handlers.kit import Ask, Call, Choice, Context, LetterContext, Refusal, Reply, Spread, Text, command, letter, t
from models.answer_words import arrived, in_short
from models.drafts import Draft
from models.evidence import Answered
from models.outbox import Priority
from models.powers import powers_of
from models.receipts import Arrival, Received, correct, withdraw
from models.reviewing import behind_all
from models.rules.arrivals import ROUTE_NAMES, Filing, Route, read_filing
from models.rules.permission import Action, allowed
from models.rules.status import due_day, is_late
from models.rules.steps import Paper
from models.rules.words import command_of
from models.standing import Standing, standings, within
from models.tasks import Assignment, Report
from models.whom import focal_points

RECEIVED: Final = "receipt"
CORRECTED: Final = "receipt.corrected"
TAKEN_BACK: Final = "receipt.back"
_NAMED = 12
_COMMAND: Final = "ghinhan"


def said_of(arrival: Arrival) -> Text:
    """Say what arrived: the paper, the day, the route."""
    return arrived(Paper(arrival.number, arrival.dated), arrival.on, arrival.route, arrival.entry)


async def tell_received(ctx: Context, received: Sequence[Received], kind: str = RECEIVED) -> tuple[Text, ...]:
    """Owe everybody behind these assignments one message about their own; gives a line naming units without anybody."""
    for one in received:
        ctx.touch(one.standing.assignment)
    assignments = [one.standing.assignment for one in received]
    rows = behind_all(assignments, ctx.today)
    params = {"reports": [one.report_id for one in received]}
    key = f"{kind}:{received[0].report_id}"
    ctx.spread(Spread(rows, key, letter=kind, params=params, priority=Priority.URGENT))
    units = {one.standing.assignment.unit_id: one.standing.whose for one in received}
    told = {unit for unit, _ in await focal_points(ctx.session, [unit for unit in units if unit], ctx.today)}
    alone = tuple(name for unit, name in units.items() if unit and unit not in told)
    return (t("Nobody answers yet for: {names}.", names=alone[:_NAMED]),) if alone else ()


@letter(RECEIVED)
async def say_received(about: LetterContext) -> Reply | None:
    """Tell somebody what was recorded of his units; nothing of what was recorded anew or taken back meanwhile."""
    return await _said_to(about, t("Received: {title}"))


@letter(CORRECTED)
async def say_corrected(about: LetterContext) -> Reply | None:
    """Tell somebody what was recorded anew of his units."""
    return await _said_to(about, t("Corrected: received {title}"))


@letter(TAKEN_BACK)
async def say_taken_back(about: LetterContext) -> Reply | None:
    """Tell somebody of whose units a receipt was taken back; nothing where they have answered meanwhile."""
    lines: list[Text | str] = []
    for standing, answer in await _own(about):
        if standing.awaits_unit:
            lines += [
                t("Taken back: received {title}", title=quoted(standing.title)),
                t("To: {unit}.", unit=standing.whose),
                t("{agency} takes back what it recorded: {what}.", agency=agency(about), what=in_short(answer)),
                t("{unit} is asked to report its progress. Respectfully.", unit=standing.whose),
            ]
    return Reply(*lines) if lines else None


async def _said_to(about: LetterContext, first: Text) -> Reply | None:
    lines: list[Text | str] = []
    for standing, answer in await _own(about):
        if answer.replaced_at is not None:
            continue
        due = standing.facts.due
        is_behind = due is not None and is_late(answer.came(about.zone), due, about.zone)
        lines += [
            Text(first.id, {"title": quoted(standing.title)}),
            t("To: {unit}.", unit=standing.whose),
            t(
                "{agency} recorded what it received: {what}. Recorded by {person} at {at}.",
                agency=agency(about),
                what=in_short(answer),
                person=answer.by,
                at=answer.at,
            ),
            *((t("It arrived after the deadline {due}.", due=due_day(due, about.zone)),) if due and is_behind else ()),
            t("No further answer is needed; it awaits acceptance. Respectfully."),
        ]
    return Reply(*lines) if lines else None


async def _own(about: LetterContext) -> list[tuple[Standing, Answered]]:
    """Read the receipts of a letter that are of the reader's own units and posts."""
    reports = set(about.params["reports"])
    powers = await powers_of(about.session, about.person.id, about.today)
    theirs = within(allowed(powers.roles, Action.REPORT), powers.posts)
    these = Assignment.id.in_(select(Report.assignment_id).where(Report.id.in_(reports)))
    found = await (await standings(about.session, about.now, about.zone)).of(these, theirs)
    return [(standing, answer) for standing in found for answer in standing.answers if answer.report_id in reports]


def agency(about: LetterContext) -> Text | str:
    """Name the standing agency."""
    return about.council.standing_agency or t("The standing agency of the council")


def amendable(where: dict[str, Any]) -> tuple[Choice, ...]:
    """Offer to correct or take back receipts: those of a draft ({"draft": id}) or some reports ({"reports": […]})."""
    return (
        Choice(t("Correct this"), Call("ghinhan.sua", where)),
        Choice(t("Take back"), Call("ghinhan.rut", where)),
    )


def ask_how(question: Text, call: Call, today: date) -> Reply:
    """Ask by which route something came; one line may say more. `call` takes a route as `route`, a line as `line`."""
    return Reply(
        question,
        t("One line may say more, for instance: giấy; 45/BC-SYT ngày {day}; đến {day}.", day=today),
        choices=tuple(
            Choice(t("Came {route}", route=name), call.with_arg("route", route.value))
            for route, name in ROUTE_NAMES.items()
        ),
        ask=Ask(call, "line"),
    )


def how_said(ctx: Context) -> Filing:
    """Read the route that was pressed, or the line that was typed; raises Refusal for words that say nothing of it."""
    if route := ctx.args.get("route"):
        return Filing(route=Route(str(route)))
    filing = read_filing(str(ctx.args["line"]), ctx.today)
    if filing.whose or filing == Filing():
        raise Refusal(
            t(
                "“{words}” was not understood; please write: giấy; 45/BC-SYT ngày {day}; đến {day}. “thôi” leaves the "
                "question.",
                words=filing.whose,
                day=ctx.today,
            )
        )
    return filing


def begun_anew(ctx: Context) -> str | None:
    """Give what follows “ghinhan” where the answer to a question is that command anew; None for an answer."""
    said = str(ctx.args.get("line") or ctx.args.get("whom") or "")
    typed = command_of(said, {_COMMAND: _COMMAND}, frozenset({_COMMAND}))
    return typed.rest if typed is not None else None


def changes_of(filing: Filing) -> dict[str, Any]:
    """Give what a line says, as the fields of an `Arrival`; what it leaves out is left out."""
    said: dict[str, Any] = {"route": filing.route.value} if filing.route else {}
    if filing.arrived_on is not None:
        said["on"] = filing.arrived_on
    if filing.paper is not None:
        said |= {"number": filing.paper.number, "dated": filing.paper.day}
    return said


@command("ghinhan.sua", allow=Action.RECORD_ARRIVAL)
async def ask_anew(ctx: Context) -> Reply:
    """Ask what receipts should say."""
    reports = await _reports(ctx)
    question = t("{count} receipts: what should they say? “thôi” leaves them as they are.", count=len(reports))
    return ask_how(question, Call("ghinhan.sualai", dict(ctx.args)), ctx.today)


@command("ghinhan.sualai", allow=Action.RECORD_ARRIVAL)
async def record_anew(ctx: Context) -> Reply | None:
    """Record receipts anew, and tell their units."""
    if (line := begun_anew(ctx)) is not None:
        return await run(ctx, Call(_COMMAND), line)
    change = changes_of(how_said(ctx))
    reports = await _reports(ctx)
    if len(reports) > 1 and "number" in change:
        raise Refusal(t("A number belongs to one paper; please correct the receipt of that unit alone."))
    done = await correct(act_of(ctx), reports, change)
    untold = await tell_received(ctx, done, CORRECTED)
    await _keep(ctx, done)
    lines = [t("Corrected at {at}: {count} receipts; the units have been told.", at=ctx.now, count=len(done))]
    if len(done) == 1:
        lines.append(t("{unit}: {what}.", unit=done[0].standing.whose, what=said_of(done[0].arrival)))
    left = _left(len(reports) - len(done))
    return Reply(*lines, *left, *untold, choices=amendable(_same(ctx, done)))


@command("ghinhan.rut", allow=Action.RECORD_ARRIVAL)
async def ask_back(ctx: Context) -> Reply:
    """Ask before receipts are taken back."""
    reports = await _reports(ctx)
    return Reply(
        t("Take back {count} receipts? Their units owe the report again and are told.", count=len(reports)),
        choices=(
            Choice(t("Take back {count} receipts", count=len(reports)), Call("ghinhan.rut.co", ctx.args), primary=True),
            Choice(t("Leave them"), Call("ghinhan.giu")),
        ),
    )


@command("ghinhan.giu", allow=Action.RECORD_ARRIVAL)
async def leave(ctx: Context) -> Reply:
    """Leave receipts as they are."""
    return Reply(t("The receipts stay as they are."))


@command("ghinhan.rut.co", allow=Action.RECORD_ARRIVAL)
async def take_back(ctx: Context) -> Reply:
    """Take receipts back, and tell their units that the report is owed again."""
    reports = await _reports(ctx)
    done = await withdraw(act_of(ctx), reports)
    await tell_received(ctx, done, TAKEN_BACK)
    units = tuple(one.standing.whose for one in done[:_NAMED])
    said = t("Taken back at {at}: {count} receipts ({units}).", at=ctx.now, count=len(done), units=units)
    return Reply(said, *_left(len(reports) - len(done)))


def _left(count: int) -> tuple[Text, ...]:
    return (t("{count} have been decided on meanwhile and stay as they are.", count=count),) if count else ()


async def _reports(ctx: Context) -> list[int]:
    """Name the receipts that a button is about."""
    if "draft" not in ctx.args:
        return [int(report) for report in ctx.args["reports"]]
    draft = await ctx.session.get(Draft, ctx.args["draft"])
    return list(draft.data.get("reports", ())) if draft is not None else []


async def _keep(ctx: Context, done: Sequence[Received]) -> None:
    """Let the buttons of a draft be about the newest form of its receipts."""
    draft = await ctx.session.get(Draft, ctx.args["draft"]) if "draft" in ctx.args else None
    if draft is not None:
        draft.data = {**draft.data, "reports": [one.report_id for one in done]}
        await ctx.session.flush()


def _same(ctx: Context, done: Sequence[Received]) -> dict[str, Any]:
    if "draft" in ctx.args:
        return {"draft": ctx.args["draft"]}
    return {"reports": [one.report_id for one in done]}
