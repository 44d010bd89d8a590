"""The month of each bot whose provider counts messages: what it has sent and has to send; who is warned in time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.kit import ClockContext, Job, Owed, Reply, Service, Text, t
from models.coming import mornings_to_come
from models.outbox import Priority
from models.rules.permission import Role
from models.settings import Council
from models.usage import Bot, bots_of, messages_sent, month_of
from models.whom import holders

_MARKS: Final = (90, 70)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One bot's calendar month: `used` of the `granted` messages, and the reminders `to_come` by it."""

    channel: str
    bot: str
    granted: int
    used: int
    to_come: int

    @property
    def mark(self) -> int | None:
        """The highest mark, in percent, that the month reaches; None where all is well."""
        expected = 100 * (self.used + self.to_come)
        return next((mark for mark in _MARKS if expected >= mark * self.granted), None)

    @property
    def warning(self) -> Text:
        """Say how the month stands and what to do."""
        return t(
            "{channel}, bot {bot}: {used} of {granted} messages of this month are sent and {to_come} reminders are to "
            "come, {percent} percent together. Please ask the operator for the token of one more bot and move people "
            "to it (“capma” and the name), or set fewer reminders a week (“caidat”).",
            channel=self.channel.capitalize(),
            bot=self.bot,
            used=self.used,
            granted=self.granted,
            to_come=self.to_come,
            percent=100 * (self.used + self.to_come) // self.granted,
        )


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
        """Give the month of each of these bots, supposing that nobody answers from now on."""
        granted: dict[Bot, int] = {
            (channel.name, bot): channel.abilities.allowance.messages
            for channel, bot in self.services
            if channel.abilities.allowance is not None
        }
        if not granted:
            return ()
        first, days = month_of(now, self.zone)
        used = await messages_sent(session, first)
        people = [person for _, person in await mornings_to_come(session, council, self.zone, now, days)]
        bots = await bots_of(session, set(people))
        to_come = Counter(bots[person] for person in people if person in bots)
        return tuple(Outlook(*bot, most, used.get(bot, 0), to_come[bot]) for bot, most in granted.items())

    async def warn(self, ctx: ClockContext) -> None:
        """Owe each officer a warning, once a bot, month and mark."""
        for each in await self.outlooks(ctx.session, ctx.council, ctx.now):
            if each.mark is None:
                continue
            key = f"allowance:{each.channel}:{each.bot}:{ctx.today:%Y-%m}:{each.mark}"
            for officer in await holders(ctx.session, Role.SECRETARIAT, ctx.today):
                ctx.owe(Owed(officer, key, Reply(each.warning), priority=Priority.REMINDER))
