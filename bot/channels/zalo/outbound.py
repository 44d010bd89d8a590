"""From a message of ours to words that can be answered by typing: choices as numbered lines, files as links."""

import unicodedata
from typing import Final

from handlers.kit import Message

MOST_UNITS: Final = 1900
"""The platform takes 2,000; something is left for how it counts."""


def text_of(message: Message) -> str:
    """Write a message: what came of a closed card on top, then its lines, then its choices, each with its number."""
    result = (message.result,) if message.result else ()
    choices = tuple(label for label, _ in message.choices)
    return unicodedata.normalize("NFC", "\n".join((*result, *message.lines, *choices))) or "…"
