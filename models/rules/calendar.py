"""Working days: the library's public holidays, corrected by the days that the council itself has recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import holidays

_DAY = timedelta(days=1)
_SUNDAY_AND_SATURDAY = frozenset({5, 6})


class DayKind(StrEnum):
    """What the council says of one day: off, or worked although it would be off (a swapped day)."""

    OFF = "off"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The council's calendar of working days (holidays and compensatory days: Labour Code 2019, Art. 111(3) and 112).

    `days_off`: the council's own days, which go before the library's; `names`: what these days are called;
    `weekend`: weekday numbers that are not worked (Monday is 0). All days are local dates.
    """

    days_off: Mapping[date, DayKind] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    weekend: frozenset[int] = _SUNDAY_AND_SATURDAY

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        own = self.days_off.get(day)
        if own is not None:
            return own is DayKind.WORKING
        year = _public(day.year)
        if day.weekday() in self.weekend:
            return day in year.swapped
        return day not in year.holidays

    def shift(self, day: date, working_days: int) -> date:
        """Count working days from a day that itself does not count (Civil Code 2015, Art. 147); negative goes back."""
        step = _DAY if working_days > 0 else -_DAY
        for _ in range(abs(working_days)):
            day = self._first_working(day + step, step)
        return day

    def next_working(self, day: date) -> date:
        """Give the day itself if it is worked, otherwise the first working day after it."""
        return self._first_working(day, _DAY)

    def previous_working(self, day: date) -> date:
        """Give the day itself if it is worked, otherwise the last working day before it."""
        return self._first_working(day, -_DAY)

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`; negative where `end` comes before `start`."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(day) for day in _days(start + _DAY, end))

    def official(self, year: int) -> bool:
        """Tell whether the year's holidays are known, not guessed; where they are not, the secretariat is warned.

        Known are the years up to the last for which the library holds a swap of days announced by the government, and
        those that the council confirms by recording, as its own days off, public holidays which the library also gives.
        """
        public = _public(year)
        confirmed = any(day.year == year and day in public.holidays for day in self._own(DayKind.OFF))
        return confirmed or year in _announced_years()

    def name_of(self, day: date) -> str:
        """Give the day's name as recorded by the council or by the library, in Vietnamese; empty for a plain day."""
        return self.names.get(day) or _public(day.year).holidays.get(day, "")

    def _own(self, kind: DayKind) -> Iterator[date]:
        return (day for day, own in self.days_off.items() if own is kind)

    def _first_working(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day


@dataclass(frozen=True, slots=True)
class _PublicYear:
    """What the library says of one year: holidays with their names, and days off that are worked in exchange."""

    holidays: Mapping[date, str]
    swapped: frozenset[date]


@cache
def _public(year: int) -> _PublicYear:
    given = holidays.country_holidays("VN", years=year, expand=False, language="vi")
    swapped = frozenset(day for day in given.weekend_workdays if day.year == year)
    return _PublicYear(MappingProxyType(dict(given.items())), swapped)


@cache
def _announced_years() -> range:
    given = holidays.country_holidays("VN", language="vi")
    return range(given.start_year, max(given.special_public_holidays) + 1)


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=count) for count in range((end - start).days + 1))
