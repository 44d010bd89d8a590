"""The list of tasks: for whoever urges, his own part of it, live for as long as it is his."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sse_starlette import EventSourceResponse

from models.papers import Document, Oversight
from models.people import Post, Unit
from models.tasks import Assignment, Task
from pages.progress import follow
from tests.chats import Chat, Council
from tests.pages.browsers import Browser, words


async def oversee(council: Council, name: str, code: str) -> None:
    """Let a member follow one unit."""
    async with council.write() as session:
        post = (await session.scalars(select(Post.id).where(Post.person_id == council.people[name]))).one()
        unit = (await session.scalars(select(Unit.id).where(Unit.code == code))).one()
        notice = Document(number="01/TB", dated=date(2022, 1, 21), imported_at=council.clock.now())
        session.add(notice)
        await session.flush()
        row = Oversight(post_id=post, unit_id=unit, document_id=notice.id, ref="1", valid_from=date(2022, 1, 1))
        session.add(row)


@asynccontextmanager
async def following(browser: Browser, **ports: Any) -> AsyncIterator[AsyncIterator[Any]]:
    """Follow the list as its page does; without `ports` of its own it looks again at once."""
    browser.app.state.desk = replace(browser.app.state.desk, **{"rest": at_once, **ports})
    response = await follow(browser.request("/progress/events"))
    assert isinstance(response, EventSourceResponse)
    events: Any = response.body_iterator
    try:
        yield events
    finally:
        await events.aclose()


async def at_once(_: float) -> None:
    """Rest no longer than it takes to say so."""


async def told(events: AsyncIterator[Any]) -> str:
    async with asyncio.timeout(20):
        async for event in events:
            return str(event.data)
    raise AssertionError("The events ended.")


async def two_tasks(council: Council) -> None:
    await council.given("Báo cáo của y tế", ("SYT",), "2022-06-14")
    await council.given("Báo cáo của tài chính", ("STC",), "2022-06-03")


async def test_the_secretariat_sees_every_task_with_who_is_silent(council: Council, browser: Browser) -> None:
    await two_tasks(council)
    await browser.signs_in("Thu")
    page = words(await browser.get("/progress"))
    assert ("Báo cáo của y tế" in page, "Báo cáo của tài chính" in page) == (True, True)
    late = words(await browser.get("/progress?state=overdue"))
    assert ("Báo cáo của y tế" in late, "Báo cáo của tài chính" in late) == (False, True)
    assert "Báo cáo" not in words(await browser.get("/progress?state=done"))


async def test_page_card_and_chase_list_count_the_same_as_overdue(council: Council, browser: Browser) -> None:
    await council.given("Báo cáo quý I", ("SYT", "STC", "VB"), "2022-06-08")
    await council.given("Báo cáo của y tế", ("SYT",), "2022-06-08")
    await council.at("2022-06-09 08:00")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    assert await counted_overdue(thu, browser) == {"page": 4, "homnay": 4, "tiendo": 4, "cards": 4}
    await lan.says("xong 1")
    await lan.says("xong 2")
    await council.chat("Tùng").says("nhiemvu 1")
    await council.chat("Tùng").presses("Đã tiếp nhận")
    assert await counted_overdue(thu, browser) == {"page": 2, "homnay": 2, "tiendo": 2, "cards": 2}
    late = words(await browser.get("/progress?state=overdue"))
    assert ("Báo cáo quý I" in late, "Báo cáo của y tế" in late) == (True, False)
    assert [row.count("chờ xác nhận") for row in await rows_of(browser)] == [0, 1]


async def counted_overdue(thu: Chat, browser: Browser) -> dict[str, int]:
    """Read how much is overdue at each place that says it."""
    await browser.signs_in("Thu")
    page = re.search(r'id="total-overdue">(\d+)<', (await browser.get("/progress")).text)
    today = re.search(r"Quá hạn: (\d+)\.", await thu.says("homnay"))
    assert page
    assert today
    listed = re.findall(r", (\d+) quá hạn", await thu.says("tiendo"))
    cards = [re.search(r"quá hạn: (\d+)\.", await thu.says(f"tiendo {number}")) for number in (1, 2)]
    return {
        "page": int(page[1]),
        "homnay": int(today[1]),
        "tiendo": sum(map(int, listed)),
        "cards": sum(int(card[1]) for card in cards if card),
    }


async def rows_of(browser: Browser) -> list[str]:
    """Read the tasks of the list, each with its own words."""
    return re.findall(r"<tbody.*?</tbody>", (await browser.get("/progress")).text, re.DOTALL)


async def test_a_member_sees_the_units_he_follows_and_no_other(council: Council, browser: Browser) -> None:
    await two_tasks(council)
    await oversee(council, "Bình", "SYT")
    await browser.signs_in("Bình")
    page = words(await browser.get("/progress"))
    assert ("Báo cáo của y tế" in page, "Báo cáo của tài chính" in page) == (True, False)


async def test_whose_reminders_are_paused_is_shown_until_when(council: Council, browser: Browser) -> None:
    made = await council.given("Báo cáo của y tế", ("SYT", "STC"), "2022-06-14")
    async with council.read() as session:
        task_id = (await session.get_one(Assignment, made["SYT"])).task_id
    await council.chat("Thu").says("tamdung SYT: đến 15/6; chuyển trụ sở")
    await council.chat("Thu").presses("Tạm dừng nhắc 1 đơn vị")
    await browser.signs_in("Thu")
    for path in (f"/progress?open={task_id}", f"/progress/units?task={task_id}"):
        assert words(await browser.get(path)).count("tạm dừng nhắc việc đến hết ngày 15/6/2022") == 1


async def test_a_focal_point_is_told_where_his_own_list_is(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    response = await browser.get("/progress")
    assert (response.status_code, "nhiemvu" in words(response)) == (403, True)
    for path in ("/progress/units?task=1", "/progress/events"):
        assert (await browser.get(path)).status_code == 401


async def test_whoever_is_signed_out_is_led_to_the_door(browser: Browser) -> None:
    assert (await browser.get("/progress")).headers["location"] == "/signin"
    assert (await browser.get("/progress/events")).status_code == 401


@pytest.mark.parametrize("task", ["", "x", "9" * 30, "-1", "٣"])
async def test_a_task_that_is_none_has_no_units(browser: Browser, task: str) -> None:
    await browser.signs_in("Thu")
    assert (await browser.get(f"/progress/units?task={task}")).status_code == 404


async def test_what_is_searched_for_is_shown_as_typed_and_never_as_markup(council: Council, browser: Browser) -> None:
    await two_tasks(council)
    await browser.signs_in("Thu")
    page = await browser.get('/progress?q="><script>&open=x&state=<b>')
    assert (page.status_code, "<script>&" in page.text, "<b>" in page.text) == (200, False, False)
    assert '"><script' not in page.text


async def test_a_task_is_told_anew_when_a_unit_has_answered(council: Council, browser: Browser) -> None:
    await two_tasks(council)
    await browser.signs_in("Thu")
    async with following(browser) as events:
        assert "Sở Tài chính" in await told(events)
        await council.chat("Lan").says("nhiemvu 1")
        await council.chat("Lan").presses("Đã tiếp nhận")
        event = await told(events)
        assert ("Sở Y tế" in event, "Sở Tài chính" in event) == (True, False)
        assert ": đã tiếp nhận" in event


async def test_whoever_loses_his_post_sees_no_more(council: Council, browser: Browser) -> None:
    await two_tasks(council)
    await browser.signs_in("Thu")
    async with following(browser) as events:
        await told(events)
        async with council.write() as session:
            ended = update(Post).where(Post.person_id == council.people["Thu"]).values(valid_to=date(2022, 6, 8))
            await session.execute(ended)
        council.assistant.database.waker.wake("changed")
        async with asyncio.timeout(20):
            assert [event async for event in events] == []


async def test_answers_that_come_together_are_told_together(council: Council, browser: Browser) -> None:
    rested = list[float]()

    async def rest(seconds: float) -> None:
        rested.append(seconds)
        await council.chat("Minh").says("nhiemvu 1")
        await council.chat("Minh").presses("Đã tiếp nhận")

    await two_tasks(council)
    await browser.signs_in("Thu")
    await council.chat("Lan").says("nhiemvu 1")
    async with following(browser, rest=rest) as events:
        await told(events)
        await council.chat("Lan").presses("Đã tiếp nhận")
        event = await told(events)
    assert ("Sở Y tế" in event, "Sở Tài chính" in event, rested) == (True, True, [1.0])


async def test_what_an_officer_recorded_stands_where_answers_stand(council: Council, browser: Browser) -> None:
    await two_tasks(council)
    thu = council.chat("Thu")
    await thu.says("ghinhan 1: SYT; 45/BC-SYT ngày 07/6; giấy; đến 08/6")
    await thu.presses("Ghi nhận 1 đơn vị")
    async with council.read() as session:
        task = await session.scalar(select(Task.id).where(Task.title == "Báo cáo của y tế"))
    await browser.signs_in("Thu")
    page = words(await browser.get(f"/progress?open={task}"))
    assert (
        "45/BC-SYT ngày 07/6/2022, đến ngày 08/6/2022 bằng văn bản giấy; cơ quan thường trực ghi nhận (đ/c Thu, 07:25"
        in page
    )
    assert "chờ xác nhận" in page
