"""One job of the clock, run by hand: whatever it owes is written and delivered."""

from bot.owing import settle
from handlers.kit import ClockContext, discover
from models.settings import council as settings_of
from tests.chats import Council


async def run_job(council: Council, name: str) -> None:
    """Let one job do what is due at the moment the council's clock shows."""
    now, zone = council.clock.now(), council.assistant.config.zone
    async with council.write() as session:
        context = ClockContext(session, now, zone, await settings_of(session), slot=now, since=None)
        await discover().jobs[name].run(context)
        await settle(session, context)
    await council.settle()
