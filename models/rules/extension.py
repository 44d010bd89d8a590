"""Requests for more time: which days may be asked for, and which requests come in time."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.rules.calendar import Calendar
from models.rules.status import Due, is_late
from models.rules.text import Refusal, t


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a request for extension may ask for: the day itself if it is worked, else the working days next to it."""

    asked: date
    days: tuple[date, ...]

    @property
    def is_settled(self) -> bool:
        """Tell whether the day asked for can be taken as it is."""
        return self.days == (self.asked,)


def propose(asked: date, due: date | None, today: date, calendar: Calendar) -> Proposal:
    """Give the days that may be asked for instead of `asked`; all are local days.

    Raises Refusal where nothing is due, or the day is past or not later than the present deadline.
    """
    if due is None:
        raise Refusal(t("This task has no deadline to extend; please report its progress instead."))
    if asked < today:
        raise Refusal(t("{asked} has passed; please propose a day from {today} on.", asked=asked, today=today))
    if asked <= due:
        raise Refusal(
            t("{asked} is not later than the present deadline {due}; please propose a later day.", asked=asked, due=due)
        )
    near = (calendar.previous_working(asked), calendar.next_working(asked))
    return Proposal(asked, tuple(day for day in dict.fromkeys(near) if day > due and day >= today))


def in_time(asked_at: datetime, due: Due | None, zone: ZoneInfo) -> bool:
    """Tell whether a request came before the deadline passed; only such a request holds the reminders."""
    return not is_late(asked_at, due, zone)
