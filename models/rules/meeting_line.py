"""A meeting as an officer words it in one line: what, when, where, for whom."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.deadline import read
from models.rules.said_days import still_to_come
from models.rules.spelling import tidy
from models.rules.spoken_hours import spoken_hour
from models.rules.text import Refusal, Text, t
from models.rules.windows import WorkingWindows

_INTRODUCED = re.compile(r"^(?:bắt đầu\s+|vào\s+|từ\s+|lúc\s+|hồi\s+)+", re.IGNORECASE)
_PARTS = 4
_LONGEST_PLACE = 300
_WORDS_OF_NAME = 5
_SHORTEST = timedelta(hours=2)
WEEKDAYS: tuple[Text, ...] = (
    t("Monday"),
    t("Tuesday"),
    t("Wednesday"),
    t("Thursday"),
    t("Friday"),
    t("Saturday"),
    t("Sunday"),
)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """The parts of a line, each as typed, empty where missing; `whom` may hold further semicolons."""

    title: str = ""
    when: str = ""
    place: str = ""
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held: its id, its title and its local day (ISO)."""

    id: int
    title: str
    day: str


def split_meeting_line(line: str) -> MeetingLine:
    """Cut "Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; thành viên Hội đồng, SYT" into its parts."""
    parts = [tidy(part).strip(" .") for part in line.split(";", _PARTS - 1)]
    return MeetingLine(*parts)


def read_start(phrase: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read when a meeting starts, as in "14h00 ngày 20/6" or "8h sáng mai", as an aware UTC moment.

    `now`: aware; a day without its year is the next one. Raises Refusal where no hour and day are surely read, or they
    have passed, as a day without its year has that lies little behind.
    """
    said, today = _INTRODUCED.sub("", tidy(phrase)), now.astimezone(zone).date()
    start = _start(said, today)
    if not isinstance(start, datetime):
        raise Refusal(
            t("“{phrase}” gives no certain hour and day; please write them as 14h00 ngày 20/6.", phrase=tidy(phrase))
        )
    still_to_come(start.date(), said, today)
    moment = start.replace(tzinfo=zone).astimezone(UTC)
    if moment <= now:
        raise Refusal(t("{time} has passed; please give an hour that is still to come.", time=moment))
    return moment


def _start(said: str, today: date) -> date | datetime | None:
    near = spoken_hour(said, today)
    if near is not None and near.day is not None and near.clock is not None and not near.is_doubtful:
        return datetime.combine(near.day, near.clock)
    return read(said, today).due


def read_place(line: str) -> str:
    """Take the place of a meeting as typed; raises Refusal for one that is empty or too long for a line."""
    place = tidy(line)
    if not place or len(place) > _LONGEST_PLACE:
        raise Refusal(t("Please give the place in one line of at most {limit} characters.", limit=_LONGEST_PLACE))
    return place


def is_bare_name(substitute: str) -> bool:
    """Tell whether of somebody who comes instead only the name was said: no second part, and few words."""
    return re.search(r"[,;:()/–]| - ", substitute) is None and len(substitute.split()) <= _WORDS_OF_NAME


def start_spoken(start: datetime, zone: ZoneInfo) -> Text:
    """Say when a meeting starts, with the day of the week."""
    local = start.astimezone(zone)
    return t("{hour}, {weekday}, {day}", hour=local.time(), weekday=weekday(local.date()), day=local.date())


def taken_to_last(start: datetime, hours: WorkingWindows) -> datetime:
    """Give until when a meeting is said to be under way (aware UTC): no invitation says when it ends.

    It is taken to last to the end of the half of the working day in which it began, and two hours at least.
    """
    local = start.astimezone(hours.zone)
    closing = (span.closes for span in hours.spans if span.opens <= local.time() < span.closes)
    ends = (datetime.combine(local.date(), closes, hours.zone).astimezone(UTC) for closes in closing)
    return max((start.astimezone(UTC) + _SHORTEST, *ends))


def start_remarks(start: datetime, hours: WorkingWindows) -> tuple[Text, ...]:
    """Say of a start, in one line, that offices do not work on its day or at its hour; nothing of any other."""
    local = start.astimezone(hours.zone)
    if not hours.calendar.is_working(local.date()):
        return (t("Please note: {weekday}, {day}, is a day off.", weekday=weekday(local.date()), day=local.date()),)
    if not hours.is_open(start):
        return (t("Please note: {hour} is outside working hours.", hour=local.time()),)
    return ()


def weekday(day: date) -> Text:
    """Name the day of the week."""
    return WEEKDAYS[day.weekday()]
