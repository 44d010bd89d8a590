"""How often one address may try a code: guessing twelve digits must stay hopeless, an office behind one address not."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

_MOST: Final = 30
_SPAN: Final = timedelta(hours=1)
_ADDRESSES: Final = 10_000


@dataclass(slots=True)
class Tries:
    """Counts wrong codes of each address within the last hour; the oldest addresses are forgotten first."""

    _wrong: OrderedDict[str, list[datetime]] = field(default_factory=OrderedDict)

    def may_try(self, address: str, now: datetime) -> bool:
        """Tell whether an address has tries left; `now` is real time."""
        recent = [moment for moment in self._wrong.get(address, ()) if moment > now - _SPAN]
        return len(recent) < _MOST

    def count(self, address: str, now: datetime) -> None:
        """Count a wrong code."""
        recent = [moment for moment in self._wrong.pop(address, ()) if moment > now - _SPAN]
        self._wrong[address] = [*recent, now]
        if len(self._wrong) > _ADDRESSES:
            self._wrong.popitem(last=False)
