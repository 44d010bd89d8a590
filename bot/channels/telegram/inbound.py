"""From a raw update to what was meant: a line, a press, files, or something that only happened."""

import re
from collections.abc import Mapping
from typing import Any, Final

from handlers.kit import FileThere, Heard, Press

NO_CHAT: Final = "0"
_LARGEST_ID: Final = 1 << 63
_MESSAGES: Final = ("message", "edited_message")
_GROUPS: Final = frozenset({"group", "supergroup"})
_GONE: Final = frozenset({"left", "kicked"})
# what happens in a chat without anybody saying anything; whatever else is neither words nor a file was meant for us
_HAPPENS: Final = re.compile(
    r"pinned_message|migrate_|new_chat_|left_chat_member|delete_chat_photo|write_access_allowed|web_app_data|"
    r"connected_website|boost_added|forum_topic_|general_forum_topic_|video_chat_|giveaway_(created|completed)|"
    r"successful_payment|refunded_payment|proximity_alert_triggered|passport_data|"
    r"\w+_(created|changed|shared|set|approved|declined|refunded|added)"
)
_DATA: Final = re.compile(r"(\d{1,19}):(\d{1,3})", re.ASCII)
_NAMED_COMMAND: Final = re.compile(r"^(/\w{1,64})@(\w{1,64})", re.ASCII)

Raw = Mapping[str, Any]


def chat_of(raw: Raw) -> str:
    """Name the chat of an update; what belongs to none is kept together under NO_CHAT."""
    for value in raw.values():
        if not isinstance(value, Mapping):
            continue
        chat = _chat(value) or _chat(_mapping(value.get("message")))
        number = (chat or _mapping(value.get("from") or value.get("user"))).get("id")
        if isinstance(number, int) and not isinstance(number, bool) and abs(number) < _LARGEST_ID:
            return str(number)
    return NO_CHAT


def update_id(raw: Raw) -> str:
    """Name an update by its number; raises ValueError where it has none."""
    number = raw.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError("An update has a number.")  # noqa: TRY004 - what was posted to us is no update
    return str(number)


def heard(raw: Raw, username: str = "") -> Heard:
    """Understand an update; what names another bot than `username` is not for us.

    Raises ValueError, LookupError or TypeError where it is not as the API describes it.
    """
    if "callback_query" in raw:
        return _pressed(_described(raw["callback_query"]))
    if "my_chat_member" in raw:
        return _membership(_described(raw["my_chat_member"]))
    for kind in _MESSAGES:
        if kind in raw:
            return _message(_described(raw[kind]), username, edited=kind == "edited_message")
    return Heard(event="nothing")


def callback_id(raw: Raw) -> str:
    """Give the id under which a press is to be acknowledged; "" where the update is none."""
    found = _mapping(raw.get("callback_query")).get("id")
    return found if isinstance(found, str) else ""


def _message(message: Raw, username: str, *, edited: bool) -> Heard:
    in_group = message["chat"]["type"] in _GROUPS
    if "migrate_to_chat_id" in message:
        return Heard(text=str(int(message["migrate_to_chat_id"])), event="moved", in_group=True)
    if message["chat"]["type"] not in {*_GROUPS, "private"} or _mapping(message.get("from")).get("is_bot"):
        return Heard(event="nothing", in_group=in_group)
    text = _words(message.get("text", message.get("caption", "")))
    named = _NAMED_COMMAND.match(text)
    if in_group:
        is_ours = text.startswith("/") and (named is None or not username or named[2].casefold() == username.casefold())
        return (
            Heard(text=_NAMED_COMMAND.sub(r"\1", text), in_group=True)
            if is_ours and not edited
            else _nothing_in_group()
        )
    text = _NAMED_COMMAND.sub(r"\1", text)
    if edited:
        return Heard(event="edited")
    files = tuple(_files(message))
    if files or "text" in message:
        album = _words(message.get("media_group_id", ""))
        return Heard(text=text, files_there=files, album=album, forwarded="forward_origin" in message)
    return _wordless(message)


def _wordless(message: Raw) -> Heard:
    """Understand what is neither words nor a file of anybody's."""
    if "voice" in message:
        voice, name = _described(message["voice"]), f"ghi-am-{int(message['message_id'])}.ogg"
        return Heard(event="voice", files_there=(_file(voice, name, "audio/ogg"),))
    if "sticker" in message:
        return Heard(event="sticker")
    return Heard(event="nothing" if any(_HAPPENS.match(part) for part in message) else "unsupported")


def _nothing_in_group() -> Heard:
    return Heard(event="nothing", in_group=True)


def _pressed(query: Raw) -> Heard:
    chat = _chat(_mapping(query.get("message")))
    if chat.get("type") != "private":
        return _nothing_in_group()
    data = _DATA.fullmatch(_words(query["data"]))
    if data is None or int(data[1]) >= _LARGEST_ID:
        raise ValueError("This is no button of ours.")
    return Heard(press=Press(int(data[1]), int(data[2])))


def _membership(change: Raw) -> Heard:
    in_group = change["chat"]["type"] in _GROUPS
    if change["new_chat_member"]["status"] in _GONE:
        return Heard(event="left", in_group=in_group)
    was_gone = change["old_chat_member"]["status"] in _GONE
    return Heard(event="invited" if in_group and was_gone else "nothing", in_group=in_group)


def _files(message: Raw) -> list[FileThere]:
    if "document" in message:
        document = _described(message["document"])
        name, media = document.get("file_name") or "tep", document.get("mime_type") or "application/octet-stream"
        return [_file(document, _words(name), _words(media))]
    if photo := message.get("photo"):
        largest = max(map(_described, photo), key=lambda size: size["width"] * size["height"])
        return [_file(largest, f"anh-{int(message['message_id'])}.jpg", "image/jpeg")]
    return []


def _file(file: Raw, name: str, media: str) -> FileThere:
    size = file.get("file_size")
    return FileThere(_words(file["file_id"]), name, media, size if isinstance(size, int) else 0)


def _chat(value: Raw) -> Raw:
    return _mapping(value.get("chat"))


def _mapping(value: Any) -> Raw:
    return value if isinstance(value, Mapping) else {}


def _described(value: Any) -> Raw:
    if not isinstance(value, Mapping):
        raise TypeError("An object is expected.")
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("Words are expected.")
    return value
