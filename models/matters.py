"""Notices, meetings and tasks by the numbers under which officers see them; and whom a line names by answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.answered import RSVP_WORDS, ByAnswer
from models.audiences import Audience, Called, Circle, Understood, understand
from models.broadcasts import LISTED, newest
from models.chasing import given_tasks
from models.convening import coming, held_lately
from models.meetings import Meeting, Rsvp
from models.notices import Notice
from models.rules.answer_clauses import Clause, MatterKind, split_clauses
from models.rules.asking import Asks
from models.rules.spelling import fold
from models.rules.spoken import gist, headline
from models.rules.units import Certainty, Match, Named
from models.tasks import Task

_SHORT = 60
_RSVP_TYPED = {
    Rsvp.ATTEND: frozenset({"du hop", "du", "attend"}),
    Rsvp.ABSENT: frozenset({"vang mat", "vang", "absent"}),
    Rsvp.SUBSTITUTE: frozenset({"cu nguoi du thay", "du thay", "cu nguoi thay", "substitute"}),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that units answer, by the number under which officers see it in its list.

    `options`: the answers that can be told apart, each by the value that `ByAnswer` takes. `corrects`: it is a notice
    that corrects another.
    """

    kind: MatterKind
    number: int
    id: int
    title: str
    options: tuple[str, ...] = ()
    corrects: bool = False

    def answerers(self, *, is_silent: bool, answer: str = "") -> ByAnswer:
        """Name those who have not answered, or who have."""
        return ByAnswer(self.kind, self.id, self.title, is_silent, answer)


async def matters(session: AsyncSession, now: datetime, kind: MatterKind) -> tuple[Matter, ...]:
    """List what is answered: notices and meetings as “thongbao” and “hop” number them, tasks as “tiendo” does.

    Notices that were taken back or corrected are answered no more.
    """
    match kind:
        case MatterKind.NOTICE:
            listed = enumerate(await newest(session, LISTED), 1)
            return tuple(_of_notice(number, row) for number, row in listed if _is_answered(row))
        case MatterKind.MEETING:
            meetings = [*await coming(session, now), *await held_lately(session, now)]
            return tuple(_of_meeting(number, row) for number, row in enumerate(meetings, 1))
        case MatterKind.TASK:
            return tuple(_of_task(number, row) for number, row in await given_tasks(session))


async def matter_of(session: AsyncSession, now: datetime, kind: MatterKind, matter_id: int) -> Matter | None:
    """Find one of these by its id; None once it is listed no more."""
    return next((one for one in await matters(session, now, kind) if one.id == matter_id), None)


def _is_answered(notice: Notice) -> bool:
    return notice.asks != Asks.NOTHING and notice.withdrawn_at is None and notice.corrected_at is None


def _of_notice(number: int, notice: Notice) -> Matter:
    options = tuple(notice.options or ()) if notice.asks == Asks.OPTION else ()
    title = headline(None, gist(notice.text), _SHORT)
    return Matter(MatterKind.NOTICE, number, notice.id, title, options, corrects=notice.corrects_id is not None)


def _of_meeting(number: int, meeting: Meeting) -> Matter:
    options = tuple(rsvp.value for rsvp in RSVP_WORDS)
    return Matter(MatterKind.MEETING, number, meeting.id, headline(None, meeting.title, _SHORT), options)


def _of_task(number: int, task: Task) -> Matter:
    return Matter(MatterKind.TASK, number, task.id, headline(None, task.title, _SHORT))


async def understand_answers(session: AsyncSession, line: str, day: date, now: datetime) -> Understood:
    """Understand what `understand` does, and "chưa trả lời 12", "Khối nội chính chưa báo cáo 3", "trả lời Có với 2".

    A number that fits several matters is doubtful with all of them nearest; one that fits none, with nothing.
    """
    names, clauses = split_clauses(line)
    named = await understand(session, names, day)
    pieces = (*named.pieces, *(clause.written for clause in clauses))
    if named.doubt is not None or not clauses:
        return replace(named, pieces=pieces)
    parts = list[Called](named.audience.parts)
    for clause in clauses:
        found = await _named_by(session, clause, day, now)
        if isinstance(found, Match):
            return Understood(Audience(tuple(parts)), pieces, found)
        parts.append(found)
    return Understood(Audience(tuple(parts)), pieces)


def is_certain(named: Understood) -> bool:
    """Tell whether a line names somebody, and nobody doubtful."""
    return named.doubt is None and bool(named.audience.parts)


def is_about_matter(named: Understood) -> bool:
    """Tell whether what is doubtful in a line is said by answer: its number, or what narrows it."""
    return named.doubt is not None and bool(split_clauses(named.doubt.written)[1])


async def _named_by(session: AsyncSession, clause: Clause, day: date, now: datetime) -> Called | Match:
    within = await understand(session, clause.within, day) if clause.within else Understood(Audience(()))
    if within.doubt is not None:
        return _doubtful(clause, within.doubt)
    kinds = [clause.matter] if clause.matter else list(MatterKind)
    fitting = [by for kind in kinds for by in _fitting(clause, await matters(session, now, kind))]
    if len(fitting) != 1:
        certainty = Certainty.AMBIGUOUS if fitting else Certainty.UNKNOWN
        nearest = tuple(Named(by.id, by.title, code=clause.about(by.matter)) for by in fitting)
        return Match(clause.written, certainty, nearest=nearest)
    return Called(Circle.BY_ANSWER, by=fitting[0], within=within.audience.parts)


def _doubtful(clause: Clause, doubt: Match) -> Match:
    """Let the name that narrows a clause be said anew with the whole clause."""

    def anew(one: Named) -> Named:
        return replace(one, code=clause.written.replace(doubt.written, one.code or one.name))

    return replace(doubt, written=clause.written, nearest=tuple(anew(one) for one in doubt.nearest))


def _fitting(clause: Clause, listed: Sequence[Matter]) -> Iterator[ByAnswer]:
    for matter in listed:
        answer = _option(matter, clause.answer) if clause.answer else ""
        if matter.number == clause.number and answer is not None:
            yield matter.answerers(is_silent=clause.is_silent, answer=answer)


def _option(matter: Matter, said: str) -> str | None:
    """Find the answer that is meant among those that a matter tells apart; None where it is none of them."""
    if matter.kind is MatterKind.MEETING:
        return next((rsvp.value for rsvp, words in _RSVP_TYPED.items() if fold(said) in words), None)
    return next((option for option in matter.options if fold(option) == fold(said)), None)
