"""The sample's clock: moved forward by whoever has a role of the sample in hand, never back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from handlers.kit import Context, Refusal, Reply, command, t
from models.days import working_calendar, working_hours
from models.laying import runs
from models.rules.permission import Action
from models.rules.status import due_day
from models.rules.windows import WorkingWindows
from models.settings import change_setting
from models.standing import standings

_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)
# the morning messages have arrived by then, that of the officers at a quarter to eight as the last
_AFTER_OPENING: Final = timedelta(minutes=20)


class Step(StrEnum):
    """How far the clock is moved."""

    QUARTER = "quarter"
    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"
    DUE = "due"


@command("mauthu.dongho", allow=Action.SAMPLE_CLOCK)
async def move_clock(ctx: Context) -> Reply:
    """Move the sample's clock by a step; whoever holds the clock reads the setting again afterwards."""
    if not ctx.council.sample:
        raise Refusal(t("Only the clock of the sample can be moved; this council lives in real time."))
    if ctx.args.get("step") not in set(Step):
        raise Refusal(t("The clock has no such step; please use the buttons beside it."))
    moment = await _moment(ctx, Step(ctx.args["step"]))
    ahead = ceil((moment - ctx.now).total_seconds())
    await change_setting(ctx.session, "clock_offset_seconds", ctx.council.clock_offset_seconds + ahead)
    return Reply(t("The clock of the sample now stands at {time}.", time=moment))


async def _moment(ctx: Context, step: Step) -> datetime:
    ahead = Ahead(ctx.now, working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone))
    match step:
        case Step.QUARTER:
            return ctx.now + _QUARTER
        case Step.AFTERNOON:
            return ahead.afternoon()
        case Step.TOMORROW:
            return ahead.tomorrow()
        case Step.DUE:
            return await _due(ctx, ahead)


async def _due(ctx: Context, ahead: "Ahead") -> datetime:
    read = await standings(ctx.session, ctx.now, ctx.zone)
    open_days = {
        due_day(standing.due, ctx.zone)
        for standing in await read.of(runs())
        if standing.due is not None and standing.awaits_unit
    }
    moment = ahead.first_morning(open_days)
    if moment is None:
        raise Refusal(t("No open task falls due after this moment; please move the clock by another step."))
    return moment


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where the clock may be moved from `now` (aware), by the council's working hours; every moment lies after it."""

    now: datetime
    hours: WorkingWindows

    def afternoon(self) -> datetime:
        """Give when work begins again after the next midday break."""
        opens = self.hours.spans[-1].opens
        return next(moment for day in self._working_days() if (moment := self._at(day, opens)) > self.now)

    def tomorrow(self) -> datetime:
        """Give the morning of the next working day."""
        return self._morning(next(day for day in self._working_days() if day > self._today))

    def first_morning(self, days: set[date]) -> datetime | None:
        """Give the first morning of these days that is still to come."""
        return min((moment for day in days if (moment := self._morning(day)) > self.now), default=None)

    @property
    def _today(self) -> date:
        return self.now.astimezone(self._zone).date()

    @property
    def _zone(self) -> ZoneInfo:
        return self.hours.zone

    def _working_days(self) -> Iterator[date]:
        day = self._today
        while True:
            day = self.hours.calendar.next_working(day)
            yield day
            day += _DAY

    def _morning(self, day: date) -> datetime:
        return self.hours.morning(day) + _AFTER_OPENING

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self._zone).astimezone(UTC)
