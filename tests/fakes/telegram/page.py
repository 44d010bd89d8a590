"""Telegram's side of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from tests.fakes.page import Words
from tests.fakes.telegram.acting import act, chat_of
from tests.fakes.telegram.showing import showing
from tests.fakes.telegram.world import World

_COMPLAINTS: Final = {"starts": "Mã mời chỉ gồm từ 1 đến 64 ký tự A-Z, a-z, 0-9, gạch dưới và gạch nối."}


@dataclass(frozen=True, slots=True)
class TelegramSide:
    """A Telegram, as the page shows it and acts in it."""

    world: World
    platform: str = "Telegram"

    @property
    def complaints(self) -> Words:
        """The sentences for what cannot be done, by what was to be done."""
        return _COMPLAINTS

    def showing(self) -> dict[str, Any]:
        """Give everything that the page shows."""
        return showing(self.world)

    def act(self, words: Words, files: Sequence[web.FileField]) -> None:
        """Do one thing; raises AssertionError, LookupError or ValueError for what Telegram would not let anybody do."""
        act(self.world, words, files)

    def file(self, chat: str, message: str) -> tuple[bytes, str] | None:
        """Give the content and the media type of a file that a message shows."""
        raw = chat_of(self.world, chat).messages[int(message)].raw
        file_id = raw["photo"][-1]["file_id"] if "photo" in raw else raw.get("document", {}).get("file_id", "")
        stored = self.world.bot.cabinet.stored.get(file_id)
        return None if stored is None else (stored.content, stored.media)
