"""The sample's own pages: roles taken again and again, the clock moved, and nothing of it outside the sample."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import update

from bot.web import application
from models.addresses import Chat
from models.settings import change_setting
from models.settings import council as settings_of
from pages.sample import follow
from tests.chats import Council, a_council
from tests.pages.browsers import Browser

SITE = "http://127.0.0.1:8080"
# of a conversation, of a list of tasks, and of three pages that show nothing to whoever asks
EVENTS = {"0.bubble", "0.asking", "0.clock", "1.clock", "2.ended", "3.ended", "4.ended"}


@pytest.fixture
async def council(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    """A council whose people have their chats under the names of the sample."""
    async with a_council(sqlite_url, tmp_path) as opened:
        async with opened.write() as session:
            await change_setting(session, "sample", value=True)
            for name, person_id in opened.people.items():
                named = update(Chat).where(Chat.external_id == name)
                await session.execute(named.values(external_id=f"sample-{person_id}"))
        yield opened


@pytest.fixture
async def browser(council: Council) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the pages of the sample."""
    async with browsing(council, is_sample=True) as client:
        yield client


def browsing(council: Council, *, is_sample: bool) -> httpx.AsyncClient:
    app = application(replace(council.assistant, is_sample=is_sample), asyncio.Event())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE)


