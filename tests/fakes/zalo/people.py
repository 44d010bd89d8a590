"""People with a telephone: they write, send pictures, stickers, voices, block; what the bot may know is an update."""

from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

from tests.fakes.texts import parts, units
from tests.fakes.zalo.bots import Bot, Update
from tests.fakes.zalo.chats import Chat, Shown, Standing
from tests.fakes.zalo.ids import opaque

_LONGEST: Final = 2000
# the smallest frame of raw ADTS AAC: a moment of silence
_SILENCE: Final = bytes.fromhex("fff15c4001bffc00c8")


@dataclass(frozen=True, slots=True)
class Person:
    """A person at the chat with one bot; to every bot it is somebody else."""

    bot: Bot
    number: int
    name: str

    @property
    def id(self) -> str:
        """The id by which this bot knows the person, and the chat of the two."""
        return opaque(self.bot.id, "person", self.number)

    @property
    def user(self) -> dict[str, Any]:
        """Show the person as an update does."""
        return {"id": self.id, "display_name": self.name, "is_bot": False}

    def at(self, bot: Bot) -> "Person":
        """Give the same person at the chat with another bot."""
        return replace(self, bot=bot)

    @property
    def chat(self) -> Chat:
        """The chat with the bot; it is there once the person has written."""
        return self.bot.chats[self.id]

    def writes(self, text: str) -> Update:
        """Write a text; a long one leaves the telephone in several messages. Gives the last update."""
        assert text.strip(), "Zalo sends no empty message."
        return [self._says("text", {"text": part}, **_words(part)) for part in parts(text, _LONGEST)][-1]

    def replies_to(self, message: Shown, text: str) -> Update:
        """Answer one message; the platform does not tell which."""
        assert message in self.chat.messages, "The telephone shows no such message."
        return self.writes(text)

    def sends_photo(self, content: bytes, caption: str = "") -> Update:
        """Send a picture."""
        assert content, "The telephone sends no empty picture."
        assert units(caption) <= _LONGEST, "The telephone takes no longer caption."
        url = self.bot.media.keep(content)
        told = {self.bot.habits.photo_field: url, "message_type": "CHAT_PHOTO"}
        told |= {"caption": caption} if caption else {}
        return self._says("photo", told, **_words(caption), url=url, content=content)

    def sends_sticker(self, sticker: str = "bfe458bf64fa8da4d4eb") -> Update:
        """Send a sticker."""
        told = {"sticker": sticker, "url": f"https://stickers.zaloapp.com/{sticker}.png"}
        return self._says("sticker", told, url=told["url"])

    def sends_voice(self, content: bytes = _SILENCE) -> Update:
        """Say something."""
        url = self.bot.media.keep(content, "audio/aac")
        return self._says("voice", {"voice_url": url, "message_type": "CHAT_VOICE"}, url=url, content=content)

    def sends_unsupported(self) -> Update:
        """Send a file, a place, a contact, or be a person whom the law protects: the bot is told no more than that."""
        return self._says("unsupported", {})

    def sends(self, event: str, **content: Any) -> Update:
        """Send what the platform may tell of one day, as `sends("message.link.received", url="https://…")`."""
        return self.bot.hears(self._opened(), self.user, event, self._kept("unsupported", content))

    def blocks(self) -> None:
        """Block the bot, which is not told."""
        self.chat.standing = Standing.BLOCKED

    def unblocks(self) -> None:
        """Let the bot write again, which is not told."""
        self.chat.standing = Standing.OPEN

    def seen(self) -> list[Shown]:
        """Give the bot's messages in this chat, oldest first."""
        return self.bot.chats[self.id].seen() if self.id in self.bot.chats else []

    def screen(self) -> list[Shown]:
        """Give everything that the chat shows, oldest first."""
        return list(self.bot.chats[self.id].messages) if self.id in self.bot.chats else []

    def _says(self, kind: str, told: dict[str, Any], **shown: Any) -> Update:
        event = {"photo": "message.image.received"}.get(kind, f"message.{kind}.received")
        return self.bot.hears(self._opened(), self.user, event, self._kept(kind, told, **shown))

    def _opened(self) -> Chat:
        """Give the chat, which begins with the first word; who has blocked a bot cannot write to it."""
        chat = self.bot.chats.setdefault(self.id, Chat(self.id, self.name))
        assert chat.standing is Standing.OPEN, f"{self.name} has blocked the bot."
        return chat

    def _kept(self, kind: str, told: dict[str, Any], **shown: Any) -> Shown:
        chat = self._opened()
        message = Shown(self.bot.next_message(), self.id, self.bot.now, self.name, kind, raw=told, **shown)
        chat.messages.append(message)
        return message


def _words(text: str) -> dict[str, str]:
    return {"text": text, "html": escape(text, quote=False)}
