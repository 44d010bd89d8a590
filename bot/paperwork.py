"""Files made for somebody: written in his language by a thread of its own, kept before the row that names them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.i18n import Catalogues
from documents.files import FileStore, Kept
from handlers.kit import Making


@dataclass(frozen=True, slots=True)
class Paperwork:
    """Makes files and keeps them; one that no row comes to name is swept."""

    files: FileStore
    catalogues: Catalogues
    zone: ZoneInfo

    async def made(self, make: Making, name: str, media: str, locale: str) -> Kept:
        """Have a file written to a path of its own and keep it under this name."""
        speech = self.catalogues.speech(locale, self.zone)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "made"
            await asyncio.to_thread(make, path, speech.say)
            return await self.files.keep(path, name, media)
