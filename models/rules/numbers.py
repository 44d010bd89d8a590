"""Numbers in place of buttons: runs of 1 to 99, handed out in a ring, and typed by themselves."""

import re
from dataclasses import dataclass
from typing import Final

LAST_NUMBER: Final = 99
_TYPED: Final = re.compile(r"\s*(?:chọn|chon|số|so)?\s*([0-9]{1,5})\s*[.]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """The numbers of one message's choices, from `first`, `count` of them."""

    first: int
    count: int

    @property
    def last(self) -> int:
        """The number of the last choice."""
        return self.first + self.count - 1

    def meets(self, other: "Run") -> bool:
        """Tell whether a number would have two meanings."""
        return self.first <= other.last and other.first <= self.last

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last


def following(latest: Run | None, count: int) -> Run:
    """Give the run after the latest one, from 1 again where fewer than `count` numbers are left up to 99.

    So a number gets a new meaning as late as possible. Raises ValueError for no choice or more than 99.
    """
    if not 1 <= count <= LAST_NUMBER:
        raise ValueError(f"A menu has 1 to {LAST_NUMBER} choices, not {count}.")
    after = Run(latest.last + 1 if latest else 1, count)
    return after if after.last <= LAST_NUMBER else Run(1, count)


def typed_number(text: str) -> int | None:
    """Give the number that a message is, and nothing else: "2", "2.", "chọn 2"; None for "2 người đi"."""
    found = _TYPED.fullmatch(text)
    return int(found[1]) if found is not None else None
