"""What a bot changes of what it sent: texts, captions, buttons; and what it takes away."""

from typing import Any, Final

from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Call, Refused, bad_request
from tests.fakes.telegram.chats import Chat, Kept
from tests.fakes.telegram.keyboards import keyboard
from tests.fakes.telegram.registry import method
from tests.fakes.telegram.sending import caption_of, text_of

_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
_DELETABLE_SECONDS: Final = 48 * 3600


@method("editMessageText")
def edit_text(bot: Bot, call: Call) -> dict[str, Any]:
    """Change a text and its buttons; buttons that are not named again are gone."""
    kept = _own(bot, call)
    if "text" not in kept.raw:
        raise bad_request("there is no text in the message to edit")
    return _changed(bot, kept, ("text", "entities", "reply_markup"), {**text_of(call), **keyboard(call)})


@method("editMessageCaption")
def edit_caption(bot: Bot, call: Call) -> dict[str, Any]:
    """Change the caption under a file."""
    kept = _own(bot, call)
    if "text" in kept.raw:
        raise bad_request("there is no caption in the message to edit")
    names = ("caption", "caption_entities", "reply_markup")
    return _changed(bot, kept, names, {**caption_of(call), **keyboard(call)})


@method("editMessageReplyMarkup")
def edit_buttons(bot: Bot, call: Call) -> dict[str, Any]:
    """Change the buttons only; without any they are taken away."""
    return _changed(bot, _own(bot, call), ("reply_markup",), keyboard(call))


@method("deleteMessage")
def delete_message(bot: Bot, call: Call) -> bool:
    """Take a message away, at most two days after it was sent."""
    chat = bot.chat(call.chat)
    kept = bot.message(chat, call.number("message_id"))
    if kept is None:
        raise bad_request("message to delete not found")
    if bot.today - kept.raw["date"] > _DELETABLE_SECONDS or not _may_delete(chat, kept):
        raise bad_request("message can't be deleted for everyone")
    kept.deleted = True
    return True


def _may_delete(chat: Chat, kept: Kept) -> bool:
    return kept.own or chat.private or chat.admin


def _own(bot: Bot, call: Call) -> Kept:
    if call.text("inline_message_id"):
        raise Refused(501, "Not Implemented: the fake knows no inline messages")
    if not call.chat:
        raise bad_request("chat_id is empty")
    if not call.number("message_id"):
        raise bad_request("message identifier is not specified")
    kept = bot.message(bot.chat(call.chat), call.number("message_id"))
    if kept is None:
        raise bad_request("message to edit not found")
    if not kept.own:
        raise bad_request("message can't be edited")
    return kept


def _changed(bot: Bot, kept: Kept, names: tuple[str, ...], content: dict[str, Any]) -> dict[str, Any]:
    raw = {name: value for name, value in kept.raw.items() if name not in names} | content
    if raw == kept.raw:
        raise bad_request(_NOT_MODIFIED)
    bot.paced(kept.raw["chat"]["id"])
    kept.versions.append(kept.raw)
    kept.raw = raw | {"edit_date": bot.today}
    return kept.raw
