"""Who reads a page, and what is open to him."""

from datetime import date

import pytest
from sqlalchemy import select, update

from models.addresses import Address, AddressState
from models.people import Person, Post
from pages.reader import long_day, reader_of
from tests.chats import Council
from tests.pages.browsers import Browser, words


async def test_an_unreachable_chat_still_lets_its_person_read(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    async with council.write() as session:
        mine = update(Address).where(Address.person_id == council.people["Lan"])
        await session.execute(mine.values(state=AddressState.UNREACHABLE))
    assert "Lan" in words(await browser.get("/chat"))


async def test_powers_end_with_the_post_and_the_conversation_stays(council: Council, browser: Browser) -> None:
    await browser.signs_in("Thu")
    assert (await browser.get("/progress")).status_code == 200
    async with council.write() as session:
        posts = update(Post).where(Post.person_id == council.people["Thu"])
        await session.execute(posts.values(valid_to=date(2022, 6, 8)))
    assert (await browser.get("/progress")).status_code == 403
    assert 'href="/progress"' not in (await browser.get("/chat")).text


async def test_a_page_speaks_the_language_of_its_reader_and_to_strangers_that_of_the_council(
    council: Council, browser: Browser
) -> None:
    assert '<html lang="vi">' in (await browser.get("/signin")).text
    async with council.write() as session:
        await session.execute(update(Person).where(Person.id == council.people["Lan"]).values(locale="en"))
    await browser.signs_in("Lan")
    page = (await browser.get("/chat")).text
    assert ('<html lang="en">' in page, "This chat now serves Lan" in words(await browser.get("/chat"))) == (True, True)


@pytest.mark.parametrize("path", ["/as/1/chat", "/as/0/", "/sample/take", "/as/1/progress"])
async def test_nobody_takes_a_role_outside_the_sample(browser: Browser, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


async def test_a_reader_reads_all_his_chats_and_no_others(council: Council, browser: Browser) -> None:
    await council.chat("Lan").says("trogiup")
    await council.chat("Minh").says("trogiup")
    await browser.signs_in("Lan")
    async with council.read() as session:
        reader = await reader_of(browser.request("/chat"), session)
        own = await session.scalars(select(Address.chat_id).where(Address.person_id == council.people["Lan"]))
        assert reader is not None
        assert set(reader.chats) == set(own)
    assert (reader.person.name if reader.person else "", len(reader.chats)) == ("Lan", 2)


def test_a_day_is_said_with_its_weekday() -> None:
    assert long_day(date(2022, 6, 9), "vi") == "Thứ Năm, 09/6/2022"
