"""`dondoc check`: everything that would keep the assistant from working, all at once."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot import migrate
from bot.config import Config, ConfigError, load, secret_key
from bot.database import Database
from bot.forecasting import Forecasting
from bot.i18n import catalogues
from bot.timepiece import SystemClock
from documents.files import FileStore
from handlers.alarms import what_is_dark
from models.darkness import dark_lanes
from models.days import working_calendar, working_hours
from models.rules.ladder import parse as parse_ladder
from models.rules.permission import Role
from models.rules.text import Refusal, Text, t
from models.settings import council
from models.whom import holders


async def check() -> int:
    """Print every fault to standard error, or that there is none; give the exit code."""
    try:
        config = load()
    except ConfigError as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 1
    faults = [*_files(config.files), *await _store(config), *await _messengers(config)]
    say: Callable[[Text | str], str] = catalogues(config.locale).speech(config.locale, config.zone).say
    # what keeps several bots from working is said once
    for sentence in dict.fromkeys(map(say, faults)):
        print(sentence, file=sys.stderr)
    if not faults:
        print(say(t("Everything is in order: configuration, store, files, calendar, messengers.")))
    return 1 if faults else 0


def _files(folder: Path) -> Iterator[Text]:
    probe = folder / ".check"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield t(
            "The folder of files {folder} cannot be written ({reason}); set DONDOC_FILES.",
            folder=str(folder),
            reason=error.strerror or "",
        )


async def _messengers(config: Config) -> list[Text]:
    """Ask each messenger that is set up about its bots."""
    if not config.telegram_token and not config.zalo_tokens:
        return []
    from bot.app import channels_of, services_of
    from bot.hooks import hook_of

    faults: list[Text] = []
    if config.zalo_tokens and not config.public_url:
        faults.append(t("Files go out on Zalo as links to our pages; set DONDOC_PUBLIC_URL, or nobody can open them."))
    for channel, bot in services_of(channels_of(config, FileStore(config.files))):
        hook = hook_of(channel, bot, config, secret_key(config))
        await channel.open()
        try:
            faults += await channel.faults(bot, f"{config.site}{hook.path}" if config.public_url else "")
        finally:
            await channel.close()
    return faults


async def _store(config: Config) -> list[Text]:
    try:
        at = migrate.current(config.database_url)
    except (SQLAlchemyError, OSError) as error:
        reason = str(error).splitlines()[0]
        return [t("The store cannot be opened ({reason}); look at DONDOC_DATABASE_URL.", reason=reason)]
    if at != migrate.head():
        return [t("The tables of the store are not up to date; run “dondoc migrate” or start the assistant.")]
    database = Database(config.database_url, SystemClock())
    try:
        return await _council(config, database)
    finally:
        await database.close()


async def _council(config: Config, database: Database) -> list[Text]:
    """Look at what the council has set: its people, hours, ladders and calendar."""
    from bot.app import channels_of, services_of

    now = SystemClock().now()
    today = now.astimezone(config.zone).date()
    forecasting = Forecasting(services_of(channels_of(config, FileStore(config.files))), config.zone)
    async with database.read() as session:
        settings, calendar = await council(session), await working_calendar(session)
        months = await forecasting.outlooks(session, settings, now)
        faults = [each.warning for each in months if each.mark is not None]
        faults += [what_is_dark(lane) for lane in await dark_lanes(session)]
        if not await holders(session, Role.SECRETARIAT, today):
            faults.append(t("Nobody is entered as secretariat yet; import the directory with “dondoc import”."))
    for attempt in (
        lambda: working_hours(settings, calendar, config.zone),
        lambda: parse_ladder(settings.ladder_normal),
        lambda: parse_ladder(settings.ladder_urgent),
    ):
        try:
            attempt()
        except Refusal as refusal:
            faults.append(refusal.text)
    if not calendar.official(today.year):
        faults.append(t("The official days off of {year} are not recorded; please record them.", year=today.year))
    return faults
