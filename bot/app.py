"""The assistant put together: the only module that knows every concrete class."""

import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeGuard

from bot.answering import Answering
from bot.channels.browser import Browser
from bot.channels.telegram import Telegram
from bot.channels.zalo import Zalo
from bot.clock import ClockRunner
from bot.config import Config, secret_key
from bot.courier import Courier
from bot.database import Database
from bot.desk import Desk
from bot.dispatch import Dispatcher
from bot.forecasting import Forecasting
from bot.gathering import PAGES
from bot.handling import Handling
from bot.hooks import Hook, hook_of
from bot.housekeeping import Housekeeping
from bot.i18n import catalogues
from bot.intake import Intake
from bot.lanes import CLOCK_LANE, Lane
from bot.listening import Listener
from bot.loopback import is_here
from bot.offering import Offering, Ways
from bot.owing import settle
from bot.pace import Pace, Rhythm
from bot.paperwork import Paperwork
from bot.preparing import Preparing
from bot.render import Composer
from bot.reserve import Reserve
from bot.sending import Limits
from bot.sparing import Sparing
from bot.timepiece import Clock
from bot.watching import Watch
from bot.workshop import Workshop
from documents.files import FileStore
from handlers.kit import Allowance, Channel, FilePage, Registry, Service, discover
from models.darkness import LISTENED
from models.outbox import lane_named
from pages.handout import link_path
from pages.uploading import LASTS
from pages.uploading import link_path as upload_path

