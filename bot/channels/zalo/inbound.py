"""From a raw update to what was meant: words, a picture, or what the platform does not hand on."""

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any, Final

from handlers.kit import FileThere, Heard

NO_CHAT: Final = "0"
_LONGEST_ID: Final = 80
_GROUP: Final = "GROUP"
_GROUP_CHAT: Final = "zgr-"
_TEXT: Final = "message.text.received"
_IMAGE: Final = "message.image.received"
_VOICE: Final = "message.voice.received"
_STICKER: Final = "message.sticker.received"
# whatever else the platform tells of one day asks for no answer
_MEANT_FOR_US: Final = frozenset(
    {
        _TEXT,
        _IMAGE,
        _VOICE,
        _STICKER,
        "message.unsupported.received",
        "message.link.received",
    }
)
_DIGITS_OF_A_NAME: Final = 2

Raw = Mapping[str, Any]


def unwrapped(raw: Raw) -> Raw:
    """Give the event itself: some are posted bare, some as the result of an answer."""
    result = raw.get("result")
    return result if "event_name" not in raw and isinstance(result, Mapping) else raw


def chat_of(raw: Raw) -> str:
    """Name the chat of an update; what belongs to none is kept together under NO_CHAT."""
    message = _mapping(unwrapped(raw).get("message"))
    return _id(_mapping(message.get("chat"))) or _id(_mapping(message.get("from"))) or NO_CHAT


def update_id(raw: Raw) -> str:
    """Name an update by its message, for updates have no number; raises ValueError for what is no update."""
    if not isinstance(raw, Mapping):
        raise ValueError("An update is an object.")  # noqa: TRY004 - what was posted to us is no update
    named = _mapping(unwrapped(raw).get("message")).get("message_id")
    if isinstance(named, str) and 0 < len(named) <= _LONGEST_ID:
        return named
    return sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def heard(raw: Raw, ours: Collection[str] = ()) -> Heard:
    """Understand an update; `ours` are the ids of our bots, whose own words come back.

    Raises ValueError, LookupError or TypeError where it is not as the platform describes it.
    """
    event = unwrapped(raw)
    kind, in_group = event.get("event_name"), is_group(chat_of(raw))
    if kind not in _MEANT_FOR_US:
        return Heard(event="nothing", in_group=in_group)
    message = _described(event["message"])
    sender, chat = _described(message["from"]), _described(message["chat"])
    in_group = in_group or chat.get("chat_type") == _GROUP
    if sender.get("is_bot") is True or _id(sender) in ours:
        return Heard(event="nothing", in_group=in_group)
    if kind == _TEXT:
        return _said(_words(message["text"]), in_group=in_group)
    if in_group:
        return Heard(event="nothing", in_group=True)
    if kind == _IMAGE:
        return Heard(text=_words(message.get("caption") or ""), files_there=(_picture(message),), one_by_one=True)
    if kind == _VOICE:
        return Heard(event="voice", files_there=_voice(message))
    return Heard(event="sticker" if kind == _STICKER else "no_files")


def is_group(chat: str) -> bool:
    """Tell groups by what their ids begin with."""
    return chat.startswith(_GROUP_CHAT)


def _said(text: str, *, in_group: bool) -> Heard:
    """Take words; in a group the platform hands on only what mentions the bot, or replies to it."""
    return Heard(text=_unmentioned(text), in_group=True) if in_group else Heard(text=text)


def _unmentioned(text: str) -> str:
    """Cut off the mention with which a message begins.

    The platform does not tell under which name people see a bot: the words that are written as names are go with it,
    and a small number behind them ("@Bot Đôn Đốc 2").
    """
    if not text.startswith("@"):
        return text
    words = text.split()[1:]
    while words and _is_of_a_name(words[0], is_last=len(words) == 1):
        words.pop(0)
    return " ".join(words)


def _is_of_a_name(word: str, *, is_last: bool) -> bool:
    return word[0].isupper() or (word.isdecimal() and len(word) <= _DIGITS_OF_A_NAME and not is_last)


def _picture(message: Raw) -> FileThere:
    url = message.get("photo_url") or message["photo"]
    return FileThere(_words(url), f"anh-{_words(message['message_id'])[-8:]}.jpg", "image/jpeg", 0)


def _voice(message: Raw) -> tuple[FileThere, ...]:
    """Give what was said aloud: raw ADTS AAC; nothing where the platform names no address."""
    url = message.get("voice_url")
    name = f"ghi-am-{_words(message['message_id'])[-8:]}.aac"
    return (FileThere(_words(url), name, "audio/aac", 0),) if url else ()


def _id(party: Raw) -> str:
    """Give the id of a chat or a person; "" for what can be none."""
    found = party.get("id")
    is_id = isinstance(found, str | int) and not isinstance(found, bool)
    return str(found) if is_id and 0 < len(str(found)) <= _LONGEST_ID else ""


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
