"""What a picture says of itself."""

import struct
from typing import Final

_JPEG_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3})


def image_size(content: bytes) -> tuple[int, int]:
    """Read width and height of a PNG, GIF or JPEG; (0, 0) of anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content[:6] in {b"GIF87a", b"GIF89a"} and len(content) > 10:
        width, height = struct.unpack("<HH", content[6:10])
    else:
        width, height = _jpeg_size(content)
    return width, height


def image_kind(content: bytes) -> str:
    """Give the media type of a picture by how it begins."""
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return "image/gif" if content.startswith(b"GIF8") else "image/jpeg"


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2 if content.startswith(b"\xff\xd8") else len(content)
    while at + 9 < len(content) and content[at] == 0xFF:
        if content[at + 1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return 0, 0
