"""Zalo's side of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.page import Words
from tests.fakes.zalo.acting import act, chat_of
from tests.fakes.zalo.showing import showing
from tests.fakes.zalo.world import World


@dataclass(frozen=True, slots=True)
class ZaloSide:
    """A Zalo, as the page shows it and acts in it."""

    world: World
    platform: str = "Zalo"

    @property
    def complaints(self) -> Words:
        """The sentences for what cannot be done, by what was to be done."""
        return {}

    def showing(self) -> dict[str, Any]:
        """Give everything that the page shows."""
        return showing(self.world)

    def act(self, words: Words, files: Sequence[web.FileField]) -> None:
        """Do one thing; raises AssertionError, LookupError or ValueError for what Zalo would not let anybody do."""
        act(self.world, words, files)

    def file(self, chat: str, message: str) -> tuple[bytes, str] | None:
        """Give the content and the media type of what a message shows."""
        found = next((shown for shown in chat_of(self.world, chat).messages if shown.id == message), None)
        if found is None or not found.content:
            return None
        stored = self.world.media.shown(found.url)
        return found.content, stored.media if stored else "image/jpeg"
