"""The web part: what binds browsers on every answer, and what is refused before anybody looks at it."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import web
from tests.chats import Council
from tests.pages.browsers import BY_SCRIPT, SITE, Browser, site_of, words

BINDING = (
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
)


@pytest.fixture
async def browser(council: Council) -> AsyncIterator[Browser]:
    """A browser without cookies."""
    async with site_of(council).browser() as opened:
        yield opened


async def stumble(request: Request) -> Response:
    raise RuntimeError("nobody foresaw this")


async def test_every_answer_binds_the_browser(browser: Browser) -> None:
    browser.app.router.routes.append(Route("/stumble/{secret}", stumble))
    for path, status in (
        ("/", 200),
        ("/signin", 200),
        ("/chat", 303),
        ("/nowhere", 404),
        ("/health", 200),
        ("/static/site.css", 200),
        ("/stumble/1", 500),
    ):
        response = await browser.get(path)
        assert (path, response.status_code) == (path, status)
        assert [name for name in BINDING if name not in response.headers] == []
    assert (await browser.get("/signin", host="evil.example")).status_code == 400


async def test_no_page_is_kept_by_the_browser_and_no_style_is_kept_unasked(browser: Browser) -> None:
    await browser.signs_in("Lan")
    for path, kept in (("/chat", "no-store"), ("/", "no-store"), ("/static/site.css", "no-cache")):
        assert (await browser.get(path)).headers["cache-control"] == kept


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example"])
async def test_pages_asked_for_under_another_name_are_refused(browser: Browser, host: str) -> None:
    response = await browser.get("/signin", host=host)
    assert response.status_code == 400
    assert "x-frame-options" in response.headers


async def test_a_page_that_is_not_there_says_so_in_the_councils_language(browser: Browser) -> None:
    response = await browser.get("/nowhere")
    assert (response.status_code, "Không có trang này" in words(response)) == (404, True)
    told = await browser.get("/nowhere", **BY_SCRIPT)
    assert (told.status_code, list(told.json())) == (404, ["message"])
    assert (await browser.http.delete("/chat")).status_code == 405


async def test_what_nobody_foresaw_is_shown_as_a_number_and_logged_without_the_path(browser: Browser) -> None:
    browser.app.router.routes.append(Route("/stumble/{secret}", stumble))
    with structlog.testing.capture_logs() as logged:
        response = await browser.get("/stumble/a-way-in")
    (entry,) = [entry for entry in logged if entry["event"] == "incident"]
    assert entry["incident"] in words(response)
    assert entry["page"] == "stumble"
    assert "a-way-in" not in str({name: value for name, value in entry.items() if name != "exc_info"})
    assert "nobody foresaw" not in response.text


async def test_a_body_that_says_it_is_too_large_is_not_read(browser: Browser) -> None:
    response = await browser.http.post("/chat/say", content=b"x", headers={"content-length": "99999999999"})
    assert (response.status_code, "content-security-policy" in response.headers) == (413, True)
    assert response.json()["message"].startswith("Nội dung gửi lên lớn hơn mức")


async def test_a_body_that_grows_too_large_is_read_no_further(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_LARGEST_BODY", 1000)
    await browser.csrf()
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 100
            yield b"x" * 100

    async with asyncio.timeout(20):
        form = {"content-type": "application/x-www-form-urlencoded"}
        response = await browser.http.post("/chat/say", content=endless(), headers={**form, **BY_SCRIPT})
    assert (response.status_code, read <= 1200) == (413, True)


async def test_figures_are_for_this_machine_alone(council: Council, browser: Browser) -> None:
    assert (await browser.get("/metrics")).status_code == 404
    async with site_of(council).browser("127.0.0.1") as own:
        shown = (await own.get("/metrics")).text
    assert ("dondoc_heard" in shown, 'dondoc_refused_total{status="404"}' in shown) == (True, True)


async def test_figures_show_what_was_heard_handled_and_waits(council: Council) -> None:
    await council.given("Báo cáo quý II", ("SYT",), "2022-06-14")
    await council.chat("Lan").says("trogiup")
    await council.chat("Lan").says("xong 9")
    async with site_of(council).browser("127.0.0.1") as own:
        shown = (await own.get("/metrics")).text
    wanted = ('dondoc_heard_total{channel="webchat"}', 'dondoc_handled_total{outcome="done"}')
    assert [name for name in (*wanted, 'dondoc_handled_total{outcome="refused"}') if name not in shown] == []


async def test_nothing_leads_to_another_site(browser: Browser) -> None:
    await browser.signs_in("Lan")
    for path in (
        "//evil.example",
        "/chat?before=//evil.example",
        "/link/%2F%2Fevil.example",
        "/files/https:%2F%2Fevil",
    ):
        response = await browser.get(path)
        assert response.headers.get("location", "/").startswith("/")
        assert not response.headers.get("location", "/").startswith("//")


async def test_health_is_told_without_signing_in(council: Council) -> None:
    transport = httpx.ASGITransport(site_of(council).app)
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as anybody:
        assert (await anybody.get("/health")).text == "ok\n"
