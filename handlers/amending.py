"""A receipt told to its unit, recorded anew or taken back: by an officer, until it has been decided on."""

from collections.abc import Sequence
from typing import Any

from handlers.assignment import quoted
from handlers.choosing import act_of
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, Speaker, Text, command, t
from models.answer_words import arrived
from models.drafts import Draft
from models.evidence import start_of
from models.receipts import Arrival, Received, correct, withdraw
from models.rules.arrivals import ROUTE_NAMES, Filing, Route, read_filing
from models.rules.permission import Action
from models.rules.status import due_day, is_late
from models.rules.steps import Paper
from models.whom import behind

_NAMED = 12


def said_of(arrival: Arrival) -> Text:
    """Say what arrived: the paper, the day, the route."""
    return arrived(Paper(arrival.number, arrival.dated), arrival.on, arrival.route, arrival.entry)


async def tell_received(ctx: Context, received: Sequence[Received], first: Text) -> None:
    """Tell the people behind each assignment, once, what was recorded and by whom; `first` says what happened."""
    for one in received:
        standing = one.standing
        ctx.touch(standing.assignment)
        late = is_late(start_of(one.arrival.on, ctx.zone), standing.facts.due, ctx.zone)
        message = Reply(
            Text(first.id, {**first.values, "title": quoted(standing.title)}),
            t("To: {unit}.", unit=standing.whose),
            t(
                "{agency} recorded what it received: {what}. Recorded by {person} at {at}.",
                agency=agency(ctx),
                what=said_of(one.arrival),
                person=ctx.me.name,
                at=ctx.now,
            ),
            *((t("It arrived after the deadline {due}.", due=_due(ctx, one)),) if late else ()),
            t("No further answer is needed; it awaits acceptance. Respectfully."),
        )
        for person in await behind(ctx.session, standing.assignment, ctx.today):
            ctx.tell(person, message, key=f"receipt:{one.report_id}")


def agency(ctx: Speaker) -> Text | str:
    """Name the standing agency."""
    return ctx.council.standing_agency or t("The standing agency of the council")


def _due(ctx: Context, one: Received) -> Any:
    due = one.standing.facts.due
    return due_day(due, ctx.zone) if due is not None else None


def amendable(where: dict[str, Any]) -> tuple[Choice, ...]:
    """Offer to correct or take back receipts: those of a draft ({"draft": id}) or some reports ({"reports": […]})."""
    return (
        Choice(t("Correct this"), Call("ghinhan.sua", where)),
        Choice(t("Take back"), Call("ghinhan.rut", where)),
    )


def ask_how(question: Text, call: Call) -> Reply:
    """Ask by which route something came; one line may say more. `call` takes a route as `route`, a line as `line`."""
    return Reply(
        question,
        t("One line may say more, for instance: giấy; 45/BC-SYT ngày 12/6; đến 12/6."),
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
            t("“{words}” was not understood; please write: giấy; 45/BC-SYT ngày 12/6; đến 12/6.", words=filing.whose)
        )
    return filing


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
    return ask_how(question, Call("ghinhan.sualai", dict(ctx.args)))


@command("ghinhan.sualai", allow=Action.RECORD_ARRIVAL)
async def record_anew(ctx: Context) -> Reply:
    """Record receipts anew, and tell their units."""
    change = changes_of(how_said(ctx))
    reports = await _reports(ctx)
    if len(reports) > 1 and "number" in change:
        raise Refusal(t("A number belongs to one paper; please correct the receipt of that unit alone."))
    done = await correct(act_of(ctx), reports, change)
    await tell_received(ctx, done, t("Corrected: received {title}"))
    await _keep(ctx, done)
    lines = [t("Corrected at {at}: {count} receipts; the units have been told.", at=ctx.now, count=len(done))]
    if len(done) == 1:
        lines.append(t("{unit}: {what}.", unit=done[0].standing.whose, what=said_of(done[0].arrival)))
    return Reply(*lines, *_left(len(reports) - len(done)), choices=amendable(_same(ctx, done)))


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
    for one in done:
        ctx.touch(one.standing.assignment)
        message = Reply(
            t("Taken back: received {title}", title=quoted(one.standing.title)),
            t("To: {unit}.", unit=one.standing.whose),
            t("{agency} takes back what it recorded: {what}.", agency=agency(ctx), what=said_of(one.arrival)),
            t("{unit} is asked to report its progress. Respectfully.", unit=one.standing.whose),
        )
        for person in await behind(ctx.session, one.standing.assignment, ctx.today):
            ctx.tell(person, message, key=f"receipt.back:{one.report_id}")
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
