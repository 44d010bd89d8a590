"""Where the cable to a fake is cut nobody gets through, and once it is joined everybody does, where he asked before."""

import aiohttp
import pytest

from tests.fakes.conftest import Asking, AskingZalo
from tests.fakes.telegram import Person
from tests.fakes.zalo import Person as ZaloPerson


async def test_nobody_gets_through_a_cut_cable_to_telegram(ask: Asking, lan: Person) -> None:
    await ask.well("sendMessage", chat_id=lan.id, text="1")
    await ask.world.cable.cut()
    with pytest.raises(aiohttp.ClientConnectorError):
        await ask("sendMessage", chat_id=lan.id, text="2")
    await ask.world.cable.join()
    await ask.well("sendMessage", chat_id=lan.id, text="3")
    assert [shown.text for shown in lan.seen()] == ["1", "3"]


async def test_what_is_written_behind_a_cut_cable_waits(asks: AskingZalo, mai: ZaloPerson) -> None:
    await asks.world.cable.cut()
    mai.writes("nhiemvu")
    with pytest.raises(aiohttp.ClientConnectorError):
        await asks("getUpdates", timeout="0")
    await asks.world.cable.join()
    assert (await asks.well("getUpdates", timeout="0"))["message"]["text"] == "nhiemvu"
