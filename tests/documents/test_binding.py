"""Photos become the pages of one PDF: in order, unaltered, turned as the telephone was held."""

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.binding import bind


def jpeg(width: int, height: int, *, held: int = 1, parts: int = 3, mark: bytes = b"") -> bytes:
    """Make the head of a JPEG, and some bytes in place of a picture; telephones write numbers in either order."""
    order, mark_of_order = ("<", b"II*\0") if held % 2 else (">", b"MM\0*")
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, held, 0)
    exif = b"Exif\0\0" + mark_of_order + struct.pack(f"{order}IH", 8, 1) + entry + bytes(4)
    frame = struct.pack(">BHHB", 8, height, width, parts) + bytes(3 * parts)
    segments = (
        b"\xff" + bytes((marker,)) + struct.pack(">H", len(segment) + 2) + segment
        for marker, segment in ((0xE1, exif), (0xDB, bytes(65)), (0xC0, frame), (0xDA, bytes(6)))
    )
    return b"\xff\xd8" + b"".join(segments) + mark + b"\xff\xd9"


def bound(folder: Path, *photos: bytes) -> bytes | None:
    paths = [folder / str(place) for place in range(len(photos))]
    for path, photo in zip(paths, photos, strict=True):
        path.write_bytes(photo)
    done = bind(paths[0], "anh.jpg", paths[1:], folder / "made")
    return (folder / "made").read_bytes() if done else None


def objects(document: bytes) -> list[bytes]:
    """Read the objects of a PDF by its table, as a reader does."""
    start = int(document.rsplit(b"startxref\n", 1)[1].split()[0])
    places = [int(line[:10]) for line in document[start:].split(b"\n")[3:] if line.endswith(b" n ")]
    for number, place in enumerate(places, 1):
        assert document[place:].startswith(b"%d 0 obj\n" % number)
    return [document[place:].split(b" obj\n", 1)[1].split(b"\nendobj\n", 1)[0] for place in places]


def test_each_photo_is_a_page_as_it_came(tmp_path: Path) -> None:
    first, second = jpeg(3000, 4000, mark=b"mot"), jpeg(4000, 3000, parts=1, held=6, mark=b"hai")
    document = bound(tmp_path, first, second)
    assert document is not None
    _, pages, page, picture, _, turned, grey, _ = objects(document)
    assert pages == b"<< /Type /Pages /Count 2 /Kids [3 0 R 6 0 R] >>"
    assert (b"[0 0 631.50 842.00] /Rotate 0" in page, b"[0 0 842.00 631.50] /Rotate 90" in turned) == (True, True)
    assert (picture.split(b"stream\n")[1], grey.split(b"stream\n")[1]) == (
        first + b"\nendstream",
        second + b"\nendstream",
    )
    assert (b"/Width 3000 /Height 4000 /ColorSpace /DeviceRGB" in picture, b"/DeviceGray" in grey) == (True, True)
    assert [int(length) for length in re.findall(rb"/Length (\d+) >>", picture + grey)] == [len(first), len(second)]


@pytest.mark.parametrize("held", [(1, 0), (3, 180), (6, 90), (8, 270), (2, 0), (77, 0)])
def test_a_page_is_turned_as_the_telephone_was_held(tmp_path: Path, held: tuple[int, int]) -> None:
    document = bound(tmp_path, jpeg(30, 40, held=held[0]))
    assert document is not None
    assert b"/Rotate %d " % held[1] in document


@pytest.mark.parametrize(
    "other", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"\xff\xd8\xff", jpeg(30, 40)[:60], jpeg(0, 9)]
)
def test_what_is_no_whole_photo_is_not_bound_and_nothing_is_written(tmp_path: Path, other: bytes) -> None:
    assert bound(tmp_path, jpeg(30, 40), other) is None
    assert not (tmp_path / "made").exists()


@given(st.binary(max_size=200), st.integers(0, 200))
def test_whatever_bytes_come_nothing_stumbles(noise: bytes, at: int) -> None:
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - a folder for each example

    whole = jpeg(30, 40)
    with TemporaryDirectory() as folder:
        bound(Path(folder), noise, whole[:at] + noise + whole[at:])
