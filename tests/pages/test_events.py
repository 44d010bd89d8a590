"""What happens in a conversation as it happens: nothing missed, nothing of anybody else, whatever the clock does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sse_starlette import EventSourceResponse

from models.addresses import Address, AddressState, Chat
from models.conversation import before, chats_of
from models.inbox import Inbound
from pages.bubbles import cursor_of
from pages.events import follow
from tests.chats import Council
from tests.pages.browsers import Browser, Site


@asynccontextmanager
async def following(browser: Browser, after: str = "", **headers: str) -> AsyncIterator[AsyncIterator[Any]]:
    """Follow the events of a browser's conversation, as its page does."""
    response = await follow(browser.request(f"/chat/events?after={after}", **headers))
    assert isinstance(response, EventSourceResponse)
    events: Any = response.body_iterator
    try:
        yield events
    finally:
        await events.aclose()


async def heard(events: AsyncIterator[Any], kind: str = "bubble") -> str:
    """Wait for the next event of a kind; give its data."""
    async with asyncio.timeout(20):
        async for event in events:
            if event.event == kind:
                return str(event.data)
    raise AssertionError("The events ended.")


async def cursor(council: Council, browser: Browser) -> str:
    """Give the cursor that the page would follow from."""
    chat = await chat_of(council, browser)
    async with council.read() as session:
        entries = await before(session, await chats_of(session, chat), None, 1)
    return cursor_of(entries[-1]).replace("+", "%2B")


async def chat_of(council: Council, browser: Browser) -> Chat:
    async with council.read() as session:
        rows = await session.scalars(select(Chat).where(Chat.channel == "webchat").order_by(Chat.id.desc()).limit(1))
        return rows.one()


async def test_what_is_said_and_answered_comes_without_being_asked_for(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    async with following(browser) as events:
        assert "hiện phục vụ" in await heard(events)
        await browser.post("/chat/say", {"text": "trogiup"})
        assert "trogiup" in await heard(events)
        assert "Có thể gõ" in await heard(events)


async def test_a_question_is_shown_and_taken_away(council: Council, browser: Browser) -> None:
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    await browser.signs_in("Lan")
    await browser.post("/chat/say", {"text": "/vuongmac 1"})
    async with following(browser) as events:
        assert "khó khăn, vướng mắc" in await heard(events, "asking")
        await browser.post("/chat/say", {"text": "thôi"})
        assert await heard(events, "asking") == ""


async def test_an_edit_replaces_the_card_with_buttons_of_its_own(council: Council, browser: Browser) -> None:
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    await browser.signs_in("Lan")
    await browser.post("/chat/say", {"text": "nhiemvu 1"})
    async with following(browser) as events:
        card = await heard(events)
        while "Báo cáo sơ kết" not in card or "data-press" not in card:
            card = await heard(events)
        await council.chat("Hoa").says("nhiemvu 1")
        await council.chat("Hoa").presses("Đã tiếp nhận")
        edit = await heard(events, "edit")
        assert "Đ/c Hoa đã tiếp nhận" in edit
        assert edit.partition('data-id="')[2].partition('"')[0] == card.partition('data-id="')[2].partition('"')[0]
        assert 'name="parcel"' in edit
        assert edit.partition('name="parcel" value="')[2][:19] != card.partition('name="parcel" value="')[2][:19]


async def test_a_connection_goes_on_from_the_last_event_it_was_given(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    await browser.post("/chat/say", {"text": "trước"})
    await council.clock.move(minutes=5)
    await browser.post("/chat/say", {"text": "sau"})
    seen = await cursor(council, browser)
    await council.clock.move(minutes=5)
    await browser.post("/chat/say", {"text": "trogiup"})
    for given in ({"after": seen}, {"after": "", "last-event-id": seen.replace("%2B", "+")}):
        async with following(browser, **given) as events:
            found = await heard(events)
            while "Có thể gõ" not in found:
                assert ">trước<" not in found
                found = await heard(events)


async def test_what_was_committed_later_than_its_moment_says_is_not_missed(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    chat = await chat_of(council, browser)
    moment = council.clock.now()
    async with following(browser) as events:
        await heard(events)
        await council.clock.move(seconds=30)
        await browser.post("/chat/say", {"text": "mới"})
        assert ">mới<" in await heard(events)
        async with council.write() as session:
            late = Inbound(channel="webchat", bot="browser", update_id="late", chat_id=chat.id, raw={"text": "muộn"})
            late.heard_at = late.handled_at = moment + timedelta(seconds=1)
            session.add(late)
        council.assistant.database.waker.wake(f"chat:{chat.id}")
        found = await heard(events)
        while ">muộn<" not in found:
            found = await heard(events)


async def test_a_clock_that_is_set_back_hides_nothing(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    async with following(browser) as events:
        await heard(events)
        council.clock.set("2022-06-08T00:00:00")
        await browser.post("/chat/say", {"text": "hôm qua"})
        assert ">hôm qua<" in await heard(events)


@pytest.mark.parametrize(
    "after", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "x", "%00", "2022-06-09", "2022-06-09T00:00:00Z|p1"]
)
async def test_any_cursor_is_followed(browser: Browser, after: str) -> None:
    await browser.signs_in("Lan")
    async with following(browser, after) as events:
        assert "hiện phục vụ" in await heard(events)


async def test_a_chat_that_is_closed_while_it_follows_sees_no_more_of_the_others(
    council: Council, site: Site, browser: Browser
) -> None:
    await browser.signs_in("Lan")
    async with site.browser() as thief:
        await thief.signs_in("Lan")
        stolen = await chat_of(council, thief)
        async with following(thief) as events:
            await heard(events)
            async with council.write() as session:
                ended = update(Address).where(Address.chat_id == stolen.id).values(state=AddressState.LEFT)
                await session.execute(ended)
            await browser.post("/chat/say", {"text": "chuyện riêng"})
            await thief.post("/chat/say", {"text": "tôi là ai"})
            found = await heard(events)
            while "trợ lý của Hội đồng" not in found:
                assert "chuyện riêng" not in found
                found = await heard(events)


async def test_stopping_ends_what_follows(site: Site, browser: Browser) -> None:
    await browser.signs_in("Lan")
    async with following(browser) as events:
        await heard(events)
        site.stopping.set()
        site.council.assistant.database.waker.wake("moved")
        async with asyncio.timeout(20):
            rest = [event async for event in events]
    assert [event for event in rest if event.event == "bubble"] == []
