"""From a document as read to a document under review: deadlines read ahead, names found in the directory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from documents.reading import Paper, Sort, read
from documents.rows import Item, OversightRow, PersonRow, RegisterRow, UnitRow
from models import entries
from models.conclusions import meetings_meant
from models.entries import Head, Review, Row, Target, TaskEntry
from models.importing import Source, against_store
from models.naming import directory_names, kinds_of
from models.rules import units
from models.rules.arrivals import route_of
from models.rules.deadline import AMBIGUOUS, Reading
from models.rules.due_words import candidates, said_deadline
from models.rules.scopes import split_scopes
from models.rules.spelling import fold
from models.rules.steps import passed_day
from models.rules.text import Text
from models.rules.units import is_known, match, register
from models.settings import Council
from models.settling import Known, targets_of
from models.tasks import Whom

_YEAR = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A deadline phrase read ahead, in notation: with "trước ngày D" as D-1, as D, and what else it may mean."""

    exclusive: str
    inclusive: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A document read in a worker process, its deadlines read too; nothing of it is stored yet."""

    paper: Paper
    phrases: Mapping[str, Phrase] = field(default_factory=dict)


def offer(path: Path, name: str, as_: Sort | None = None) -> Offer:
    """Read a file and its deadline phrases; raises Refusal. Slow: for a worker process."""
    paper = read(path, name, as_)
    on = paper.heading.dated
    phrases = {item.phrase for item in paper.items if item.phrase}
    return Offer(paper, {phrase: _phrase(phrase, on) for phrase in phrases} if on else {})


async def review_of(session: AsyncSession, offered: Offer, source: Source, council: Council) -> Review:
    """Make the review of an offered document as the store stands now; raises Refusal for the very same file again.

    A running text has no rows: it is only named and asked for its annex.
    """
    known = await known_now(session, source.today, council)
    review = await against_store(session, _review(offered, known, council), source)
    told = offered.paper.concluded
    if told is None or review.head.sort is not entries.Sort.TASKS:
        return review
    meetings = await meetings_meant(session, told.days, told.invitations, source.now, source.zone)
    return replace(review, head=replace(review.head, meetings=meetings))


async def known_now(session: AsyncSession, today: date, council: Council) -> Known:
    """Give what answers are understood with today."""

    def reading(text: str, on: date) -> Reading:
        return said_deadline(text, on, before_is_exclusive=council.before_is_exclusive)

    names, kinds = await directory_names(session, today, posts=True), await kinds_of(session, today)
    proposed = register(name for name in names if name.sort is not units.Sort.POST)
    return Known(register((*names, *kinds)), proposed, reading, today, kinds)


def head_of(paper: Paper) -> Head:
    """Give what the document says of itself."""
    heading = paper.heading
    supersedes = heading.supersedes[0].number if heading.supersedes else ""
    return Head(
        entries.Sort(paper.sort),
        paper.name,
        number=heading.number,
        dated=heading.dated,
        issuer=heading.issuer,
        kind=heading.kind,
        subject=heading.subject,
        supersedes=supersedes,
        left_out=paper.left_out,
    )


def _review(offered: Offer, known: Known, council: Council) -> Review:
    paper = offered.paper
    names = _Names(known)
    doubts = {question.ref: question.text for question in paper.questions if question.ref}
    rows: Iterator[Row]
    match paper.sort:
        case Sort.TASKS:
            rows = (
                Row(at, _task(item, names, offered.phrases.get(item.phrase), council), doubt=_doubt(item))
                for at, item in enumerate(paper.items)
            )
        case Sort.OVERSIGHT:
            rows = (Row(at, _follow(at, row, names)) for at, row in enumerate(paper.oversight))
        case Sort.REGISTER:
            papers = _Papers(known)
            rows = (Row(at, papers.arrival(row)) for at, row in enumerate(paper.register))
        case _:
            rows = _directory(paper, doubts)
    return Review(head_of(paper), tuple(rows))


class _Names:
    """Whom the cells mean; each wording is looked up once a document."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._found: dict[tuple[str, bool], tuple[Target, ...]] = {}

    def targets(self, written: Sequence[str], *, leads: bool = True) -> tuple[Target, ...]:
        """Give the targets of a cell, parted where each part is a name of the directory."""
        found = (target for text in written for target in self._of(text, leads=leads))
        return tuple(dict.fromkeys(found))

    def _of(self, text: str, *, leads: bool) -> tuple[Target, ...]:
        if (text, leads) not in self._found:
            scopes = split_scopes(text, self._known.names)
            self._found[text, leads] = tuple(
                target for scope in scopes for target in targets_of(scope.text, self._known, leads=leads)
            )
        return self._found[text, leads]


