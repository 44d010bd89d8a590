"""How the server is reached: by a proxy where one is set; and what each of its refusals means."""

import json
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.telegram import Telegram
from bot.channels.telegram.errors import NotModified, TooBig, UnknownFile, meaning_of
from handlers.kit import ChannelError, Message, Moved, Permanent, Rejected, Unknown, Unsent, Wait

TOKEN = "7200000001:FAKE-0001-for-trying-without-a-name"


def refused(code: int, description: str, **parameters: int) -> ChannelError:
    answer = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return meaning_of(code, json.dumps(answer).encode())


@pytest.mark.parametrize(
    ("code", "description", "kind"),
    [
        (403, "Forbidden: bot was blocked by the user", Permanent),
        (403, "Forbidden: user is deactivated", Permanent),
        (403, "Forbidden: bot was kicked from the supergroup chat", Permanent),
        (400, "Bad Request: chat not found", Permanent),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Permanent),
        (400, "Bad Request: not enough rights to send text messages to the chat", Permanent),
        (400, "Bad Request: message is not modified: specified new message content is the same", NotModified),
        (400, "Bad Request: can't parse entities: unexpected end tag", Rejected),
        (400, "Bad Request: message to edit not found", Rejected),
        (400, "Bad Request: wrong file identifier/HTTP URL specified", UnknownFile),
        (400, "Bad Request: file is too big", TooBig),
        (413, "Request Entity Too Large", TooBig),
        (401, "Unauthorized", Wait),
        (404, "Not Found", Wait),
        (409, "Conflict: terminated by other getUpdates request", Unsent),
        (429, "Too Many Requests: retry later", Wait),
        (500, "Internal Server Error", Unknown),
        (502, "Bad Gateway", Unknown),
    ],
)
def test_each_refusal_says_what_to_do(code: int, description: str, kind: type[ChannelError]) -> None:
    assert type(refused(code, description)) is kind


def test_a_flood_names_its_seconds_and_not_whom_it_is_for() -> None:
    wait = refused(429, "Too Many Requests: retry after 7", retry_after=7)
    assert isinstance(wait, Wait)
    assert (wait.seconds, wait.whole_lane) == (7, None)


def test_a_group_that_moved_names_where_to() -> None:
    moved = refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009)
    assert isinstance(moved, Moved)
    assert moved.chat == "-1009"


@pytest.mark.parametrize("payload", [b"", b"<html>", b"[]", b"null", b'{"parameters": 3}', b"\xff", b'{"ok": true}'])
@pytest.mark.parametrize("code", [302, 307, 400, 401, 403, 404, 407, 413, 451])
def test_what_somebody_between_us_and_telegram_says_ends_nobodys_address(code: int, payload: bytes) -> None:
    meant = meaning_of(code, payload)
    assert isinstance(meant, Wait)
    assert meant.whole_lane is True
    assert isinstance(meaning_of(502, payload), Unknown)


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


async def test_a_server_that_cannot_be_reached_took_nothing() -> None:
    channel = Telegram(TOKEN, Path, "http://127.0.0.1:9")
    await channel.open()
    try:
        with pytest.raises(Unsent):
            await channel.send("", "7", Message(1, ("Kính gửi",)))
    finally:
        await channel.close()
