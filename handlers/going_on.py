"""What cannot arrive where it was owed goes on to people's next address, as often as the clock looks."""

from datetime import timedelta

from handlers.kit import ClockContext, every
from models.darkness import Patience, leave_dark_lanes
from models.days import working_calendar, working_hours
from models.rules.windows import WorkingWindows
from models.unanswered import go_on_unanswered, waiting


@every("leave-dark-lanes", minutes=1)
async def leave_dark(clock: ClockContext) -> None:
    """Let what waits on a messenger that takes nothing go on; who has no other address is to be telephoned in time."""
    windows = await _windows(clock)
    call_after = timedelta(hours=clock.council.dark_call_hours)
    await leave_dark_lanes(clock.session, Patience(clock.now, windows, clock.council.dark_minutes, call_after))


@every("go-on-unanswered", minutes=5)
async def go_on(clock: ClockContext) -> None:
    """Let what asks for a tap and got none in its time go on; who has no further address is to be telephoned."""
    await go_on_unanswered(clock.session, waiting(clock.council, await _windows(clock), clock.now))


async def _windows(clock: ClockContext) -> WorkingWindows:
    return working_hours(clock.council, await working_calendar(clock.session), clock.zone)
