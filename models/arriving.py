"""The incoming register under review: which open task each paper answers, what is asked, and what is left alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from models.answer_words import arrived
from models.assignments import Act
from models.entries import ArrivalEntry, Left, Near, Review, Row, Take
from models.receipts import Arrival, Received, hindrance, receive
from models.rules.arrivals import same_paper
from models.rules.matching import Asked, fit
from models.rules.spoken import headline
from models.rules.status import Status, due_day
from models.rules.steps import Paper
from models.rules.text import Text, t
from models.standing import DONE, SET_ASIDE, Standing, Standings
from models.tasks import Assignment

ASSIGNMENT: Final = "assignment"
_TITLE, _SUBJECT = 60, 80
# what is due in January is about the year before
_LOOKED_BACK: Final = timedelta(days=92)


async def compared(read: Standings, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Match papers with the tasks of their senders; those to be recorded or asked about come first, then the others.

    Of several that surely answer the same task the one that arrived first is taken.
    """
    papers = [row.entry for row in rows if isinstance(row.entry, ArrivalEntry)]
    senders = {unit for paper in papers for unit in paper.senders}
    known: dict[int, list[Standing]] = {}
    for standing in await read.of(Assignment.unit_id.in_(senders), Assignment.cancelled_at.is_(None)):
        known.setdefault(standing.assignment.unit_id or 0, []).append(standing)
    matched = list(_once(_matched(paper, known, read) for paper in papers))
    ordered = sorted(matched, key=lambda paper: bool(paper.left))
    return tuple(Row(at, paper, Take.SAME if paper.left else Take.NEW) for at, paper in enumerate(ordered))


async def record(act: Act, review: Review) -> tuple[Received, ...]:
    """Record the papers of a register that nobody left out, the first of each task; what was answered since stays."""
    arrivals: dict[int, Arrival] = {}
    for row in review.rows:
        paper = row.entry
        if not isinstance(paper, ArrivalEntry) or not row.counts or paper.left or paper.assignment is None:
            continue
        new = Arrival(_day(paper.arrived) or act.today, paper.route, paper.number, _day(paper.dated), paper.entry)
        old = arrivals.get(paper.assignment)
        if old is None or new.on < old.on:
            arrivals[paper.assignment] = new
    return await receive(act, arrivals)


def heading_of_register(review: Review) -> Text:
    """Say what the file is and how much of it belongs to tasks."""
    papers = [row.entry for row in review.rows if isinstance(row.entry, ArrivalEntry)]
    about = {"name": review.head.name, "count": len(papers), "new": sum(not paper.left for paper in papers)}
    return t("Incoming register {name}: {count} papers, {new} to be recorded.", **about)


def tally_of_register(review: Review) -> Text:
    """Count what is left alone, and why."""
    left = [row.entry.left for row in review.rows if isinstance(row.entry, ArrivalEntry)]
    said = _left_alone(left)
    out = left.count(Left.OUT)
    return t("{left} Left out: {count}.", left=said, count=out) if out else said


def _left_alone(left: Sequence[str]) -> Text:
    return t(
        "Left alone: {answered} answered already, {sender} of senders not in the directory, {task} of no open task.",
        answered=left.count(Left.ANSWERED) + left.count(Left.TWICE),
        sender=left.count(Left.SENDER),
        task=left.count(Left.TASK),
    )


def line_of_arrival(paper: ArrivalEntry) -> Text:
    """Say one paper of the register, and what it answers."""
    about = {"ref": paper.ref, "sender": paper.sender, "of": paper.of, "paper": _said(paper)}
    match paper.left:
        case Left.SENDER:
            return t("Row {ref}: {sender}, {paper}; not in the directory, left alone.", **about)
        case Left.TASK:
            return t("Row {ref}: {sender}, {paper}; of no open task, left alone.", **about)
        case Left.OUT:
            return t("Row {ref}: {sender}, {paper}; left out.", **about)
        case Left.ANSWERED:
            return t("Row {ref}: {sender}, {paper}; answered already: {of}.", **about)
        case Left.TWICE:
            return t("Row {ref}: {sender}, {paper}; the same task as a row that arrived before: {of}.", **about)
    if paper.is_open:
        return t("Row {ref}: {sender}, {paper}; to be asked which task.", **about)
    return t("Row {ref}: {paper}. {of}.", **about)


def _said(paper: ArrivalEntry) -> Text | str:
    on = _day(paper.arrived)
    if on is None:
        return paper.number or headline(None, paper.subject, _SUBJECT)
    return arrived(Paper(paper.number, _day(paper.dated)), on, paper.route, paper.entry)


