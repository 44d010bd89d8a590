"""How an answer of a unit is said in a few words, in chat and on pages alike."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from models.evidence import Answered
from models.rules.arrivals import ROUTE_NAMES, TELEPHONED, Route
from models.rules.steps import STEP_NAMES, Paper, Step
from models.rules.text import Text, t
from models.tasks import Said

SAID_WORDS: Final[Mapping[Said, Text]] = {
    Said.ACKNOWLEDGED: t("acknowledged"),
    Said.PROGRESS: t("under way"),
    Said.FINISHED: t("finished"),
    Said.OBSTACLE: t("difficulties, obstacles"),
    Said.NOT_OURS: t("not the unit's task"),
}


def by_whom(answer: Answered) -> Text | str:
    """Name who answered for the unit; an officer who recorded it as it was said on the telephone is said to have."""
    return t("{person}, by telephone,", person=answer.by) if answer.route == TELEPHONED else answer.by


def in_short(answer: Answered) -> Text | str:
    """Repeat what an answer says: the paper, how far it is, the unit's own words, or else what kind of answer it is."""
    if answer.arrived_on is not None:
        return arrival(answer)
    if answer.paper_number:
        return sent_paper(Paper(answer.paper_number, answer.paper_date), answer.route)
    if answer.percent is not None:
        return t("{percent}% done", percent=answer.percent)
    if answer.text:
        return answer.text
    return STEP_NAMES[Step(answer.step)] if answer.step else SAID_WORDS[Said(answer.said)]


def arrival(answer: Answered) -> Text | str:
    """Say what an officer recorded: the paper, the day of its arrival, the route, the number in the register."""
    return arrived(Paper(answer.paper_number, answer.paper_date), answer.arrived_on, answer.route, answer.entry)


def arrived(paper: Paper, on: date | None, route: str, entry: str = "") -> Text:
    """Say that a paper arrived: "45/BC-SYT ngày 12/6/2022, đến ngày 13/6/2022 bằng văn bản giấy"."""
    arrival = _arrival(on, route, entry)
    if not paper.number:
        return arrival
    return t("{paper}, {arrival}", paper=_named(paper.number, paper.day), arrival=arrival)


def _arrival(on: date | None, route: str, entry: str) -> Text:
    about: dict[str, Any] = {"day": on, "entry": entry}
    if not route:
        return t("arrived on {day}, register no. {entry}", **about) if entry else t("arrived on {day}", **about)
    about["route"] = ROUTE_NAMES[Route(route)]
    if entry:
        return t("arrived on {day} {route}, register no. {entry}", **about)
    return t("arrived on {day} {route}", **about)


def sent_paper(paper: Paper, route: str) -> Text | str:
    """Name a paper that was handed in, and by which route where that was said: "45/BC-SYT ngày 12/6/2022"."""
    named = _named(paper.number, paper.day)
    if not route or route == TELEPHONED:
        return named
    return t("{paper}, sent {route}", paper=named, route=ROUTE_NAMES[Route(route)])


def _named(number: str, day: date | None) -> Text | str:
    return number if day is None else t("{number} of {day}", number=number, day=day)
