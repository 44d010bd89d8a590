"""The month of each bot whose provider counts messages: what it has sent and has to send; who is warned in time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outlook import Outlook, granted_to
from handlers.kit import ClockContext, Job, Owed, Reply, Service, discover
from models.coming import Mornings, answered_each_time, mornings_to_come, reminded_of_events, waiting
from models.days import working_calendar, working_hours
from models.rules.likelihood import likelihoods
from models.rules.mornings import digest_day
from models.rules.permission import Role
from models.settings import Council
from models.thrift import begin_thrift
from models.usage import USUALLY_BROUGHT_ALONG, Bot, bots_of, brought_along, messages_sent, month_of
from models.whom import holders

# answers are learnt from the days before today: those to what was said today are still to come
_LEARNT_FROM: Final = timedelta(days=28)
# from the first of a month into the next
_A_MONTH: Final = timedelta(days=31)
# what the clock owes on each working day, and on the first of a week
_DAILY: Final = ("desk-morning", "tally-morning", "tally-afternoon")
_WEEKLY: Final = "member-week"


@dataclass(frozen=True, slots=True)
class Forecasting:
    """Foresees the month of the bots among `services` that are granted so many messages; `zone` is the Council's."""

    services: Sequence[tuple[Service, str]]
    zone: ZoneInfo

    def jobs(self) -> dict[str, Job]:
        """Give the job that warns, by its name."""
        job = Job("warn-of-allowance", self.warn, minutes=60)
        return {job.name: job}

    async def outlooks(self, session: AsyncSession, council: Council, now: datetime) -> tuple[Outlook, ...]:
        """Give the month of each of these bots with all that is known to come."""
        granted = granted_to(self.services)
        if not granted:
            return ()
        first, days = month_of(now, self.zone)
        used = await messages_sent(session, first)
        learnt = self._learnt(now)
        mornings = await mornings_to_come(session, council, self.zone, now, days)
        most = await _by_bot(session, Counter(person for _, person in mornings))
        answered = await answered_each_time(session, *(moment.date() for moment in learnt))
        reminders = await _by_bot(session, _likely(mornings, answered))
        until = datetime.combine(first.date() + _A_MONTH, first.timetz()).replace(day=1)
        events = await _by_bot(session, await reminded_of_events(session, council, self.zone, now, until))
        queued = await waiting(session, until)
        summaries = await _by_bot(session, await self._summaries(session, council, now, days))
        share = await brought_along(session, *learnt)
        return tuple(
            Outlook(
                *bot,
                limit,
                used.get(bot, 0),
                round(reminders[bot]),
                round(events[bot] + queued[bot] + summaries[bot]),
                round((reminders[bot] + events[bot] + queued[bot]) * share.get(bot, USUALLY_BROUGHT_ALONG)),
                round(most[bot]),
            )
            for bot, limit in granted.items()
        )

    async def warn(self, ctx: ClockContext) -> None:
        """Owe each officer a warning, once a bot, month and mark; from then on the bot is used sparingly.

        It is urgent, or a bot that has come to its last messages would keep it back; but nobody is woken.
        """
        hours = working_hours(ctx.council, await working_calendar(ctx.session), self.zone)
        for each in await self.outlooks(ctx.session, ctx.council, ctx.now):
            if each.mark is None:
                continue
            await begin_thrift(ctx.session, (each.channel, each.bot), ctx.today.replace(day=1), each.mark, ctx.now)
            key = f"allowance:{each.channel}:{each.bot}:{ctx.today:%Y-%m}:{each.mark}"
            for officer in await holders(ctx.session, Role.SECRETARIAT, ctx.today):
                ctx.owe(Owed(officer, key, Reply(each.warning), not_before=hours.next_opening(ctx.now)))

    def _learnt(self, now: datetime) -> tuple[datetime, datetime]:
        midnight = now.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - _LEARNT_FROM, midnight

    async def _summaries(self, session: AsyncSession, council: Council, now: datetime, days: int) -> Counter[int]:
        """Count, person by person, the summaries that officers and members get on so many days from today on."""
        today, calendar = now.astimezone(self.zone).date(), await working_calendar(session)
        worked = [day for ahead in range(days) if calendar.is_working(day := today + timedelta(days=ahead))]
        weeks = [day for day in worked if digest_day(day, calendar) == day] if council.member_digest else []
        daily = sum(1 for name in _DAILY for _ in self._slots(name, worked, now))
        weekly = sum(1 for _ in self._slots(_WEEKLY, weeks, now))
        officers = await holders(session, Role.SECRETARIAT, today)
        members = await holders(session, Role.COUNCIL_MEMBER, today)
        return Counter(dict.fromkeys(officers, daily)) + Counter(dict.fromkeys(members, weekly))

    def _slots(self, job: str, days: Sequence[date], now: datetime) -> Iterator[datetime]:
        at = discover().jobs[job].at
        assert at is not None  # noqa: S101 - each of these is done at an hour
        moments = (datetime.combine(day, at, self.zone) for day in days)
        return (moment for moment in moments if moment > now)


def _likely(mornings: Mornings, answered: float) -> dict[int, float]:
    """Add up, person by person, how likely each of his mornings is."""
    said = ([(each.assignment_id, each.person_id) for each in parts] for parts in mornings.values())
    found = defaultdict[int, float](float)
    for (_, person), chance in zip(mornings, likelihoods(said, answered), strict=True):
        found[person] += chance
    return found


async def _by_bot(session: AsyncSession, people: Mapping[int, float]) -> defaultdict[Bot, float]:
    found = defaultdict[Bot, float](float)
    for person, bot in (await bots_of(session, set(people))).items():
        found[bot] += people[person]
    return found
