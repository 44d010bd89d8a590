"""What the secretariat is told at once: obstacles, and tasks said not to be the unit's own; merged for each officer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from handlers.assignment import clock_time, quoted
from handlers.kit import Call, Choice, Context, LetterContext, Owed, Reply, Text, letter, t
from models.charging import officers_of
from models.evidence import Answered
from models.merging import Merged, next_moment, to_be_told
from models.standing import Standing, standings
from models.tasks import Assignment, Report, Said

_KIND = "attention"
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
    where = Assignment.id.in_(select(Report.assignment_id).where(Report.id.in_(reports)))
    found = [
        (standing, answer)
        for standing in await (await standings(ctx.session, ctx.now, ctx.zone)).of(where)
        for answer in standing.answers
        if answer.report_id in reports
    ]
    lines = [_line(ctx, standing, answer) for standing, answer in found[:_SHOWN]]
    if len(found) > 1:
        lines = [t("{number}. {line}", number=place, line=line) for place, line in enumerate(lines, 1)]
        lines.insert(0, t("{count} reports need the secretariat's attention:", count=len(found)))
    if len(found) > _SHOWN:
        lines.append(t("and {count} more", count=len(found) - _SHOWN))
    return Reply(*lines, choices=_to_see([standing for standing, _ in found], reports))


def _to_see(found: Sequence[Standing], reports: list[int]) -> tuple[Choice, ...]:
    """Offer to look at each of the tasks; the calls also keep which reports this message has told."""
    calls = [Call("nhiemvu", {"assignment": one.id, "reports": reports}) for one in found[:_SHOWN]]
    if len(found) == 1:
        return (Choice(t("See {unit}", unit=found[0].whose), calls[0]),)
    return tuple(Choice(t("View {number}", number=place), call) for place, call in enumerate(calls, 1))


def _line(ctx: LetterContext, standing: Standing, answer: Answered) -> Text:
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
