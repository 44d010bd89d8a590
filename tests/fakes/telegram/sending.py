"""What a bot sends: texts, documents, photos, albums."""

import itertools
from collections.abc import Mapping
from typing import Any, Final

from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Call, Refused, Upload, bad_request
from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.entities import Entity, HtmlError, detected, in_order, read_html, trimmed
from tests.fakes.telegram.files import check_upload
from tests.fakes.telegram.keyboards import keyboard
from tests.fakes.telegram.registry import method
from tests.fakes.texts import units

_LONGEST_TEXT: Final = 4096
_LONGEST_CAPTION: Final = 1024
_ALBUM: Final = range(2, 11)
_MARKDOWN: Final = frozenset({"Markdown", "MarkdownV2"})
_KINDS: Final[Mapping[str, str]] = {"document": "Document", "photo": "Photo"}
_albums: Final = itertools.count(13_700_000_000_000_001)


@method("sendMessage")
def send_message(bot: Bot, call: Call) -> dict[str, Any]:
    """Send a text."""
    chat = bot.chat(call.chat)
    content = {**placed(bot, chat, call), **text_of(call), **keyboard(call)}
    return bot.sends(chat, content)


@method("sendDocument", "sendPhoto")
def send_file(bot: Bot, call: Call) -> dict[str, Any]:
    """Send a document or a photo: uploaded, or by the id of one that was sent before."""
    chat = bot.chat(call.chat)
    part = "document" if call.method == "sendDocument" else "photo"
    content = {**placed(bot, chat, call), **caption_of(call), **keyboard(call)}
    return bot.sends(chat, {**_media(bot, call, part, call.params.get(part, "")), **content})


@method("sendMediaGroup")
def send_album(bot: Bot, call: Call) -> list[dict[str, Any]]:
    """Send several documents or photos as one album."""
    chat = bot.chat(call.chat)
    items = call.object("media")
    if len(items) not in _ALBUM:
        raise bad_request("there must be 2-10 items in the album")
    if len({item["type"] == "document" for item in items}) > 1 or not _KINDS.keys() >= {item["type"] for item in items}:
        raise bad_request("Can't use the media of the specified type in the album")
    group = {**placed(bot, chat, call), "media_group_id": str(next(_albums))}
    contents = [
        {**_media(bot, call, item["type"], item["media"]), **caption_of(Call(call.method, item)), **group}
        for item in items
    ]
    return [bot.sends(chat, content) for content in contents]


def text_of(call: Call) -> dict[str, Any]:
    """Read the text of a message with its formatting."""
    text, entities = _formatted(call, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if units(text) > _LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_of(call: Call) -> dict[str, Any]:
    """Read the caption under a file; {} without."""
    text, entities = _formatted(call, "caption", "caption_entities")
    if units(text) > _LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def placed(bot: Bot, chat: Chat, call: Call) -> dict[str, Any]:
    """Read where in the chat a message goes: its topic, and what it answers."""
    if call.truth("allow_paid_broadcast"):
        raise Refused(501, "Not Implemented: the fake sells no broadcasts")
    if call.text("business_connection_id"):
        raise bad_request("business connection not found")
    place: dict[str, Any] = {"has_protected_content": True} if call.truth("protect_content") else {}
    if preview := call.object("link_preview_options"):
        place["link_preview_options"] = preview
    thread = call.number("message_thread_id")
    if thread:
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        place |= {"message_thread_id": thread, "is_topic_message": True}
    return place | _answered(bot, chat, call)


def _answered(bot: Bot, chat: Chat, call: Call) -> dict[str, Any]:
    parameters = call.object("reply_parameters")
    if not parameters:
        return {}
    quoted = bot.quoted(chat, parameters["message_id"])
    if quoted is None and not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": quoted} if quoted else {}


def _formatted(call: Call, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    text, entities = call.text(name), call.object(entities_name) or []
    if call.text("parse_mode") == "HTML":
        try:
            text, entities = read_html(text)
        except HtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    elif mode := call.text("parse_mode"):
        raise (
            Refused(501, "Not Implemented: the fake reads no Markdown")
            if mode in _MARKDOWN
            else bad_request("unsupported parse_mode")
        )
    text, entities = trimmed(text, entities)
    taken = {place for entity in entities for place in range(entity["offset"], entity["offset"] + entity["length"])}
    found = [entity for entity in detected(text) if entity["offset"] not in taken]
    return text, in_order([*entities, *found])


def _media(bot: Bot, call: Call, part: str, value: Any) -> dict[str, Any]:
    """Give what a message shows of its file."""
    upload = _upload(call, part, value)
    if upload is None:
        bot.cabinet.find(str(value), _KINDS[part])
        file_id = str(value)
    else:
        check_upload(_KINDS[part], upload)
        bot.uploads(len(upload.content))
        file_id = bot.cabinet.keep(_KINDS[part], upload)
    if part == "photo":
        return {"photo": bot.cabinet.photo(file_id)}
    return {"document": bot.cabinet.document(file_id)}


def _upload(call: Call, part: str, value: Any) -> Upload | None:
    if part in call.files:
        return call.files[part]
    if str(value).startswith("attach://"):
        name = str(value).removeprefix("attach://")
        if name not in call.files:
            raise bad_request(f"can't parse InputMedia: media not found: {name}")
        return call.files[name]
    if str(value).startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return None
