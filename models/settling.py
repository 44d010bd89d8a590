"""What each answer makes of a document under review: names find units, phrases their days, differences their say."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.entries import LEFT, ArrivalEntry, FollowEntry, Left, Near, Review, Row, Take, Target, TaskEntry
from models.naming import WHOM_OF
from models.questions import ALL, KEEP, LEAVE, NEW_GROUP, NO_DATE, NUMBER, SUGGESTED, Asked, Question, suggested
from models.rules.arrivals import arrival_day
from models.rules.deadline import AMBIGUOUS, Kind, Reading
from models.rules.likeness import LIKE, likeness
from models.rules.scopes import ScopeKind, split_scopes
from models.rules.spelling import tidy
from models.rules.text import Refusal, t
from models.rules.units import Certainty, Named, Register, match, sound_alike
from models.tasks import Whom

_YEAR = re.compile(r"\d{4}")
_MANY = {
    ScopeKind.EVERYONE: Whom.EVERYONE,
    ScopeKind.GROUP_LEADERS: Whom.GROUP_LEADERS,
    ScopeKind.GROUP_MEMBERS: Whom.GROUP_MEMBERS,
    ScopeKind.MEMBERS: Whom.MEMBERS,
    ScopeKind.GENERAL: Whom.EVERYONE,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What answers are understood with: the directory's names, and the council's way to read a deadline on a day.

    `names` holds units, groups and seats; `proposed` those among which the nearest are looked for; `today` is the day
    of the answer; `kinds`: the units of each kind of the directory.
    """

    names: Register
    proposed: Register
    read: Callable[[str, date], Reading]
    today: date
    kinds: Mapping[Named, tuple[Named, ...]] = field(default_factory=dict)


def answer(review: Review, question: Question, said: str, known: Known) -> Review:
    """Take one answer in: an option's value, its place in the list (from 1), or a typed line; raises Refusal."""
    said = tidy(said)
    if said.isdecimal() and 0 < int(said) <= len(question.options):
        said = question.options[int(said) - 1].value
    match question.asked:
        case Asked.HEAD:
            return _answer_head(review, question, said, known)
        case Asked.MEETING:
            return _answer_meeting(review, question, said)
        case Asked.NAME:
            return _answer_name(review, question, said, known)
        case Asked.DEADLINE:
            return _answer_deadline(review, question, said, known)
        case Asked.ARRIVAL | Asked.ARRIVED:
            return _answer_arrival(review, question, said, known)
        case _:
            return _decide(review, question, said)


def targets_of(written: str, known: Known, *, leads: bool = True) -> tuple[Target, ...]:
    """Find whom a name in a cell means, of a kind each unit; open with the names alike where nobody can tell."""
    scopes = split_scopes(written, known.names)
    whom = _MANY.get(scopes[0].kind) if len(scopes) == 1 else None
    if whom is not None:
        return (Target(written, leads, whom, name=written),)
    found = match(written, known.names)
    if found.found is not None:
        meant = known.kinds.get(found.found, (found.found,))
        return tuple(Target(written, leads, WHOM_OF[one.sort], one.id, one.name) for one in meant)
    if found.certainty is Certainty.AMBIGUOUS:
        return (Target(written, leads, nearest=_near(found.nearest)),)
    nearest = match(written, known.proposed).nearest
    return (Target(written, leads, nearest=_near(one for one in nearest if _is_like(written, one.name))),)


def understood(review: Review, known: Known) -> Mapping[str, Sequence[Target]]:
    """Say whom the names mean that the directory does not tell and an answer did."""
    found: dict[str, list[Target]] = {}
    for target in (target for row in review.rows if row.decided != "drop" for target in row.targets):
        if target.whom not in {"", LEFT} and any(one.is_open for one in targets_of(target.written, known)):
            found.setdefault(target.written, []).append(target)
    return found


def _is_like(written: str, name: str) -> bool:
    return likeness(written, name) >= LIKE or sound_alike(written, name)


def _near(nearest: Iterable[Named]) -> tuple[Near, ...]:
    return tuple(Near(WHOM_OF[one.sort], one.id, one.name) for one in nearest if one.sort in WHOM_OF)


def _answer_head(review: Review, question: Question, said: str, known: Known) -> Review:
    if question.key == NUMBER:
        if "/" not in said or not said[:1].isdecimal():
            raise Refusal(t("A number and symbol look like 02/KH-HĐTĐKT; please type it again."))
        return replace(review, head=replace(review.head, number=said.replace(" ", "")))
    # a year is written out here, so the day to count from does not matter
    due = known.read(said, date(2000, 1, 1)).due if _YEAR.search(said) else None
    if not isinstance(due, date):
        raise Refusal(t("This day could not be read; please type it as 07/3/2022."))
    day = date(due.year, due.month, due.day)
    dated = replace(review, head=replace(review.head, dated=day))
    return dated.with_rows(*(_reread(row, day, known) for row in dated.rows))


def _reread(row: Row, day: date, known: Known) -> Row:
    entry = row.entry
    if not isinstance(entry, TaskEntry) or not entry.phrase or entry.reading != AMBIGUOUS.notation:
        return row
    reading = known.read(entry.phrase, day)
    settled = AMBIGUOUS if reading.is_period else reading
    return replace(row, entry=replace(entry, reading=settled.notation))


