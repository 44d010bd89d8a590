"""Working windows: the hours in which the council pushes messages, on working days only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from models.rules.calendar import Calendar
from models.rules.text import Refusal, t

_SPAN = re.compile(r"\s*(\d{1,2})[:hH](\d{2})\s*[-–]\s*(\d{1,2})[:hH](\d{2})\s*")
_AT_ONCE = timedelta(0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of a day in local time: open from `opens`, closed again at `closes`."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Window:
    """One span on one working day, as aware UTC moments."""

    opens: datetime
    closes: datetime


def parse(text: str) -> tuple[Span, ...]:
    """Read hours such as "07:30-11:30,13:30-17:00".

    Raises Refusal where they cannot be read, overlap or are not in order.
    """
    spans = tuple(_span(text, part) for part in text.split(","))
    if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
        raise _unreadable(text)
    return spans


@dataclass(frozen=True, slots=True)
class WorkingWindows:
    """The spans of each working day of the calendar, in the council's zone; moments taken and given are aware."""

    spans: tuple[Span, ...]
    calendar: Calendar
    zone: ZoneInfo

    def is_open(self, moment: datetime) -> bool:
        """Tell whether messages may be pushed at this moment."""
        local = moment.astimezone(self.zone)
        within = any(span.opens <= local.time() < span.closes for span in self.spans)
        return within and self.calendar.is_working(local.date())

    def next_opening(self, moment: datetime) -> datetime:
        """Give the moment itself if a window is open, otherwise when the next one opens (UTC)."""
        if self.is_open(moment):
            return moment.astimezone(UTC)
        return next(window.opens for window in self._from(self._day(moment)) if window.opens >= moment)

    def last_window_before(self, moment: datetime, notice: timedelta = _AT_ONCE) -> Window:
        """Give the last window that opens before an event, at least `notice` before it, cut off at the event (UTC)."""
        day = self._day(moment)
        while True:
            for window in reversed(self._on(self.calendar.previous_working(day))):
                if window.opens < moment and window.opens <= moment - notice:
                    return Window(window.opens, min(window.closes, moment.astimezone(UTC)))
            day = self.calendar.previous_working(day) - _DAY

    def before_event(self, wanted: datetime, event: datetime) -> datetime:
        """Move a wanted moment into a window and never past the event: deferred if that is in time, else moved earlier.

        What precedes an event moves before it, never after; the answer is in UTC.
        """
        opening = self.next_opening(wanted)
        return opening if opening < event else self.last_window_before(event).opens

    def back(self, moment: datetime, opening: timedelta) -> datetime:
        """Give the moment (UTC) since which the windows have been open for so long: working hours counted back."""
        day, rest, until = self._day(moment), opening, moment.astimezone(UTC)
        while True:
            for window in reversed(self._on(self.calendar.previous_working(day))):
                closes = min(window.closes, until)
                if window.opens < closes and closes - window.opens >= rest:
                    return closes - rest
                rest -= max(closes - window.opens, _AT_ONCE)
            day = self.calendar.previous_working(day) - _DAY

    def morning(self, day: date) -> datetime:
        """Give the first moment of the first window of a local day (UTC), worked or not."""
        return self._moment(day, self.spans[0].opens)

    def _from(self, day: date) -> Iterator[Window]:
        while True:
            day = self.calendar.next_working(day)
            yield from self._on(day)
            day += _DAY

    def _on(self, day: date) -> tuple[Window, ...]:
        return tuple(Window(self._moment(day, span.opens), self._moment(day, span.closes)) for span in self.spans)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(UTC)


def _span(text: str, part: str) -> Span:
    found = _SPAN.fullmatch(part)
    if not found:
        raise _unreadable(text)
    hours = [int(number) for number in found.groups()]
    try:
        span = Span(time(hours[0], hours[1]), time(hours[2], hours[3]))
    except ValueError:
        raise _unreadable(text) from None
    if span.opens >= span.closes:
        raise _unreadable(text)
    return span


def _unreadable(text: str) -> Refusal:
    return Refusal(
        t("Working hours cannot be read: “{text}”; please write them in order as 07:30-11:30,13:30-17:00.", text=text)
    )
