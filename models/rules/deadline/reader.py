"""Read a deadline phrase: every way to read it is tried, and where they disagree a person is asked."""

from datetime import date

from models.rules.deadline.events import count
from models.rules.deadline.parsing import Rule, ways
from models.rules.deadline.parts import Anchor
from models.rules.deadline.places import Doubt, Incomplete, place
from models.rules.deadline.reading import AMBIGUOUS, NONE, Reading, WorkingCalendar, count_from
from models.rules.deadline.resolve import Resolver
from models.rules.deadline.rounds import Habit
from models.rules.deadline.schedules import schedule, undated
from models.rules.deadline.terms import Count, Meaning, Stretch, Undated, Year
from models.rules.deadline.tokens import LONGEST, tokens_of

_YEARS = range(1900, 2200)
_meaning: Rule[Meaning] = schedule | count | undated


def read(
    phrase: str,
    on: date,
    *,
    before_is_exclusive: bool = True,
    event: date | None = None,
    calendar: WorkingCalendar | None = None,
) -> Reading:
    """Read a deadline as a plan or a person words it; what is not surely understood is AMBIGUOUS, never guessed.

    `on`: the document's day, after which a date without a year is looked for; `before_is_exclusive`: "trước ngày D"
    means D-1 at the latest; `event`: the day of the event that an anchored deadline counts from, with `calendar`
    (Civil Code 2015, Art. 147-148). Days are local to the council; moments have no zone. Raises nothing on any text.
    """
    tokens = tokens_of(phrase)
    if not tokens or len(tokens) > LONGEST or on.year not in _YEARS:
        return AMBIGUOUS
    found: set[Reading] = set()
    for meaning in ways(_meaning, tokens):
        reading = _reading(meaning, Resolver(on, Habit(before_is_exclusive)), calendar)
        if reading is not None:
            found.add(reading)
        if len(found) > 1:
            return AMBIGUOUS
    reading = found.pop() if found else AMBIGUOUS
    return reading if event is None else reading.at_event(event, calendar)


def _reading(meaning: Meaning, resolver: Resolver, calendar: WorkingCalendar | None) -> Reading | None:
    if isinstance(meaning, Undated):
        return NONE
    try:
        if isinstance(meaning, Count):
            return _counted(meaning, resolver.on, calendar)
        resolved = resolver.resolve(meaning)
    except Doubt:
        return AMBIGUOUS
    except Incomplete:
        return None
    return Reading.of(*resolved.parts, is_period=resolved.is_period)


def _counted(meaning: Count, on: date, calendar: WorkingCalendar | None) -> Reading:
    anchor = Anchor(meaning.days, meaning.working)
    if meaning.event is None:
        return Reading.of(anchor)
    day = count_from(_event_day(meaning.event, on), anchor, calendar)
    if day is None:
        raise Doubt
    return Reading.of(day)


def _event_day(event: Stretch, on: date) -> date:
    (run,) = place(event, on)
    # an event named without its year may be over already
    if run.first != run.last or not (isinstance(event.which, Year) or run.first.year == on.year):
        raise Doubt
    return run.first
