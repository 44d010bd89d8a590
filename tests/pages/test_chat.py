"""The web chat: what is said comes once, files belong to whoever they were sent to, and nothing is taken on trust."""

import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from models.inbox import Inbound
from models.outbox import Parcel
from models.papers import StoredFile
from models.people import Person
from tests.chats import Council
from tests.handlers.test_notices import sent
from tests.pages.browsers import BY_SCRIPT, Browser, Site, words

HUGE = "9" * 30
POSTED = ("/chat/say", "/chat/press", "/chat/read")


@pytest.fixture
async def lan(browser: Browser) -> Browser:
    """Lan, signed in."""
    return await browser.signs_in("Lan")


async def inbound(council: Council) -> list[Inbound]:
    async with council.read() as session:
        return list(await session.scalars(select(Inbound).order_by(Inbound.id)))


def button(page: httpx.Response, label: str) -> dict[str, str]:
    """Find the newest button with this label, as its form would send it."""
    parcels = re.findall(r'name="parcel" value="(\d+)"(.*?)</form>', page.text, re.DOTALL)
    for parcel, form in reversed(parcels):
        if (found := re.search(rf'name="index" value="(\d+)">{label}<', form)) is not None:
            return {"parcel": parcel, "index": found[1]}
    raise AssertionError(f"There is no button “{label}”.")


async def test_what_is_said_without_script_is_answered_on_the_page_it_leads_to(lan: Browser) -> None:
    response = await lan.post("/chat/say", {"text": "trogiup"})
    assert (response.status_code, response.headers["location"]) == (303, "/chat#end")
    assert "Có thể gõ có dấu hoặc không dấu" in words(await lan.get("/chat"))


async def test_a_line_sent_twice_with_its_mark_is_recorded_once(council: Council, lan: Browser) -> None:
    for mark in ("m1", "m1", "x" * 64, "x" * 64):
        response = await lan.post("/chat/say", {"text": "trogiup", "client_id": mark}, headers=BY_SCRIPT)
        assert response.status_code == 202
    await council.assistant.dispatcher.sweep()
    await council.assistant.dispatcher.sweep()
    said = [row for row in await inbound(council) if row.raw and row.raw.get("text") == "trogiup"]
    assert [row.outcome for row in said] == ["done", "done"]
    assert len({row.update_id for row in said}) == 2
    assert 'data-client-id="m1"' in (await lan.get("/chat")).text


async def test_a_pressed_button_runs_its_command_once(council: Council, lan: Browser) -> None:
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    await lan.post("/chat/say", {"text": "nhiemvu 1"})
    pressed = button(await lan.get("/chat"), "Đã tiếp nhận")
    for _ in range(2):
        assert (await lan.post("/chat/press", {**pressed, "client_id": "tap"})).status_code == 303
    await council.settle()
    page = words(await lan.get("/chat"))
    assert (page.count("đã tiếp nhận lúc 07:25"), "đã thay đổi sau khi nút" in page) == (1, False)


@pytest.mark.parametrize("parcel", ["", "x", HUGE, "-1", "٣", "1.0"])
async def test_a_button_that_is_none_of_ours_is_refused(lan: Browser, parcel: str) -> None:
    response = await lan.post("/chat/press", {"parcel": parcel, "index": "0"}, headers=BY_SCRIPT)
    assert response.status_code == 400
    assert response.json()["message"].startswith("Nút này không do trang này tạo ra")


async def test_what_was_on_the_screen_is_told_once_and_shows_nothing(council: Council, lan: Browser) -> None:
    await sent(council)
    unread = re.findall(r'data-unread="(\d+)"', (await lan.get("/chat")).text)
    for _ in range(2):
        told = await lan.post("/chat/read", {"message": unread}, headers=BY_SCRIPT)
        assert (told.status_code, told.json()) == (202, {})
    before = words(await lan.get("/chat"))
    await council.assistant.dispatcher.sweep()
    page = await lan.get("/chat")
    assert (words(page), "data-unread" in page.text) == (before, False)
    assert [row.raw["read"] for row in await inbound(council) if row.raw and "read" in row.raw] == [unread]


@pytest.mark.parametrize("message", ["", "x", HUGE, "-1"])
async def test_a_message_that_is_none_of_ours_was_not_on_the_screen(
    council: Council, lan: Browser, message: str
) -> None:
    before = len(await inbound(council))
    assert (await lan.post("/chat/read", {"message": message}, headers=BY_SCRIPT)).status_code == 202
    assert len(await inbound(council)) == before


async def test_an_empty_line_is_refused_with_what_to_do(lan: Browser) -> None:
    response = await lan.post("/chat/say", {"text": "  \n"}, headers=BY_SCRIPT)
    assert (response.status_code, bool(response.json()["message"])) == (400, True)


async def test_a_form_without_our_token_says_nothing(council: Council, lan: Browser) -> None:
    before = len(await inbound(council))
    for csrf in ("", "0" * 64, "é"):
        fields = {"text": "x", "parcel": "1", "index": "0", "message": "1"}
        for path in POSTED:
            response = await lan.http.post(path, data={"csrf": csrf, **fields}, headers=BY_SCRIPT)
            assert response.status_code == 403
    assert len(await inbound(council)) == before


