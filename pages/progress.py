"""The list of tasks with how many units have answered, live: for the secretariat all, for members their own units."""

from typing import Final

from sqlalchemy import ColumnElement, and_
from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from models.ids import read_id
from models.overview import Glance, changed, glances, marks
from models.pauses import paused_on
from models.rules.permission import Action, allowed
from models.rules.text import t
from models.standing import Standings, standings, within
from models.tasks import Assignment
from pages.desk import CHANGED_TOPIC, CLOCK_TOPIC
from pages.reader import Reader, reader_of, sample_bar
from pages.streams import Stream, alone
from pages.tasklist import Paused, task_row, totals, unit_row
from pages.views import Option, ProgressPage, TaskRow
from pages.visit import Visit, visit

_REST_SECONDS: Final = 1.0
_STATES: Final = (
    ("", t("All tasks")),
    ("open", t("Not all have reported")),
    ("overdue", t("Overdue")),
    ("done", t("Done by all")),
)
_NOT_OPEN: Final = t("This list is for the secretariat and council members; “nhiemvu” in the conversation lists yours.")


def _seen(reader: Reader) -> ColumnElement[bool]:
    return within(allowed(reader.powers.roles, Action.SEE_TASKS), reader.powers.posts)


async def show(request: Request) -> Response:
    """Show the tasks, those searched for, or one of them unfolded."""
    come = await visit(request)
    if come.reader is None:
        return come.to("/signin")
    if not come.reader.may(Action.CHASE):
        return come.refused(_NOT_OPEN, 403)
    return come.page("progress.html", progress=await _page(come, come.reader))


async def _page(come: Visit, reader: Reader) -> ProgressPage:
    query = come.request.query_params
    search, state, opened = query.get("q", "").strip()[:100], query.get("state", ""), query.get("open", "")
    async with come.desk.read() as session:
        stands = await standings(session, come.desk.now(), come.desk.zone)
        found = await glances(stands, _seen(reader), search)
        rows = [await _row(come, stands, reader, glance, opened=opened) for glance in found if _is_in(glance, state)]
    return ProgressPage(
        rows=tuple(rows),
        totals=totals(come, (glance.counts for glance in found)),
        moment=_as_of(come),
        cursor=come.desk.now().isoformat(),
        search=search,
        states=tuple(Option(value, come.speak(label), chosen=value == state) for value, label in _STATES),
    )


def _as_of(come: Visit) -> str:
    return come.speak(t("{time}", time=come.desk.now()))


async def _row(come: Visit, stands: Standings, reader: Reader, glance: Glance, *, opened: str) -> TaskRow:
    is_open = opened == str(glance.task.id)
    if not is_open:
        return task_row(come, stands.measure, glance)
    units = await stands.of(_seen(reader), Assignment.task_id == glance.task.id)
    return task_row(come, stands.measure, glance, units, await _paused(come, stands))


async def _paused(come: Visit, stands: Standings) -> Paused:
    return await paused_on(stands.session, stands.now.astimezone(come.desk.zone).date())


def _is_in(glance: Glance, state: str) -> bool:
    counts = glance.counts
    match state:
        case "open":
            return counts.silent + counts.acknowledged > 0
        case "overdue":
            return counts.overdue > 0
        case "done":
            return counts.given > 0 and counts.accepted == counts.given
        case _:
            return True


async def units(request: Request) -> Response:
    """Give the units of one task, as a part of the page."""
    come = await visit(request)
    if come.reader is None or not come.reader.may(Action.CHASE):
        return Response(status_code=401)
    task_id = read_id(request.query_params.get("task", ""))
    if task_id is None:
        return Response(status_code=404)
    async with come.desk.read() as session:
        stands = await standings(session, come.desk.now(), come.desk.zone)
        found = await stands.of(_seen(come.reader), Assignment.task_id == task_id)
        paused = await _paused(come, stands)
    row = {"id": str(task_id), "units": tuple(unit_row(come, standing, paused) for standing in found)}
    return HTMLResponse(come.part("_units.html", row=row))


async def follow(request: Request) -> Response:
    """Send what changes in the list."""
    return alone(await stream(request))


async def stream(request: Request) -> Stream | None:
    """Give every task whose figures change, as long as the page is open; None to who may not follow."""
    come = await visit(request)
    if come.reader is None or not come.reader.may(Action.CHASE):
        return None
    return _events(come)


async def _events(come: Visit) -> Stream:
    known: dict[int, int] | None = None
    clock = ""
    with come.desk.news(CHANGED_TOPIC, CLOCK_TOPIC) as bell:
        while not come.desk.stopping.is_set():
            moved = False
            if come.desk.sample and (now := sample_bar(come.desk, come.frame.locale).now) != clock:
                moved, clock = bool(clock), now
                yield ServerSentEvent(now, event="clock")
            async with come.desk.read() as session:
                # looked up anew: whoever loses a post, or is signed out, sees no more
                reader = await reader_of(come.request, session)
                if reader is None or not reader.may(Action.CHASE):
                    return
                latest = await marks(session, _seen(reader))
                ids = set(latest) if moved or known is None else changed(known, latest)
                stands = await standings(session, come.desk.now(), come.desk.zone)
                events = [await _event(come, stands, reader, ids)] if ids else []
            known = latest
            for event in events:
                yield event
            await come.desk.rest(_REST_SECONDS)  # figures of many tasks are not counted anew for every report
            await bell.rung(come.desk.look_seconds)


async def _event(come: Visit, stands: Standings, reader: Reader, ids: set[int]) -> ServerSentEvent:
    """Show the changed tasks and the totals; whatever the page does not show it passes over."""
    seen = _seen(reader)
    every = await glances(stands, seen)
    paused = await _paused(come, stands)
    parts = []
    for glance in every:
        if glance.task.id in ids:
            found = await stands.of(and_(seen, Assignment.task_id == glance.task.id))
            row = task_row(come, stands.measure, glance, found, paused)
            figures = totals(come, (each.counts for each in every))
            parts.append(come.part("_task.html", row=row, totals=figures, moment=_as_of(come)))
    return ServerSentEvent("\n".join(parts), event="task", id=come.desk.now().isoformat())


routes = [
    Route("/progress", show),
    Route("/progress/units", units),
    Route("/progress/events", follow),
]
