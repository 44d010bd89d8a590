"""The files that a bot can name: kept by file id, which holds for one token only, and fetched by links that expire."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from tests.fakes.pictures import image_size
from tests.fakes.telegram.calls import Upload, bad_request

MEBIBYTE: Final = 1024 * 1024
LARGEST_UPLOAD: Final = 50 * MEBIBYTE
LARGEST_DOWNLOAD: Final = 20 * MEBIBYTE
LARGEST_PHOTO: Final = 10 * MEBIBYTE
LINK_SECONDS: Final = 3600
_FOLDERS: Final[Mapping[str, str]] = {
    "Document": "documents",
    "Photo": "photos",
    "Voice": "voice",
    "Sticker": "stickers",
}
_PHOTO_SIZES: Final = (90, 320, 800, 1280)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file on Telegram's servers."""

    kind: str
    name: str
    media: str
    content: bytes
    unique: str
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class Cabinet:
    """The files of one bot."""

    bot_id: int
    stored: dict[str, Stored] = field(default_factory=dict)
    links: dict[str, tuple[str, float]] = field(default_factory=dict)

    def keep(self, kind: str, upload: Upload) -> str:
        """Take a file in and give its id."""
        width, height = _photo_size(upload.content) if kind == "Photo" else (0, 0)
        return self._add(kind, upload, width, height)

    def find(self, file_id: str, kind: str) -> Stored:
        """Find a file that is to be sent as this kind."""
        stored = self.stored.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind} as {kind}")
        return stored

    def document(self, file_id: str) -> dict[str, Any]:
        """Show a document as a message does."""
        stored = self.stored[file_id]
        return {
            "file_name": stored.name,
            "mime_type": stored.media,
            "file_id": file_id,
            "file_unique_id": stored.unique,
            "file_size": len(stored.content),
        }

    def photo(self, file_id: str) -> list[dict[str, Any]]:
        """Show a photo as a message does: in growing sizes, the last as it was sent."""
        stored = self.stored[file_id]
        longest = max(stored.width, stored.height)
        sizes = [self._smaller(stored, most) for most in _PHOTO_SIZES if most < longest]
        return [*sizes, self._size(file_id, stored)]

    def link(self, file_id: str, now: float) -> dict[str, Any]:
        """Make a link by which a file can be fetched for an hour."""
        stored = self.stored.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        shown = {"file_id": file_id, "file_unique_id": stored.unique, "file_size": len(stored.content)}
        if len(stored.content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        folder = _FOLDERS.get(stored.kind, "files")
        place = list(self.stored).index(file_id)
        path = f"{folder}/file_{place}{PurePosixPath(stored.name).suffix.lower()}"
        self.links[path] = (file_id, now + LINK_SECONDS)
        return {**shown, "file_path": path}

    def fetched(self, path: str, now: float) -> Stored | None:
        """Give the file behind a link, while the link is good."""
        file_id, until = self.links.get(path, ("", 0.0))
        return self.stored[file_id] if now < until else None

    def _add(self, kind: str, upload: Upload, width: int, height: int) -> str:
        digest = hashlib.sha256(b"|".join((kind.encode(), upload.name.encode(), upload.content)))
        unique = base64.urlsafe_b64encode(digest.digest()[:11]).decode().rstrip("=")
        seal = hashlib.sha256(f"{self.bot_id}:{len(self.stored)}:{unique}".encode()).digest()
        file_id = "BQAC" + base64.urlsafe_b64encode(seal + digest.digest()[:16]).decode().rstrip("=")
        self.stored[file_id] = Stored(kind, upload.name, upload.media, upload.content, unique, width, height)
        return file_id

    def _smaller(self, stored: Stored, most: int) -> dict[str, Any]:
        width, height = _within(stored.width, stored.height, most)
        upload = Upload(f"{most}-{stored.name}", "image/jpeg", stored.content[: max(1, len(stored.content) // 4)])
        file_id = self._add("Photo", upload, width, height)
        return self._size(file_id, self.stored[file_id])

    def _size(self, file_id: str, stored: Stored) -> dict[str, Any]:
        return {
            "file_id": file_id,
            "file_unique_id": stored.unique,
            "file_size": len(stored.content),
            "width": stored.width,
            "height": stored.height,
        }


def check_upload(kind: str, upload: Upload) -> None:
    """Refuse what the server would refuse."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "Photo" and len(upload.content) > LARGEST_PHOTO:
        size = len(upload.content)
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
        )


def _photo_size(content: bytes) -> tuple[int, int]:
    """Read how large a photo is, or refuse it as the server would."""
    width, height = image_size(content)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _within(width: int, height: int, most: int) -> tuple[int, int]:
    longest = max(width, height)
    return max(1, width * most // longest), max(1, height * most // longest)
