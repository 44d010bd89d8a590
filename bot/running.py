"""One process at work: the roles it was given, side by side, until it is told to stop."""

import asyncio
import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

import uvicorn

from bot import log, migrate, sample
from bot.app import Assistant, clock_runner, couriers, hooks, listeners, offerings, opened, watches
from bot.config import Config
from bot.hooks import Subscriber
from bot.lock import sole_holder
from bot.timepiece import Clock, MovedClock, SystemClock
from bot.waker import MOVED
from bot.watching import Watch
from bot.web import application
from models.rules.text import Refusal, t

_STOP_SECONDS: Final = 10


async def start(config: Config, *, is_sample: bool) -> None:
    """Bring the store up to date and run until a signal says to stop; raises Refusal for what keeps it from running."""
    if is_sample and not config.loopback:
        raise Refusal(t("The sample is for this machine alone: leave DONDOC_PUBLIC_URL empty and listen on 127.0.0.1."))
    log.configure(masked=_secrets(config))
    with sole_holder(config.database_url):
        await asyncio.to_thread(migrate.upgrade, config.database_url)
        clock = MovedClock() if is_sample else SystemClock()
        async with opened(config, clock, is_sample=is_sample) as assistant:
            await _prepared(assistant, clock)
            spare_collector()
            await run(assistant)


def _secrets(config: Config) -> list[str]:
    """Name what must never stand in the log."""
    keys = (config.secret_key, config.webhook_secret)
    tokens = (config.telegram_token, *config.zalo_tokens)
    return [secret for secret in (*keys, *tokens, urlsplit(config.telegram_proxy).password) if secret]


def spare_collector() -> None:
    """Let the collector of garbage pass over what was loaded at the start: all of it stays, and each time it is looked
    through everything else waits for a fifth of a second.
    """
    gc.collect()
    gc.freeze()


async def run(assistant: Assistant) -> None:
    """Run every role of this process; a signal ends them in order, with nothing left half done."""
    stopping = asyncio.Event()
    roles = assistant.config.roles
    with _signals(stopping):
        async with assistant.database.waker.hearing(assistant.config.database_url), asyncio.TaskGroup() as group:
            group.create_task(assistant.dispatcher.run(stopping))
            for offering in offerings(assistant):
                group.create_task(offering.run(stopping))
            if "courier" in roles:
                for courier in couriers(assistant):
                    group.create_task(courier.run(stopping))
                for listener in listeners(assistant):
                    group.create_task(listener.run(stopping))
            if "clock" in roles:
                group.create_task(clock_runner(assistant).run(stopping))
            if "web" in roles:
                group.create_task(_serve(assistant, stopping))
                for keeper in _keepers(assistant):
                    group.create_task(keeper.run(stopping))


def _keepers(assistant: Assistant) -> list[Subscriber | Watch]:
    """Give what has updates posted to our address, and looks whether they arrive."""
    site, clock = assistant.config.site, assistant.clock
    return [*(Subscriber(hook, site, clock) for hook in hooks(assistant)), *watches(assistant)]


@contextmanager
def _signals(stopping: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    wanted = (signal.SIGINT, signal.SIGTERM)
    for each in wanted:
        loop.add_signal_handler(each, stopping.set)
    try:
        yield
    finally:
        for each in wanted:
            loop.remove_signal_handler(each)


class _Server(uvicorn.Server):
    """A web server that leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(assistant: Assistant, stopping: asyncio.Event) -> None:
    config = assistant.config
    web = uvicorn.Config(
        application(assistant, stopping),
        host=config.host,
        port=config.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
        proxy_headers=bool(config.public_url),
    )
    server = _Server(web)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve())
        while not server.started and not serving.done():
            await assistant.clock.sleep(0.05)
        print(f"Đôn Đốc: {config.site}/", flush=True)  # noqa: T201 - the one address a newcomer needs
        await stopping.wait()
        assistant.database.waker.wake(MOVED)
        server.should_exit = True


async def _prepared(assistant: Assistant, clock: Clock) -> None:
    """Fill the sample's store once, and set its clock where the last run left it."""
    if isinstance(clock, MovedClock):
        await sample.prepare(assistant, clock, sample.on_terminal)
