"""Files: how large they may be, whose ids hold where, how long links last, and how names travel."""

import struct

import aiohttp
import pytest

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Person, World
from tests.fakes.telegram.files import LARGEST_DOWNLOAD, LARGEST_PHOTO, LARGEST_UPLOAD
from tests.timepiece import HandClock


def jpeg(width: int, height: int, size: int = 0) -> bytes:
    """Make what is a JPEG as far as its head says."""
    head = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF".ljust(14, b"\x00")
    return (head + b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(12)).ljust(size, b"\x00")


async def test_a_file_is_fetched_by_a_link_that_lasts_an_hour(ask: Asking, lan: Person, clock: HandClock) -> None:
    sent = lan.sends_document("Báo cáo.docx", b"abc", "application/msword")["message"]["document"]
    path = (await ask.well("getFile", file_id=sent["file_id"]))["file_path"]
    url = f"{ask.world.address}/file/bot{ask.world.token}/{path}"
    assert path.startswith("documents/file_")
    async with ask.session.get(url) as answer:
        assert (answer.status, await answer.read()) == (200, b"abc")
    await clock.move(minutes=61)
    async with ask.session.get(url) as answer:
        assert answer.status == 404
    async with ask.session.get(url.replace(ask.world.token, "1:x")) as answer:
        assert answer.status == 404


async def test_a_bot_fetches_no_file_over_twenty_megabytes(ask: Asking, lan: Person) -> None:
    fits = lan.sends_document("a.bin", bytes(LARGEST_DOWNLOAD))["message"]["document"]["file_id"]
    large = lan.sends_document("b.bin", bytes(LARGEST_DOWNLOAD + 1))["message"]["document"]["file_id"]
    await ask.well("getFile", file_id=fits)
    assert await ask.badly("getFile", file_id=large) == "Bad Request: file is too big"
    assert await ask.badly("getFile", file_id="nothing") == "Bad Request: invalid file_id"


async def test_a_bot_sends_no_file_over_fifty_megabytes_and_no_empty_one(ask: Asking, lan: Person) -> None:
    large = {"document": ("a.bin", bytes(LARGEST_UPLOAD + 1))}
    assert await ask.badly("sendDocument", chat_id=lan.id, files=large) == "Request Entity Too Large"
    empty = {"document": ("a.bin", b"")}
    assert await ask.badly("sendDocument", chat_id=lan.id, files=empty) == "Bad Request: file must be non-empty"


async def test_a_photo_is_shown_in_growing_sizes(ask: Asking, lan: Person) -> None:
    sent = await ask.well("sendPhoto", chat_id=lan.id, files={"photo": ("a.jpg", jpeg(1000, 500))}, caption="x")
    assert [(size["width"], size["height"]) for size in sent["photo"]] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1000, 500),
    ]
    again = await ask.well("sendPhoto", chat_id=lan.id, photo=sent["photo"][-1]["file_id"])
    assert again["photo"][-1] == sent["photo"][-1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (jpeg(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (
            jpeg(10, 10, LARGEST_PHOTO + 1),
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
    ids=["no picture", "too wide", "too large"],
)
async def test_a_photo_that_telegram_would_not_take_is_refused(
    ask: Asking, lan: Person, content: bytes, words: str
) -> None:
    refused = await ask.badly("sendPhoto", chat_id=lan.id, files={"photo": ("a.jpg", content)})
    assert refused == f"Bad Request: {words}"


async def test_a_file_that_is_uploaded_again_and_again_is_refused(ask: Asking, lan: Person) -> None:
    file = {"document": ("a.bin", bytes(100_001))}
    ask.world.limits.private = ()
    sent = [await ask.well("sendDocument", chat_id=lan.id, files=file) for _ in range(10)]
    words = await ask.badly("sendDocument", chat_id=lan.id, files=file)
    assert words == "Too Many Requests: retry after 60"
    await ask.well("sendDocument", chat_id=lan.id, document=sent[0]["document"]["file_id"])


async def test_an_id_holds_for_one_bot_and_one_kind(ask: Asking, world: World, lan: Person) -> None:
    other = world.another_bot("Bản tin")
    lan.at(other).starts()
    file_id = lan.sends_document("a.txt", b"abc")["message"]["document"]["file_id"]
    words = await ask.badly("sendDocument", chat_id=lan.id, document=file_id, token=other.token)
    assert words == "Bad Request: wrong file identifier/HTTP URL specified"
    words = await ask.badly("sendPhoto", chat_id=lan.id, photo=file_id)
    assert words == "Bad Request: can't use file of type Document as Photo"
    same = lan.at(other).sends_document("a.txt", b"abc")["message"]["document"]
    assert same["file_id"] != file_id
    assert same["file_unique_id"] == world.bot.cabinet.stored[file_id].unique


async def test_names_of_files_travel_as_they_are(ask: Asking, lan: Person) -> None:
    """The server decodes nothing: what a library writes as %C3 stays so, and filename* makes no file."""
    url = f"{ask.world.address}/bot{ask.world.token}/sendDocument?chat_id={lan.id}"
    quoted = aiohttp.FormData(quote_fields=True)
    quoted.add_field("document", b"x", filename="số 1.txt")
    async with ask.session.post(url, data=quoted) as answer:
        assert answer.status == 200
    boundary = b"--b\r\nContent-Disposition: form-data; name=\"document\"; filename*=utf-8''a.txt\r\n\r\nx\r\n--b--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with ask.session.post(url, data=boundary, headers=headers) as answer:
        assert answer.status == 400
    assert [shown.files for shown in lan.seen()] == [("s%E1%BB%91%201.txt",)]
