"""Groups: the bot is told of what mentions it or answers it, and of nothing else."""

from dataclasses import dataclass
from html import escape

from tests.fakes.zalo.bots import Bot, Update
from tests.fakes.zalo.chats import Chat, Shown, Standing
from tests.fakes.zalo.people import Person


@dataclass(slots=True)
class Group:
    """A group with one bot."""

    bot: Bot
    chat: Chat

    @property
    def id(self) -> str:
        """The group's id."""
        return self.chat.id

    @property
    def mention(self) -> str:
        """The words by which a member calls the bot."""
        return f"@{self.bot.name}"

    def adds_bot(self) -> None:
        """Add the bot, which is not told."""
        others = [chat for chat in self.bot.chats.values() if not chat.private and chat is not self.chat]
        if len([chat for chat in others if chat.standing is Standing.OPEN]) >= self.bot.habits.groups:
            raise ValueError(f"A bot may be in {self.bot.habits.groups} groups.")
        self.chat.standing = Standing.OPEN
        self.bot.chats[self.id] = self.chat

    def removes_bot(self) -> None:
        """Remove the bot, which is not told."""
        self.chat.standing = Standing.LEFT

    def hears(self, person: Person, text: str, *, answering: Shown | None = None) -> Update | None:
        """Let a member write; gives None where the bot is not told."""
        meant = self.mention in text or f"@{self.bot.account}" in text or (answering is not None and answering.by_bot)
        told = meant and self.id in self.bot.chats and self.chat.standing is Standing.OPEN
        raw, html = {"text": text}, escape(text, quote=False)
        message = Shown(
            self.bot.next_message(), self.id, self.bot.now, person.name, text=text, html=html, unheard=not told, raw=raw
        )
        self.chat.messages.append(message)
        sender = person.at(self.bot).user
        return self.bot.hears(self.chat, sender, "message.text.received", message) if told else None

    def calls(self, person: Person, words: str) -> Update | None:
        """Let a member say something to the bot: by its name."""
        return self.hears(person, f"{self.mention} {words}")

    def seen(self) -> list[Shown]:
        """Give the bot's messages, oldest first."""
        return self.chat.seen()

    def screen(self) -> list[Shown]:
        """Give everything that the group shows, oldest first."""
        return list(self.chat.messages)
