"""The list in which an officer ticks the units whose papers arrived: each tap turns one, the last one goes on."""

from handlers.assignment import quoted
from handlers.kit import Call, Choice, Context, LetterContext, Reply, Text, command, subject_of, t
from handlers.paging import leaf_of, names_of
from models.drafts import Draft
from models.rules.permission import Action
from models.tasks import Task
from models.ticking import RECORDED, Tick, open_list, tick, ticks
from models.writing import fill_in

_PAGE = 10
_NAMED = 12


@command("ghinhan.chon", allow=Action.RECORD_ARRIVAL)
async def turn(ctx: Context) -> Reply | None:
    """Tick a unit or take its tick away; the list itself is drawn anew."""
    draft = await open_list(ctx.session, ctx.args["draft"], ctx.me.id)
    places = ctx.args.get("places")
    await tick(ctx.session, draft, places, ticked=bool(ctx.args["ticked"]))
    ctx.touch(draft)
    return None


@command("ghinhan.trang", allow=Action.RECORD_ARRIVAL)
async def turn_page(ctx: Context) -> Reply | None:
    """Show another page of the list."""
    draft = await open_list(ctx.session, ctx.args["draft"], ctx.me.id)
    await fill_in(ctx.session, draft, page=int(ctx.args["page"]))
    ctx.touch(draft)
    return None


def shown_list(draft: Draft) -> Reply:
    """Show the list as its card."""
    return Reply(card=subject_of(draft))


async def drawn_list(about: LetterContext, draft: Draft) -> Reply:
    """Draw the list as it stands: what is ticked, a page of units to tap, and how to go on; closed once it is over."""
    task = await about.session.get_one(Task, draft.data["task"])
    found = await ticks(about.session, draft)
    ticked = [one for one in found if one.ticked]
    head = t("Which units' papers have arrived: {title}", title=quoted(task.title))
    named = (names_of([one.unit for one in ticked], _NAMED),) if ticked else ()
    if draft.ended_at is not None:
        return Reply(head, *named, result=_result(draft, len(ticked)))
    leaf = leaf_of(found, int(draft.data.get("page", 0)), _PAGE, Call("ghinhan.trang", {"draft": draft.id}))
    return Reply(
        head,
        t("{count} units have not answered; {ticked} are ticked.", count=len(found), ticked=len(ticked)),
        *leaf.said,
        *named,
        choices=(*(_turning(draft, one) for one in leaf.rows), *leaf.turning, *_going_on(draft, found)),
        card=about.subject,
    )


def _turning(draft: Draft, one: Tick) -> Choice:
    label = t("Ticked: {unit}", unit=one.unit) if one.ticked else t("{unit}", unit=one.unit)
    return Choice(label, Call("ghinhan.chon", {"draft": draft.id, "places": [one.place], "ticked": not one.ticked}))


def _going_on(draft: Draft, found: tuple[Tick, ...]) -> list[Choice]:
    """Offer all units at once, recording what is ticked, and dropping the list."""
    this = {"draft": draft.id}
    ticked = sum(one.ticked for one in found)
    choices = []
    if ticked < len(found) > 1:
        label = t("Tick all {count} units", count=len(found))
        choices.append(Choice(label, Call("ghinhan.chon", {**this, "places": None, "ticked": True})))
    if ticked:
        label = t("Record {count} units", count=ticked)
        choices.append(Choice(label, Call("ghinhan.tiep", this), primary=True))
    return [*choices, Choice(t("Drop"), Call("ghinhan.bo", this))]


def _result(draft: Draft, count: int) -> Text:
    if draft.outcome == RECORDED:
        return t("Recorded at {at}: {count} units.", at=draft.ended_at, count=count)
    return t("Dropped at {at}; nothing was recorded.", at=draft.ended_at)
