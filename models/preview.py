"""How a document under review is shown before anything is written: what it is, and a line for every row."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import Final

from models.arriving import heading_of_register, line_of_arrival, tally_of_register
from models.contacts import shown as first_of
from models.entries import (
    LEFT,
    ArrivalEntry,
    FollowEntry,
    PersonEntry,
    Review,
    Row,
    Sort,
    Take,
    Target,
    TaskEntry,
    UnitEntry,
)
from models.questions import questions
from models.rules.deadline import AMBIGUOUS, Reading
from models.rules.due_words import in_words, is_said_in_full
from models.rules.rounds import dues_once
from models.rules.spoken import headline
from models.rules.text import Text, t
from models.tasks import Task

PAGE: Final = 8
_NAMED, _BRIEF, _MOST_NAMED = 5, 90, 20


def heading(review: Review) -> Text:
    """Say what the document is and how many rows it has, its number and matter first."""
    head, count = review.head, len(review.rows)
    if head.sort is Sort.REGISTER:
        return heading_of_register(review)
    if head.sort is Sort.DIRECTORY:
        units = sum(isinstance(row.entry, UnitEntry) for row in review.rows)
        return t("Directory {name}: {units} units, {people} people.", name=head.name, units=units, people=count - units)
    if not head.number or not head.dated:
        called = {"name": head.number or head.name, "count": count}
        if head.sort is Sort.OVERSIGHT:
            return t("{name}: {count} members with what they follow.", **called)
        return t("{name}: {count} tasks.", **called)
    known = {"number": head.number, "day": head.dated, "count": count}
    if head.sort is Sort.OVERSIGHT:
        return t("{number} of {day}: {count} members with what they follow.", **known)
    return t("{number} of {day}: {count} tasks.", **known)


def tally(review: Review) -> Text | None:
    """Say how the rows stand to what is recorded; nothing where all of them are new."""
    if review.head.sort is Sort.REGISTER:
        return tally_of_register(review)
    counts = {take: sum(row.take is take for row in review.rows) for take in Take}
    if counts[Take.NEW] == len(review.rows):
        return None
    return t(
        "New: {new}. Unchanged: {same}. Changed: {changed}. No longer listed: {gone}.",
        new=counts[Take.NEW],
        same=counts[Take.SAME],
        changed=counts[Take.CHANGED],
        gone=counts[Take.GONE],
    )


def page_of(review: Review, at: int, today: date) -> tuple[Text, ...]:
    """Say one page of rows (from 0); the first with what the document is, whose conclusions, and what is asked."""
    shown = tuple(line_of(row, today) for row in review.rows[at * PAGE : (at + 1) * PAGE])
    more = len(review.rows) - (at + 1) * PAGE
    rest = (t("{count} more rows follow.", count=more),) if more > 0 else ()
    if at:
        return (*shown, *rest)
    still_open = len(questions(review))
    asked = t("{count} questions must be answered before it can be written.", count=still_open)
    return (*opening(review), *shown, *rest, *remarks(review, today), *((asked,) if still_open else ()))


def opening(review: Review) -> tuple[Text, ...]:
    """Say what a document is, whose conclusions it holds, and how its rows stand to what is recorded."""
    said = (heading(review), _of_meeting(review), tally(review))
    return tuple(line for line in said if line is not None)


def remarks(review: Review, today: date) -> tuple[Text, ...]:
    """Say what is to be known of the rows besides: what was left out, who is put in charge of nothing, what is past."""
    said = list(_left_out(review))
    if unknown := unknown_officers(review):
        said.append(
            t("Not surely officers of the secretariat: {names}; put in charge by “phutrach”.", names=unknown),
        )
    if past := len(past_rows(review, today)):
        said.append(t("{count} tasks were due before today; you are asked about them when they are given.", count=past))
    return tuple(said)


def _left_out(review: Review) -> tuple[Text, ...]:
    """Say which paragraphs of a running text assign nothing, so that none is overlooked."""
    texts = review.head.left_out
    if not texts:
        return ()
    said = first_of([t("“{text}”", text=headline(None, text, _BRIEF)) for text in texts[:_NAMED]], len(texts))
    return (t("{count} paragraphs assign nothing to a unit and are left out:", count=len(texts)), *said)


def _of_meeting(review: Review) -> Text | None:
    """Say whose conclusions a document holds; nothing where it holds none."""
    held = review.head.meeting
    if held is None:
        return None
    day = date.fromisoformat(held.day)
    return t("Conclusions of “{title}” of {day}; the tasks will belong to this meeting.", title=held.title, day=day)


def unknown_officers(review: Review) -> tuple[str, ...]:
    """Name whom a directory puts in charge of units though no officer is surely meant; nobody is put in charge."""
    named = (row.entry.unknown for row in review.rows if isinstance(row.entry, UnitEntry) and row.entry.unknown)
    return tuple(dict.fromkeys(named))


def past_rows(review: Review, today: date) -> tuple[Row, ...]:
    """Give the tasks of which something was due before today; they are asked about together when they are given."""
    return tuple(row for row in review.rows if isinstance(row.entry, TaskEntry) and _is_past(row.entry, today))


def line_of(row: Row, today: date) -> Text:
    """Say one row: what it holds, how it was read, and how it stands to what is recorded."""
    said = _entry(row, today)
    if isinstance(row.entry, ArrivalEntry):
        return said
    if row.decided == "drop" and row.take is not Take.GONE:
        return t("{row} (left out)", row=said)
    match row.take:
        case Take.NEW:
            return said
        case Take.SAME:
            return t("{row} (unchanged)", row=said)
        case Take.CHANGED:
            return t("{row} (changed)", row=said)
        case Take.GONE:
            return t("{row} (no longer listed)", row=said)


def line_of_task(task: Task, today: date) -> Text:
    """Say a task that waits to be given, as it was read."""
    entry = TaskEntry(task.ref, task.title, phrase=task.phrase, reading=task.reading)
    number = f"{task.ref}. " if task.ref else ""
    return t("{number}{title}. Due: {due}.", number=number, title=task.title, due=_due(entry, today))


def parties_of(entry: TaskEntry) -> Text:
    """Say who lead a task and who coordinate it."""
    lead = _said(target for target in entry.targets if target.leads)
    others = [target for target in entry.targets if not target.leads]
    if others:
        return t("Lead: {lead}. Coordinating: {others}.", lead=lead, others=_said(others))
    return t("Lead: {lead}.", lead=lead)


def meant_by(names: Mapping[str, Iterable[Target]]) -> tuple[Text, ...]:
    """Say of each name whom it is understood as."""
    said = [t("“{name}” is understood as: {units}.", name=name, units=_said(of)) for name, of in names.items()]
    return first_of(said)


def _entry(row: Row, today: date) -> Text:
    entry = row.entry
    match entry:
        case TaskEntry():
            return _task(entry, today)
        case FollowEntry():
            return t("{ref}. {seat}: {scopes}.", ref=entry.ref, seat=entry.seat, scopes=_said(entry.targets))
        case ArrivalEntry():
            return line_of_arrival(entry)
        case UnitEntry():
            unit = {"code": entry.code, "name": entry.name, "group": entry.group or "–"}
            if entry.officer:
                return t("{code}: {name}, {group}; in charge: {officer}.", **unit, officer=entry.officer)
            return t("{code}: {name}, {group}.", **unit)
        case PersonEntry():
            about = {
                "name": entry.name,
                "post": entry.post or "–",
                "unit": entry.unit or "–",
                "role": entry.role or "–",
            }
            return t("{name}: {post}, {unit}, {role}.", **about)


def _task(entry: TaskEntry, today: date) -> Text:
    values = {
        "ref": entry.ref,
        "title": entry.title,
        "lead": _said(target for target in entry.targets if target.leads),
        "due": _due(entry, today),
    }
    return t("{ref}. {title}. Lead: {lead}. Due: {due}.", **values)


def _due(entry: TaskEntry, today: date) -> Text:
    """Say the deadline as it is written and as it was read; once where both are the same words."""
    phrase, is_past = entry.phrase or "–", _is_past(entry, today)
    if is_said_in_full(phrase):
        return t("{phrase} (already past)", phrase=phrase) if is_past else t("{phrase}", phrase=phrase)
    about = {"phrase": phrase, "reading": in_words(Reading.parse(entry.reading))}
    return t("{phrase} ({reading}; already past)", **about) if is_past else t("{phrase} ({reading})", **about)


def _is_past(entry: TaskEntry, today: date) -> bool:
    reading = Reading.parse(entry.reading)
    return reading != AMBIGUOUS and any(due.day < today for due in dues_once(reading))


def _said(targets: Iterable[Target]) -> Text | str:
    """Say whom the names mean, so many as a line holds, parted by semicolons: names of groups hold commas."""
    said: list[Text | str] = []
    for target in {(each.whom, each.name or each.written): each for each in targets}.values():
        if target.is_open:
            said.append(t("“{name}” (unknown)", name=target.written))
        elif target.whom == LEFT:
            said.append(t("“{name}” (as written)", name=target.written))
        else:
            said.append(target.name or target.written)
    if not said:
        return "–"
    named = reduce(lambda first, rest: t("{first}; {rest}", first=first, rest=rest), said[:_MOST_NAMED])
    more = len(said) - _MOST_NAMED
    return t("{units} and {count} more", units=named, count=more) if more > 0 else named
