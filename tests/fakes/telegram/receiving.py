"""How a bot receives: long polls and webhooks."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from tests.fakes.carrying import LOOPBACK, Webhook
from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Call, Refused, bad_request
from tests.fakes.telegram.registry import method

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS: Final = frozenset({80, 88, 443, 8443, None})
_MOST: Final = 100
_USUAL: Final = 40
_WEBHOOK_STANDS: Final = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@method("getUpdates")
async def get_updates(bot: Bot, call: Call) -> list[Mapping[str, Any]]:
    """Give what waits; wait for it if asked to."""
    if bot.webhook.url:
        raise Refused(409, _WEBHOOK_STANDS)
    bot.inbox.allow(call.object("allowed_updates"))
    return await bot.inbox.poll(call.number("offset"), call.number("limit", 100), call.number("timeout"))


@method("setWebhook")
def set_webhook(bot: Bot, call: Call) -> bool:
    """Carry updates to an address from now on; an empty one ends it."""
    url = call.text("url")
    if not url:
        return delete_webhook(bot, call)
    _check_address(url)
    secret = call.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= call.number("max_connections", _USUAL) <= _MOST:
        raise bad_request("max_connections must be between 1 and 100")
    if call.truth("drop_pending_updates"):
        bot.inbox.drop()
    bot.inbox.allow(call.object("allowed_updates"))
    bot.inbox.terminate()
    bot.webhook = Webhook(url, secret, call.number("max_connections", _USUAL), "certificate" in call.files)
    bot.inbox.ring()
    return True


@method("deleteWebhook")
def delete_webhook(bot: Bot, call: Call) -> bool:
    """Carry updates nowhere; they wait for long polls."""
    if call.truth("drop_pending_updates"):
        bot.inbox.drop()
    bot.webhook = Webhook()
    bot.inbox.ring()
    return True


@method("getWebhookInfo")
def webhook_info(bot: Bot, call: Call) -> dict[str, Any]:
    """Say where updates are carried to and what went wrong last."""
    webhook = bot.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": webhook.certificate,
        "pending_update_count": len(bot.inbox.waiting),
    }
    if webhook.url:
        info |= {"max_connections": webhook.most, "ip_address": "127.0.0.1"}
    if webhook.last_error:
        info |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
    if bot.inbox.allowed is not None:
        info["allowed_updates"] = sorted(bot.inbox.allowed)
    return info


def _check_address(url: str) -> None:
    """Hold a webhook to the server's rules; on loopback plain HTTP and any port will do, as with an own server."""
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
