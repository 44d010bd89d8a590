"""Telegram as a channel: what is heard through one bot, and what it sends."""

import hmac
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp
from telegram import Bot, BotCommand, BotCommandScopeChat, InputFile, User, WebhookInfo
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram import inbound
from bot.channels.telegram.errors import NotModified, TooBig, UnknownFile, meanings
from bot.channels.telegram.faults import of_bot, of_refusal, of_webhook
from bot.channels.telegram.outbound import caption_of, keyboard, length_of, text_of
from bot.channels.telegram.transport import AiohttpRequest
from bot.wire import meaning_of_failure, too_large
from handlers.kit import (
    Abilities,
    ChannelError,
    Delivered,
    FileThere,
    Heard,
    Message,
    Text,
    Unknown,
)

NAME: Final = "telegram"
SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
# one more may be caught in a broken long poll while the next is asked
_POLL_CONNECTIONS: Final = 4
_SEND_CONNECTIONS: Final = 64
# files come slowly; neither questions nor answers wait behind them
_FETCH_CONNECTIONS: Final = 8
POLL_SECONDS: Final = 25
_POLL_GRACE: Final = 10
_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
_LARGEST_IN: Final = 20_000_000
_CHUNK: Final = 256 * 1024
# marks the id of a message that is a file: its words are a caption
_CAPTIONED: Final = "c"
_COMMAND_LENGTH: Final = 256

ABILITIES: Final = Abilities(
    buttons=True,
    edit=True,
    files_in=True,
    files_out=True,
    receipts=False,
    groups=True,
    instant=False,
    max_text=4096,
    max_caption=1024,
)


