"""The clock reminds: the plan's rows made real for each morning, and a calendar that nobody has announced yet."""

from datetime import date, time, timedelta

from handlers.kit import ClockContext, Owed, Reply, Spread, every, t
from models.days import working_calendar
from models.laying import span_of
from models.nudging import MORNING, key_of, materialise, unsaid
from models.outbox import Priority
from models.rules.permission import Role
from models.whom import holders

_LOOK_BACK = timedelta(days=31)
_OCTOBER = 10


@every("materialise", minutes=15)
async def remind(clock: ClockContext) -> None:
    """Insert what the plan gives since the last run, and owe each person one message for this morning.

    Days missed by an outage are made up for: what fell on them is said in today's message.
    """
    span = await span_of(clock.session, clock.council, clock.zone, _first(clock), clock.today)
    await materialise(clock.session, span, clock.now)
    if not span.calendar.is_working(clock.today):
        return
    clock.spread(
        Spread(
            unsaid(span, clock.now),
            key_of(clock.today),
            letter=MORNING,
            params={"day": clock.today.isoformat()},
            priority=Priority.REMINDER,
            not_before=span.morning(clock.today),
        )
    )


@every("calendar-warning", at=time(8, 0))
async def warn_of_calendar(clock: ClockContext) -> None:
    """Tell the secretariat once a month that days off are not announced: this year's, from October also the next's."""
    if clock.since is not None and _month(clock.since.astimezone(clock.zone).date()) == _month(clock.today):
        return
    calendar = await working_calendar(clock.session)
    for year in (clock.today.year, *((clock.today.year + 1,) if clock.today.month >= _OCTOBER else ())):
        if calendar.official(year):
            continue
        for officer in await holders(clock.session, Role.SECRETARIAT, clock.today):
            clock.owe(
                Owed(officer, f"calendar:{year}:{clock.today:%Y-%m}", _unknown_year(year), priority=Priority.REMINDER)
            )


def _first(clock: ClockContext) -> date:
    if clock.since is None:
        return clock.today
    done = clock.since.astimezone(clock.zone).date()
    return min(clock.today, max(done + timedelta(days=1), clock.today - _LOOK_BACK))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _unknown_year(year: int) -> Reply:
    return Reply(
        t("Days off in {year}: no official calendar yet", year=str(year)),
        t(
            "Reminders in {year} follow the holidays of the law only, without compensatory and swapped days.",
            year=str(year),
        ),
        t("Once the calendar is announced, please have the operator record its days off and swapped days."),
    )
