"""Messages sent on Telegram and updates heard there, beside bare python-telegram-bot and bare aiogram."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.beside import Webhook, answering_api, stock
from benchmarks.council import TELEGRAM, TELEGRAM_BOT, Size, config_in, filled
from benchmarks.figures import Comparison, Mark, Reading
from benchmarks.plan import Measured, Plan, interleaved
from benchmarks.programs import HOST, free_port, running, wait_until_open
from benchmarks.sending import COST, LATENCY, MEMORY, RATE, SLOWER, Bare, whole
from benchmarks.store import Store
from bot.app import channels_of, services_of
from bot.config import Config, secret_key
from bot.hooks import hook_of
from documents.files import FileStore

STOCK: Final = "python-telegram-bot sends, nothing kept"
AIOGRAM: Final = "aiogram sends, nothing kept"
ADAPTER: Final = "our channel sends, nothing kept"
# what was claimed and put into words before, sent and marked in the store
KEPT: Final = "our channel sends, each outcome kept"
# owed before: claimed, put into words, sent and marked in the store
SENDER: Final = "our whole sender, each outcome kept"
STOCK_HOOK: Final = "python-telegram-bot's webhook, nothing kept"
AIOGRAM_HOOK: Final = "aiogram's webhook, nothing kept"
# recorded before it is acknowledged, handled, its answer sent and marked
HOOK: Final = "our webhook, everything kept"

COMPARISONS: Final = (
    Comparison(KEPT, STOCK, RATE, at_least=6.0),
    Comparison(KEPT, AIOGRAM, RATE, at_least=0.85),
    *(Comparison(subject, beside, RATE) for subject in (ADAPTER, SENDER) for beside in (STOCK, AIOGRAM)),
    Comparison(KEPT, STOCK, COST, at_most=0.167),
    Comparison(KEPT, AIOGRAM, COST, at_most=1.18),
    *(Comparison(SENDER, beside, COST) for beside in (STOCK, AIOGRAM)),
    *(Comparison(ADAPTER, beside, measure) for beside in (STOCK, AIOGRAM) for measure in (LATENCY, MEMORY)),
    *(Comparison(HOOK, beside, "updates/s") for beside in (STOCK_HOOK, AIOGRAM_HOOK)),
    *(Comparison(HOOK, beside, "CPU ms/update") for beside in (STOCK_HOOK, AIOGRAM_HOOK)),
)
MARKS: Final = (Mark(SENDER, COST, at_most=0.6),)


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Measure every subject once a round, after a few that warm it and are not counted."""
    with ExitStack() as stack:
        api = stack.enter_context(answering_api(folder))
        bare = {
            subject: Bare(stack.enter_context(running("benchmarks.sends", kind, api.port, folder=folder)))
            for subject, kind in ((STOCK, "stock"), (AIOGRAM, "aiogram"), (ADAPTER, "adapter"))
        }
        sender = stack.enter_context(whole(folder / "sender", TELEGRAM, plan.sends, api))
        hooks = {
            STOCK_HOOK: stack.enter_context(stock(folder / "stock-hook", "tuned")),
            AIOGRAM_HOOK: stack.enter_context(stock(folder / "aiogram-hook", "aiogram")),
            HOOK: stack.enter_context(_hooked(folder / "hook", plan.updates)),
        }
        for hook in hooks.values():
            hook.measure(plan.warming)
        for each in bare.values():
            each.measure(plan.warming)
        series: dict[str, Measured] = {
            subject: partial(each.measure, plan.sends // (SLOWER if subject == STOCK else 1))
            for subject, each in bare.items()
        }
        series |= {KEPT: partial(sender.measure, "claim"), SENDER: partial(sender.measure, "owe")}
        series |= {subject: partial(each.measure, plan.updates) for subject, each in hooks.items()}
        yield from interleaved(series, plan.rounds, plan.send_seconds, time.monotonic)


@contextmanager
def _hooked(folder: Path, people: int) -> Iterator[Webhook]:
    """Run the assistant where updates are posted to it, until every chat has been shown its menu."""
    folder.mkdir()
    asyncio.run(filled(folder, Size(people, channel=TELEGRAM)))
    port = free_port()
    with answering_api(folder) as api:
        config = config_in(folder, f"{HOST}:{port}", telegram_api=f"http://{HOST}:{api.port}")
        with running("bot", "run", folder=folder, settings=_settings(config)) as program:
            wait_until_open(program, port)
            asyncio.run(api.until("setMyCommands", people))
            services = services_of(channels_of(config, FileStore(config.files)))
            hook = next(hook_of(channel, bot, config, secret_key(config)) for channel, bot in services)
            assert hook.bot == TELEGRAM_BOT
            yield Webhook(program, port, api, hook.path, hook.secret, people, Store(folder / "dondoc.db"))


def _settings(config: Config) -> dict[str, str]:
    return {
        "DONDOC_DATABASE_URL": config.database_url,
        "DONDOC_FILES": str(config.files),
        "DONDOC_SECRET_KEY": config.secret_key,
        "DONDOC_HTTP": config.http,
        "DONDOC_PUBLIC_URL": "https://benchmark.invalid",
        "DONDOC_TELEGRAM_TOKEN": config.telegram_token,
        "DONDOC_TELEGRAM_API": config.telegram_api,
        "DONDOC_TELEGRAM_RATE": str(config.telegram_rate),
    }
