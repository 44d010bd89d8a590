"""The card of an assignment: what is asked, until when, what the unit has answered, and the answers that fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from documents.heading import KINDS
from handlers.answers import choices
from handlers.choosing import may
from handlers.kit import LetterContext, Reply, Text, card, t
from models.adjustments import Adjustment, Decided, decisions
from models.answer_words import arrival, by_whom, in_short
from models.evidence import Answered
from models.papers import Document
from models.powers import Powers, powers_of
from models.rules.deadline import Reading
from models.rules.permission import Action
from models.rules.rounds import dues_once
from models.rules.spelling import tidy
from models.rules.spoken import deadline_spoken, headline
from models.rules.status import DeadlineState, Due, Measure, Status, due_day
from models.rules.status_words import STATUS_WORDS
from models.rules.steps import STEP_NAMES, Step
from models.standing import Standing, Standings, standings
from models.tasks import Said

_DOCUMENTS = {short: kind.capitalize() for kind, short in KINDS.items()}
_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads a card: his language and what he may touch, as of a moment in the Council's zone."""

    locale: str
    powers: Powers
    now: datetime
    measure: Measure

    @property
    def zone(self) -> ZoneInfo:
        """The Council's zone."""
        return self.measure.zone

    @property
    def today(self) -> date:
        """The Council's calendar day."""
        return self.now.astimezone(self.zone).date()


@card("assignment")
async def draw(ctx: LetterContext) -> Reply | None:
    """Draw the card for one reader: with answers for the unit, with decisions for the secretariat, else to be read."""
    read = await standings(ctx.session, ctx.now, ctx.zone)
    standing = await read.one(ctx.subject.id) if ctx.subject else None
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    if standing is None or not may(powers, Action.SEE_TASKS, standing.assignment):
        return None
    viewer = Viewer(ctx.person.locale, powers, ctx.now, read.measure)
    if (gone := await transferred(ctx.session, standing, read)) is not None:
        return Reply(*lines(standing, viewer, gone), card=ctx.subject, result=result(standing, viewer, gone))
    buttons, closed = choices(standing, powers), result(standing, viewer)
    if buttons and closed:
        return Reply(*lines(standing, viewer), closed, choices=buttons, card=ctx.subject)
    return Reply(*lines(standing, viewer), choices=buttons, card=ctx.subject, result=closed)


async def transferred(session: AsyncSession, standing: Standing, read: Standings) -> Text | None:
    """Say to whom a task that was taken from a unit went; None where it was not, or it was withdrawn."""
    if standing.status is not Status.CANCELLED:
        return None
    last = await decisions(session, Adjustment.assignment_id == standing.id, most=1)
    if not last or last[0].row.decided != Decided.RELEASED or last[0].row.other_id is None:
        return None
    to = await read.one(last[0].row.other_id)
    return t("transferred to {unit}", unit=to.whose) if to is not None else None


def lines(standing: Standing, viewer: Viewer, state: Text | None = None) -> list[Text | str]:
    """Say an assignment in at most six lines, the first of which is its date and matter; `state` is how it stands."""
    task = standing.task
    how = tuple(part for part in (task.deliverable, task.hand_in, task.remark) if part)
    said: list[Text | str] = [head(standing, viewer)]
    if not may(viewer.powers, Action.REPORT, standing.assignment):
        said.append(t("Unit: {unit}.", unit=standing.whose))
    elif len(viewer.powers.own_units) > 1:
        said.append(t("To: {unit}.", unit=standing.whose))
    if standing.document is not None or not str(said[0]).endswith(standing.title):
        said.append(_matter(standing))
    said.append(
        t("Deadline: {deadline}; {left}.", deadline=deadline(standing, viewer), left=state or left(standing, viewer))
    )
    if how:
        said.append(t("To be handed in: {how}.", how=how))
    return [*said, *_newest(standing, viewer)]


def head(standing: Standing, viewer: Viewer) -> str:
    """Say date and matter in the first characters: "Hạn 14/6: Báo cáo sơ kết 6 tháng"."""
    return headline(_local(standing.due, viewer.zone), standing.task.title, locale=viewer.locale)


def result(standing: Standing, viewer: Viewer, state: Text | None = None) -> Text | None:
    """Say what became of an assignment on which the unit has nothing left to do; None while it has.

    `state` is how it stands, where its status alone does not say it.
    """
    finished, accepted = standing.finished, standing.facts.accepted_at
    if standing.awaits_unit:
        return None
    if standing.status is Status.AWAITING_ACCEPTANCE and finished is not None:
        return did(finished, viewer)
    word = state or STATUS_WORDS[standing.status]
    return (
        t("This task is closed: {status}.", status=word)
        if accepted is None
        else (t("Accepted at {at}: {status}.", at=accepted, status=word))
    )


def did(answer: Answered, viewer: Viewer) -> Text:
    """Say who of the unit answered what and when, or which officer recorded what arrived."""
    about = {"person": by_whom(answer), "at": clock_time(answer.at, viewer.now, viewer.zone), "number": answer.number}
    match answer.said:
        case Said.FINISHED:
            return _finished(answer, about)
        case Said.ACKNOWLEDGED:
            return t("{person} acknowledged this at {at} (no. {number}).", **about)
        case Said.OBSTACLE:
            return t("{person} reported an obstacle at {at} (no. {number}): {text}.", **about, text=quoted(answer.text))
        case Said.NOT_OURS:
            return t(
                "{person} reported at {at} (no. {number}): not the unit's task; {text}.",
                **about,
                text=quoted(answer.text),
            )
        case Said.PROGRESS:
            return t("{person} reported at {at} (no. {number}): {what}.", **about, what=progress(answer))


