"""The store of files: each kept once under the digest of its bytes, in a local or mounted folder.

A file is written before the row that names it, so that a row never names a missing file; what no row names is swept.
"""

import asyncio
import hashlib
import os
import re
import unicodedata
from collections.abc import AsyncIterable, AsyncIterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from documents.limits import MEGABYTE
from models.rules.text import Refusal, t

MOST = 20 * MEGABYTE
GRACE = timedelta(hours=1)
_CHUNK = 256 * 1024
_INCOMING = ".incoming"
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAME, _ENDING = 120, 16  # characters
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)

Source = bytes | Path | AsyncIterable[bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store: what the caller writes into its row."""

    sha256: str
    size: int
    name: str
    media: str


class FileStore:
    """The folder of kept files, `root/ab/abcdef…`; what is being written lies in `root/.incoming`."""

    def __init__(self, root: Path, most: int = MOST) -> None:
        self._root = root
        self._most = most

    async def keep(self, source: Source, name: str, media: str = "application/octet-stream") -> Kept:
        """Keep the bytes, durably, and give what identifies them; the same bytes are kept once.

        Raises Refusal as soon as the source has given more than the store takes.
        """
        called = safe_name(name)
        digest = hashlib.sha256()
        size = 0
        incoming = self._root / _INCOMING
        with await asyncio.to_thread(_begin, incoming) as file:
            written = Path(file.name)
            try:
                async for chunk in _chunks(source):
                    size += len(chunk)
                    if size > self._most:
                        raise self._too_large(called)
                    digest.update(chunk)
                    await asyncio.to_thread(file.write, chunk)
                await asyncio.to_thread(_settle, file, self.path(digest.hexdigest()))
            finally:
                await asyncio.to_thread(written.unlink, missing_ok=True)
        return Kept(digest.hexdigest(), size, called, media)

    def path(self, sha256: str) -> Path:
        """Give the place of a kept file; raises ValueError for what is no digest."""
        if not _DIGEST.fullmatch(sha256):
            message = "a file is known by the 64 hexadecimal digits of its SHA-256"
            raise ValueError(message)
        return self._root / sha256[:2] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """Open a kept file for reading; raises FileNotFoundError if it is gone."""
        return self.path(sha256).open("rb")

    async def sweep(self, known: AbstractSet[str], now: datetime) -> int:
        """Remove what no row names and nobody has written for an hour; give how many files went.

        `now` is the real time, aware: files bear real times, whatever the council's clock says.
        """
        return await asyncio.to_thread(self._sweep, known, now - GRACE)

    def _sweep(self, known: AbstractSet[str], before: datetime) -> int:
        removed = 0
        for file in self._root.glob("*/*"):
            if file.name not in known and datetime.fromtimestamp(file.stat().st_mtime, UTC) < before:
                file.unlink(missing_ok=True)
                removed += 1
        return removed

    def _too_large(self, name: str) -> Refusal:
        limit = self._most // MEGABYTE
        return Refusal(
            t(
                "The file {name} is larger than the {limit} MB that are kept; send a smaller one.",
                name=name,
                limit=limit,
            )
        )


def safe_name(name: str) -> str:
    """Give a file name that is safe on any system and shows what it is: no path, no control or direction marks."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])).strip(" .")
    plain = _RESERVED.sub(r"_\1", plain)
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _ENDING:
        return plain[:_NAME].strip(" .") or "file"
    return f"{stem[: _NAME - len(ending) - 1].strip(' .') or 'file'}.{ending}"


async def _chunks(source: Source) -> AsyncIterator[bytes]:
    if isinstance(source, bytes):
        yield source
    elif isinstance(source, Path):
        with await asyncio.to_thread(source.open, "rb") as file:
            while chunk := await asyncio.to_thread(file.read, _CHUNK):
                yield chunk
    else:
        async for chunk in source:
            yield chunk


def _begin(incoming: Path) -> IO[bytes]:
    incoming.mkdir(parents=True, exist_ok=True)
    return NamedTemporaryFile(dir=incoming, delete=False)


def _settle(file: IO[bytes], place: Path) -> None:
    """Put the written file in its place: bytes first, then the name, each on the disk before the next.

    Bytes that are kept already are written anew, so that a sweep spares them until their new row is written.
    """
    file.flush()
    os.fsync(file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True)
    Path(file.name).replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
