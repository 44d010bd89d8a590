"""Groups: the bot added and removed, what it hears there, and the day the group becomes a supergroup."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.chats import Chat, Shown, Standing
from tests.fakes.telegram.entities import detected
from tests.fakes.telegram.numbers import Numbers
from tests.fakes.telegram.people import Person, Update, standing_change


@dataclass(slots=True)
class Group:
    """A group with one bot; `owner` is who made it and manages it."""

    bot: Bot
    numbers: Numbers
    chat: Chat
    owner: Person
    former: list[Chat] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The group's number, which changes when it becomes a supergroup."""
        return self.chat.id

    def adds_bot(self, by: Person | None = None, code: str = "") -> list[Update]:
        """Add the bot, perhaps by a link with ?startgroup=CODE; gives the updates."""
        member = by or self.owner
        self.bot.chats[self.id] = self.chat
        self.chat.standing = Standing.OPEN
        return [
            self._changes(member, "left", "member"),
            self._post(member, {"new_chat_members": [self.bot.user]}),
            *([self._post(member, _text(f"/start@{self.bot.username} {code}"))] if code else []),
        ]

    def removes_bot(self, by: Person | None = None) -> Update:
        """Remove the bot."""
        self.chat.standing = Standing.KICKED
        return self._changes(by or self.owner, "administrator" if self.chat.admin else "member", "kicked")

    def makes_bot_admin(self) -> Update:
        """Make the bot an administrator; it hears everything from now on."""
        self.chat.admin = True
        return self._changes(self.owner, "member", "administrator")

    def hears(self, person: Person, text: str, *, answering: Shown | None = None, topic: int = 0) -> Update | None:
        """Let a member write; gives None if the bot may not read it (privacy mode)."""
        quoted = None if answering is None else self.bot.quoted(self.chat, answering.id)
        content = _text(text) | ({"reply_to_message": quoted} if quoted else {})
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if not self._may_read(text, quoted):
            number = self.bot.post(self.chat, person.user, content)["message_id"]
            self.chat.messages[number].unheard = True
            return None
        return self._post(person, content)

    def calls(self, person: Person, words: str) -> Update | None:
        """Let a member say something to the bot: by a command that names it."""
        command, _, rest = words.partition(" ")
        return self.hears(person, f"/{command}@{self.bot.username} {rest}".rstrip())

    def joined_by(self, *people: Person) -> Update:
        """Let people join."""
        return self._post(self.owner, {"new_chat_members": [person.user for person in people]})

    def opens_topic(self, name: str) -> int:
        """Open a topic in a supergroup; gives its number."""
        assert self.chat.kind == "supergroup", "Only supergroups have topics."
        icon = {"name": name, "icon_color": 0x6FB9F0}
        raw = self.bot.post(self.chat, self.owner.user, {"forum_topic_created": icon})
        number = int(raw["message_id"])
        self.chat.topics[number] = name
        raw |= {"message_thread_id": number, "is_topic_message": True, "chat": self.chat.raw}
        self.bot.hears("message", raw, self.id)
        return number

    def becomes_supergroup(self) -> list[Update]:
        """Turn into a supergroup with a number of its own; gives the updates of both."""
        old, new = self.chat, Chat(next(self.numbers.supergroups), "supergroup", self.chat.names)
        old.standing, old.moved_to, new.admin = Standing.MIGRATED, new.id, old.admin
        self.bot.chats[new.id] = new
        told_old = self.bot.post(old, self.owner.user, {"migrate_to_chat_id": new.id})
        told_new = self.bot.post(new, self.owner.user, {"migrate_from_chat_id": old.id})
        self.former.append(old)
        self.chat = new
        return [self.bot.hears("message", told_old, old.id), self.bot.hears("message", told_new, new.id)]

    def seen(self) -> list[Shown]:
        """Give what the bot's messages show now, since the group's number last changed."""
        return self.chat.seen(by_bot=True)

    def screen(self) -> list[Shown]:
        """Give everything that the group shows now."""
        return self.chat.seen()

    def _may_read(self, text: str, quoted: Mapping[str, Any] | None) -> bool:
        """In privacy mode a bot reads commands that are for it or for nobody, and answers to itself."""
        if self.chat.standing is not Standing.OPEN:
            return False
        if self.bot.reads_all or self.chat.admin or (quoted and quoted["from"]["id"] == self.bot.id):
            return True
        command = re.match(r"/\w+(?:@(\w+))?", text)
        return command is not None and (command[1] or self.bot.username).lower() == self.bot.username.lower()

    def _post(self, person: Person, content: Mapping[str, Any]) -> Update:
        return self.bot.hears("message", self.bot.post(self.chat, person.user, content), self.id)

    def _changes(self, by: Person, old: str, new: str) -> Update:
        change = standing_change(self.bot, self.chat, by.user, (old, new))
        return self.bot.hears("my_chat_member", change, self.id)


def _text(text: str) -> dict[str, Any]:
    entities = detected(text)
    return {"text": text, **({"entities": entities} if entities else {})}
