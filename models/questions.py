"""What must be said before a document under review is carried out: each question with its ready answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.entries import (
    UNNUMBERED,
    ArrivalEntry,
    FollowEntry,
    Review,
    Row,
    Sort,
    Take,
    Target,
    TaskEntry,
    UnitEntry,
)
from models.rules.deadline import AMBIGUOUS, Reading
from models.rules.due_words import in_words
from models.rules.meeting_line import Held
from models.rules.spoken import headline
from models.rules.text import Text, t

NO_DATE, LEAVE, NEW_GROUP, KEEP, DROP, APPLY = "#none", "#leave", "#group", "#keep", "#drop", "#apply"
NUMBER, DATED, MEETING = "so", "ngay", "hop"
GONE = "thoi"
ALL = "tatca"
SUGGESTED = "#suggested"
_SHOWN = 6
_TITLE = 28  # what a button on a telephone shows beside the day


class Asked(StrEnum):
    """What a question is about."""

    HEAD = "head"
    MEETING = "meeting"
    DOUBT = "doubt"
    NAME = "name"
    DEADLINE = "deadline"
    ARRIVAL = "arrival"
    ARRIVED = "arrived"
    CHANGE = "change"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Option:
    """A ready answer; `value` is what `answer` takes."""

    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be said; `key` names it: a row's number, a name as written, "so", "ngay", "hop", "thoi"."""

    asked: Asked
    key: str
    text: Text
    options: tuple[Option, ...] = ()
    details: tuple[Text | str, ...] = ()
    typed: Text | None = None


def questions(review: Review) -> tuple[Question, ...]:
    """Give what is still open, in the order in which it is best asked: the document, its rows, what differs."""
    return (*_about_head(review), *_about_rows(review), *_about_changes(review), *_about_gone(review))


def _about_head(review: Review) -> Iterator[Question]:
    if review.head.sort in UNNUMBERED:
        return
    if not review.head.number:
        yield Question(
            Asked.HEAD,
            NUMBER,
            t("The document shows no number. Which number and symbol does it bear?"),
            typed=t("Type number and symbol, as 02/KH-HĐTĐKT."),
        )
    if review.head.dated is None:
        yield Question(
            Asked.HEAD,
            DATED,
            t("The document shows no date. On which day was it signed?"),
            typed=t("Type the day, as 07/3/2022."),
        )
    if len(review.head.meetings) > 1:
        meetings = (
            Option(t("{day}: {title}", day=_day(one), title=_brief(one)), f"#{one.id}") for one in review.head.meetings
        )
        options = (*meetings, Option(t("Of none of these"), LEAVE))
        yield Question(Asked.MEETING, MEETING, t("Of which meeting are these the conclusions?"), options)


def _day(meeting: Held) -> date:
    return date.fromisoformat(meeting.day)


def _brief(meeting: Held) -> str:
    return headline(None, meeting.title, _TITLE)


def _about_rows(review: Review) -> Iterator[Question]:
    asked: set[str] = set()
    for row in review.rows:
        if row.decided == "drop" or row.take in {Take.SAME, Take.GONE}:
            continue
        if row.doubt is not None:
            yield _doubt(row, row.doubt)
            continue
        for target in row.targets:
            if target.is_open and target.written not in asked:
                asked.add(target.written)
                yield _name(review, target)
        if isinstance(row.entry, TaskEntry) and row.entry.reading == AMBIGUOUS.notation:
            yield _deadline(row.entry)
        if isinstance(row.entry, ArrivalEntry):
            yield from _arrival(row.entry, len(suggested(review)))


def _doubt(row: Row, doubt: Text) -> Question:
    options = [Option(t("Leave this row out"), DROP)]
    entry = row.entry
    if not isinstance(entry, UnitEntry) or (entry.code and entry.name):
        options.append(Option(t("Take it as it is"), KEEP))
    return Question(Asked.DOUBT, entry.ref, doubt, tuple(options))


def _name(review: Review, target: Target) -> Question:
    refs = [row.entry.ref for row in review.rows if any(one.written == target.written for one in row.targets)]
    options = [Option(t("{name}", name=near.name), f"#{near.whom}:{near.id}") for near in target.nearest]
    if review.head.sort is Sort.OVERSIGHT:
        options.append(Option(t("A new cluster or bloc"), NEW_GROUP))
    options.append(Option(t("Keep as written, nobody is told"), LEAVE))
    return Question(
        Asked.NAME,
        target.written,
        t(
            "“{name}” (row {rows}) is not in the directory. Who is meant?",
            name=target.written,
            rows=", ".join(refs[:_SHOWN]),
        ),
        tuple(options),
        typed=t("Or type the name or code of the unit."),
    )


