"""Pictures and voices at public addresses, which are good for a while."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.timepiece import Clock
from tests.fakes.pictures import image_kind
from tests.fakes.zalo.habits import Habits
from tests.fakes.zalo.ids import opaque


@dataclass(frozen=True, slots=True)
class Stored:
    """What lies at an address; `until` is a reading of the clock's real seconds."""

    content: bytes
    media: str
    until: float


@dataclass(slots=True)
class Media:
    """What people sent; `address` gives where the server listens."""

    clock: Clock
    habits: Habits
    address: Callable[[], str]
    stored: dict[str, Stored] = field(default_factory=dict)

    def keep(self, content: bytes, media: str = "") -> str:
        """Take something in and give its address."""
        kind = media or image_kind(content)
        path = f"/media/{opaque(len(self.stored), content)}.{kind.partition('/')[2]}"
        self.stored[path] = Stored(content, kind, self.clock.monotonic() + self.habits.media_seconds)
        return f"{self.address()}{path}"

    def fetched(self, path: str) -> Stored | None:
        """Give what lies at a path, while its address is good."""
        stored = self.stored.get(path)
        return stored if stored is not None and self.clock.monotonic() < stored.until else None

    def shown(self, url: str) -> Stored | None:
        """Give what an address of ours holds, as a telephone has kept it, whether the address is still good or not."""
        return self.stored.get(urlsplit(url).path) if url.startswith(self.address()) else None
