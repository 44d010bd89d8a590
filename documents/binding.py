"""Photos of pages bound into one PDF: each as it came, nothing of it decoded or made worse; in a worker process.

A photo in JPEG is a page as it stands (ISO 32000-1, 7.4.8); how the telephone was held (EXIF) turns the page.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PDF: Final = "application/pdf"
_LONG_SIDE: Final = 842  # points: that of A4
_MARK, _START, _APP1, _SCAN = 0xFF, 0xD8, 0xE1, 0xDA
# what describes the picture: baseline and progressive, by Huffman's codes, which every reader of PDF knows
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
_COLOURS: Final = {1: "/DeviceGray", 3: "/DeviceRGB"}
_TURNS: Final = {3: 180, 6: 90, 8: 270}
_ORIENTATION: Final = 0x0112


@dataclass(frozen=True, slots=True)
class _Photo:
    """A JPEG: its size in points of the picture, its colour space in PDF, how far the page is turned (degrees)."""

    content: bytes
    width: int
    height: int
    colours: str
    turn: int


def bind(first: Path, _name: str, rest: Sequence[Path], to: Path) -> bool:
    """Write photos as the pages of one PDF, in order; False, and nothing written, where one of them is no JPEG."""
    photos = [_photo(path.read_bytes()) for path in (first, *rest)]
    found = [photo for photo in photos if photo is not None]
    if len(found) < len(photos):
        return False
    to.write_bytes(_document(list(_objects(found))))
    return True


def _photo(content: bytes) -> _Photo | None:
    """Read what a PDF must know of a JPEG; None for anything else, or what is torn."""
    turn = 0
    try:
        for marker, segment in _segments(content):
            if marker == _APP1 and segment.startswith(b"Exif\0\0"):
                turn = _TURNS.get(_orientation(segment[6:]), 0)
            if marker in _FRAMES:
                _, height, width, parts = struct.unpack_from(">BHHB", segment)
                colours = _COLOURS.get(parts)
                return _Photo(content, width, height, colours, turn) if colours and width and height else None
    except struct.error:
        return None
    return None


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the segments before the picture itself; raises struct.error for what is torn."""
    at = 2 if content[:2] == bytes((_MARK, _START)) else len(content)
    while at < len(content):
        mark, marker, length = struct.unpack_from(">BBH", content, at)
        if mark != _MARK or marker == _SCAN:
            return
        yield marker, content[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _orientation(exif: bytes) -> int:
    """Read how the telephone was held: 1 upright; raises struct.error for what is torn."""
    order = "<" if exif[:2] == b"II" else ">"
    (directory,) = struct.unpack_from(f"{order}I", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, directory)
    for at in range(directory + 2, directory + 2 + 12 * count, 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, at)
        if tag == _ORIENTATION:
            return int(value)
    return 1


def _objects(photos: Sequence[_Photo]) -> Iterator[bytes]:
    """Give the objects of a PDF, numbered from 1: the catalogue, the list of pages, then three for each page."""
    pages = " ".join(f"{3 + 3 * at} 0 R" for at in range(len(photos)))
    yield b"<< /Type /Catalog /Pages 2 0 R >>"
    yield f"<< /Type /Pages /Count {len(photos)} /Kids [{pages}] >>".encode()
    for at, photo in enumerate(photos):
        scale = _LONG_SIDE / max(photo.width, photo.height)
        width, height = f"{photo.width * scale:.2f}", f"{photo.height * scale:.2f}"
        picture, words = 4 + 3 * at, 5 + 3 * at
        yield (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {photo.turn} "
            f"/Resources << /XObject << /P {picture} 0 R >> >> /Contents {words} 0 R >>"
        ).encode()
        yield _stream(
            f"/Type /XObject /Subtype /Image /Width {photo.width} /Height {photo.height} "
            f"/ColorSpace {photo.colours} /BitsPerComponent 8 /Filter /DCTDecode",
            photo.content,
        )
        yield _stream("", f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode())


def _stream(entries: str, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(content), content)


def _document(objects: Sequence[bytes]) -> bytes:
    """Put the objects one after the other, with the table that says where each begins."""
    written, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(objects) + 1, len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(written)
