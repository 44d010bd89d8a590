"""How much one run does: the sizes of its rounds and the seconds after which no further round begins."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.figures import Reading

Measured = Callable[[], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The sizes of a run; `round_seconds` bound all rounds of the updates together, `courier_seconds` the courier,
    `send_seconds` the rounds on Telegram, each of `sends` messages and as many updates as any.

    `warming` updates of each kind go before the rounds and are not counted.
    """

    rounds: int
    updates: int
    warming: int
    readers: int
    round_seconds: float
    idle_seconds: float
    streams: int
    few: int
    many: int
    courier_seconds: float
    phrase_rounds: int
    sends: int
    send_seconds: float

    @property
    def tasks_each(self) -> int:
        """How many open tasks each reader's unit needs, so that every round and the warming find fresh ones."""
        return self.rounds * -(-self.updates // self.readers) - (-self.warming // self.readers)


FULL = Plan(
    rounds=7,
    updates=1500,
    warming=300,
    readers=300,
    round_seconds=900,
    idle_seconds=20,
    streams=50,
    few=300,
    many=30_000,
    courier_seconds=60,
    phrase_rounds=5,
    sends=5000,
    send_seconds=600,
)
QUICK = Plan(
    rounds=3,
    updates=150,
    warming=75,
    readers=75,
    round_seconds=40,
    idle_seconds=4,
    streams=50,
    few=300,
    many=30_000,
    courier_seconds=5,
    phrase_rounds=1,
    sends=1500,
    send_seconds=15,
)


def interleaved(
    series: Mapping[str, Measured], rounds: int, seconds: float, monotonic: Callable[[], float]
) -> Iterator[Reading]:
    """Measure every subject once a round, so that all stand under the same load.

    The first round is always whole; no further one begins that would, as the longest before it, end after `seconds`.
    """
    began, longest = monotonic(), 0.0
    for number in range(rounds):
        started = monotonic()
        if number and started - began + longest > seconds:
            return
        for subject, measured in series.items():
            for measure, value in measured().items():
                yield Reading(subject, measure, value, number)
        longest = max(longest, monotonic() - started)