def _answer_meeting(review: Review, question: Question, said: str) -> Review:
    if said not in {option.value for option in question.options}:
        raise _none_of(question)
    meant = tuple(one for one in review.head.meetings if said == f"#{one.id}")
    return replace(review, head=replace(review.head, meetings=meant))


def _none_of(question: Question) -> Refusal:
    return Refusal(t("Please choose one of: {choices}.", choices=tuple(option.label for option in question.options)))


def _answer_name(review: Review, question: Question, said: str, known: Known) -> Review:
    settled = _settled(question, said, known)
    changed = []
    for row in review.rows:
        if not isinstance(row.entry, TaskEntry | FollowEntry):
            continue
        targets = tuple(
            replace(each, leads=one.leads)
            for one in row.entry.targets
            for each in (settled if one.written == question.key else (one,))
        )
        if targets != row.entry.targets:
            changed.append(replace(row, entry=replace(row.entry, targets=targets)))
    return review.with_rows(*changed)


def _settled(question: Question, said: str, known: Known) -> tuple[Target, ...]:
    """Give whom an answer means, under the name that was asked about."""
    if said == LEAVE:
        return (Target(question.key, whom=LEFT, name=question.key),)
    if said == NEW_GROUP:
        return (Target(question.key, whom=Whom.GROUP, name=question.key),)
    for option in question.options:
        if said == option.value:
            whom, _, number = said.lstrip("#").partition(":")
            return (Target(question.key, whom=whom, id=int(number), name=str(option.label.values["name"])),)
    scopes = split_scopes(said, known.names)
    found = [target for scope in scopes for target in targets_of(scope.text, known)]
    for target in found:
        if target.is_open:
            raise _unknown(target)
    return tuple(replace(target, written=question.key) for target in found)


def _unknown(target: Target) -> Refusal:
    near = tuple(one.name for one in target.nearest)
    if near:
        return Refusal(t("“{name}” is not in the directory. Nearest are: {near}.", name=target.written, near=near))
    return Refusal(
        t("“{name}” is not in the directory; please type the name or code of a unit in it.", name=target.written)
    )


def _answer_deadline(review: Review, question: Question, said: str, known: Known) -> Review:
    row = next(row for row in review.rows if row.entry.ref == question.key and isinstance(row.entry, TaskEntry))
    if said == NO_DATE:
        notation = "NONE"
    elif said in {option.value for option in question.options}:
        notation = said.removeprefix("#")
    else:
        reading = known.read(said, review.head.dated or date.min)
        if reading.kind is Kind.AMBIGUOUS or reading.is_period:
            raise Refusal(t("This deadline could not be read; please type a day as 25/6/2022, or “không hạn”."))
        notation = reading.notation
    assert isinstance(row.entry, TaskEntry)  # noqa: S101 - chosen so above
    return review.with_rows(replace(row, entry=replace(row.entry, reading=notation)))


def _answer_arrival(review: Review, question: Question, said: str, known: Known) -> Review:
    """Take in which task a paper answers, or when it arrived; what is left alone stays listed."""
    row = next(row for row in review.rows if row.entry.ref == question.key)
    entry = row.entry
    assert isinstance(entry, ArrivalEntry)  # noqa: S101 - only such rows are asked about so
    if said == LEAVE:
        left = Left.OUT if question.asked is Asked.ARRIVED else Left.TASK
        return review.with_rows(replace(row, decided="drop", entry=replace(entry, left=left)))
    if said == SUGGESTED:
        return review.with_rows(*(_as_suggested(each) for each in suggested(review)))
    if question.asked is Asked.ARRIVED:
        day = arrival_day(said, known.today)
        return review.with_rows(replace(row, entry=replace(entry, arrived=day.isoformat())))
    meant = next((near for near in entry.nearest if said == f"#{near.whom}:{near.id}"), None)
    if meant is None:
        raise _none_of(question)
    return review.with_rows(replace(row, entry=replace(entry, assignment=meant.id, of=meant.name)))


def _as_suggested(row: Row) -> Row:
    assert isinstance(row.entry, ArrivalEntry)  # noqa: S101 - only such rows have suggestions
    (near,) = row.entry.nearest
    return replace(row, entry=replace(row.entry, assignment=near.id, of=near.name))


def _decide(review: Review, question: Question, said: str) -> Review:
    value, _, scope = said.partition(":")
    if said not in {option.value for option in question.options}:
        raise _none_of(question)
    return review.with_rows(*(_decided(row, question, value) for row in review.rows if _is_asked(row, question, scope)))


def _decided(row: Row, question: Question, value: str) -> Row:
    if question.asked is Asked.DOUBT and value == KEEP:
        return replace(row, doubt=None)
    return replace(row, decided=value.lstrip("#"))


def _is_asked(row: Row, question: Question, scope: str) -> bool:
    if row.decided:
        return False
    if question.asked is Asked.GONE:
        return row.take is Take.GONE
    if question.asked is Asked.CHANGE:
        return row.take is Take.CHANGED and (scope == ALL or row.entry.ref == question.key)
    return row.doubt is not None and row.entry.ref == question.key
