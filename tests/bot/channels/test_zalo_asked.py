"""`dondoc check` asks Zalo about each bot; and what is asked for again and again is not asked for too often."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from pathlib import Path

import pytest

from bot.channels.zalo import Zalo
from bot.i18n import catalogues
from handlers.kit import Text
from tests.fakes.zalo import Fault, World, serving
from tests.postoffice import ZONE
from tests.timepiece import HandClock
from tests.zalo_phones import a_zalo_council

OURS = "https://dondoc.example.gov.vn/hook/zalo/1"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with serving(HandClock()) as opened:
        yield opened


async def said(world: World, url: str = "", *tokens: str) -> list[str]:
    """Ask as `dondoc check` does about the last of some bots; give its sentences."""
    channel = Zalo(tokens or tuple(world.tokens), world.address)
    say: Callable[[Text | str], str] = catalogues("vi").speech("vi", ZONE).say
    await channel.open()
    try:
        return [say(fault) for fault in await channel.faults(channel.bots[-1], url)]
    finally:
        await channel.close()


async def test_a_bot_that_is_well_is_not_spoken_of(world: World) -> None:
    assert await said(world) == []


async def test_a_wrong_token_is_named_by_its_bot_and_not_told(world: World) -> None:
    (sentence,) = await said(world, "", "1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert sentence.startswith("Zalo không nhận mã của bot 1234567")
    assert "AAAA" not in sentence


async def test_a_platform_that_stumbles_is_said(world: World) -> None:
    world.fails("getMe", Fault.BAD_GATEWAY)
    assert (await said(world))[0].startswith("Zalo trả lời không đúng quy cách")


async def test_an_address_to_which_nothing_is_posted_is_said(world: World) -> None:
    assert await said(world, OURS) == [f"Zalo chưa được báo chuyển tin đến {OURS}; khởi động trợ lý để báo."]


async def test_an_address_that_is_not_https_is_said(world: World) -> None:
    (sentence,) = await said(world, OURS.replace("https", "http"))
    assert sentence.startswith("Zalo chỉ chuyển tin đến địa chỉ https")


async def test_a_webhook_that_is_left_over_is_said(world: World) -> None:
    channel = Zalo(tuple(world.tokens), world.address)
    await channel.open()
    await channel.subscribe(world.bot.id, f"{world.address}/elsewhere", "secret-of-ours")
    await channel.close()
    assert (await said(world))[0].startswith(f"Zalo vẫn chuyển tin của bot {world.bot.id} đến địa chỉ khác")


async def test_what_comes_again_on_every_question_is_asked_for_once_a_second(sqlite_url: str, tmp_path: Path) -> None:
    async with a_zalo_council(sqlite_url, tmp_path) as council:
        council.world.habits.reappearing = True
        (listener,) = council.listening
        stopping = asyncio.Event()
        council.chat("Lan").person.writes("trogiup")
        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            group.create_task(listener.run(stopping))
            while len(council.world.calls("getUpdates")) < 5:
                await council.clock.goes_on(among=3)
            stopping.set()
            await council.clock.wait_out(seconds=60)
        at = [request.at for request in council.world.calls("getUpdates")]
        assert min(later - earlier for earlier, later in pairwise(at[1:])) >= 1.0
