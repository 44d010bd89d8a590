"""How fast a lane may send: what its token allows, what one chat bears, and when the provider asks to wait."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.reserve import Reserve
from bot.timepiece import Clock

_UNLIMITED: Final = 1_000
# so many failures in a row mean that the provider is out of reach, not that one message is bad
_OUT_OF_REACH: Final = 3
_LONGEST_PAUSE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What one chat bears: a message each `seconds` in the long run, `burst` at once after a rest."""

    seconds: float = 0.0
    burst: int = 1


@dataclass(slots=True)
class Pace:
    """The limiter of one lane; it lives in the one process that holds the lane, in real time.

    `rate` is messages a second for the whole lane (None: no limit), a tenth of a second's worth may go at once;
    `private` and `group` are what a chat with one person and a group bear; `reserve` is of a token whose messages are
    counted by the month.
    """

    clock: Clock
    rate: float | None = None
    private: Rhythm = field(default_factory=Rhythm)
    group: Rhythm = field(default_factory=Rhythm)
    reserve: Reserve | None = None
    _tokens: float = field(default=0.0, init=False)
    _filled_at: float = field(default=0.0, init=False)
    _waits_until: float = field(default=0.0, init=False)
    _failures: int = field(default=0, init=False)
    # until when a chat rests; when what it was sent will be borne, counted message by message
    _resting: dict[int, float] = field(default_factory=dict, init=False)
    _borne: dict[int, float] = field(default_factory=dict, init=False)

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

    async def keeps_back(self, now: datetime) -> bool:
        """Tell whether what can wait has to at business time `now`, for the last of the month is kept for the rest."""
        return self.reserve is not None and await self.reserve.is_reached(now)

    def resting(self) -> frozenset[int]:
        """Name the chats that must not be sent to yet."""
        now = self.clock.monotonic()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        self._borne = {chat: at for chat, at in self._borne.items() if at > now}
        return frozenset(self._resting)

    def leaves(self, chat_id: int, *, to_group: bool = False) -> None:
        """Note that a message leaves now."""
        self._tokens -= 1
        if self.reserve is not None:
            self.reserve.counts()
        rhythm = self.group if to_group else self.private
        if not rhythm.seconds:
            return
        now = self.clock.monotonic()
        borne = max(self._borne.get(chat_id, now), now) + rhythm.seconds
        self._borne[chat_id] = borne
        if (rests_until := borne - (rhythm.burst - 1) * rhythm.seconds) > now:
            self.wait_for_chat(chat_id, rests_until - now)

    def asked_to_wait(self, chat_id: int, seconds: float, *, whole_lane: bool | None, to_group: bool = False) -> bool:
        """Obey a provider that asks to wait, and tell whether the whole lane rests.

        Where the provider does not say for whom, it is for the chat if that is a group or was sent to in a burst, and
        for the token otherwise: of a chat in its rhythm nobody complains.
        """
        if whole_lane is None:
            whole_lane = not to_group and self._is_in_rhythm(chat_id)
        if whole_lane:
            self.wait(seconds)
        else:
            self.wait_for_chat(chat_id, seconds)
        return whole_lane

    def _is_in_rhythm(self, chat_id: int) -> bool:
        return self._borne.get(chat_id, 0.0) - self.clock.monotonic() <= self.private.seconds

    def wait(self, seconds: float) -> None:
        """Send nothing on this lane for so many seconds."""
        self._waits_until = max(self._waits_until, self.clock.monotonic() + seconds)

    def wait_for_chat(self, chat_id: int, seconds: float) -> None:
        """Send nothing to this chat for so many seconds."""
        self._resting[chat_id] = max(self._resting.get(chat_id, 0.0), self.clock.monotonic() + seconds)

    def reached(self) -> None:
        """Note that the provider answered."""
        self._failures = 0

    def missed(self) -> None:
        """Note that the provider could not be reached; after three in a row the lane rests, longer each time."""
        self._failures += 1
        if self._failures >= _OUT_OF_REACH:
            self.wait(min(_LONGEST_PAUSE, 2.0 ** (self._failures - _OUT_OF_REACH)))
