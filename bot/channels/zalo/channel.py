"""Zalo Bot as a channel: what is heard through its bots, and what they send."""

import hmac
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.channels.zalo import inbound
from bot.channels.zalo.errors import Idle, NotFound, OverQuota, TriedEnough
from bot.channels.zalo.faults import of_refusal, of_trial, of_webhook
from bot.channels.zalo.media import Media
from bot.channels.zalo.outbound import MOST_UNITS, text_of
from bot.channels.zalo.transport import Transport
from bot.wire import READ_SECONDS
from handlers.kit import (
    Abilities,
    Allowance,
    ChannelError,
    Delivered,
    FileThere,
    Heard,
    Message,
    Rejected,
    Text,
    Unknown,
    Wait,
)

NAME: Final = "zalo"
SECRET_HEADER: Final = "x-bot-api-secret-token"  # noqa: S105 - the name of a header
POLL_SECONDS: Final = 25
_POLL_GRACE: Final = 10
_SEND_CONNECTIONS: Final = 64
# a bot over its quota, or that nobody knows, rests so long; over its quota longer each time
_REST: Final = 60.0
_LONGEST_REST: Final = 3600.0
ABILITIES: Final = Abilities(
    buttons=False,
    edit=False,
    files_in=False,
    files_out=False,
    receipts=False,
    groups=True,
    instant=False,
    max_text=MOST_UNITS,
)


