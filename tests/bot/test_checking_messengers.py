"""`dondoc check` asks Telegram, and says in a sentence what is wrong and what to do."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.i18n import catalogues
from handlers.kit import Text
from tests.fakes.telegram import Fault, World, serving
from tests.postoffice import ZONE
from tests.timepiece import HandClock

OURS = "https://dondoc.example.gov.vn/hook/telegram/1"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with serving(HandClock()) as opened:
        yield opened


async def said(token: str, api: str, url: str = "") -> list[str]:
    """Ask as `dondoc check` does; give its sentences."""
    channel = Telegram(token, Path, api)
    say: Callable[[Text | str], str] = catalogues("vi").speech("vi", ZONE).say
    await channel.open()
    try:
        return [say(fault) for fault in await channel.faults(channel.bots[0], url)]
    finally:
        await channel.close()


async def test_a_bot_that_is_well_is_not_spoken_of(world: World) -> None:
    assert await said(world.token, world.address) == []


async def test_a_wrong_token_is_named_with_what_to_do(world: World) -> None:
    (sentence,) = await said("1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", world.address)
    assert sentence.startswith("Telegram không nhận mã token này")
    assert "@BotFather" in sentence


async def test_a_server_out_of_reach_is_named_with_what_to_do(world: World) -> None:
    (sentence,) = await said(world.token, "http://127.0.0.1:9")
    assert sentence.startswith("Không kết nối được với Telegram")
    assert "DONDOC_TELEGRAM_PROXY" in sentence


async def test_a_server_that_stumbles_is_said(world: World) -> None:
    world.fails("getMe", Fault.BAD_GATEWAY)
    (sentence,) = await said(world.token, world.address)
    assert sentence.startswith("Telegram trả lời không đúng quy cách")


async def test_an_address_that_is_not_ours_is_said(world: World) -> None:
    channel = Telegram(world.token, Path, world.address)
    await channel.open()
    await channel.subscribe("", f"{world.address}/elsewhere", "secret")
    await channel.close()
    assert (await said(world.token, world.address))[0].startswith("Telegram vẫn gửi tin đến một địa chỉ khác")
    assert (await said(world.token, world.address, OURS))[0].startswith("Telegram đang gửi tin đến địa chỉ không phải")


async def test_an_address_to_which_nothing_is_posted_is_said(world: World) -> None:
    (sentence,) = await said(world.token, world.address, OURS)
    assert sentence == f"Telegram chưa được báo gửi tin đến {OURS}; khởi động trợ lý để báo."


@pytest.mark.parametrize("url", ["http://dondoc.example.gov.vn/hook", "https://dondoc.example.gov.vn:9000/hook"])
async def test_an_address_that_telegram_never_posts_to_is_said(world: World, url: str) -> None:
    (sentence,) = await said(world.token, world.address, url)
    assert sentence.startswith("Telegram chỉ gửi tin đến địa chỉ https")
