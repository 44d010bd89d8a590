"""Identities of our own: 64-bit integers that grow with time, so that no engine has to hand out numbers."""

import random
import threading
import time

_EPOCH_MS = 1_577_836_800_000
_LARGEST = (1 << 63) - 1
_DIGITS = 19
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """Give an id larger than any this process gave before: 41 bits of milliseconds since 2020, 22 bits of chance."""
    return reserve_ids(1) + 1


def read_id(text: str) -> int | None:
    """Read an id as a page or a cursor names it; None for what no row can bear."""
    if not text.isascii() or not text.isdecimal() or len(text) > _DIGITS or int(text) > _LARGEST:
        return None
    return int(text)


def bearable(number: int) -> bool:
    """Tell whether a row can bear a number, as what people type may be any."""
    return abs(number) <= _LARGEST


def reserve_ids(count: int) -> int:
    """Set `count` ids aside for rows that one statement inserts; they are the answer + 1 … the answer + count."""
    global _last  # noqa: PLW0603 - one series of ids a process
    with _lock:
        fresh = (int(time.time() * 1000) - _EPOCH_MS) << 22 | random.getrandbits(22)
        before = max(fresh, _last)
        _last = before + count
        return before
