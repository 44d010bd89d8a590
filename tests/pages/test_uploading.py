"""Files brought in on a page: once, until they are too old, all of them or none, and said what may be."""

import asyncio
import hashlib

import httpx
import pytest
from sqlalchemy import func, select

from models.addresses import Chat
from models.inbox import Inbound
from models.papers import StoredFile
from pages.uploading import LASTS, link_path
from tests.chats import Council
from tests.pages.browsers import BY_SCRIPT, Browser, words

PDF = ("báo cáo.pdf", b"%PDF-1.4 a", "application/pdf")
PICTURE = ("ảnh.jpg", b"\xff\xd8 b", "image/jpeg")
TOO_OLD = "Đường dẫn này không còn hiệu lực; đề nghị nhắn “guitep” cho trợ lý để nhận đường dẫn mới."
SPENT = (
    "Tệp đã được gửi qua đường dẫn này; các tệp vừa chọn không được nhận. Đề nghị mở lại đường dẫn để xem các tệp đã "
    "nhận; để gửi thêm, nhắn “guitep” cho trợ lý."
)
LIMITS = (
    "Tối đa 10 tệp, mỗi tệp không quá 20 MB, tổng không quá 60 MB: PDF, Word, Excel, PowerPoint, OpenDocument, TXT, "
    "CSV, JPG, PNG, HEIC, ZIP, RAR."
)


@pytest.fixture
async def path(council: Council) -> str:
    """A link of Lan's chat."""
    return await link_of(council, "Lan")


async def link_of(council: Council, name: str) -> str:
    async with council.read() as session:
        chat = await session.scalar(select(Chat.id).where(Chat.external_id == name))
    assert chat is not None
    return link_path(council.assistant.key, chat, council.clock.now() + LASTS)


async def sent(browser: Browser, path: str, *files: tuple[str, bytes, str]) -> httpx.Response:
    return await browser.http.post(path, data={"text": ""}, files=[("files", file) for file in files])


async def heard(council: Council) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(Inbound)) or 0


async def test_the_page_says_whose_it_is_how_much_it_takes_and_until_when(browser: Browser, path: str) -> None:
    shown = words(await browser.get(path))
    said = ("Lan", "07:25 ngày 10/6/2022", "một lần", LIMITS, "Trợ lý trả lời trong Webchat.")
    assert [each in shown for each in said] == [True] * len(said)


async def test_to_look_at_it_spends_nothing(council: Council, browser: Browser, path: str) -> None:
    for _ in range(3):
        assert (await browser.get(path)).status_code == 200
    assert await heard(council) == 0
    assert (await sent(browser, path, PDF)).status_code == 303


async def test_what_is_brought_is_handled_in_the_chat_and_said_on_the_page(
    council: Council, browser: Browser, path: str
) -> None:
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    assert (await sent(browser, path, PDF, PICTURE)).headers["location"] == path
    while await council.assistant.dispatcher.sweep():
        pass
    shown = words(await browser.get(path))
    assert ("báo cáo.pdf" in shown, "ảnh.jpg" in shown, "Đã nhận tệp" in shown) == (True, True, True)
    assert 'type="file"' not in (await browser.get(path)).text
    asked = (await council.chat("Lan").seen())[-1]
    assert asked.lines == ("Đã nhận tệp. Tệp này thuộc nhiệm vụ “Báo cáo sơ kết”?",)
    async with council.read() as session:
        files = (await session.scalars(select(StoredFile).order_by(StoredFile.id))).all()
    assert [(file.name, file.by_id) for file in files] == [
        ("báo cáo.pdf", council.people["Lan"]),
        ("ảnh.jpg", council.people["Lan"]),
    ]
    assert council.assistant.files.path(files[0].sha256).read_bytes() == PDF[1]


async def test_a_link_serves_once_and_then_shows_what_came(council: Council, browser: Browser, path: str) -> None:
    await sent(browser, path, PDF)
    again = await sent(browser, path, PICTURE)
    assert (again.status_code, SPENT in words(again)) == (409, True)
    shown = words(await browser.get(path))
    assert ("báo cáo.pdf" in shown, "ảnh.jpg" in shown) == (True, False)
    assert await heard(council) == 1


async def test_of_two_who_send_by_one_link_at_once_one_is_told_that_nothing_was_taken(
    council: Council, browser: Browser, path: str
) -> None:
    both = await asyncio.gather(sent(browser, path, PDF), sent(browser, path, PICTURE))
    assert sorted(answer.status_code for answer in both) == [303, 409]
    assert [SPENT in words(answer) for answer in both if answer.status_code == 409] == [True]
    assert await heard(council) == 1


async def test_two_links_of_the_same_moment_serve_each(council: Council, browser: Browser, path: str) -> None:
    await sent(browser, path, PDF)
    assert (await sent(browser, await link_of(council, "Lan"), PICTURE)).status_code == 303
    assert await heard(council) == 2


