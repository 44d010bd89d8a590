"""What readers say to be measured: a plain command, a task looked up, a task acknowledged by a press."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.store import Store


@dataclass(frozen=True, slots=True)
class Saying:
    """One update: whose, as his place among the readers, and what the channel hears of it."""

    reader: int
    raw: Mapping[str, Any]


def plain(readers: int, count: int) -> list[Saying]:
    """Let readers in turn ask for help."""
    return [Saying(place % readers, {"text": "trogiup"}) for place in range(count)]


@dataclass(slots=True)
class Tasks:
    """The tasks of the readers, each looked up and acknowledged once; `readers` are the names of their chats."""

    readers: Sequence[str]
    _next: int = field(default=1)

    def looked_up(self, count: int) -> list[Saying]:
        """Let readers in turn ask for the next tasks that nobody has looked up."""
        said = [
            Saying(place % len(self.readers), {"text": f"nhiemvu {self._next + place // len(self.readers)}"})
            for place in range(count)
        ]
        self._next += -(-count // len(self.readers))
        return said

    def pressed(self, store: Store, mark: int) -> Iterator[Saying]:
        """Acknowledge every card that was shown since a mark."""
        places = {name: place for place, name in enumerate(self.readers)}
        for name, parcel, index in store.cards(mark):
            yield Saying(places[name], {"press": [parcel, index]})
