"""What a change of a meeting means to those invited: to be asked again, to be told, or nothing at all."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.rules.meeting_line import read_start
from models.rules.spelling import fold, tidy
from models.rules.spoken_hours import SpokenHour, spoken_hour
from models.rules.text import Refusal, Text, t

_LONGEST_LINK = 500
_ONLINE = ("truc tuyen", "online")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_MOVED_TO = r"(?:(?:sang|đến|vào|lúc|hồi)\s+)*"
_DAY_ALONE = re.compile(_MOVED_TO + r"(?:ngày\s+)?(\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?)", re.IGNORECASE)
_HOUR_ALONE = re.compile(_MOVED_TO + r"(\d{1,2}\s?(?:h|giờ|:)\s?\d{0,2})(?:\s?phút)?", re.IGNORECASE)
_MOVING = re.compile(_MOVED_TO + r"(?=\d|sáng|chiều|ngày)", re.IGNORECASE)
_BECAUSE = r"(?:(?:với\s+|vì\s+)?l[ýíy]\s+do(?:\s*:|(?=\s))|(?:bởi\s+vì|tại\s+vì|vì|vi|do)(?=\s))"
_REASON = re.compile(rf"\s*;\s*(?:{_BECAUSE})?|[\s,]+{_BECAUSE}", re.IGNORECASE)


class Effect(StrEnum):
    """What comes of a change: nothing, all are told, or all are asked again."""

    NOTHING = "nothing"
    TOLD = "told"
    ASKED_AGAIN = "asked_again"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an invitation says of a meeting; `is_held` is False while it is put off or cancelled.

    `starts_at`: aware; `papers`: ids of files.
    """

    starts_at: datetime
    place: str = ""
    link: str = ""
    number: str = ""
    agenda: str = ""
    papers: tuple[int, ...] = ()
    is_held: bool = True


def effect_of(before: Facts, after: Facts) -> Effect:
    """Work out what a change means: only a new day or hour asks again, and so does a day for what was put off."""
    if before == after:
        return Effect.NOTHING
    if after.is_held and (before.starts_at != after.starts_at or not before.is_held):
        return Effect.ASKED_AGAIN
    return Effect.TOLD


def read_new_start(phrase: str, was: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """Read to when a meeting is moved: "08h00 ngày 21/6", "8h sáng mai", an hour alone ("08h00"), a day alone ("21/6").

    What is not said stays as it `was`. Raises Refusal as `read_start` does.
    """
    said, old = tidy(phrase), was.astimezone(zone)
    if day := _DAY_ALONE.fullmatch(said):
        return read_start(f"{old:%H}h{old:%M} ngày {day[1]}", now, zone)
    if hour := _HOUR_ALONE.fullmatch(said):
        return read_start(f"{hour[1]} ngày {old.day}/{old.month}/{old.year}", now, zone)
    near = spoken_hour(_MOVING.sub("", said, count=1), now.astimezone(zone).date())
    clock = _hour_meant(near, old) if near is not None else None
    if near is None or clock is None:
        return read_start(said, now, zone)
    held = near.day or old.date()
    return read_start(f"{clock:%H}h{clock:%M} ngày {held.day}/{held.month}/{held.year}", now, zone)


def _hour_meant(near: SpokenHour, old: datetime) -> time | None:
    """Give the hour said or, where it suits the words, the old one; None where neither is sure."""
    if near.clock is not None:
        return None if near.is_doubtful else near.clock
    return old.time() if near.day is not None and near.suits(old.time()) else None


def split_reason(line: str) -> tuple[str, str]:
    """Cut "08h00 ngày 21/6; lý do: đồng chí Chủ tịch bận", or "… vì đồng chí Chủ tịch bận", into start and reason."""
    said = tidy(line)
    cut = _REASON.search(said)
    if cut is None:
        return said, ""
    return said[: cut.start()], said[cut.end() :].strip(" .")


def split_link(place: str) -> tuple[str, str]:
    """Cut the address of the online meeting out of a place, as "Phòng họp số 2 và điểm cầu các huyện, https://…"."""
    found = _LINK.search(place)
    if found is None:
        return tidy(place), ""
    rest = tidy(place[: found.start()] + place[found.end() :]).strip(" ,;:-–")
    return rest, found[0].rstrip(".,;")


def link_asked(place: str, link: str) -> tuple[Text, ...]:
    """Ask in one line for the address of a meeting that is held online and has none."""
    if link or not any(word in fold(place) for word in _ONLINE):
        return ()
    return (t("The meeting is held online and has no address yet; please add it under “Number, link, agenda”."),)


def read_link(line: str) -> str:
    """Take the address of a meeting held online; raises Refusal for what is none."""
    said = tidy(line)
    if " " in said or not said.lower().startswith(("https://", "http://")) or len(said) > _LONGEST_LINK:
        raise Refusal(t("“{link}” is no address; please paste it whole, beginning with https://.", link=said))
    return said
