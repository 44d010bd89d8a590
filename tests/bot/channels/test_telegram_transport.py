"""How the server is reached: by a proxy where one is set; and what each of its refusals means."""

from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.telegram import Telegram
from handlers.kit import Message, Unsent

TOKEN = "7200000001:FAKE-0001-for-trying-without-a-name"


async def test_a_failure_names_neither_the_token_nor_the_proxys_password() -> None:
    async def refuses(request: web.BaseRequest) -> web.Response:
        return web.Response(status=407, text="<html>")

    server = web.ServerRunner(web.Server(refuses))
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    proxy = f"http://user:password@127.0.0.1:{server.addresses[0][1]}"
    channel = Telegram(TOKEN, Path, "https://telegram.invalid", proxy)
    await channel.open()
    try:
        with pytest.raises(Unsent) as raised:
            await channel.send("", "7", Message(1, ("Kính gửi",)))
    finally:
        await channel.close()
        await server.cleanup()
    assert str(raised.value) == "ClientHttpProxyError"


async def test_a_proxy_is_asked_where_one_is_set() -> None:
    asked: list[str] = []

    async def relay(request: web.BaseRequest) -> web.Response:
        asked.append(str(request.raw_path))
        return web.json_response({"ok": True, "result": {"message_id": 5}})

    server = web.ServerRunner(web.Server(relay))
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    proxy = f"http://127.0.0.1:{server.addresses[0][1]}"
    channel = Telegram(TOKEN, Path, "http://telegram.invalid", proxy)
    await channel.open()
    try:
        assert (await channel.send("", "7", Message(1, ("Kính gửi",)))).id == "5"
    finally:
        await channel.close()
        await server.cleanup()
    assert asked == [f"http://telegram.invalid/bot{TOKEN}/sendMessage"]