@dataclass(slots=True)
class Zalo:
    """The bots of one council, each known by the number that its token begins with; what each is `granted`."""

    tokens: Sequence[str] = field(repr=False)
    api: str = "https://bot-api.zaloplatforms.com"
    granted: Allowance | None = None
    name: str = NAME
    abilities: Abilities = field(init=False)
    _tokens: dict[str, str] = field(init=False, repr=False)
    _me: dict[str, Mapping[str, Any]] = field(default_factory=dict, init=False)
    _rests: dict[str, float] = field(default_factory=dict, init=False)
    _sending: Transport = field(init=False, repr=False)
    _polling: Transport = field(init=False, repr=False)
    _media: Media = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.abilities = replace(ABILITIES, allowance=self.granted)
        self._tokens = {token.partition(":")[0]: token for token in self.tokens}
        api = self.api.rstrip("/")
        self._sending = Transport(api, _SEND_CONNECTIONS)
        self._polling = Transport(api, 2 * max(1, len(self._tokens)))
        self._media = Media(api)

    @property
    def bots(self) -> Sequence[str]:
        """The numbers of the bots, which are no secrets."""
        return tuple(self._tokens)

    # ── what is heard ────────────────────────────────────────────────────────────────────────────────────────────────
    def chat_of(self, raw: Mapping[str, Any]) -> str:
        """Name the chat of an update."""
        return inbound.chat_of(raw)

    def parse(self, raw: Mapping[str, Any]) -> Heard:
        """Understand an update; raises ValueError, LookupError or TypeError where it cannot be understood."""
        ids = {str(me.get("id", "")) for me in self._me.values()} | set(self._tokens)
        return inbound.heard(raw, ids)

    def update_id(self, raw: Mapping[str, Any]) -> str:
        """Name an update by its message."""
        return inbound.update_id(raw)

    def goes_on_after(self, updates: Sequence[str], before: str) -> str:  # noqa: ARG002 - updates have no order
        """Keep no place: what was handed over is not handed over again, or is known by its name."""
        return ""

    def is_group(self, chat: str) -> bool:
        """Tell groups by what their ids begin with."""
        return inbound.is_group(chat)

    async def poll(self, bot: str, after: str) -> Sequence[Mapping[str, Any]]:  # noqa: ARG002 - updates have no order
        """Ask for what was written; the platform gives one update at a time, and says so when nothing came."""
        seconds = {"timeout": str(POLL_SECONDS)}
        try:
            update = await self._polling.call(self._tokens[bot], "getUpdates", seconds, POLL_SECONDS + _POLL_GRACE)
        except Idle:
            return ()
        return [update] if isinstance(update, dict) and update else []

    async def subscribe(self, bot: str, url: str, secret: str) -> None:
        """Have updates posted to an address, or kept to be asked for."""
        if url:
            await self._call(bot, "setWebhook", {"url": url, "secret_token": secret})
        elif await self._posted_to(bot):
            await self._call(bot, "deleteWebhook", {})

    def is_posted(self, headers: Mapping[str, str], secret: str) -> bool:
        """Compare the secret that the platform repeats, in constant time."""
        return hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), secret.encode())

    async def stored(self, bot: str, raw: Mapping[str, Any]) -> None:
        """Do nothing: there is no button that waits for us."""

    def fetch(self, bot: str, file: FileThere) -> AsyncIterator[bytes]:  # noqa: ARG002 - the address says it all
        """Give the bytes of a picture that a person sent; raises ChannelError, Refusal where it is too large."""
        return self._media.fetch(file)

    # ── what is sent ─────────────────────────────────────────────────────────────────────────────────────────────────
    async def send(self, bot: str, chat: str, message: Message) -> Delivered:
        """Send words; raises ChannelError."""
        try:
            sent = await self._call(bot, "sendMessage", {"chat_id": chat, "text": text_of(message)})
        except OverQuota as error:
            raise self._parked(bot, error) from error
        self._rests.pop(bot, None)
        message_id = sent.get("message_id") if isinstance(sent, Mapping) else None
        if not message_id:
            raise Unknown("the answer names no message")
        return Delivered(str(message_id))

    async def edit(self, bot: str, chat: str, provider_id: str, message: Message) -> None:  # noqa: ARG002 - see below
        """Refuse: nothing that was sent can be changed, and nobody asks for it (`Abilities.edit`)."""
        raise Rejected("Zalo changes no message")

    async def offer(self, bot: str, chat: str, words: Sequence[tuple[str, str]]) -> None:
        """Do nothing: the platform has no menu of commands."""

    def invitation(self, bot: str, code: str, *, to_group: bool = False) -> str:  # noqa: ARG002 - a link bears no code
        """Give the link that opens the chat of a bot, once the platform has told its number; the code is typed."""
        number = str(self._me.get(bot, {}).get("id", ""))
        return f"https://zalo.me/{number}" if number and not to_group else ""

    # ── the bots themselves ──────────────────────────────────────────────────────────────────────────────────────────
    async def open(self) -> None:
        """Make ready to speak with the platform; nothing is said yet."""
        for each in (self._sending, self._polling, self._media):
            await each.open()

    async def close(self) -> None:
        """End all connections."""
        for each in (self._sending, self._polling, self._media):
            await each.close()

    async def introduce(self, bot: str) -> str:
        """Ask the platform for a bot's name; raises ChannelError."""
        me = await self._call(bot, "getMe", {})
        if not isinstance(me, Mapping):
            raise Unknown("the answer describes no bot")
        self._me[bot] = me
        return next(iter(_names(me)), "")

    async def faults(self, bot: str, url: str) -> Sequence[Text]:
        """Ask the platform what would keep a bot from working; its own trial of our address is allowed now and then."""
        try:
            await self.introduce(bot)
            found = await self._posted_to(bot)
        except ChannelError as error:
            return (of_refusal(bot, error),)
        faults = list(of_webhook(bot, found, url))
        if url and found == url:
            try:
                tried = await self._call(bot, "testWebhook", {})
            except (TriedEnough, Rejected):
                return faults
            except ChannelError as error:
                return (of_refusal(bot, error),)
            faults += of_trial(tried if isinstance(tried, Mapping) else {}, url)
        return faults

    async def unposted(self, bot: str, url: str, *, trial: bool = False) -> Sequence[Text]:
        """Ask the platform where it posts; it keeps no account of what it could not, but may try our address."""
        faults = tuple(of_webhook(bot, await self._posted_to(bot), url))
        if faults or not trial:
            return faults
        tried = await self._call(bot, "testWebhook", {})
        return tuple(of_trial(tried if isinstance(tried, Mapping) else {}, url))

    async def _posted_to(self, bot: str) -> str:
        """Ask where updates are posted; "" where they are kept to be asked for."""
        try:
            info = await self._sending.call(self._tokens[bot], "getWebhookInfo", {})
        except NotFound:
            return ""
        return str(info.get("url") or "") if isinstance(info, Mapping) else ""

    async def _call(self, bot: str, method: str, values: Mapping[str, Any]) -> Any:
        """Make one call and give its result; raises ChannelError."""
        try:
            return await self._sending.call(self._tokens[bot], method, values, READ_SECONDS)
        except NotFound as error:
            raise Wait(_REST, whole_lane=True, reason=f"token or method not known: {error}") from error

    def _parked(self, bot: str, error: OverQuota) -> Wait:
        """Let a bot rest that has used up what it may send: nobody says until when, so it tries ever more seldom."""
        rest = self._rests[bot] = min(_LONGEST_REST, 2 * self._rests.get(bot, _REST / 2))
        return Wait(rest, whole_lane=True, reason=str(error))


def _names(me: Mapping[str, Any]) -> list[str]:
    return [str(me[key]) for key in ("account_name", "display_name") if me.get(key)]
