"""What waits for a decision (duyet): reports by task, requests, tasks that are not theirs, notices to be approved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.assignment import quoted
from handlers.choosing import reader, short
from handlers.kit import N_, Call, Choice, Context, Reply, Text, command, t
from handlers.notices import brief
from handlers.paging import page_of
from models.charging import at_head, own_first, units_in_charge
from models.enrolling import ASKED
from models.notice_drafts import Submitted, submitted_to
from models.requests import waiting_count
from models.reviewing import Requested, disclaimed, requests_waiting, waiting
from models.rules.permission import Action, allowed
from models.standing import Standing

_TASKS, _REQUESTS, _ROWS = 5, 3, 8
_NOTHING = t("Nothing waits for a decision.")


@command("duyet", allow=Action.APPROVE, help=N_("See what waits for a decision"), aliases=("review", "pending"))
async def pending(ctx: Context) -> Reply:
    """List what waits, one kind of it a page at a time; whoever only approves notices sees those and nothing else."""
    notices = await submitted_to(ctx.session, ctx.council, ctx.me.id, ctx.today)
    if ctx.args.get("list") == "notices" or not allowed(ctx.powers.roles, Action.REVIEW):
        return _notices(ctx, notices)
    waits = await _waits(ctx)
    if (kind := ctx.args.get("list")) is not None:
        return _listed(ctx, waits, str(kind))
    asking = await waiting_count(ctx.session, ASKED)
    if not any((waits.reports, waits.requests, waits.not_theirs, asking, notices)):
        return Reply(_NOTHING)
    summary = t(
        "Waiting for a decision: {reports} reports, {requests} requests for extension.",
        reports=len(waits.reports),
        requests=len(waits.requests),
    )
    by_task = _by_task(waits.reports)
    return Reply(
        summary,
        *(line for line, _ in by_task[:_TASKS]),
        *_disclaimed_lines(waits.not_theirs[:_REQUESTS]),
        *((t("Asking to serve a unit, to be confirmed: {count}.", count=asking),) if asking else ()),
        *((_to_approve(notices),) if notices else ()),
        choices=(
            *_notice_choices(notices[:_REQUESTS]),
            *((Choice(t("Ask to serve a unit ({count})", count=asking), Call("donvi.cho")),) if asking else ()),
            *(choice for _, choice in by_task[:_TASKS]),
            *_request_choices(waits.requests[:_REQUESTS]),
            *_disclaimed_choices(waits.not_theirs[:_REQUESTS]),
            *_whole_lists(waits, len(by_task)),
            *((Choice(_to_approve(notices), Call("duyet", {"list": "notices"})),) if notices[_REQUESTS:] else ()),
        ),
    )


def _notices(ctx: Context, notices: Submitted) -> Reply:
    """Show a page of the notices that wait for one's approval, each with its button."""
    if not notices:
        return Reply(_NOTHING)
    page = page_of(ctx, notices, _ROWS)
    return Reply(_to_approve(notices), *page.rest, choices=(*_notice_choices(page.rows), *page.following))


def _to_approve(notices: Submitted) -> Text:
    return t("Notices to be approved ({count})", count=len(notices))


def _notice_choices(notices: Submitted) -> list[Choice]:
    return [
        Choice(
            t("Notice of {name}: {notice}", name=name, notice=short(brief(draft.data["text"]), f"Notice of {name}: ")),
            Call("thongbao.trinh", {"draft": draft.id, "version": draft.version}),
        )
        for draft, name in notices
    ]


@dataclass(frozen=True, slots=True)
class _Waits:
    """What waits for a decision, that of the officer's own units first."""

    reports: Sequence[Standing]
    requests: Sequence[Requested]
    not_theirs: Sequence[Standing]


async def _waits(ctx: Context) -> _Waits:
    read = await reader(ctx)
    own = await units_in_charge(ctx.session, ctx.me.id, ctx.today)
    requests = at_head(await requests_waiting(ctx.session), lambda one: one.unit_id in own)
    return _Waits(own_first(await waiting(read), own), requests, own_first(await disclaimed(read), own))


def _whole_lists(waits: _Waits, tasks: int) -> list[Choice]:
    """Offer each list whole that the first message does not hold."""
    longer = {
        "reports": tasks > _TASKS,
        "requests": len(waits.requests) > _REQUESTS,
        "disclaimed": len(waits.not_theirs) > _REQUESTS,
    }
    return [Choice(_heading(waits, kind), Call("duyet", {"list": kind})) for kind in longer if longer[kind]]


def _heading(waits: _Waits, kind: str) -> Text:
    match kind:
        case "reports":
            return t("Reports by task ({count})", count=len(waits.reports))
        case "requests":
            return t("Requests for more time ({count})", count=len(waits.requests))
        case _:
            return t("Not their task ({count})", count=len(waits.not_theirs))


def _listed(ctx: Context, waits: _Waits, kind: str) -> Reply:
    """Show a page of one kind of what waits, each with its button."""
    head = _heading(waits, kind)
    if kind == "requests":
        asked = page_of(ctx, waits.requests, _ROWS)
        return Reply(head, *asked.rest, choices=(*_request_choices(asked.rows), *asked.following))
    if kind == "disclaimed":
        page = page_of(ctx, waits.not_theirs, _ROWS)
        choices = (*_disclaimed_choices(page.rows), *page.following)
        return Reply(head, *_disclaimed_lines(page.rows), *page.rest, choices=choices)
    tasks = page_of(ctx, _by_task(waits.reports), _ROWS)
    choices = (*(choice for _, choice in tasks.rows), *tasks.following)
    return Reply(head, *(line for line, _ in tasks.rows), *tasks.rest, choices=choices)


def _by_task(reports: Sequence[Standing]) -> list[tuple[Text, Choice]]:
    """Count the reports of each task, with a button that lists them."""
    tasks = {standing.task.id: standing.task for standing in reports}
    counts = Counter(standing.task.id for standing in reports)
    rows = []
    for task in tasks.values():
        count = counts[task.id]
        label = t("{count} reports: {title}", count=count, title=short(task.title, f"{count} reports: "))
        line = t("{title}: {count} reports", title=quoted(task.title), count=count)
        rows.append((line, Choice(label, Call("duyet.nhiemvu", {"task": task.id}))))
    return rows


def _disclaimed_lines(found: Sequence[Standing]) -> list[Text]:
    return [t("Not its task, says {unit}: {title}", unit=each.whose, title=quoted(each.task.title)) for each in found]


def _disclaimed_choices(found: Sequence[Standing]) -> list[Choice]:
    units = [one.whose for one in found]
    return [
        Choice(
            t("Not its task: {unit}", unit=_apart(one.whose, one.assignment.number, units)),
            Call("nhiemvu", {"assignment": one.id}),
        )
        for one in found
    ]


def _apart(unit: str, number: int, units: Sequence[str]) -> Text | str:
    """Name a unit on a button; with the task's number where it stands on several of them."""
    return t("{unit}, task {number}", unit=unit, number=number) if units.count(unit) > 1 else unit


def _request_choices(found: Sequence[Requested]) -> list[Choice]:
    units = [one.whose for one in found]
    return [
        Choice(
            t("Extension to {day}: {unit}", day=one.request.asked_on, unit=_apart(one.whose, one.number, units)),
            Call("duyet.giahan", {"extension": one.request.id}),
        )
        for one in found
    ]