def _matched(paper: ArrivalEntry, known: Mapping[int, Sequence[Standing]], read: Standings) -> ArrivalEntry:
    if not paper.senders:
        return replace(paper, left=Left.SENDER)
    theirs = [standing for unit in paper.senders for standing in known.get(unit, ())]
    before = _recorded(paper, theirs)
    if before is not None:
        return _answered(paper, before, read)
    live = [standing for standing in theirs if standing.status not in DONE | SET_ASIDE and _may_be(paper, standing)]
    found = fit(paper.subject, [_asked(standing) for standing in live])
    by_id = {standing.id: standing for standing in live}
    if found.sure is not None:
        return _surely(paper, by_id[found.sure.id], read)
    near = tuple(by_id[one.id] for one in found.perhaps if by_id[one.id].awaits_unit)
    if not near:
        return replace(paper, left=Left.TASK)
    return _in_doubt(paper, near, read)


def _surely(paper: ArrivalEntry, standing: Standing, read: Standings) -> ArrivalEntry:
    """Take the task that the words name, unless something else is doubtful: the sender, or the order of the days."""
    on = _day(paper.arrived)
    if standing.status is Status.AWAITING_ACCEPTANCE and (
        on is None or hindrance(standing, on, read.measure.zone) is not None
    ):
        return _answered(paper, standing, read)
    if len(paper.senders) > 1 or (on is not None and _is_too_early(standing, on, read)):
        return _in_doubt(paper, (standing,), read)
    return replace(paper, assignment=standing.id, of=_name(standing, read))


def _is_too_early(standing: Standing, on: date, read: Standings) -> bool:
    return on < standing.assignment.given_on or hindrance(standing, on, read.measure.zone) is not None


def _in_doubt(paper: ArrivalEntry, near: Sequence[Standing], read: Standings) -> ArrivalEntry:
    return replace(paper, nearest=tuple(Near(ASSIGNMENT, one.id, _name(one, read)) for one in near))


def _answered(paper: ArrivalEntry, standing: Standing, read: Standings) -> ArrivalEntry:
    return replace(paper, left=Left.ANSWERED, of=_name(standing, read))


def _recorded(paper: ArrivalEntry, theirs: Sequence[Standing]) -> Standing | None:
    """Find the task for which this very paper was recorded or reported before."""
    own = Paper(paper.number, _day(paper.dated))
    answers = ((standing, answer) for standing in theirs for answer in standing.answers if answer.replaced_at is None)
    same = (each for each, said in answers if same_paper(Paper(said.paper_number, said.paper_date), own))
    return next(same, None)


def _may_be(paper: ArrivalEntry, standing: Standing) -> bool:
    """Tell whether a paper can answer a task at all: none arrives before the document that asks for it is signed."""
    on, document = _day(paper.arrived), standing.document
    return on is None or document is None or on >= document.dated


def _asked(standing: Standing) -> Asked:
    reference = standing.document.number if standing.document else ""
    due = standing.assignment.due_on
    years = frozenset({str(due.year), str((due - _LOOKED_BACK).year)} if due else ())
    return Asked(standing.id, standing.title, standing.task.deliverable, reference, years)


def _name(standing: Standing, read: Standings) -> str:
    """Name an assignment so that a person tells it from others: unit, title, and the day on which it is due."""
    due = due_day(standing.due, read.measure.zone) if standing.due is not None else None
    return f"{standing.whose}: {headline(due, standing.title, _TITLE)}"


def _once(papers: Iterator[ArrivalEntry]) -> Iterator[ArrivalEntry]:
    """Keep of several papers that surely answer one task the first to arrive, and ask about none that has one."""
    listed = list(papers)
    first: dict[int, ArrivalEntry] = {}
    for paper in listed:
        if paper.assignment is not None:
            held = first.get(paper.assignment)
            if held is None or (paper.arrived or "9") < (held.arrived or "9"):
                first[paper.assignment] = paper
    for paper in listed:
        is_later = paper.assignment is not None and first[paper.assignment] is not paper
        yield replace(paper, left=Left.TWICE) if is_later else _still_doubtful(paper, first)


def _still_doubtful(paper: ArrivalEntry, taken: Mapping[int, ArrivalEntry]) -> ArrivalEntry:
    """Ask no more about tasks that another paper surely answers."""
    near = tuple(one for one in paper.nearest if one.id not in taken)
    if not paper.is_open or near == paper.nearest:
        return paper
    return replace(paper, nearest=near) if near else replace(paper, left=Left.TWICE, of=paper.nearest[0].name)


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