@dataclass(slots=True)
class Telegram:
    """One bot, known by the number that its token begins with; `place_of` gives where the bytes of a digest lie."""

    token: str
    place_of: Callable[[str], Path]
    api: str = "https://api.telegram.org"
    proxy: str = ""
    name: str = NAME
    abilities: Abilities = ABILITIES
    _bot: Bot = field(init=False)
    _sending: AiohttpRequest = field(init=False)
    _polling: AiohttpRequest = field(init=False)
    _fetching: AiohttpRequest = field(init=False)
    _me: User | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._sending = AiohttpRequest(_SEND_CONNECTIONS, self.proxy)
        self._polling = AiohttpRequest(_POLL_CONNECTIONS, self.proxy, POLL_SECONDS + _POLL_GRACE)
        self._fetching = AiohttpRequest(_FETCH_CONNECTIONS, self.proxy)
        at = self.api.rstrip("/")
        self._bot = Bot(
            self.token,
            base_url=f"{at}/bot",
            base_file_url=f"{at}/file/bot",
            request=self._sending,
            get_updates_request=self._polling,
        )

    @property
    def bots(self) -> Sequence[str]:
        """The number of the bot, which is no secret."""
        return (self.token.partition(":")[0],)

    # ── what is heard ────────────────────────────────────────────────────────────────────────────────────────────────
    def chat_of(self, raw: Mapping[str, Any]) -> str:
        """Name the chat of an update."""
        return inbound.chat_of(raw)

    def parse(self, raw: Mapping[str, Any]) -> Heard:
        """Understand an update; raises ValueError, LookupError or TypeError where it cannot be understood."""
        return inbound.heard(raw, (self._me.username or "") if self._me is not None else "")

    def update_id(self, raw: Mapping[str, Any]) -> str:
        """Name an update by its number."""
        return inbound.update_id(raw)

    def goes_on_after(self, updates: Sequence[str], before: str) -> str:
        """Give the highest number: what was stored may be left behind."""
        return str(max(map(int, updates))) if updates else before

    def is_group(self, chat: str) -> bool:
        """Tell groups by their negative numbers."""
        return chat.startswith("-")

    async def poll(self, bot: str, after: str) -> Sequence[Mapping[str, Any]]:  # noqa: ARG002 - there is one bot
        """Ask for the updates after one that was stored; raw, so that one that nobody foresaw stops no other."""
        offset = {"offset": int(after) + 1} if after else {}
        asked = {**offset, "timeout": POLL_SECONDS, "allowed_updates": list(_UPDATES)}
        updates = await self._call("getUpdates", asked, self._polling)
        if not isinstance(updates, list):
            raise Unknown("getUpdates gave no list")
        return [update for update in updates if isinstance(update, dict)]

    async def subscribe(self, bot: str, url: str, secret: str) -> None:  # noqa: ARG002 - there is one bot
        """Have updates posted to an address, or kept to be asked for; those that wait already are not lost."""
        with meanings():
            if url:
                await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(_UPDATES))
            else:
                await self._bot.delete_webhook(drop_pending_updates=False)

    def is_posted(self, headers: Mapping[str, str], secret: str) -> bool:
        """Compare the secret that Telegram repeats, in constant time."""
        return hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), secret.encode())

    async def stored(self, bot: str, raw: Mapping[str, Any]) -> None:  # noqa: ARG002 - there is one bot
        """Stop the waiting mark on a pressed button."""
        if query := inbound.callback_id(raw):
            await self._call("answerCallbackQuery", {"callback_query_id": query})

    async def fetch(self, bot: str, file: FileThere) -> AsyncIterator[bytes]:  # noqa: ARG002 - there is one bot
        """Give the bytes of a file that a person sent; raises ChannelError, Refusal where it is too large."""
        if file.size > _LARGEST_IN:
            raise too_large(file, _LARGEST_IN)
        try:
            there = await self._call("getFile", {"file_id": file.reference})
        except TooBig as error:
            raise too_large(file, _LARGEST_IN) from error
        with meanings():
            response = await self._fetching.stream(f"{self._bot.base_file_url}/{there['file_path']}")
        async with response:
            try:
                async for chunk in response.content.iter_chunked(_CHUNK):
                    yield chunk
            except (aiohttp.ClientError, TimeoutError) as error:
                raise meaning_of_failure(error) from None

    # ── what is sent ─────────────────────────────────────────────────────────────────────────────────────────────────
    async def send(self, bot: str, chat: str, message: Message) -> Delivered:  # noqa: ARG002 - there is one bot
        """Send words, or one file with words beneath it."""
        to = {"chat_id": int(chat)}
        if not message.files:
            sent = await self._call("sendMessage", to | text_of(message))
            return Delivered(_id_of(sent))
        file, values = message.files[0], to | caption_of(message)
        if file.reference:
            try:
                sent = await self._call("sendDocument", values | {"document": file.reference})
                return Delivered(_id_of(sent) + _CAPTIONED)
            except UnknownFile:
                pass  # surely not sent: it is given again below
        with meanings(), self.place_of(file.sha256).open("rb") as handle:
            # as a document, pictures too: the server makes those it takes for photos smaller
            upload = RequestParameter("document", None, [InputFile(handle, filename=file.name, read_file_handle=False)])
            sent = await self._call("sendDocument", values | {"disable_content_type_detection": True}, parts=[upload])
        return Delivered(_id_of(sent) + _CAPTIONED, {file.sha256: _reference_of(sent)})

    async def edit(self, bot: str, chat: str, provider_id: str, message: Message) -> None:  # noqa: ARG002 - one bot
        """Replace the words of a message, and its buttons."""
        of = {"chat_id": int(chat), "message_id": int(provider_id.rstrip(_CAPTIONED))}
        try:
            if provider_id.endswith(_CAPTIONED):
                await self._edit_caption(of, message)
            else:
                await self._call("editMessageText", of | text_of(message))
        except NotModified:
            return

    async def _edit_caption(self, of: dict[str, Any], message: Message) -> None:
        """Replace the words beneath a file; where they have outgrown it they stay, and only the buttons change."""
        if length_of(message) <= self.abilities.max_caption:
            await self._call("editMessageCaption", of | caption_of(message))
        else:
            await self._call("editMessageReplyMarkup", of | keyboard(message))

    async def offer(self, bot: str, chat: str, words: Sequence[tuple[str, str]]) -> None:  # noqa: ARG002 - one bot
        """Show the commands of one person's chat behind its menu button, whatever the language of his telephone."""
        commands = [BotCommand(word, meaning[:_COMMAND_LENGTH]) for word, meaning in words]
        with meanings():
            await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(int(chat)))

    def invitation(self, bot: str, code: str, *, to_group: bool = False) -> str:  # noqa: ARG002 - there is one bot
        """Give the link that opens the chat with a code, once the server has told the bot's name."""
        if self._me is None or not self._me.username:
            return ""
        return f"https://t.me/{self._me.username}?{'startgroup' if to_group else 'start'}={code}"

    # ── the bot itself ───────────────────────────────────────────────────────────────────────────────────────────────
    async def open(self) -> None:
        """Make ready to speak with the server; nothing is said yet."""
        for transport in (self._sending, self._polling, self._fetching):
            await transport.initialize()

    async def close(self) -> None:
        """End all connections."""
        for transport in (self._sending, self._polling, self._fetching):
            await transport.shutdown()

    async def introduce(self, bot: str) -> str:  # noqa: ARG002 - there is one bot
        """Ask the server for the bot's name; raises ChannelError."""
        with meanings():
            self._me = await self._bot.get_me()
        return self._me.username or ""

    async def faults(self, bot: str, url: str) -> Sequence[Text]:
        """Ask the server what would keep the bot from working."""
        try:
            await self.introduce(bot)
            with meanings():
                webhook: WebhookInfo = await self._bot.get_webhook_info()
        except ChannelError as error:
            return (of_refusal(error),)
        assert self._me is not None  # noqa: S101 - it was introduced
        return (*of_bot(self._me), *of_webhook(webhook, url))

    async def unposted(self, bot: str, url: str, *, trial: bool = False) -> Sequence[Text]:  # noqa: ARG002 - one bot
        """Ask the server what keeps updates from being posted; an old error, with nothing waiting, does not."""
        with meanings():
            webhook: WebhookInfo = await self._bot.get_webhook_info()
        return tuple(of_webhook(webhook, url)) if webhook.pending_update_count or webhook.url != url else ()

    async def _call(
        self,
        method: str,
        values: Mapping[str, Any],
        request: AiohttpRequest | None = None,
        parts: Sequence[RequestParameter] = (),
    ) -> Any:
        """Make one call and give its result as it came, unparsed: half of what python-telegram-bot costs; raises
        ChannelError.
        """
        through, url = request or self._sending, f"{self._bot.base_url}/{method}"
        if not parts:
            return await through.call(url, values)
        with meanings():
            data = RequestData([*(RequestParameter(name, value, None) for name, value in values.items()), *parts])
            return await through.post(url, data)


def _id_of(sent: Any) -> str:
    try:
        return str(int(sent["message_id"]))
    except (TypeError, KeyError, ValueError) as error:
        raise Unknown("the answer names no message") from error


def _reference_of(sent: Mapping[str, Any]) -> str:
    """Give the reference of the file in a sent message; "" where the answer names none, and it is given anew."""
    document = sent.get("document")
    return str(document.get("file_id", "")) if isinstance(document, dict) else ""
