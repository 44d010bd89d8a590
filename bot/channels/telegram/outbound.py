"""From a message of ours to the parameters of a call: HTML escaped, buttons in rows."""

from html import escape
from typing import Any, Final

from handlers.kit import Message

# two labels of this length stand side by side on a narrow phone
_SHORT: Final = 16
# the server takes no more buttons in one keyboard
_MOST_BUTTONS: Final = 100
_NO_PREVIEW: Final = {"is_disabled": True}


def html_of(message: Message) -> str:
    """Write a message in Telegram's HTML: what came of a closed card on top, the first line of a card in bold."""
    lines = [escape(line, quote=False) for line in message.lines]
    if message.card and lines and lines[0].strip():
        first, *rest = lines[0].split("\n")
        lines[0] = "\n".join((f"<b>{first}</b>", *rest))
    result = [f"<b>{escape(message.result, quote=False)}</b>"] if message.result else []
    return "\n".join((*result, *lines))


def text_of(message: Message) -> dict[str, Any]:
    """Give what a message of words is called with."""
    return {
        "text": html_of(message) or "…",
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
        **keyboard(message),
    }


def caption_of(message: Message) -> dict[str, Any]:
    """Give what a message that is a file is called with, besides the file."""
    return {"caption": html_of(message), "parse_mode": "HTML", **keyboard(message)}


def keyboard(message: Message) -> dict[str, Any]:
    """Lay out the buttons, two in a row where both are short; where there are none, an edit takes those of before away.

    A button carries the parcel that shows it and its place there, and nothing else.
    """
    rows: list[list[dict[str, str]]] = []
    half_full = False
    for index, (label, _) in enumerate(message.choices[:_MOST_BUTTONS]):
        button = {"text": label, "callback_data": f"{message.parcel_id}:{index}"}
        if half_full and len(label) <= _SHORT:
            rows[-1].append(button)
            half_full = False
        else:
            rows.append([button])
            half_full = len(label) <= _SHORT
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def length_of(message: Message) -> int:
    """Count the words of a message as the server does: in UTF-16 units, without tags."""
    return len("\n".join((message.result, *message.lines)).encode("utf-16-le")) // 2
