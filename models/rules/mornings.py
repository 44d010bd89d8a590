"""What the steps of the ladder become on the mornings of people: whom each is for, the Chair's week, the budget."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from models.rules.calendar import Calendar
from models.rules.ladder import Audience, Ladder
from models.rules.reminders import Course, steps, within_budget

ASKED: Final = "period"
"""The rung of undated work: asked about once a reporting period."""

AGAIN: Final = "again"
"""The rung on which a snooze ends."""

PAUSED: Final = "paused"
"""The rung of all that fell in a pause of reminding: said once, when the pause is over."""

SPARING: Final[Mapping[int, int]] = {70: 1, 90: 0}
"""How many mornings a week may bring early warnings, by how much of its bot's month is used up, in percent."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One step for one audience: `day` is the morning on which it is said, `falls` the day of its rung.

    The two differ for the Chair only, who is told of a week's late work on the first working day of the next.
    """

    rung: str
    falls: date
    day: date
    audience: Audience


@dataclass(frozen=True, slots=True)
class Morning:
    """Something to say to a person on a day; it may be left out for the week's budget if nothing in it is pressing."""

    person_id: int
    day: date
    pressing: bool


@dataclass(frozen=True, slots=True)
class Budget:
    """On how many mornings in seven days a person may be written to about what can wait: `a_week`.

    `fewer`, by person and first day of a month: in that month his bot has few messages left.
    """

    a_week: int
    fewer: Mapping[tuple[int, date], int] = field(default_factory=dict)

    @property
    def spared(self) -> frozenset[int]:
        """Name the people who are written to less than others."""
        return frozenset(person for person, _ in self.fewer)

    def of(self, morning: Morning) -> int:
        """Give what holds for a morning."""
        if not self.fewer:
            return self.a_week
        return min(self.a_week, self.fewer.get((morning.person_id, morning.day.replace(day=1)), self.a_week))


def spoken(course: Course, ladder: Ladder, calendar: Calendar, until: date) -> tuple[Spoken, ...]:
    """Lay out whom each step of a course reaches on which morning, up to and with `until`, in the order of days."""
    said: list[Spoken] = []
    weeks: dict[date, Spoken] = {}
    for step in steps(course, ladder, calendar, until):
        said.append(Spoken(step.rung, step.day, step.day, Audience.FOCAL))
        if Audience.MEMBER in step.audience:
            said.append(Spoken(f"{step.rung}:{Audience.MEMBER}", step.day, step.day, Audience.MEMBER))
        if Audience.CHAIR in step.audience:
            monday = digest_day(step.day, calendar)
            weeks[monday] = Spoken(f"{step.rung}:{Audience.CHAIR}", step.day, monday, Audience.CHAIR)
    return tuple(sorted([*said, *(week for week in weeks.values() if week.day <= until)], key=_order))


def digest_day(day: date, calendar: Calendar) -> date:
    """Give the first working day of a week, on or after a day: when the Chair's digest goes out."""
    monday = day - timedelta(days=day.weekday())
    while (opening := calendar.next_working(monday)) < day:
        monday += _WEEK
    return opening


def is_pressing(rung: str) -> bool:
    """Tell whether a rung is said whatever the budget: all but the early warnings T-n."""
    return not rung.startswith("T-")


def left_out(mornings: Iterable[Morning], said: Mapping[int, Collection[date]], budget: Budget) -> frozenset[Morning]:
    """Give the mornings that go beyond the week's budget of a person and can wait for the next rung.

    `said`: the days on which each person was spoken to before the first of these mornings.
    """
    spent = {person: set(days) for person, days in said.items()}
    out: set[Morning] = set()
    for morning in sorted(set(mornings), key=lambda each: (each.day, each.person_id, not each.pressing)):
        days = spent.setdefault(morning.person_id, set())
        if morning.pressing or morning.day in days or within_budget(days, morning.day, budget.of(morning)):
            days.add(morning.day)
        else:
            out.add(morning)
    return frozenset(out)


def _order(each: Spoken) -> tuple[date, str]:
    return each.day, each.audience
