"""`dondoc invite`: join codes on a printable sheet, for those of some units, or of all, who have not joined."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Assistant
from bot.database import Turn
from handlers.codes import print_codes
from models.inviting import Absence, Issued, absent, issue
from models.joining import Mint
from models.naming import directory_names
from models.rules.text import Refusal, t
from models.rules.units import Sort, match
from models.settings import council


async def invite(assistant: Assistant, units: Sequence[str], out: Path) -> int:
    """Make codes for the people of these units (codes or names; none: of all) who have not joined; give how many.

    The sheet is written to `out` before the codes hold. Raises Refusal for a unit that is not in the directory, and
    where everybody has joined; OSError where the sheet cannot be written.
    """
    now = assistant.clock.now()

    async def work(session: AsyncSession) -> int:
        issued = await _issued(session, assistant, units, now)
        speech = assistant.composer.catalogues.speech(assistant.config.locale, assistant.config.zone)
        print_codes(issued, assistant.config.site, out, speech.say)
        return len(issued)

    made: int = await assistant.database.retrying(Turn.IMPORT, work)
    return made


async def _issued(
    session: AsyncSession, assistant: Assistant, units: Sequence[str], now: datetime
) -> tuple[Issued, ...]:
    today = now.astimezone(assistant.config.zone).date()
    known = [one for one in await directory_names(session, today) if one.sort is Sort.UNIT]
    codes: list[str] = []
    for written in units:
        found = match(written, known)
        if found.found is None:
            nearest = tuple(f"{one.name} ({one.code})" for one in found.nearest)
            raise Refusal(
                t("“{written}” is no unit of the directory; the nearest: {nearest}.", written=written, nearest=nearest)
            )
        codes.append(found.found.code)
    people = [one for one in await absent(session, today, codes) if one.why is Absence.NOT_JOINED]
    if not people:
        raise Refusal(t("Everybody here has joined, refused or left; no code was made."))
    days = (await council(session)).code_days
    return await issue(session, Mint(assistant.key, now), [(one.seat, one.person) for one in people], days, today)
