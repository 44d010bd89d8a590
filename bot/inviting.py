"""`dondoc invite`: personal codes on a sheet for who has not joined, or letters by which units name their people."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Assistant
from bot.database import Turn
from bot.offering import Ways
from handlers.codes import print_codes
from handlers.kit import ChannelError
from handlers.letters import letters
from models.inviting import Absence, Issued, absent, issue
from models.joining import Mint
from models.naming import directory_names
from models.people import Unit
from models.rules.text import Refusal, Text, t
from models.rules.units import Sort, match
from models.settings import council
from models.unit_codes import Terms, issue_to_units, without_letter


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


async def invite_units(assistant: Assistant, units: Sequence[str], out: Path) -> int:
    """Make letters with a code for these units (codes or names; none: all that nobody answers for); give how many.

    Units that have a letter which still holds are left out, unless they are named: then the older code ends. Raises
    Refusal for a unit that is not in the directory, and where none is left; OSError where the file cannot be written.
    """
    now = assistant.clock.now()

    async def work(session: AsyncSession) -> int:
        chosen = await _units(session, assistant, units, now)
        settings, today = await council(session), now.astimezone(assistant.config.zone).date()
        terms = Terms(settings.unit_code_days, settings.unit_code_places)
        issued = await issue_to_units(session, Mint(assistant.key, now), chosen, terms, today)
        speech = assistant.composer.catalogues.speech(assistant.config.locale, assistant.config.zone)
        invited = await Ways(assistant.services)(session)
        letters(issued, assistant.config.site, settings.standing_agency, invited)(out, speech.say)
        return len(issued)

    made: int = await assistant.database.retrying(Turn.IMPORT, work)
    return made


async def introduced(assistant: Assistant) -> list[Text]:
    """Ask each messenger for the name under which its links lead to the bot; say of which nothing was heard."""
    silent: list[Text] = []
    for channel, bot in assistant.services:
        try:
            await channel.introduce(bot)
        except ChannelError as error:
            about = {"channel": channel.name, "reason": str(error) or repr(error)}
            silent.append(t("No picture leads to {channel}: it has not told the bot's name ({reason}).", **about))
    return silent


async def _units(session: AsyncSession, assistant: Assistant, units: Sequence[str], now: datetime) -> list[Unit]:
    today = now.astimezone(assistant.config.zone).date()
    if units:
        codes = await _named(session, units, today)
        return list(await session.scalars(select(Unit).where(Unit.code.in_(codes)).order_by(Unit.name)))
    fresh, _ = await without_letter(session, today, now)
    if not fresh:
        raise Refusal(t("Every unit has a focal point or a letter that holds; name units to make theirs anew."))
    return fresh


async def _named(session: AsyncSession, units: Sequence[str], today: date) -> list[str]:
    """Give the codes of the units that are named."""
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
    return codes


async def _issued(
    session: AsyncSession, assistant: Assistant, units: Sequence[str], now: datetime
) -> tuple[Issued, ...]:
    today = now.astimezone(assistant.config.zone).date()
    codes = await _named(session, units, today)
    people = [one for one in await absent(session, today, codes) if one.why is Absence.NOT_JOINED]
    if not people:
        raise Refusal(t("Everybody here has joined, refused or left; no code was made."))
    days = (await council(session)).code_days
    return await issue(session, Mint(assistant.key, now), [(one.seat, one.person) for one in people], days, today)
