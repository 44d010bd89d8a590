"""The days on which a recurring deadline falls."""

from datetime import date, datetime, time

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from models.rules.deadline.parts import Every, Recurrence

_SHORTEST_MONTH = 28


def occurrences(rule: Recurrence, first: date, last: date) -> tuple[date, ...]:
    """Give the days of the recurrence from `first` to `last`, both counted, in order."""
    start, end = datetime.combine(first, time.min), datetime.combine(last, time.min)
    return tuple(moment.date() for moment in _rrule_of(rule, start, end))


def _rrule_of(rule: Recurrence, start: datetime, end: datetime) -> rrule:
    if rule.every is Every.DAY:
        return rrule(DAILY, dtstart=start, until=end)
    if rule.every is Every.WEEK:
        return rrule(WEEKLY, dtstart=start, until=end, byweekday=rule.weekdays)
    # a yearly day of the month is a monthly one that skips the other months; the last of the days that the month has
    # is taken, so that the 30th of each month is the 28th of February and not left out
    day = rule.day if rule.day is not None else -1
    days = range(min(day, _SHORTEST_MONTH), day + 1)
    return rrule(MONTHLY, dtstart=start, until=end, bymonth=rule.months or None, bymonthday=tuple(days), bysetpos=-1)
