"""What a bot sends: texts, pictures by their addresses, stickers, voices, the sign of being busy."""

from html import escape
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.calls import SPOKEN, bad_request
from tests.fakes.carrying import LOOPBACK
from tests.fakes.texts import units
from tests.fakes.zalo.bots import Bot
from tests.fakes.zalo.calls import Call
from tests.fakes.zalo.styles import styled

_LONGEST: Final = 2000
_PATIENCE: Final = aiohttp.ClientTimeout(total=10)
_ACTIONS: Final = frozenset({"typing"})


def send_message(bot: Bot, call: Call) -> dict[str, Any]:
    """Send a text; `reply_markup` is taken and dropped."""
    _need(call, "chat_id", "text")
    _measured(call, "text")
    words = styled(call)
    return bot.says(bot.chat(call.chat), "text", {"text": words["text"]}, **words)


async def send_photo(bot: Bot, call: Call) -> dict[str, Any]:
    """Send a picture, which the platform fetches from its address."""
    _need(call, "chat_id", "photo")
    _measured(call, "caption")
    chat, url, caption = bot.chat(call.chat), call.text("photo"), call.text("caption")
    content = await _fetched(url)
    told = {bot.habits.photo_field: url, "message_type": "CHAT_PHOTO"} | ({"caption": caption} if caption else {})
    return bot.says(chat, "photo", told, text=caption, html=escape(caption, quote=False), url=url, content=content)


def send_sticker(bot: Bot, call: Call) -> dict[str, Any]:
    """Send a sticker by its id."""
    _need(call, "chat_id", "sticker")
    return bot.says(bot.chat(call.chat), "sticker", {"sticker": call.text("sticker")})


def send_voice(bot: Bot, call: Call) -> dict[str, Any]:
    """Send a voice by its address; to a group it is taken and never arrives."""
    _need(call, "chat_id", "voice_url")
    url = call.text("voice_url")
    if not urlsplit(url).path.endswith(".aac"):
        raise bad_request("voice_url must end with .aac")
    chat = bot.chat(call.chat)
    if not chat.private:
        bot.spend()
        return {"message_id": bot.next_message(), "date": bot.now}
    return bot.says(chat, "voice", {"voice_url": url, "message_type": "CHAT_VOICE"}, url=url)


def send_chat_action(bot: Bot, call: Call) -> None:
    """Show that the bot is busy."""
    _need(call, "chat_id", "action")
    if call.text("action") not in _ACTIONS:
        raise bad_request("action is not supported")
    bot.actions.append((bot.chat(call.chat).id, call.text("action")))


def _need(call: Call, *names: str) -> None:
    for name in names:
        if not call.text(name).strip():
            raise bad_request(f"{name} is required")


def _measured(call: Call, name: str) -> None:
    if units(call.text(name)) > _LONGEST:
        raise bad_request(f"{name} must be 1-{_LONGEST} characters")


async def _fetched(url: str) -> bytes:
    """Fetch a picture that lies on this machine; nothing else is asked, for the fake never leaves loopback."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("photo must be a URL")
    if parts.hostname not in LOOPBACK:
        return b""
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session, session.get(url) as answer:
            content = await answer.read()
    except (aiohttp.ClientError, TimeoutError):
        raise bad_request("photo cannot be fetched") from None
    if answer.status != SPOKEN or not content:
        raise bad_request("photo cannot be fetched")
    return content
