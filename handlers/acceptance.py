"""What waits for the secretariat's decision: reports and requests for more time, one by one or together."""

from collections.abc import Sequence

from handlers.assignment import clock_time, quoted
from handlers.choosing import act_of, day_choices, day_said, one_of, reader
from handlers.kit import Ask, Call, Choice, Context, Reply, Subject, Text, command, subject_of, t
from handlers.meeting_news import touch_concluded
from handlers.naming import spread_to_all, tell_behind
from handlers.paging import names_of, page_of
from models.answer_words import in_short
from models.assignments import accept, ask_to_complete
from models.charging import own_first, units_in_charge
from models.days import working_calendar
from models.reviewing import accept_together, behind_all, files_of, waiting
from models.rules.permission import Action
from models.rules.status import first_in, is_late
from models.standing import Standing
from models.tasks import Assignment, Extension, Review
from models.whom import behind

_ROWS = 8
_PROPOSED = (3, 5, 10)
_NO_DAY = "-"


@command("duyet.giahan", allow=Action.DECIDE_EXTENSION)
async def show_request(ctx: Context) -> Reply:
    """Show one request for more time as a card."""
    return Reply(card=Subject(Extension.__tablename__, ctx.args["extension"]))


@command("duyet.nhiemvu", allow=Action.REVIEW)
async def list_reports(ctx: Context) -> Reply:
    """List the reports of one task that wait, a page at a time: to be accepted together, or looked at one by one."""
    task_id = int(ctx.args["task"])
    own = await units_in_charge(ctx.session, ctx.me.id, ctx.today)
    reports = own_first(await waiting(await reader(ctx), Assignment.task_id == task_id), own)
    if not reports:
        return Reply(t("Nothing of this task waits for a decision any more."))
    page = page_of(ctx, reports, _ROWS)
    choices = [
        Choice(t("{unit}", unit=standing.whose), Call("duyet.mot", {"assignment": standing.id}))
        for standing in page.rows
    ]
    if len(reports) > 1:
        accept_all = Call("duyet.tatca", {"task": task_id, "reports": _pairs(reports)})
        choices.insert(0, Choice(t("Accept all {count}", count=len(reports)), accept_all, primary=True))
    title = t("{title}: {count} reports", title=reports[0].title, count=len(reports))
    return Reply(title, *(_row(ctx, standing) for standing in page.rows), choices=(*choices, *page.following))


@command("duyet.mot", allow=Action.REVIEW)
async def show(ctx: Context) -> Reply:
    """Show one report as the card of its assignment, which closes when it is decided."""
    standing = await one_of(ctx, ctx.args["assignment"], Action.REVIEW)
    return Reply(card=subject_of(standing.assignment))


@command("duyet.tep", allow=Action.REVIEW)
async def show_files(ctx: Context) -> Reply:
    """Hand out the files of all answers of an assignment."""
    standing = await one_of(ctx, ctx.args["assignment"], Action.REVIEW)
    files = await files_of(ctx.session, standing.id)
    if not files:
        return Reply(t("{unit} has handed in no files about this.", unit=standing.whose))
    return Reply(
        t("{unit}: {count} files about “{title}”.", unit=standing.whose, count=len(files), title=standing.title),
        files=files,
    )


@command("duyet.xacnhan", allow=Action.REVIEW)
async def accept_one(ctx: Context) -> Reply:
    """Accept one report, and tell its unit."""
    standing = await one_of(ctx, ctx.args["assignment"], Action.REVIEW)
    await _accept(ctx, standing, ctx.args["report"])
    return Reply(
        t(
            "Accepted: {unit}, {title}. The unit has been told.",
            unit=standing.whose,
            title=standing.title,
        )
    )


@command("duyet.tatca", allow=Action.REVIEW)
async def preview_all(ctx: Context) -> Reply:
    """Name the units whose reports would be accepted together, before it is done."""
    reports = await waiting(await reader(ctx), Assignment.task_id == int(ctx.args["task"]))
    seen = dict(ctx.args["reports"])
    late = [standing.whose for standing in reports if standing.id in seen and _is_late(ctx, standing)]
    return Reply(
        t("Accept the reports of {count} units?", count=len(seen)),
        names_of([standing.whose for standing in reports if standing.id in seen]),
        *((t("Late: {units}", units=names_of(late)),) if late else ()),
        choices=(
            Choice(t("Accept all {count}", count=len(seen)), Call("duyet.tatca.co", ctx.args), primary=True),
            Choice(t("Not now"), Call("duyet")),
        ),
    )


