"""The keyboards under messages, held to what the server takes."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from tests.fakes.telegram.calls import Call, bad_request

_MOST_BUTTONS: Final = 100
_MOST_IN_A_ROW: Final = 8
_MOST_DATA: Final = 64
_KINDS: Final = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
_HOST: Final = re.compile(r"(?:(?:[\w-]+\.)+[^\W\d]{2,}|(?:\d{1,3}\.){3}\d{1,3})$")


def keyboard(call: Call) -> dict[str, Any]:
    """Give what a message shows of its keyboard: only buttons inside the message, {} without."""
    markup = call.object("reply_markup")
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return {}
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse inline keyboard: Field "inline_keyboard" must be an Array of Arrays')
    rows = [row for row in rows if row]
    for button in [button for row in rows for button in row]:
        _check(button)
    if sum(map(len, rows)) > _MOST_BUTTONS or any(len(row) > _MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    kinds = _KINDS.intersection(button)
    if not kinds:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 0 < len(button["callback_data"].encode()) <= _MOST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_link(button["url"])


def _check_link(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme == "tg":
        return
    if parts.scheme not in {"http", "https"} or not _HOST.match(parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