def _task(item: Item, names: _Names, phrase: Phrase | None, council: Council) -> TaskEntry:
    reading = AMBIGUOUS.notation
    if phrase is not None:
        reading = phrase.exclusive if council.before_is_exclusive else phrase.inclusive
    return TaskEntry(
        ref=item.ref,
        title=item.text,
        section=item.section,
        deliverable=item.deliverable,
        hand_in=item.handing,
        remark=item.remark,
        phrase=item.phrase,
        reading=reading,
        candidates=phrase.candidates if phrase else (),
        targets=(*names.targets(item.lead), *names.targets(item.coordinating, leads=False)),
    )


def _doubt(item: Item) -> Text | None:
    """Give the reader's question, but for what is asked here by itself: a deadline that is not there."""
    return item.question if item.question and (item.phrase or not item.lead or not item.text) else None


def _follow(at: int, row: OversightRow, names: _Names) -> entries.FollowEntry:
    if row.general:
        targets: tuple[Target, ...] = (Target(", ".join(row.scopes), whom=Whom.EVERYONE, name=", ".join(row.scopes)),)
    else:
        targets = names.targets(row.scopes)
    return entries.FollowEntry(row.ref or str(at + 1), row.member, row.post, row.role, targets)


class _Papers:
    """What the cells of a register mean; each wording is looked up once a document."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._senders: dict[str, tuple[int, ...]] = {}
        self._days: dict[str, str] = {}

    def arrival(self, row: RegisterRow) -> entries.ArrivalEntry:
        """Read a paper of the register: its days, its route, and which units its sender may mean."""
        return entries.ArrivalEntry(
            ref=str(row.row),
            sender=row.sender,
            number=row.number[:80],
            arrived=self._day(row.arrived),
            dated=self._day(row.dated),
            subject=row.subject,
            entry=row.entry,
            route=route_of(row.route) or "" if row.route else "",
            senders=self._units(row.sender),
            ahead=self._ahead(row.arrived),
        )

    def _units(self, sender: str) -> tuple[int, ...]:
        if sender not in self._senders:
            found = match(sender, self._known.names) if is_known(sender, self._known.names) else None
            meant = () if found is None else found.nearest if found.found is None else (found.found,)
            self._senders[sender] = tuple(one.id for one in meant if one.sort is units.Sort.UNIT)
        return self._senders[sender]

    def _ahead(self, day: date | str) -> str:
        """Give a day that is still to come, within a year."""
        ahead = day if isinstance(day, date) else passed_day(day, self._known.today + _YEAR) if day else None
        return ahead.isoformat() if ahead is not None and ahead > self._known.today else ""

    def _day(self, day: date | str) -> str:
        if isinstance(day, date):
            return day.isoformat() if day <= self._known.today else ""
        if day not in self._days:
            read_as = passed_day(day, self._known.today) if day else None
            self._days[day] = read_as.isoformat() if read_as else ""
        return self._days[day]


def _directory(paper: Paper, doubts: Mapping[str, Text]) -> Iterator[Row]:
    listed: list[entries.UnitEntry | entries.PersonEntry] = [*map(_unit, paper.units), *map(_person, paper.people)]
    return (Row(at, entry, doubt=_doubt_about(entry, doubts)) for at, entry in enumerate(listed))


def _doubt_about(entry: entries.UnitEntry | entries.PersonEntry, doubts: Mapping[str, Text]) -> Text | None:
    """Find the reader's question about an entry; a row of another sheet under the same number names others."""
    ours = {"", entry.name, entry.code if isinstance(entry, entries.UnitEntry) else entry.unit}
    ours |= {entry.phone} if isinstance(entry, entries.PersonEntry) else set()
    nameless = isinstance(entry, entries.PersonEntry) and not entry.name
    for ref, text in doubts.items():
        named = {value for name, value in text.values.items() if name != "row"}
        if ref.rpartition("!")[2] == entry.ref and named <= ours and (named or nameless):
            return text
    return None


def _unit(row: UnitRow) -> entries.UnitEntry:
    return entries.UnitEntry(
        str(row.row), row.code, row.name, row.short_name, row.kind, row.group, row.part, row.officer
    )


def _person(row: PersonRow) -> entries.PersonEntry:
    return entries.PersonEntry(str(row.row), row.name, row.post, row.unit, row.role, row.phone)


def _phrase(phrase: str, on: date) -> Phrase:
    exclusive = said_deadline(phrase, on).notation
    matters = "truoc" in fold(phrase)
    inclusive = said_deadline(phrase, on, before_is_exclusive=False).notation if matters else exclusive
    unclear = AMBIGUOUS.notation in {exclusive, inclusive}
    return Phrase(exclusive, inclusive, _notations(candidates(phrase, on)) if unclear else ())


def _notations(readings: Iterable[Reading]) -> tuple[str, ...]:
    return tuple(reading.notation for reading in readings)


def asks_for_annex(paper: Paper) -> bool:
    """Tell whether the document is running text, of which no tasks are made."""
    return paper.sort is Sort.PROSE
