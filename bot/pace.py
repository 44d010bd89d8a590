"""How fast a lane may send: what its token allows, what one chat bears, and when the provider asks to wait."""

from dataclasses import dataclass, field
from typing import Final

from bot.timepiece import Clock

_UNLIMITED: Final = 1_000
# so many failures in a row mean that the provider is out of reach, not that one message is bad
_OUT_OF_REACH: Final = 3
_LONGEST_PAUSE: Final = 60.0


@dataclass(slots=True)
class Pace:
    """The limiter of one lane; it lives in the one process that holds the lane, in real time.

    `rate` is messages a second for the whole lane (None: no limit), a tenth of a second's worth may go at once;
    `chat_seconds` lie between two messages to one chat.
    """

    clock: Clock
    rate: float | None = None
    chat_seconds: float = 0.0
    _tokens: float = field(default=0.0, init=False)
    _filled_at: float = field(default=0.0, init=False)
    _waits_until: float = field(default=0.0, init=False)
    _failures: int = field(default=0, init=False)
    _chats: dict[int, float] = field(default_factory=dict, init=False)

    def allowance(self) -> int:
        """Count the messages that may leave now; while the provider is out of reach, one now and then tries."""
        now = self.clock.monotonic()
        if now < self._waits_until:
            return 0
        most = 1 if self._failures >= _OUT_OF_REACH else _UNLIMITED
        if self.rate is None:
            return most
        burst = max(1.0, self.rate / 10)
        self._tokens = min(burst, self._tokens + (now - self._filled_at) * self.rate)
        self._filled_at = now
        return min(most, int(self._tokens))

    def resting(self) -> frozenset[int]:
        """Name the chats that must not be sent to yet."""
        now = self.clock.monotonic()
        self._chats = {chat: until for chat, until in self._chats.items() if until > now}
        return frozenset(self._chats)

    def leaves(self, chat_id: int) -> None:
        """Note that a message leaves now."""
        self._tokens -= 1
        if self.chat_seconds:
            self.wait_for_chat(chat_id, self.chat_seconds)

    def wait(self, seconds: float) -> None:
        """Send nothing on this lane for so many seconds."""
        self._waits_until = max(self._waits_until, self.clock.monotonic() + seconds)

    def wait_for_chat(self, chat_id: int, seconds: float) -> None:
        """Send nothing to this chat for so many seconds."""
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), self.clock.monotonic() + seconds)

    def reached(self) -> None:
        """Note that the provider answered."""
        self._failures = 0

    def missed(self) -> None:
        """Note that the provider could not be reached; after three in a row the lane rests, longer each time."""
        self._failures += 1
        if self._failures >= _OUT_OF_REACH:
            self.wait(min(_LONGEST_PAUSE, 2.0 ** (self._failures - _OUT_OF_REACH)))
