"""How much Telegram lets a bot send: sliding windows for the token, for a private chat and for a group."""

import math
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

# (messages, seconds): what is asked of a token, of a person's chat (a message a second, bursts of four) and of a group
TOKEN: Final = ((30, 1.0),)
PRIVATE: Final = ((4, 1.0), (13, 10.0))
GROUP: Final = ((20, 60.0),)

_SMALL: Final = 100_000
_UPLOAD_SECONDS: Final = 0.5
_AHEAD_SECONDS: Final = 5.0
_UPLOAD_WAIT: Final = 60
_HAIR: Final = 1e-6  # seconds; moments are floats

Windows = Sequence[tuple[int, float]]


@dataclass(slots=True)
class Limits:
    """Counts what was sent; a refused message does not count, but until the wait named is over all are refused."""

    monotonic: Callable[[], float]
    token: Windows = TOKEN
    private: Windows = PRIVATE
    group: Windows = GROUP
    refused: int = 0
    _uploads: dict[tuple[str, int], float] = field(default_factory=dict)
    _sent: dict[Hashable, deque[float]] = field(default_factory=dict)
    _closed: dict[Hashable, float] = field(default_factory=dict)

    def take(self, bot: str, chat: int) -> int | None:
        """Count one message, or give the seconds to wait."""
        now = self.monotonic()
        scopes = [((bot,), self.token), ((bot, chat), self.private if chat > 0 else self.group)]
        waits = [self._wait(key, windows, now) for key, windows in scopes]
        if any(waits):
            self.refused += 1
            for (key, _), wait in zip(scopes, waits, strict=True):
                if wait and now >= self._closed.get(key, 0.0):
                    self._closed[key] = now + wait
            return max(waits)
        for key, _ in scopes:
            self._sent[key].append(now)
        return None

    def take_upload(self, bot: str, size: int) -> int | None:
        """Count an upload, or give the seconds to wait: those over 100 kB of one size must lie half a second apart.

        The server delays them so; here none is delayed, but who is five seconds ahead is refused as there.
        """
        if size <= _SMALL:
            return None
        now = self.monotonic()
        due = max(now, self._uploads.get((bot, size), 0.0)) + _UPLOAD_SECONDS
        if due - now > _AHEAD_SECONDS:
            self.refused += 1
            return _UPLOAD_WAIT
        self._uploads[bot, size] = due
        return None

    def worst(self, seconds: float, chat: int | None = None) -> int:
        """Count the most messages that any such span saw, of one chat or of all."""
        keys = [key for key in self._sent if isinstance(key, tuple) and (key[1:] == (() if chat is None else (chat,)))]
        return max((_most(self._sent[key], seconds) for key in keys), default=0)

    def _wait(self, key: Hashable, windows: Windows, now: float) -> int:
        sent = self._sent.setdefault(key, deque())
        waits = [self._closed.get(key, 0.0) - now]
        for most, seconds in windows:
            if len(sent) >= most:
                waits.append(sent[-most] + seconds - now)
        return max(0, math.ceil(max(waits) - _HAIR))


def _most(moments: Sequence[float], seconds: float) -> int:
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
