"""`dondoc check` with real servers behind it: what is wrong with a bot of Zalo, in a sentence with what to do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.zalo import Zalo
from bot.checking import check
from tests.fakes.zalo import Fault, World, serving
from tests.timepiece import HandClock

KEY = "0" * 64
STRANGE = "1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

Checking = Callable[..., Awaitable[list[str]]]


@dataclass(slots=True)
class Site:
    """Whatever stands at the public address; it answers everything with one status."""

    status: int
    address: str = ""
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer as it always does."""
        self.asked.append(request.path)
        return web.Response(status=self.status)


@asynccontextmanager
async def standing(status: int) -> AsyncIterator[Site]:
    """Let something stand at an address of this machine."""
    site, app = Site(status), web.Application()
    app.router.add_route("*", "/{rest:.*}", site.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    site.address = listening.name
    try:
        yield site
    finally:
        await runner.cleanup()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with serving(HandClock()) as opened:
        opened.another_bot("Bot Đôn Đốc 2")
        yield opened


@pytest.fixture
def checking(
    world: World, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Checking:
    """Run the check with the two bots of this world; gives what it says of Zalo."""

    async def run(**changed: str) -> list[str]:
        settings = {
            "DATABASE_URL": sqlite_url,
            "FILES": str(tmp_path / "files"),
            "SECRET_KEY": KEY,
            "ZALO_TOKENS": ",".join(world.tokens),
            "ZALO_API": world.address,
            **changed,
        }
        monkeypatch.chdir(tmp_path)
        for name, value in settings.items():
            monkeypatch.setenv(f"DONDOC_{name}", value)
        await check()
        return [line for line in capsys.readouterr().err.splitlines() if "Zalo" in line]

    return run


async def posting(world: World, url: str) -> None:
    """Have both bots post to an address."""
    channel = Zalo(tuple(world.tokens), world.address)
    await channel.open()
    for bot in channel.bots:
        await channel.subscribe(bot, url, "secret-of-ours")
    await channel.close()


async def test_bots_that_are_well_are_not_spoken_of_but_for_files(checking: Checking) -> None:
    (sentence,) = await checking()
    assert sentence.startswith("Trên Zalo, tệp được gửi bằng đường dẫn")
    assert "DONDOC_PUBLIC_URL" in sentence


async def test_of_several_tokens_the_wrong_one_is_named_and_not_told(checking: Checking, world: World) -> None:
    said = await checking(ZALO_TOKENS=f"{world.token},{STRANGE}")
    assert [sentence for sentence in said if "bot 1234567" in sentence] == said[1:]
    assert len(said) == 2
    assert "Bot Creator" in said[1]
    assert STRANGE.partition(":")[2] not in "".join(said)


async def test_a_server_out_of_reach_is_said_once_for_all_bots(checking: Checking) -> None:
    (_, sentence) = await checking(ZALO_API="http://127.0.0.1:9")
    assert sentence.startswith("Không kết nối được Zalo")
    assert sentence.endswith("DONDOC_ZALO_API.")


async def test_a_bot_over_its_quota_is_said_as_that(checking: Checking, world: World) -> None:
    world.fails("getMe", Fault.QUOTA)
    (_, sentence) = await checking()
    assert sentence == (
        f"Zalo hiện không cho bot {world.bot.id} gửi thêm (Quota exceeded): đã hết số tin của tháng. Đề nghị bổ sung "
        "mã của một bot và chuyển bớt người sang bot đó (“chuyenbot”)."
    )


async def test_a_webhook_elsewhere_is_told_from_none_at_all(checking: Checking, world: World) -> None:
    async with standing(200) as ours, standing(200) as another:
        nowhere = await checking(PUBLIC_URL=ours.address)
        assert nowhere == [
            f"Zalo chưa được báo chuyển tin đến {ours.address}/hook/zalo/{bot.id}; khởi động trợ lý để báo."
            for bot in world.bots.values()
        ]
        await posting(world, f"{another.address}/hook")
        assert await checking(PUBLIC_URL=ours.address) == [
            f"Zalo đang chuyển tin của bot {bot.id} đến địa chỉ không phải của trợ lý ({another.address}/hook); khởi "
            "động trợ lý để sửa lại và dừng chương trình khác đang dùng mã này."
            for bot in world.bots.values()
        ]


@pytest.mark.parametrize(("status", "said"), [(403, "Browser Integrity Check"), (502, "máy chủ trung gian"), (200, "")])
async def test_an_address_that_refuses_zalo_is_said_with_what_to_turn_off(
    checking: Checking, world: World, status: int, said: str
) -> None:
    async with standing(status) as site:
        first, _ = world.bots.values()
        channel = Zalo((first.token,), world.address)
        await channel.open()
        await channel.subscribe(first.id, f"{site.address}/hook/zalo/{first.id}", "secret-of-ours")
        await channel.close()
        found = await checking(PUBLIC_URL=site.address, ZALO_TOKENS=first.token)
        assert [said in sentence for sentence in found] == ([True] if said else [])
        assert site.asked == [f"/hook/zalo/{first.id}"] * 2
