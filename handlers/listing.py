"""Messages that list several tasks of a unit: acknowledged at once by one tap, and closed when all are answered."""

from collections.abc import Sequence

from handlers.assignment import Viewer, did, left
from handlers.choosing import act_of, may, reader
from handlers.kit import LISTING, Call, Choice, Context, LetterContext, Refusal, Reply, Subject, Text, card, command, t
from models.answering import Answer
from models.assignments import record
from models.powers import powers_of
from models.rules.permission import Action
from models.rules.spoken import headline
from models.standing import Standing, standings
from models.subjects import subject_of
from models.tasks import Assignment, Said

_OPENED = 6
_TITLE = 60


def listed(found: Sequence[Standing]) -> tuple[Subject, ...]:
    """Name the assignments that a message lists, so that it is edited when one of them is answered."""
    return tuple(subject_of(standing.assignment) for standing in found)


def buttons(found: Sequence[Standing]) -> tuple[Choice, ...]:
    """Offer to acknowledge what nobody has answered, and to open each task."""
    several = len({standing.whose for standing in found}) > 1
    opened = tuple(
        Choice(_opening(standing, several=several), Call("nhiemvu", {"assignment": standing.id}))
        for standing in found[:_OPENED]
    )
    silent = [standing.id for standing in found if standing.last is None]
    if not silent:
        return opened
    label = t("Acknowledged") if len(found) == 1 else t("Acknowledge all")
    return (Choice(label, Call("nhan.tatca", {"assignments": silent}), primary=True), *opened)


def _opening(standing: Standing, *, several: bool) -> Text:
    number = standing.assignment.number
    if several:
        return t("Open task {number} ({unit})", number=number, unit=standing.whose)
    return t("Open task {number}", number=number)


@command("nhan.tatca", allow=Action.REPORT)
async def acknowledge_all(ctx: Context) -> Reply:
    """Record that the unit has received every task of one message; what somebody has answered stays as it is."""
    wanted = await (await reader(ctx)).of(Assignment.id.in_(ctx.args["assignments"]))
    own = [standing for standing in wanted if may(ctx.powers, Action.REPORT, standing.assignment)]
    if not own:
        raise Refusal(t("These tasks were not given to a unit of yours; please send “nhiemvu” for your tasks."))
    silent = [standing for standing in own if standing.last is None and standing.awaits_unit]
    for standing in silent:
        await record(act_of(ctx), standing.id, Answer(Said.ACKNOWLEDGED))
        ctx.touch(standing.assignment)
    if not silent:
        return Reply(t("All of these tasks have been answered already; send “nhiemvu” to see how they stand."))
    units = tuple(dict.fromkeys(standing.whose for standing in silent))
    return Reply(t("Acknowledged at {at}: {count} tasks of {unit}.", at=ctx.now, count=len(silent), unit=units))


@card(LISTING)
async def drawn_anew(ctx: LetterContext) -> Reply:
    """Show a list as it now stands: who has answered what; closed once each task has an answer."""
    about = [subject.id for subject in ctx.params["about"]]
    read = await standings(ctx.session, ctx.now, ctx.zone)
    found = {standing.id: standing for standing in await read.of(Assignment.id.in_(about))}
    ordered = [found[assignment_id] for assignment_id in about if assignment_id in found]
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    viewer = Viewer(ctx.person.locale, powers, ctx.now, read.measure)
    several = len({standing.whose for standing in ordered}) > 1
    lines = [_line(standing, viewer, several=several) for standing in ordered]
    waiting = [standing for standing in ordered if standing.last is None and standing.awaits_unit]
    if waiting:
        return Reply(ctx.params["first"], *lines, choices=buttons(waiting))
    return Reply(ctx.params["first"], *lines, result=t("All {count} tasks have been answered.", count=len(ordered)))


def _line(standing: Standing, viewer: Viewer, *, several: bool) -> Text:
    short, number = headline(None, standing.task.title, _TITLE), standing.assignment.number
    title: Text | str = t("{title} ({unit})", title=short, unit=standing.whose) if several else short
    if standing.last is None:
        return t("{number}. {title}, {left}.", number=number, title=title, left=left(standing, viewer))
    return t("{number}. {title}. {answered}", number=number, title=title, answered=did(standing.last, viewer))