def _finished(answer: Answered, about: dict[str, Any]) -> Text:
    if answer.arrived_on is not None:
        return t(
            "{person} of the standing agency recorded at {at} (no. {number}): {what}.", **about, what=arrival(answer)
        )
    if answer.paper_number:
        return t("{person} reported at {at} (no. {number}): sent, {paper}.", **about, paper=in_short(answer))
    if answer.text:
        return t("{person} reported this finished at {at} (no. {number}): {text}.", **about, text=quoted(answer.text))
    return t("{person} reported this finished at {at} (no. {number}).", **about)


def progress(answer: Answered) -> Text | str:
    """Say how far the unit is by a report of progress: a step, a percentage, its own words."""
    if answer.text:
        return quoted(answer.text)
    if answer.percent is not None:
        return t("{percent}% done", percent=answer.percent)
    if answer.step:
        return STEP_NAMES[Step(answer.step)]
    # without a word either files came, or what was called finished was taken back
    return t("files handed in") if answer.replaces_id is None else t("under way")


def quoted(text: str) -> str:
    """Shorten somebody's words to what fits a line of a card."""
    return headline(None, text, _QUOTE)


def clock_time(at: datetime, now: datetime, zone: ZoneInfo) -> str | datetime:
    """Say a moment of today by its hour alone ("09:12"), any other with its day."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else at


def deadline(standing: Standing, viewer: Viewer) -> Text | str:
    """Say the deadline that runs in the document's words and as read, or the day to which it was moved."""
    due = standing.facts.due
    if standing.due != due and standing.due is not None:
        return t("to be completed by the end of {day}", day=due_day(standing.due, viewer.zone))
    if due is None:
        return standing.task.phrase or t("none is set")
    if (first := _moved_from(standing, viewer)) is not None:
        return _changed(first, _local(due, viewer.zone))
    dated = standing.document.dated if standing.document else standing.assignment.given_on
    return deadline_spoken(standing.task.phrase, _local(due, viewer.zone), dated, viewer.locale)


def source_words(standing: Standing, viewer: Viewer) -> str:
    """Give the document's own words for the deadline that runs; none where another has taken the place of its own."""
    is_its_own = standing.due == standing.facts.due and _moved_from(standing, viewer) is None
    return tidy(standing.task.phrase).rstrip(" .;") if is_its_own else ""


def _moved_from(standing: Standing, viewer: Viewer) -> date | None:
    """Give the first day of a deadline that is no longer the document's; None where it still is."""
    first, due = standing.assignment.original_due_on, standing.facts.due
    day = due_day(due, viewer.zone) if due is not None else None
    return None if day is None or day == first or _is_in_document(standing, day) else first


def _changed(first: date, due: Due | None) -> Text:
    """Say a deadline that is no longer the document's: extended for the unit, or moved for it by an instruction."""
    if isinstance(due, datetime):
        return t("{first}, now {time} on {day}", first=first, time=due.time(), day=due.date())
    return t("{first}, now the end of {day}", first=first, day=due)


def _is_in_document(standing: Standing, day: date) -> bool:
    """Tell whether a day that is not the first comes from the document's newer version, not from an extension."""
    return any(due.day == day for due in dues_once(Reading.parse(standing.task.reading)))


def left(standing: Standing, viewer: Viewer) -> Text:
    """Say how many working days are left or past; of what awaits nothing from the unit, its status."""
    due = standing.due
    if not standing.awaits_unit or due is None:
        return STATUS_WORDS[standing.status]
    day = due_day(due, viewer.zone)
    days = viewer.measure.calendar.working_days_between(viewer.today, day)
    if standing.deadline is DeadlineState.OVERDUE:
        return t("{days} working days late", days=-days) if days else t("late")
    if viewer.today == day:
        return t("due today")
    return t("{days} working days left", days=days) if days > 0 else t("no working day left")


def document_name(document: Document | None) -> Text | None:
    """Name a document as papers cite it: "Kế hoạch số 02/KH-HĐTĐKT ngày 07/3/2022"."""
    if document is None:
        return None
    kind = _DOCUMENTS.get(document.kind, "")
    if not kind:
        return t("no. {number} of {day}", number=document.number, day=document.dated)
    return t("{kind} no. {number} of {day}", kind=kind, number=document.number, day=document.dated)


def _matter(standing: Standing) -> Text | str:
    name = document_name(standing.document)
    if name is None:
        return standing.task.title
    return t("{title}, under {document}.", title=standing.title, document=name)


def _newest(standing: Standing, viewer: Viewer) -> Iterator[Text]:
    """Say in one line what is newest: what must be completed, what was asked for, or what a colleague answered."""
    review = standing.reviews[-1] if standing.reviews else None
    if standing.status is Status.TO_COMPLETE and review is not None:
        yield t("The secretariat asks to complete: {reason}", reason=quoted(review.reason))
    elif standing.request is not None and standing.awaits_unit:
        about = {"day": standing.request.asked_on, "at": clock_time(standing.request.at, viewer.now, viewer.zone)}
        yield t("An extension to {day} was asked for at {at} and awaits its decision.", **about)
    elif standing.last is not None and standing.awaits_unit:
        yield did(standing.last, viewer)


def _local(due: Due | None, zone: ZoneInfo) -> Due | None:
    return due.astimezone(zone) if isinstance(due, datetime) else due
