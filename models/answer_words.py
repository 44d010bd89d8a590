"""How an answer of a unit is said in a few words, in chat and on pages alike."""

from collections.abc import Mapping
from typing import Final

from models.evidence import Answered
from models.rules.steps import STEP_NAMES, Step
from models.rules.text import Text, t
from models.tasks import Said

SAID_WORDS: Final[Mapping[Said, Text]] = {
    Said.ACKNOWLEDGED: t("acknowledged"),
    Said.PROGRESS: t("under way"),
    Said.FINISHED: t("finished"),
    Said.OBSTACLE: t("difficulties, obstacles"),
    Said.NOT_OURS: t("not the unit's task"),
}


def in_short(answer: Answered) -> Text | str:
    """Repeat what an answer says: the paper, how far it is, the unit's own words, or else what kind of answer it is."""
    if answer.paper_number:
        return paper_name(answer)
    if answer.percent is not None:
        return t("{percent}% done", percent=answer.percent)
    if answer.text:
        return answer.text
    return STEP_NAMES[Step(answer.step)] if answer.step else SAID_WORDS[Said(answer.said)]


def paper_name(answer: Answered) -> Text | str:
    """Name the paper that was handed in: "45/BC-SYT ngày 12/6/2022"."""
    if answer.paper_date is None:
        return answer.paper_number
    return t("{number} of {day}", number=answer.paper_number, day=answer.paper_date)