@command("duyet.tatca.co", allow=Action.REVIEW)
async def accept_all(ctx: Context) -> Reply:
    """Accept exactly the reports that were previewed; what has changed since stays and is named."""
    seen = dict(ctx.args["reports"])
    same = await accept_together(act_of(ctx), seen)
    for standing in same:
        ctx.touch(standing.assignment)
    await touch_concluded(ctx, [standing.task.id for standing in same])
    if same:
        told = t("Accepted as finished: {title}.", title=same[0].title)
        rows = behind_all([standing.assignment for standing in same], ctx.today)
        key = f"accepted:{same[0].id}:{ctx.now:%Y%m%d%H%M%S}"
        await spread_to_all(ctx, rows, key, told, same)
    lines = [t("Accepted: {count} reports. The units have been told.", count=len(same))]
    if len(same) < len(seen):
        lines.append(t("{count} have changed since and stay as they are.", count=len(seen) - len(same)))
    return Reply(*lines)


@command("duyet.bosung", allow=Action.REVIEW)
async def return_one(ctx: Context) -> Reply:
    """Ask a unit to complete its report: the reason, then the day; the unit gets its card anew."""
    standing = await one_of(ctx, ctx.args["assignment"], Action.REVIEW)
    known = {key: str(ctx.args[key]) for key in ("reason", "until") if ctx.args.get(key)}
    call = Call("duyet.bosung", {"assignment": standing.id, **known})
    if "reason" not in known:
        return Reply(t("What must {unit} complete? The unit reads it.", unit=standing.whose), ask=Ask(call, "reason"))
    if "until" not in known:
        calendar = await working_calendar(ctx.session)
        days = day_choices([calendar.shift(ctx.today, ahead) for ahead in _PROPOSED], call)
        without = Choice(t("Without a day"), call.with_arg("until", _NO_DAY))
        return Reply(
            t("By the end of which day? Please press or write one."), choices=(*days, without), ask=Ask(call, "until")
        )
    day = None if known["until"] == _NO_DAY else day_said(known["until"], ctx.today)
    review = await ask_to_complete(act_of(ctx), standing.id, known["reason"], day)
    ctx.touch(standing.assignment)
    for person in await behind(ctx.session, standing.assignment, ctx.today):
        ctx.tell(person, Reply(card=subject_of(standing.assignment)), key=f"review:{review.id}")
    return Reply(t("{unit} has been asked to complete: {reason}", unit=standing.whose, reason=known["reason"]))


async def _accept(ctx: Context, standing: Standing, report_id: int) -> Review:
    review = await accept(act_of(ctx), standing.id, report_id)
    ctx.touch(standing.assignment)
    await touch_concluded(ctx, [standing.task.id])
    finished = standing.finished
    number = finished.number if finished is not None else 0
    told = t("Accepted as finished: {title} (report no. {number}).", title=standing.title, number=number)
    await tell_behind(ctx, standing, f"review:{review.id}", told)
    return review


def _row(ctx: Context, standing: Standing) -> Text:
    """Say one report in a line."""
    finished = standing.finished
    if finished is None:
        return t("{unit}", unit=standing.whose)
    what: Text | str = quoted(finished.text) or t("finished")
    if finished.paper_number or finished.arrived_on is not None:
        what = in_short(finished)
    about = {"unit": standing.whose, "at": clock_time(finished.at, ctx.now, ctx.zone), "what": what}
    return t("{unit}: {what} ({at}, late)", **about) if _is_late(ctx, standing) else t("{unit}: {what} ({at})", **about)


def _is_late(ctx: Context, standing: Standing) -> bool:
    came = first_in(standing.facts)
    return came is not None and is_late(came, standing.facts.due, ctx.zone)


def _pairs(reports: Sequence[Standing]) -> list[tuple[int, int]]:
    return [(standing.id, standing.finished.report_id) for standing in reports if standing.finished is not None]
