"""People with a telephone: they press Start, write, press buttons, send files, block; each act is an update."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tests.fakes.telegram.asking import menu
from tests.fakes.telegram.bots import Bot, Press
from tests.fakes.telegram.calls import Upload
from tests.fakes.telegram.chats import Chat, Shown, Standing
from tests.fakes.telegram.entities import detected
from tests.fakes.telegram.numbers import Numbers
from tests.fakes.texts import parts, units

START_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_TEXT: Final = 4096
_LONGEST_CAPTION: Final = 1024

Update = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A person at the chat with one bot."""

    bot: Bot
    numbers: Numbers
    id: int
    name: str
    language: str
    username: str = ""

    @property
    def user(self) -> dict[str, Any]:
        """Show the person as a message does."""
        return {"id": self.id, "is_bot": False, **self.names, "language_code": self.language}

    @property
    def names(self) -> dict[str, str]:
        """Give the parts of the name: the last word first, as Telegram's users here write it."""
        family, _, first = self.name.rpartition(" ")
        named = {"first_name": first} | ({"last_name": family} if family else {})
        return named | ({"username": self.username} if self.username else {})

    def at(self, bot: Bot) -> "Person":
        """Give the same person at the chat with another bot."""
        return replace(self, bot=bot)

    @property
    def chat(self) -> Chat:
        """The chat with the bot, in which the person has pressed Start and has not blocked it."""
        chat = self.bot.chats.get(self.id)
        if chat is None or chat.standing is not Standing.OPEN:
            raise AssertionError(f"{self.name} has not pressed Start.")
        return chat

    def starts(self, code: str = "") -> Update:
        """Press Start, having come by a link with a code or without."""
        if code and not START_CODE.fullmatch(code):
            raise ValueError("Telegram carries no such code: 1-64 of A-Z, a-z, 0-9, _ and -.")
        chat = self.bot.chats.setdefault(self.id, Chat(self.id, "private", self.names))
        if chat.standing is Standing.BLOCKED:
            self.unblocks()
        return self.writes(f"/start {code}".rstrip())

    def writes(self, text: str, *, answering: Shown | None = None, topic: int = 0) -> Update:
        """Write a text; a long one leaves the telephone in several messages. Gives the last update."""
        assert text, "Telegram sends no empty message."
        reply = {} if answering is None else {"reply_to_message": self.bot.quoted(self.chat, answering.id)}
        place = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        said = [self._text(part) | reply | place for part in parts(text, _LONGEST_TEXT)]
        return [self._says(each) for each in said][-1]

    def replies_to(self, message: Shown, text: str) -> Update:
        """Answer one message."""
        return self.writes(text, answering=message)

    def forwards(self, message: Shown) -> Update:
        """Send one of the bot's messages on, here to the bot itself; its buttons do not come along."""
        origin = {"type": "user", "sender_user": self.bot.user, "date": message.raw["date"]}
        return self._says({"forward_origin": origin, **self._text(message.text)})

    def passes_on(self, text: str, first_name: str = "Hùng") -> Update:
        """Forward what somebody else wrote in another conversation."""
        writer = {"id": self.id + 1, "is_bot": False, "first_name": first_name}
        return self._says({"forward_origin": {"type": "user", "sender_user": writer, "date": 0}, **self._text(text)})

    def edits(self, sent: Update, text: str) -> Update:
        """Change what was written before."""
        kept = self.chat.messages[sent["message"]["message_id"]]
        kept.versions.append(kept.raw)
        kept.raw = {**kept.raw, "edit_date": self.bot.today, **self._text(text)}
        return self.bot.hears("edited_message", kept.raw, self.id)

    def presses(self, label: str, message: Shown | None = None) -> Update:
        """Press the button of this label in the newest message that shows it, or in a given one, even if it is gone."""
        found = message or self._newest(label)
        buttons = [button for row in _rows(found.raw) for button in row if button["text"] == label]
        if not buttons:
            raise LookupError(f"The message shows no button {label!r}: {found.labels}.")
        if "callback_data" not in buttons[0]:
            raise LookupError(f"The button {label!r} opens {buttons[0].get('url', 'something else')}.")
        query = {
            "id": self.numbers.press(self.id),
            "from": self.user,
            "message": self._pressed(found),
            "chat_instance": self.numbers.instance(found.chat),
            "data": buttons[0]["callback_data"],
        }
        self.bot.presses[query["id"]] = Press(self.id, self.bot.clock.monotonic())
        return self.bot.hears("callback_query", query, found.chat)

    def sends_document(
        self, name: str, content: bytes, media: str = "application/octet-stream", caption: str = ""
    ) -> Update:
        """Send a file as it is."""
        file_id = self.bot.cabinet.keep("Document", Upload(name, media, content))
        return self._says({"document": self.bot.cabinet.document(file_id), **self._caption(caption)})

    def sends_photo(self, content: bytes, caption: str = "") -> Update:
        """Send a photo (PNG, GIF or JPEG)."""
        file_id = self.bot.cabinet.keep("Photo", Upload("photo.jpg", "image/jpeg", content))
        return self._says({"photo": self.bot.cabinet.photo(file_id), **self._caption(caption)})

    def sends_album(self, photos: Iterable[bytes], caption: str = "") -> list[Update]:
        """Send photos as one album: an update each, the caption on the first."""
        group = self.numbers.album()
        sent = []
        for place, content in enumerate(photos):
            file_id = self.bot.cabinet.keep("Photo", Upload("photo.jpg", "image/jpeg", content))
            words = self._caption(caption if place == 0 else "")
            sent.append(self._says({"photo": self.bot.cabinet.photo(file_id), "media_group_id": group, **words}))
        return sent

    def sends(self, **content: Any) -> Update:
        """Send anything else, as `sends(contact={…})`: what a message shows besides sender, chat and date."""
        return self._says(content)

    def blocks(self) -> Update:
        """Block the bot."""
        chat, self.chat.standing = self.chat, Standing.BLOCKED
        return self._standing_changes(chat, "member", "kicked")

    def unblocks(self) -> Update:
        """Let the bot write again."""
        chat = self.bot.chats[self.id]
        chat.standing = Standing.OPEN
        return self._standing_changes(chat, "kicked", "member")

    def deactivates(self) -> None:
        """Delete the account; the bot hears nothing of it."""
        self.bot.chats[self.id].standing = Standing.DEACTIVATED

    def clears(self) -> None:
        """Delete all messages of the chat on both sides."""
        for kept in self.chat.messages.values():
            kept.deleted = True

    def seen(self) -> list[Shown]:
        """Give what the bot's messages in this chat show now, oldest first."""
        return self._all(by_bot=True)

    def screen(self) -> list[Shown]:
        """Give everything that the chat shows now, oldest first."""
        return self._all(by_bot=None)

    @property
    def toasts(self) -> list[str]:
        """The lines that answers to presses showed."""
        return self.bot.toasts.get(self.id, [])

    def menu(self) -> dict[str, str]:
        """Give the commands that the person is offered, with their descriptions."""
        return {each["command"]: each["description"] for each in menu(self.bot, self.id, self.language)}

    def _all(self, *, by_bot: bool | None) -> list[Shown]:
        chat = self.bot.chats.get(self.id)
        return [] if chat is None else chat.seen(by_bot=by_bot)

    def _newest(self, label: str) -> Shown:
        screen = self.seen()
        for shown in reversed(screen):
            if label in shown.labels:
                return shown
        raise LookupError(f"{self.name} sees no button {label!r}: {[shown.labels for shown in screen]}.")

    def _pressed(self, shown: Shown) -> Mapping[str, Any]:
        """Give the message under the button as it is now; what is gone is only named."""
        chat = self.bot.chats[shown.chat]
        kept = self.bot.message(chat, shown.id)
        return kept.raw if kept else {"chat": chat.raw, "message_id": shown.id, "date": 0}

    def _says(self, content: Mapping[str, Any]) -> Update:
        return self.bot.hears("message", self.bot.post(self.chat, self.user, content), self.id)

    def _text(self, text: str) -> dict[str, Any]:
        entities = detected(text)
        return {"text": text, **({"entities": entities} if entities else {})}

    def _caption(self, caption: str) -> dict[str, str]:
        assert units(caption) <= _LONGEST_CAPTION, "The telephone takes no longer caption."
        return {"caption": caption} if caption else {}

    def _standing_changes(self, chat: Chat, old: str, new: str) -> Update:
        return self.bot.hears("my_chat_member", standing_change(self.bot, chat, self.user, (old, new)), chat.id)


def standing_change(bot: Bot, chat: Chat, by: Mapping[str, Any], change: tuple[str, str]) -> dict[str, Any]:
    """Say how the bot's standing in a chat changed, and by whom."""
    old, new = ({"user": bot.user, "status": status} for status in change)
    return {
        "chat": chat.raw,
        "from": dict(by),
        "date": bot.today,
        "old_chat_member": _complete(old),
        "new_chat_member": _complete(new),
    }


def _complete(member: dict[str, Any]) -> dict[str, Any]:
    match member["status"]:
        case "kicked":
            return member | {"until_date": 0}
        case "administrator":
            rights = (
                "send_welcome_messages",
                "manage_chat",
                "delete_messages",
                "manage_video_chats",
                "restrict_members",
                "promote_members",
            )
            more = ("change_info", "invite_users", "post_stories", "edit_stories", "delete_stories")
            flags = {f"can_{right}": right == "manage_chat" for right in (*rights, *more)}
            return member | {"can_be_edited": False, "is_anonymous": False} | flags
        case _:
            return member


def _rows(raw: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
