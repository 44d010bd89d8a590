"""Where updates are posted: one address a bot, known by a secret; stored before the provider is told so."""

import asyncio
import hmac
import json
from dataclasses import dataclass
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import log
from bot.config import Config
from bot.intake import Intake
from bot.listening import acknowledge
from bot.timepiece import Clock
from handlers.kit import ChannelError, Service

_LARGEST_UPDATE: Final = 1024 * 1024
# how often the provider is told again where to post, should somebody else have told it otherwise
_SUBSCRIBE_SECONDS: Final = 3600.0
_ASK_AGAIN_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Hook:
    """The address of one bot; `secret` is what the provider repeats with each update, never part of the address."""

    channel: Service
    bot: str
    secret: str

    @property
    def path(self) -> str:
        """Give the path of the address."""
        return f"/hook/{self.channel.name}/{self.bot}"


def hook_of(channel: Service, bot: str, config: Config, key: bytes) -> Hook:
    """Derive the secret of a bot's address, so that every process knows it without keeping it."""
    secret = config.webhook_secret.encode() or key
    return Hook(channel, bot, hmac.new(secret, f"{channel.name}:{bot}".encode(), "sha256").hexdigest())


def route(hook: Hook, intake: Intake) -> Route:
    """Make the route on which any process may receive updates."""

    async def posted(request: Request) -> Response:
        if _is_probe(request):
            return Response()
        if not hook.channel.is_posted(request.headers, hook.secret):
            return Response(status_code=404)
        if int(request.headers.get("content-length", "0")) > _LARGEST_UPDATE:
            return Response(status_code=413)
        body = await request.body()
        try:
            update = json.loads(body)
            number = hook.channel.update_id(update)
        except (ValueError, AttributeError):
            # sent again it would be no better: it is taken, and said so in the log
            log.warning("unreadable post", channel=hook.channel.name, size=len(body))
            return Response()
        await intake.hear(hook.channel, hook.bot, number, update)
        return Response(background=BackgroundTask(acknowledge, hook.channel, hook.bot, update))

    return Route(hook.path, posted, methods=["POST"])


def _is_probe(request: Request) -> bool:
    """Tell an empty post of no kind: a provider tries so whether anybody listens, without the secret."""
    headers = request.headers
    is_empty = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    return is_empty and "content-type" not in headers


@dataclass(slots=True)
class Subscriber:
    """Tells the provider where to post, now and again; to be told twice changes nothing."""

    hook: Hook
    site: str
    clock: Clock

    async def run(self, stopping: asyncio.Event) -> None:
        """Subscribe until told to stop."""
        while not stopping.is_set():
            seconds = _ASK_AGAIN_SECONDS
            try:
                await self.hook.channel.subscribe(self.hook.bot, f"{self.site}{self.hook.path}", self.hook.secret)
                seconds = _SUBSCRIBE_SECONDS
            except ChannelError as error:
                log.warning("not subscribed", channel=self.hook.channel.name, error=str(error))
            await self.clock.until(stopping, seconds)