async def test_whoever_is_signed_out_says_nothing(council: Council, browser: Browser) -> None:
    for path in POSTED:
        response = await browser.post(path, {"text": "x"}, headers=BY_SCRIPT)
        assert response.status_code == 401
    assert (await browser.get("/chat/before?id=p1")).status_code == 401
    assert (await browser.get("/chat/events")).status_code == 401
    assert await inbound(council) == []


async def test_a_file_is_kept_under_a_safe_name_and_handed_out_to_be_saved(council: Council, lan: Browser) -> None:
    sent = {"files": ("../../<b>báo cáo\r\n.docx", b"noi dung", "text/html; " + "x" * 300)}
    assert (await lan.post("/chat/say", {"text": ""}, files=sent)).status_code == 303
    page = await lan.get("/chat")
    (path,) = re.findall(r'href="(/files/[^"]+)"', page.text)
    handed = await lan.get(path)
    assert (handed.status_code, handed.content) == (200, b"noi dung")
    assert handed.headers["content-type"] == "application/octet-stream"
    assert handed.headers["content-disposition"].startswith("attachment;")
    assert "\n" not in handed.headers["content-disposition"]
    assert ("<b>" in page.text, ".." in words(page).split("docx")[0][-30:]) == (False, False)
    async with council.read() as session:
        assert all("/" not in name for name in await session.scalars(select(StoredFile.name)))


async def test_a_file_is_handed_out_to_nobody_else(site: Site, lan: Browser) -> None:
    await lan.post("/chat/say", {"text": ""}, files={"files": ("a.txt", b"rieng", "text/plain")})
    (path,) = re.findall(r'href="(/files/[^"]+)"', (await lan.get("/chat")).text)
    async with site.browser() as another:
        assert (await another.get(path)).headers["location"] == "/signin"
        await another.signs_in("Minh")
        assert (await another.get(path)).status_code == 404
    for forged in ("x", "..%2f..%2fetc%2fpasswd", path.removeprefix("/files/")[:-2] + "xx"):
        assert (await lan.get(f"/files/{forged}")).status_code == 404


async def test_a_file_that_is_too_large_is_refused_by_name(council: Council, lan: Browser, tmp_path: Path) -> None:
    council.assistant.files._most = 1000  # noqa: SLF001 - twenty megabytes are many in a test
    sent = {"files": ("to.bin", b"x" * 1001, "application/octet-stream")}
    response = await lan.post("/chat/say", {"text": "đây"}, files=sent, headers=BY_SCRIPT)
    assert response.status_code == 400
    assert "to.bin" in response.json()["message"]


async def test_too_many_files_at_once_are_refused(lan: Browser) -> None:
    many = [("files", (f"{number}.txt", b"x", "text/plain")) for number in range(11)]
    response = await lan.post("/chat/say", {"text": "đây"}, files=many, headers=BY_SCRIPT)
    assert response.status_code == 400


async def test_names_and_words_of_others_are_never_markup(council: Council, browser: Browser) -> None:
    async with council.write() as session:
        person = await session.get_one(Person, council.people["Lan"])
        person.name = '<script>alert("1")</script>'
    await browser.signs_in("Lan")
    await browser.post("/chat/say", {"text": '<img src=x onerror=alert(1)> https://example.vn/"onclick=x'})
    page = (await browser.get("/chat")).text
    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)
    assert re.findall(r"<a[^>]* onclick", page) == []


async def test_earlier_messages_come_before_the_one_that_is_named(council: Council, lan: Browser) -> None:
    for number in range(45):
        await lan.post("/chat/say", {"text": f"dòng {number}"})
    page = await lan.get("/chat")
    assert "dòng 44" in words(page)
    oldest = re.findall(r'data-id="([ip]\d+)"', page.text)[0]
    before = await lan.get(f"/chat/before?id={oldest}")
    assert "dòng 0" not in words(page)
    assert oldest not in re.findall(r'data-id="([ip]\d+)"', before.text)
    assert len(re.findall(r"<article", before.text)) == 40


@pytest.mark.parametrize("key", ["", "p", "px", f"p{HUGE}", "i1", "p٣", "x1"])
async def test_a_message_that_is_not_there_is_not_found(lan: Browser, key: str) -> None:
    assert (await lan.get(f"/chat/before?id={key}")).status_code == 404
    assert (await lan.get(f"/chat?before={key}")).status_code == 200


async def test_messages_of_others_are_not_found_by_their_number(site: Site, council: Council, lan: Browser) -> None:
    await lan.post("/chat/say", {"text": "riêng"})
    async with council.read() as session:
        parcel_id = await session.scalar(select(func.max(Parcel.id)))
    async with site.browser() as another:
        await another.signs_in("Minh")
        assert (await another.get(f"/chat/before?id=p{parcel_id}")).status_code == 404
