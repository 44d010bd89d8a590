"""A bot that has few messages left: what can wait goes to people by another way, or waits, and officers know of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.outlook import granted_to
from handlers.kit import ClockContext, Job, Owed, Reply, Service, Text, t
from models.darkness import dark_lanes
from models.days import working_calendar, working_hours
from models.outbox import lane_named
from models.reserve import Spare, Spared, spare
from models.rules.mornings import SPARING
from models.rules.permission import Role
from models.thrift import marks_reached
from models.usage import Bot, kept_back, messages_sent, month_of
from models.whom import holders


@dataclass(frozen=True, slots=True)
class Sparing:
    """Looks after the bots among `services` that have few messages left this month; `zone` is the Council's."""

    services: Sequence[tuple[Service, str]]
    zone: ZoneInfo

    def jobs(self) -> dict[str, Job]:
        """Give the job by its name."""
        job = Job("spare-last-messages", self.spare, minutes=15)
        return {job.name: job}

    async def spare(self, ctx: ClockContext) -> None:
        """Let what does not leave go other ways, and tell each officer once a day how much waits."""
        bots = await self._in_reserve(ctx)
        if not bots:
            return
        until = ctx.today + timedelta(days=month_of(ctx.now, self.zone)[1])
        windows = working_hours(ctx.council, await working_calendar(ctx.session), self.zone)
        how = Spare(
            ctx.now,
            {lane.key for lane in await dark_lanes(ctx.session)} | {lane_named(*bot) for bot in bots},
            windows.back(ctx.now, timedelta(hours=ctx.council.dark_call_hours)),
            await holders(ctx.session, Role.SECRETARIAT, ctx.today),
        )
        for bot, kept in bots.items():
            found = await spare(ctx.session, lane_named(*bot), how)
            if found.moved or found.waiting:
                _tell(ctx, how.officers, bot, _said(bot, kept, found, until))

    async def _in_reserve(self, ctx: ClockContext) -> dict[Bot, int]:
        """Give the bots that have come to their last messages, and how many these are; seldom is anything counted."""
        reached = await marks_reached(ctx.session, ctx.today, ctx.today)
        low: Collection[Bot] = {bot for (bot, _), mark in reached.items() if mark == max(SPARING)}
        if not low:
            return {}
        sent = await messages_sent(ctx.session, month_of(ctx.now, self.zone)[0])
        kept = {bot: (granted, kept_back(granted)) for bot, granted in granted_to(self.services).items() if bot in low}
        return {bot: last for bot, (granted, last) in kept.items() if sent.get(bot, 0) >= granted - last}


def _tell(ctx: ClockContext, officers: Collection[int], bot: Bot, said: Text) -> None:
    for officer in officers:
        ctx.owe(Owed(officer, f"reserve:{bot[0]}:{bot[1]}:{ctx.today.isoformat()}", Reply(said)))


def _said(bot: Bot, kept: int, found: Spared, until: date) -> Text:
    return t(
        "{channel}, bot {bot}: its last {kept} messages of this month are kept for answers and urgent matters. Of its "
        "reminders and notices {moved} go another way and {waiting} wait until {day}; who waits for long "
        "is on the list of those to be telephoned (“homnay”).",
        channel=bot[0].capitalize(),
        bot=bot[1],
        kept=kept,
        moved=found.moved,
        waiting=found.waiting,
        day=until,
    )