async def token(browser: httpx.AsyncClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', (await browser.get("/")).text)
    assert found is not None
    return found[1]


async def posted(browser: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    return await browser.post(path, data={"csrf": await token(browser), **fields})


async def test_the_front_page_offers_everybody_in_three_groups(council: Council, browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/")).text
    groups = page.split("data-group")[1:]
    assert [len(re.findall(r'<button class="role"', group)) for group in groups] == [2, 3, 4]


async def test_the_front_page_shows_two_telephones_and_a_desk_beside_each_other(
    council: Council, browser: httpx.AsyncClient
) -> None:
    people = council.people
    assert await shown(browser, "/") == [
        ("phone", f"/device/{people['Lan']}/chat"),
        ("member", f"/device/{people['Bình']}/chat"),
        ("desk-list", f"/device/{people['Thu']}/progress"),
        ("desk", f"/device/{people['Thu']}/chat"),
    ]


async def test_a_telephone_is_held_by_whom_the_address_names_and_the_desk_by_officers_only(
    council: Council, browser: httpx.AsyncClient
) -> None:
    people = council.people
    address = f"/?phone={people['Minh']}&member={people['Hoa']}&desk={people['Hoa']}"
    assert [place for _, place in await shown(browser, address)] == [
        f"/device/{people['Minh']}/chat",
        f"/device/{people['Hoa']}/chat",
        f"/device/{people['Thu']}/progress",
        f"/device/{people['Thu']}/chat",
    ]


async def shown(browser: httpx.AsyncClient, address: str) -> list[tuple[str, str]]:
    """Read the frames of the front page: their names and what they show."""
    return re.findall(r'<iframe [^>]*name="([^"]+)" src="([^"]+)"', (await browser.get(address)).text)


async def test_only_devices_stand_in_frames_and_only_of_the_front_page(
    council: Council, browser: httpx.AsyncClient
) -> None:
    lan = council.people["Lan"]
    assert [await framing(browser, path) for path in ("/", f"/device/{lan}/chat", f"/as/{lan}/chat", "/signin")] == [
        (True, "'none'", "DENY"),
        (False, "'self'", "SAMEORIGIN"),
        (False, "'none'", "DENY"),
        (False, "'none'", "DENY"),
    ]
    async with browsing(council, is_sample=False) as outside:
        assert [await framing(outside, path) for path in ("/", f"/device/{lan}/chat")] == [
            (False, "'none'", "DENY")
        ] * 2


async def framing(browser: httpx.AsyncClient, path: str) -> tuple[bool, str, str]:
    """Read whether a page may show frames, and in whose frames it may stand, as new browsers and old are told."""
    headers = (await browser.get(path)).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    return "frame-src" in policy, policy["frame-ancestors"], headers["x-frame-options"]


async def test_a_device_shows_the_conversation_without_head_and_clock(
    council: Council, browser: httpx.AsyncClient
) -> None:
    page = (await browser.get(f"/device/{council.people['Lan']}/chat")).text
    assert [words in page for words in ('data-chat data-root="/device/', 'masthead">', "sample-bar")] == [
        True,
        False,
        False,
    ]


async def test_devices_are_followed_over_one_connection(council: Council) -> None:
    lan, thu = council.people["Lan"], council.people["Thu"]
    await council.chat(f"sample-{lan}").says("trogiup")
    pages = (f"/device/{lan}/chat", f"/device/{thu}/progress", f"/device/{lan}/progress", "/device/1/chat", "/chat")
    query = urlencode([("of", f"{page}/events?after=2022-06-01T00:00:00") for page in pages])
    app = application(replace(council.assistant, is_sample=True), asyncio.Event())
    response: Any = await follow(Browser(council, app, httpx.AsyncClient()).request(f"/sample/events?{query}"))
    heard: dict[str, str] = {}
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        sending = group.create_task(response.data_sender_callable())
        async for event in response.body_iterator:
            heard[event.event] = event.data
            if len(heard) == len(EVENTS):
                sending.cancel()
                break
    assert heard.keys() == EVENTS
    assert "Có thể gõ" in heard["0.bubble"]


async def test_a_role_shows_how_much_came_since_its_person_last_said_something(
    council: Council, browser: httpx.AsyncClient
) -> None:
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-10")
    assert await waiting(council, browser) == {"Lan": None, "Minh": None}
    await council.at("2022-06-10 07:40")
    assert await waiting(council, browser) == {"Lan": "1", "Minh": None}
    await council.chat(f"sample-{council.people['Lan']}").says("nhiemvu")
    assert await waiting(council, browser) == {"Lan": None, "Minh": None}


async def waiting(council: Council, browser: httpx.AsyncClient) -> dict[str, str | None]:
    """Read the numbers beside two roles."""
    page = (await browser.get("/")).text
    shown = {}
    for name in ("Lan", "Minh"):
        button = page.partition(f'name="role" value="{council.people[name]}">\n')[2].partition("</button>")[0]
        found = re.search(r'class="figures">(\d+)<', button)
        shown[name] = found[1] if found else None
    return shown


async def test_taking_a_role_leads_to_its_conversation_again_and_again(
    council: Council, browser: httpx.AsyncClient
) -> None:
    for name in ("Lan", "Thu", "Lan"):
        taken = await posted(browser, "/sample/take", role=str(council.people[name]))
        assert (taken.status_code, taken.headers["location"]) == (303, f"/as/{council.people[name]}/chat")
        assert name in (await browser.get(taken.headers["location"])).text


@pytest.mark.parametrize("role", ["", "7", "no-number", "1/../2"])
async def test_a_role_that_nobody_has_is_refused(browser: httpx.AsyncClient, role: str) -> None:
    assert (await posted(browser, "/sample/take", role=role)).status_code == 404


async def test_the_clock_moves_and_the_button_leads_back_to_its_page(
    council: Council, browser: httpx.AsyncClient
) -> None:
    back = f"/as/{council.people['Lan']}/chat"
    moved = await posted(browser, "/sample/clock", step="quarter", back=back)
    assert (moved.status_code, moved.headers["location"]) == (303, back)
    assert await offset(council) == timedelta(minutes=15)


async def test_the_clock_moved_by_script_says_how_it_stands(council: Council, browser: httpx.AsyncClient) -> None:
    form = {"csrf": await token(browser), "step": "quarter", "back": "/"}
    moved = await browser.post("/sample/clock", data=form, headers={"accept": "application/json"})
    assert (moved.status_code, await offset(council)) == (200, timedelta(minutes=15))
    assert moved.json() == {"now": "Thứ Năm, 09/6/2022, 07:25"}  # the clock of tests moves by hand alone


async def test_a_button_pressed_twice_at_once_moves_the_clock_once(
    council: Council, browser: httpx.AsyncClient
) -> None:
    for _ in range(2):
        await posted(browser, "/sample/clock", step="quarter", back="/")
    assert await offset(council) == timedelta(minutes=15)


@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere", "", "chat"])
async def test_no_button_leads_to_another_site(browser: httpx.AsyncClient, back: str) -> None:
    assert (await posted(browser, "/sample/clock", step="quarter", back=back)).headers["location"] == "/"


async def test_a_step_without_effect_is_answered_with_its_sentence(
    council: Council, browser: httpx.AsyncClient
) -> None:
    refused = await posted(browser, "/sample/clock", step="due", back="/")
    assert refused.status_code == 409
    assert await offset(council) == timedelta(0)


@pytest.mark.parametrize("path", ["/sample/take", "/sample/clock"])
async def test_a_form_of_another_site_is_refused(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.post(path, data={"csrf": "made up", "step": "quarter"})).status_code == 403


async def test_the_waiting_document_can_be_fetched(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/")).text
    assert 'href="/sample/document" download="thong-bao-ket-luan-05.docx"' in page
    fetched = await browser.get("/sample/document")
    assert fetched.content[:2] == b"PK"
    assert "thong-bao-ket-luan-05.docx" in fetched.headers["content-disposition"]


async def test_outside_the_sample_there_is_no_such_page(council: Council) -> None:
    async with browsing(council, is_sample=False) as browser:
        statuses = [
            (await browser.post("/sample/take")).status_code,
            (await browser.post("/sample/clock")).status_code,
            (await browser.get("/sample/document")).status_code,
            (await browser.get(f"/as/{council.people['Lan']}/chat")).status_code,
        ]
    assert statuses == [404, 404, 404, 404]


async def offset(council: Council) -> timedelta:
    async with council.read() as session:
        return timedelta(seconds=(await settings_of(session)).clock_offset_seconds)
