"""What Zalo's answers mean, and what is never fetched whoever names it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.channel import Zalo
from bot.channels.zalo.errors import result_of
from handlers.kit import ChannelError, FileThere, Message, Refusal, Rejected, Wait
from tests.fakes.zalo import Fault, World, serving
from tests.timepiece import HandClock

MESSAGE = Message(1, ("Đã ghi nhận.",))
LARGE = 20_000_001


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with serving(HandClock()) as opened:
        yield opened


@pytest.fixture
async def zalo(world: World) -> AsyncIterator[Zalo]:
    channel = Zalo(tuple(world.tokens), world.address)
    await channel.open()
    yield channel
    await channel.close()


@given(st.integers(100, 599), st.binary(max_size=60))
def test_any_answer_is_a_result_or_has_a_meaning(status: int, payload: bytes) -> None:
    with pytest.raises(ChannelError):
        result_of(status, payload)


async def test_a_bot_whose_token_nobody_knows_rests(world: World) -> None:
    channel = Zalo(("77:AAAAAAAAAAAAAAAAAAAA",), world.address)
    await channel.open()
    with pytest.raises(Wait) as raised:
        await channel.send("77", "0f1e2d3c4b5a69788796", MESSAGE)
    await channel.close()
    assert (raised.value.whole_lane, raised.value.seconds) == (True, 60)


async def test_over_its_quota_a_bot_tries_ever_more_seldom_until_something_leaves(world: World, zalo: Zalo) -> None:
    lan = world.person("Lan")
    lan.writes("xin chào")
    world.habits.quota = 0
    rests = []
    for _ in range(9):
        with pytest.raises(Wait) as raised:
            await zalo.send(world.bot.id, lan.id, MESSAGE)
        rests.append(raised.value.seconds)
    assert rests == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    world.habits.quota = 3000
    await zalo.send(world.bot.id, lan.id, MESSAGE)
    world.habits.quota = 1
    with pytest.raises(Wait) as raised:
        await zalo.send(world.bot.id, lan.id, MESSAGE)
    assert raised.value.seconds == 60


async def read(zalo: Zalo, bot: str, url: str) -> bytes:
    return b"".join([chunk async for chunk in zalo.fetch(bot, FileThere(url, "anh.jpg", "image/jpeg", 0))])


@pytest.mark.parametrize(
    "url",
    [
        "http://photo-stal-7.zdn.vn/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://[::1]/a.jpg",
        "https://10.0.0.7/a.jpg",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/a.jpg",
        "https://0x7f000001/a.jpg",
        "https://lan:mat-khau@photo-stal-7.zdn.vn/a.jpg",
        "https://photo-stal-7.zdn.vn:8443/a.jpg",
        "file:///etc/hostname",
        "ftp://photo-stal-7.zdn.vn/a.jpg",
        "https://[",
        "https://photo-stal-7.zdn.vn:x/a.jpg",
        "",
    ],
)
async def test_nothing_is_fetched_from_within_the_house(world: World, zalo: Zalo, url: str) -> None:
    with pytest.raises(Rejected, match="not an address"):
        await read(zalo, world.bot.id, url)


async def test_a_name_that_leads_into_the_house_is_not_followed(world: World, zalo: Zalo) -> None:
    with pytest.raises(ChannelError):
        await read(zalo, world.bot.id, "https://localhost/a.jpg")


async def test_what_grows_too_large_is_read_no_further(world: World, zalo: Zalo) -> None:
    url = world.media.keep(bytes(LARGE), "image/jpeg")
    with pytest.raises(Refusal):
        await read(zalo, world.bot.id, url)


@pytest.mark.parametrize("fault", [Fault.TORN, Fault.HALF, Fault.BAD_GATEWAY])
async def test_a_picture_that_does_not_come_is_said(world: World, zalo: Zalo, fault: Any) -> None:
    world.fails("media", fault, times=3)
    with pytest.raises(ChannelError):
        await read(zalo, world.bot.id, world.media.keep(b"\xff\xd8\xff", "image/jpeg"))
