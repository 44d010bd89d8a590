"""The ids that Zalo gives: opaque words of 20 hexadecimal digits, the same in each run."""

import hashlib
import re
from typing import Final

_CHAT: Final = re.compile(r"[0-9a-f]{20}|zgr-[0-9a-f]{16}")


def opaque(*what: object) -> str:
    """Give the id of something: of a person at a bot, of a message."""
    return hashlib.sha256("|".join(map(str, what)).encode()).hexdigest()[:20]


def group_id(*what: object) -> str:
    """Give the id of a group."""
    return f"zgr-{opaque('group', *what)[:16]}"


def is_chat(name: str) -> bool:
    """Tell whether this can be a chat's id at all."""
    return _CHAT.fullmatch(name) is not None
