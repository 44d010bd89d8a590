"""How a setting is changed: only known names, only values that can be used."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import time
from typing import Final

from models.rules.ladder import parse as parse_ladder
from models.rules.spelling import fold
from models.rules.text import Refusal, Text, t
from models.rules.windows import parse as parse_windows
from models.settings import Council

# what a council may set, in its own words; the rest belongs to the sample
SETTINGS: Final[Mapping[str, Text]] = {
    "council_name": t("name of the council"),
    "standing_agency": t("standing agency, as it signs"),
    "working_windows": t("hours in which reminders and notices may be sent"),
    "morning": t("hour of the morning message"),
    "ladder_normal": t("reminder ladder of ordinary tasks"),
    "ladder_urgent": t("reminder ladder of urgent tasks"),
    "ladder_express": t("reminder ladder of express tasks"),
    "report_months": t("months of a reporting period, after which undated tasks are asked about"),
    "nudges_a_week": t("most reminders a week to one person"),
    "urgings_a_week": t("most urgings a week to one unit, after which it is telephoned"),
    "member_digest": t("whether members read the week of their units on its first working morning (có, không)"),
    "standing_vice_chair": t("how the title in the council begins of whoever is told of members' own agencies"),
    "approval_over": t("people beyond whom a notice is approved before it is sent; 0: none is"),
    "approval_kinds": t("units, kinds, groups or members to whom a notice goes only once it is approved; 0: none"),
    "approver_title": t("how the title begins of whoever approves notices"),
    "code_days": t("days for which a join code holds"),
    "code_tries": t("wrong codes after which a chat has to wait"),
    "unit_code_days": t("days for which the code on a unit's letter holds"),
    "unit_code_places": t("persons who may ask by the code of one unit"),
    "enrol_minutes": t("minutes for which requests to serve a unit are gathered into one message"),
    "question_hours": t("hours for which a question waits for its answer"),
    "meeting_papers_days": t("working days before a meeting by which its papers are to be sent"),
    "before_is_exclusive": t("whether “trước ngày D” means D-1 at the latest (có, không)"),
    "dark_minutes": t("minutes without a message getting through, after which letters go to people’s next address"),
    "dark_call_hours": t("working hours after which whoever has no other address is to be telephoned meanwhile"),
    "answer_hours_meeting": t("working hours until an unanswered invitation goes to the next address; 0: it does not"),
    "answer_hours_notice": t("working hours until an unanswered notice goes to the next address; 0: it does not"),
    "answer_hours_given": t("working hours until unanswered new tasks go to the next address; 0: they do not"),
    "answer_hours_urging": t("working hours until an unanswered urging goes to the next address; 0: it does not"),
    "quiet_days": t("days without a word from a unit that was asked, after which it is called silent; 0: none is"),
}
_MOST: Final = 1000
_MAY_BE_OFF: Final = frozenset(
    {"approval_over", "approval_kinds", "quiet_days", *(name for name in SETTINGS if name.startswith("answer_hours_"))}
)
_YES: Final = frozenset({"co", "yes", "true", "1"})
_NO: Final = frozenset({"khong", "no", "false", "0"})


def setting_from(name: str, said: str) -> str | int | bool:
    """Read the value of a setting as typed; raises Refusal for an unknown name or a value that cannot be used."""
    if name not in SETTINGS:
        raise Refusal(t("There is no setting “{name}”; please send “caidat” to see them all.", name=name))
    kind = next(field.type for field in fields(Council) if field.name == name)
    if kind is int:
        return _number(name, said.strip())
    return _yes_or_no(name, said) if kind is bool else _words(name, said.strip())


def _number(name: str, said: str) -> int:
    fewest = 0 if name in _MAY_BE_OFF else 1
    if not said.isdecimal() or not fewest <= int(said) <= _MOST:
        raise Refusal(
            t("“{meaning}” is a number from {fewest} to {most}.", meaning=SETTINGS[name], fewest=fewest, most=_MOST)
        )
    return int(said)


def _yes_or_no(name: str, said: str) -> bool:
    if (folded := fold(said)) in _YES | _NO:
        return folded in _YES
    raise Refusal(t("“{meaning}” is answered by có or không.", meaning=SETTINGS[name]))


def _words(name: str, said: str) -> str:
    if name in _MAY_BE_OFF and fold(said) in _NO:
        return ""
    if name == "working_windows":
        parse_windows(said)
    if name.startswith("ladder_"):
        parse_ladder(said)
    return _hour(name, said) if name == "morning" else said


def _hour(name: str, said: str) -> str:
    try:
        return time.fromisoformat(said).strftime("%H:%M")
    except ValueError:
        raise Refusal(t("“{meaning}” is an hour such as 07:30.", meaning=SETTINGS[name])) from None