async def test_a_link_ends_after_a_day(council: Council, browser: Browser, path: str) -> None:
    await council.clock.move(hours=23, minutes=59)
    assert (await browser.get(path)).status_code == 200
    await council.clock.move(minutes=1)
    for answer in (await browser.get(path), await sent(browser, path, PDF)):
        assert (answer.status_code, TOO_OLD in words(answer)) == (404, True)
    assert await heard(council) == 0


async def test_a_link_ends_with_its_chat(council: Council, browser: Browser, path: str) -> None:
    async with council.write() as session:
        chat = (await session.scalars(select(Chat).where(Chat.external_id == "Lan"))).one()
        chat.ended_at = council.clock.now()
    assert (await sent(browser, path, PDF)).status_code == 404


@pytest.mark.parametrize("changed", ["x", "", "AAAA", "W10.abc"])
async def test_what_we_did_not_sign_is_no_link(browser: Browser, path: str, changed: str) -> None:
    for wrong in (f"/upload/{changed}" if changed else f"{path}x", path.replace("/upload/", "/upload/a")):
        assert (await browser.get(wrong)).status_code == 404


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((), "Chưa chọn tệp nào."),
        ((PDF,) * 11, "Đã chọn 11 tệp; chưa gửi tệp nào."),
        ((PDF, ("chạy.exe", b"MZ", "")), "“chạy.exe” thuộc loại tệp không tiếp nhận; chưa gửi tệp nào."),
        ((PDF, ("rỗng.pdf", b"", "")), "“rỗng.pdf” là tệp trống; chưa gửi tệp nào."),
        ((("lớn.pdf", bytes(20 * 1024 * 1024 + 1), ""),), "“lớn.pdf” quá lớn; chưa gửi tệp nào."),
    ],
)
async def test_a_refusal_says_what_may_be_sent_and_spends_nothing(
    council: Council, browser: Browser, path: str, files: tuple[tuple[str, bytes, str], ...], said: str
) -> None:
    refused = await browser.http.post(path, data={"text": ""}, files=[("files", each) for each in files] or None)
    assert (refused.status_code, f"{said} {LIMITS} Đề nghị chọn lại." in words(refused)) == (400, True)
    assert 'type="file"' in refused.text
    assert await heard(council) == 0
    assert (await sent(browser, path, PDF)).status_code == 303


async def test_a_script_is_told_in_a_sentence(browser: Browser, path: str) -> None:
    refused = await browser.http.post(path, files=[("files", ("a.exe", b"MZ", ""))], headers=BY_SCRIPT)
    assert (refused.status_code, refused.json()["message"].endswith("Đề nghị chọn lại.")) == (400, True)
    taken = await browser.http.post(path, files=[("files", PDF)], headers=BY_SCRIPT)
    assert taken.status_code == 202


async def test_fields_that_were_left_empty_count_for_nothing(browser: Browser, path: str) -> None:
    empty = ("files", ("", b"", "application/octet-stream"))
    assert (await browser.http.post(path, files=[("files", PDF), *[empty] * 4])).status_code == 303


async def test_a_name_that_bears_a_mark_of_secrecy_is_not_kept_and_said_so(
    council: Council, browser: Browser, path: str
) -> None:
    await sent(browser, path, ("BC Tối mật.pdf", b"%PDF-1.4", "application/pdf"))
    shown = await browser.get(path)
    assert "Tên tệp có dấu chỉ độ mật; không lưu tệp nào." in words(shown)
    await council.assistant.dispatcher.sweep()
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(StoredFile)) == 0


@pytest.mark.parametrize(
    ("text", "name"), [("", "BC Tối mật.pdf"), ("", "MẬT 05.pdf"), ("Độ mật: MẬT", "bao cao.pdf"), ("MẬT", "bc.pdf")]
)
async def test_no_byte_is_stored_of_what_bears_a_mark_of_secrecy_not_even_for_an_hour(
    council: Council, browser: Browser, path: str, text: str, name: str
) -> None:
    files = [("files", PDF), ("files", (name, b"%PDF-1.4", "application/pdf"))]
    await browser.http.post(path, data={"text": text}, files=files)
    async with council.read() as session:
        assert [(row.outcome, row.raw) for row in await session.scalars(select(Inbound))] == [("secret", None)]
    digests = [hashlib.sha256(content).hexdigest() for content in (PDF[1], b"%PDF-1.4")]
    assert [council.assistant.files.path(digest).exists() for digest in digests] == [False, False]


async def test_what_is_far_too_large_is_refused_before_it_is_read_with_how_much_may_be(
    browser: Browser, path: str
) -> None:
    headers = {"content-length": "99999999999", "accept": "text/html,*/*"}
    refused = await browser.http.post(path, content=b"x", headers=headers)
    assert (refused.status_code, "lớn hơn mức 60 MB" in words(refused)) == (413, True)
