"""What the secretariat is told at once: obstacles, and tasks said not to be the unit's own; merged for each officer."""

from typing import Any

from sqlalchemy import select

from handlers.assignment import clock_time, quoted
from handlers.kit import Call, Choice, Context, LetterContext, Owed, Reply, Text, command, letter, t
from handlers.paging import page_from
from models.charging import officers_of
from models.evidence import Answered
from models.merging import Merged, next_moment, to_be_told
from models.rules.permission import Action
from models.standing import Standing, standings
from models.tasks import Assignment, Report, Said

_KIND, _ALL = "attention", "nhiemvu.luuy"
_MERGED = Merged(_KIND, about="report", told="reports")
_SHOWN = 5


async def call_attention(ctx: Context, report_id: int) -> None:
    """Owe the officer in charge a word about a report, at once; what follows within minutes becomes one message."""
    unit_id = await ctx.session.scalar(
        select(Assignment.unit_id).join(Report, Report.assignment_id == Assignment.id).where(Report.id == report_id)
    )
    for officer in await officers_of(ctx.session, unit_id, ctx.today):
        after = await next_moment(ctx.session, _MERGED, officer, ctx.now)
        ctx.owe(Owed(officer, f"{_KIND}:{report_id}", letter=_KIND, params={"report": report_id}, not_before=after))


@letter(_KIND)
async def compose(ctx: LetterContext) -> Reply | None:
    """Say all that still waits to be told to this officer; nothing where an earlier message has said it."""
    reports = await to_be_told(ctx.session, _MERGED, ctx.person.id, ctx.params["report"])
    if not reports:
        return None
    return await _shown(ctx, Call(_ALL, {_MERGED.told: reports}))


@command(_ALL, allow=Action.REVIEW)
async def list_all(ctx: Context) -> Reply:
    """Show the next of what one message told."""
    return await _shown(ctx, Call(_ALL, ctx.args)) or Reply(t("None of these reports stands any more."))


async def _shown(ctx: Context | LetterContext, call: Call) -> Reply | None:
    """Show the reports that a call names, a page at a time; the buttons also keep which of them were told."""
    reports: list[int] = call.args[_MERGED.told]
    where = Assignment.id.in_(select(Report.assignment_id).where(Report.id.in_(reports)))
    found = [
        (standing, answer)
        for standing in await (await standings(ctx.session, ctx.now, ctx.zone)).of(where)
        for answer in standing.answers
        if answer.report_id in reports
    ]
    if not found:
        return None
    page = page_from(call, found, _SHOWN)
    lines = [_line(ctx, standing, answer) for standing, answer in page.rows]
    calls = [Call("nhiemvu", {"assignment": standing.id, _MERGED.told: reports}) for standing, _ in page.rows]
    if len(found) == 1:
        return Reply(*lines, choices=(Choice(t("See {unit}", unit=found[0][0].whose), calls[0]),))
    return Reply(
        t("{count} reports need the secretariat's attention:", count=len(found)),
        *(t("{number}. {line}", number=place, line=line) for place, line in enumerate(lines, page.start + 1)),
        *page.rest,
        choices=(
            *(Choice(t("View {number}", number=place), view) for place, view in enumerate(calls, page.start + 1)),
            *page.following,
        ),
    )


def _line(ctx: Context | LetterContext, standing: Standing, answer: Answered) -> Text:
    about: dict[str, Any] = {
        "unit": standing.whose,
        "title": quoted(standing.title),
        "text": quoted(answer.text),
        "person": answer.by,
        "at": clock_time(answer.at, ctx.now, ctx.zone),
    }
    if answer.said == Said.NOT_OURS:
        return t("{unit}, “{title}”: not the unit's task; {text} ({person}, {at}).", **about)
    return t("{unit}, “{title}”: difficulties, obstacles; {text} ({person}, {at}).", **about)
