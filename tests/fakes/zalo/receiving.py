"""How a bot receives: polls that give one update, and webhooks."""

from typing import Any, Final
from urllib.parse import urlsplit

from tests.fakes.calls import Refused, bad_request
from tests.fakes.carrying import LOOPBACK, Webhook
from tests.fakes.zalo.addresses import tried
from tests.fakes.zalo.bots import Bot
from tests.fakes.zalo.calls import Call
from tests.fakes.zalo.inbox import Update

_USUAL_SECONDS: Final = 30
_SECRET: Final = range(8, 257)


def get_me(bot: Bot, call: Call) -> dict[str, Any]:
    """Say which bot this is."""
    return {"id": bot.id, "account_name": bot.account, "account_type": "BASIC", "can_join_groups": True}


async def get_updates(bot: Bot, call: Call) -> Update:
    """Give one update; where none comes in time, that is a refusal."""
    _check_polled(bot)
    update = await bot.inbox.poll(max(0, call.number("timeout", _USUAL_SECONDS)))
    if update is None:
        _check_polled(bot)
        raise Refused(408, "Request timeout")
    result: Update = update.get("result", update)
    return result


async def set_webhook(bot: Bot, call: Call) -> dict[str, Any]:
    """Post updates to an address from now on, even where the trial of it fails."""
    url, secret = call.text("url"), call.text("secret_token")
    parts = urlsplit(url)
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in LOOPBACK):
        raise bad_request("url must be a public https address")
    if len(secret) not in _SECRET:
        raise bad_request("secret_token must be 8-256 characters")
    bot.webhook, bot.webhook_at = Webhook(url, secret), bot.now
    bot.inbox.end_polls()
    began = bot.clock.monotonic()
    trial = await tried(url, secret)
    bot.inbox.ring()
    latency = round((bot.clock.monotonic() - began) * 1000)
    return {"url": url, "updated_at": bot.webhook_at, "verification": {**trial.raw, "latency_ms": latency}}


def get_webhook_info(bot: Bot, call: Call) -> dict[str, Any]:
    """Say where updates are posted to."""
    _check_posted(bot)
    return {"url": bot.webhook.url, "updated_at": bot.webhook_at}


def delete_webhook(bot: Bot, call: Call) -> dict[str, Any]:
    """Post updates nowhere; they wait for polls."""
    bot.webhook, bot.webhook_at = Webhook(), bot.now
    return {"url": "", "updated_at": bot.webhook_at}


async def test_webhook(bot: Bot, call: Call) -> dict[str, Any]:
    """Try the address, so often a day."""
    _check_posted(bot)
    bot.trials[bot.today] += 1
    if bot.trials[bot.today] > bot.habits.trials:
        raise Refused(426, "Too many tests of the webhook today")
    trial = await tried(bot.webhook.url, bot.webhook.secret)
    return {**trial.raw, "url": bot.webhook.url}


def _check_polled(bot: Bot) -> None:
    if bot.webhook.url:
        raise bad_request("getUpdates cannot be used while a webhook is set")


def _check_posted(bot: Bot) -> None:
    if not bot.webhook.url:
        raise Refused(404, "Not Found")