WEBCHAT = "webchat"
# of messages that need no sending, only their words
_AT_ONCE = 200
# messages a second and bot; the platform names no limit, and took ten in less than a second
_ZALO_RATE = 5


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything that one process runs on, open and ready; who runs what is decided by its roles (bot/running.py)."""

    config: Config
    clock: Clock
    database: Database
    registry: Registry
    channels: Mapping[str, Channel]
    composer: Composer
    files: FileStore
    intake: Intake
    dispatcher: Dispatcher
    key: bytes
    is_sample: bool = False

    def link(self, chat_id: int, file_id: int) -> str:
        """Give the address under which a file is handed out to a chat that carries no files."""
        return f"{self.config.site}{link_path(self.key, chat_id, file_id)}"

    @property
    def services(self) -> list[tuple[Service, str]]:
        """The channels that a provider serves, with each of their bots."""
        return services_of(self.channels)


def services_of(channels: Mapping[str, Channel]) -> list[tuple[Service, str]]:
    """Give the channels that a provider serves, with each of their bots."""
    return [(channel, bot) for channel in channels.values() if _is_service(channel) for bot in channel.bots]


def _is_service(channel: Channel) -> TypeGuard[Service]:
    return not channel.abilities.instant


@asynccontextmanager
async def opened(config: Config, clock: Clock, *, is_sample: bool = False) -> AsyncIterator[Assistant]:
    """Open the store and put the assistant together; the schema must be up to date."""
    database = Database(config.database_url, clock)
    workshop = Workshop()
    try:
        assistant = _assembled(config, clock, database, workshop)
        async with AsyncExitStack() as connections:
            for channel in filter(_is_service, assistant.channels.values()):
                await channel.open()
                connections.push_async_callback(channel.close)
            yield replace(assistant, is_sample=is_sample)
    finally:
        workshop.close()
        await database.close()


def _assembled(config: Config, clock: Clock, database: Database, workshop: Workshop) -> Assistant:
    registry = discover()
    composer = Composer(registry, catalogues(config.locale), config.zone)
    key = secret_key(config)
    files = FileStore(config.files)
    channels = channels_of(config, files)
    answering = Answering(channels, composer)
    handling = Handling(
        registry,
        channels,
        answering,
        clock,
        config.zone,
        key=key,
        site=config.site,
        maker=Paperwork(files, composer.catalogues, config.zone),
        ways=Ways(services_of(channels)),
        file_page=partial(_file_page, config.site, key) if _pages_open(config) else None,
    )
    return Assistant(
        config=config,
        clock=clock,
        database=database,
        registry=registry,
        channels=channels,
        composer=composer,
        files=files,
        intake=Intake(database, clock),
        dispatcher=Dispatcher(database, clock, handling, Preparing(database, clock, channels, files, workshop)),
        key=key,
    )


def _pages_open(config: Config) -> bool:
    """Tell whether people on a messenger can open our pages: at a public address, or on this machine as its fake is."""
    zalo_is_a_fake = is_here(config.zalo_api)
    return bool(config.public_url) or zalo_is_a_fake


def _file_page(site: str, key: bytes, chat_id: int, now: datetime) -> FilePage:
    """Make a page that takes files for a chat; `now` is business time."""
    until = now + LASTS
    return FilePage(f"{site}{upload_path(key, chat_id, until)}", until)


def channels_of(config: Config, files: FileStore) -> dict[str, Channel]:
    """Give the channels that this council has, by name."""
    channels: dict[str, Channel] = {name: Browser(name) for name in (WEBCHAT, PAGES)}
    if config.telegram_token:
        telegram = Telegram(config.telegram_token, files.path, config.telegram_api, config.telegram_proxy)
        channels[telegram.name] = telegram
    if config.zalo_tokens:
        granted = Allowance(config.zalo_monthly_quota, config.zalo_users_per_bot)
        zalo = Zalo(config.zalo_tokens, config.zalo_api, granted)
        channels[zalo.name] = zalo
    return channels


def _pace(channel: Channel, config: Config, lane: Lane) -> Pace:
    """Give what the provider of a channel lets through; its limits are known by observation (docs/operating.md)."""
    if isinstance(channel, Telegram):
        return Pace(lane.clock, config.telegram_rate, private=Rhythm(1.3, burst=3), group=Rhythm(3.3, burst=2))
    if isinstance(channel, Zalo):
        return Pace(lane.clock, _ZALO_RATE, reserve=Reserve(lane, config.zone, config.zalo_monthly_quota))
    return Pace(lane.clock)


def couriers(assistant: Assistant) -> list[Courier]:
    """Give a courier for each bot of each channel; each sends when this process holds its lane."""
    return [_courier(assistant, channel, bot) for channel in assistant.channels.values() for bot in channel.bots]


def _courier(assistant: Assistant, channel: Channel, bot: str) -> Courier:
    lane = Lane(assistant.database, assistant.clock, lane_named(channel.name, bot), _owner())
    return Courier(
        lane=lane,
        channel=channel,
        bot=bot,
        desk=Desk(assistant.composer.worded, channel.abilities, assistant.link),
        pace=_pace(channel, assistant.config, lane),
        zone=assistant.config.zone,
        limits=Limits(in_flight=_AT_ONCE) if channel.abilities.instant else Limits(),
    )


def listeners(assistant: Assistant) -> list[Listener]:
    """Give a listener for each bot whose updates are asked for; none where they are posted to our address."""
    if assistant.config.public_url:
        return []
    return [
        Listener(
            Lane(assistant.database, assistant.clock, f"{LISTENED}{channel.name}:{bot}", _owner()),
            channel,
            bot,
            assistant.intake,
        )
        for channel, bot in assistant.services
    ]


def offerings(assistant: Assistant) -> list[Offering]:
    """Give what introduces each bot: every process that answers needs its name."""
    return [
        Offering(
            assistant.database,
            assistant.clock,
            channel,
            bot,
            assistant.registry,
            assistant.composer.catalogues,
            assistant.config.zone,
        )
        for channel, bot in assistant.services
    ]


def hooks(assistant: Assistant) -> list[Hook]:
    """Give the addresses to which updates are posted; none where they are asked for."""
    if not assistant.config.public_url:
        return []
    return [hook_of(channel, bot, assistant.config, assistant.key) for channel, bot in assistant.services]


def watches(assistant: Assistant) -> list[Watch]:
    """Give what looks whether updates that are posted to our address arrive."""
    config = assistant.config
    say = assistant.composer.catalogues.speech(config.locale, config.zone).say
    return [Watch(assistant.database, assistant.clock, hook, config.site, say) for hook in hooks(assistant)]


def clock_runner(assistant: Assistant) -> ClockRunner:
    """Give what runs the jobs of the clock: those that handlers announced, and the house's own."""
    own = Housekeeping(assistant.files, assistant.clock).jobs()
    foreseeing = Forecasting(assistant.services, assistant.config.zone).jobs()
    sparing = Sparing(assistant.services, assistant.config.zone).jobs()
    return ClockRunner(
        Lane(assistant.database, assistant.clock, CLOCK_LANE, _owner()),
        {**assistant.registry.jobs, **own, **foreseeing, **sparing},
        assistant.config.zone,
        settle,
    )


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