def _deadline(entry: TaskEntry) -> Question:
    options = [Option(in_words(Reading.parse(notation)), f"#{notation}") for notation in entry.candidates]
    options.append(Option(t("No deadline"), NO_DATE))
    says = t("says “{phrase}”", phrase=entry.phrase) if entry.phrase else t("names no deadline")
    return Question(
        Asked.DEADLINE,
        entry.ref,
        t("Row {ref} {says}. When is it due?", ref=entry.ref, says=says),
        tuple(options),
        (entry.title,),
        typed=t("Or type the deadline, as 25/6/2022 or hết quý III."),
    )


def suggested(review: Review) -> tuple[Row, ...]:
    """Give the papers of a register that are asked about with one task that they may answer."""
    return tuple(
        row
        for row in review.rows
        if isinstance(row.entry, ArrivalEntry) and row.entry.is_open and len(row.entry.nearest) == 1
    )


def _arrival(entry: ArrivalEntry, suggestions: int) -> Iterator[Question]:
    """Ask which task a paper of the register answers, and when it came where the book does not tell."""
    about = {"ref": entry.ref, "sender": entry.sender, "paper": entry.number or entry.subject}
    if entry.is_open:
        options = [Option(t("{name}", name=near.name), f"#{near.whom}:{near.id}") for near in entry.nearest]
        options.append(Option(t("None of these, leave it alone"), LEAVE))
        if len(entry.nearest) == 1 and suggestions > 1:
            options.append(Option(t("Take all suggestions ({count})", count=suggestions), SUGGESTED))
        question = t("Row {ref}, {sender}, {paper}: which task does it answer?", **about)
        yield Question(Asked.ARRIVAL, entry.ref, question, tuple(options), (entry.subject,))
    elif not entry.arrived and not entry.left:
        question = t("Row {ref}, {sender}, {paper}: on which day did it arrive?", **about)
        if entry.ahead:
            question = t(
                "Row {ref}, {sender}, {paper}: the book has it arrive on {day}, which is still to come. "
                "On which day did it arrive?",
                **about,
                day=date.fromisoformat(entry.ahead),
            )
        leave = (Option(t("Leave this row out"), LEAVE),)
        yield Question(Asked.ARRIVED, entry.ref, question, leave, typed=t("Type the day, as 12/6/2022."))


def _about_changes(review: Review) -> Iterator[Question]:
    open_rows = [row for row in review.rows if row.take is Take.CHANGED and not row.decided]
    if review.head.sort is Sort.DIRECTORY:
        return
    for row in open_rows:
        options = [Option(t("Change it"), APPLY), Option(t("Keep what was recorded"), KEEP)]
        if len(open_rows) > 1:
            options.append(Option(t("Change all {count} rows", count=len(open_rows)), f"{APPLY}:{ALL}"))
        yield Question(
            Asked.CHANGE,
            row.entry.ref,
            t("Row {ref} differs from what was recorded before.", ref=row.entry.ref),
            tuple(options),
            tuple(differences(row)),
        )


def differences(row: Row) -> Iterator[Text]:
    """Say how a row differs from what the store holds under its name."""
    was, entry = row.was, row.entry
    if was is None or type(was) is not type(entry):
        return
    for name in entry.__dataclass_fields__:
        if name in {"ref", "reading", "candidates", "targets"}:
            continue
        old, new = getattr(was, name), getattr(entry, name)
        if old != new:
            yield t("Before: {old}. Now: {new}.", old=old or "–", new=new or "–")
    if isinstance(was, TaskEntry | FollowEntry) and isinstance(entry, TaskEntry | FollowEntry):
        old, new = (", ".join(one.written for one in side.targets) for side in (was, entry))
        if old != new:
            yield t("Before: {old}. Now: {new}.", old=old or "–", new=new or "–")


def _about_gone(review: Review) -> Iterator[Question]:
    gone = [row for row in review.rows if row.take is Take.GONE and not row.decided]
    if not gone:
        return
    text = (
        t("{count} rows of the directory before are not in this one. Have they ended?", count=len(gone))
        if review.head.sort is Sort.DIRECTORY
        else t("{count} rows recorded before are not in this version. Are they to be taken back?", count=len(gone))
    )
    labels = (
        (t("They have ended"), t("They go on"))
        if review.head.sort is Sort.DIRECTORY
        else (t("Take them back"), t("Keep them"))
    )
    options = (Option(labels[0], DROP), Option(labels[1], KEEP))
    named = [row.entry.title if isinstance(row.entry, TaskEntry) else title_of(row) for row in gone[:_SHOWN]]
    yield Question(Asked.GONE, GONE, text, options, (t("{names}", names=tuple(named)),))


def title_of(row: Row) -> str:
    """Give the words by which a person knows the row."""
    match row.entry:
        case TaskEntry():
            return row.entry.title
        case FollowEntry():
            return row.entry.seat
        case ArrivalEntry():
            return row.entry.number or row.entry.subject
        case _:
            return row.entry.name
