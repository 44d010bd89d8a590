"""Which answers an assignment still takes: each thing is said once for the unit, and corrected until it is accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.answer_words import by_whom, in_short
from models.evidence import Answered
from models.rules.arrivals import same_paper
from models.rules.status import Status
from models.rules.steps import Paper
from models.rules.text import Refusal, Text, t
from models.standing import DONE, SET_ASIDE, Standing
from models.tasks import Said


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit says of an assignment; `files` are ids of stored files."""

    said: Said
    step: str = ""
    text: str = ""
    percent: int | None = None
    paper_number: str = ""
    paper_date: date | None = None
    route: str = ""
    files: tuple[int, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether only the word itself is said, so that saying it again adds nothing."""
        return not (self.text or self.files or self.paper_number or self.percent is not None)


def require_answerable(standing: Standing, answer: Answer) -> None:
    """Refuse what has been said already, and anything once the assignment is closed; says who said it and when."""
    require_unaccepted(standing)
    if standing.status in SET_ASIDE:
        raise Refusal(
            t("This task is suspended or cancelled; nothing has to be reported: {title}.", title=standing.task.title)
        )
    finished = standing.finished
    if standing.status is Status.AWAITING_ACCEPTANCE and finished is not None and answer.said is not Said.PROGRESS:
        raise Refusal(said_before(standing, finished))
    before = _said_before(standing, answer)
    if before is not None:
        raise Refusal(said_before(standing, before))


def require_unaccepted(standing: Standing) -> None:
    """Refuse any change to what has been accepted."""
    if standing.status in DONE:
        accepted = standing.facts.accepted_at
        if accepted is None:
            raise Refusal(t("This task was done before it was entered here: {title}.", title=standing.task.title))
        raise Refusal(t("This was already accepted at {at}: {title}.", at=accepted, title=standing.task.title))


def require_correctable(standing: Standing, report_id: int) -> Answered:
    """Give the answer that may still be corrected; raises Refusal once it is accepted or was corrected before."""
    require_unaccepted(standing)
    older = next((answer for answer in standing.answers if answer.report_id == report_id), None)
    if older is None:
        raise Refusal(t("There is no such report to correct; please send “nhiemvu” for your tasks."))
    if older.replaced_at is not None:
        raise Refusal(
            t("Report no. {number} was already corrected at {at}.", number=older.number, at=older.replaced_at)
        )
    if older.arrived_on is not None:
        raise Refusal(
            t(
                "No. {number} was recorded by the standing agency ({person}); please tell it what is wrong.",
                number=older.number,
                person=older.by,
            )
        )
    return older


def recorded_paper(known: Iterable[Standing], paper: Paper) -> tuple[Standing, Answered] | None:
    """Find what a paper was reported or recorded for, so that it is not taken for another task.

    Of what is closed only the very same number of the same day counts: numbers begin anew each year.
    """
    for standing in known:
        answer = standing.finished
        if answer is None or standing.status not in DONE | {Status.AWAITING_ACCEPTANCE}:
            continue
        of_same_day = paper.day is not None and paper.day == answer.paper_date
        if same_paper(Paper(answer.paper_number, answer.paper_date), paper) and (
            standing.status not in DONE or of_same_day
        ):
            return standing, answer
    return None


def said_before(standing: Standing, answer: Answered) -> Text:
    """Say who has already given an answer for the unit, or recorded what arrived of it, and when."""
    about = {"person": by_whom(answer), "at": answer.at, "number": answer.number, "title": standing.task.title}
    match answer.said:
        case Said.FINISHED if answer.arrived_on is not None:
            return t(
                "{person} of the standing agency already recorded it at {at} (no. {number}): {what}. {title}.",
                **about,
                what=in_short(answer),
            )
        case Said.FINISHED:
            return t("{person} already reported this finished at {at} (no. {number}): {title}.", **about)
        case Said.ACKNOWLEDGED:
            return t("{person} already acknowledged this at {at} (no. {number}): {title}.", **about)
        case Said.NOT_OURS:
            return t(
                "{person} already reported at {at} (no. {number}) that this is not the unit's task: {title}.", **about
            )
        case _:
            return t("{person} already reported this at {at} (no. {number}): {title}.", **about)


def _said_before(standing: Standing, answer: Answer) -> Answered | None:
    if not answer.is_bare:
        return None
    standing_answers = [given for given in standing.answers if given.replaced_at is None]
    if answer.said is Said.ACKNOWLEDGED:
        return standing_answers[-1] if standing_answers else None
    last = standing_answers[-1] if standing_answers else None
    is_same = last is not None and (last.said, last.step) == (answer.said, answer.step)
    return last if is_same and standing.status is not Status.TO_COMPLETE else None
