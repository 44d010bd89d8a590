"""What a provider may answer to a message, and what each channel makes of it: nothing is lost, no secret is told."""

import json
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from handlers.kit import ChannelError, Message, Moved, Rejected, Unknown, Unsent, Wait
from tests.bot.channels.platforms import PLATFORMS, SECRET, Platform, Refusal, refusal

MESSAGE = Message(1, ("Kính gửi",))
EVERY_REFUSAL = [(platform, one) for platform in PLATFORMS for one in platform.refusals]
NOT_JSON = (b"", b"<html>", b"[]", b"7", b"null", b"\xff", b'{"parameters": 3}', b'{"ok": "true"}', b"[" * 100_000)
# what the proxy or the firewall of somebody between us and the provider answers
STRANGE = (
    (302, Wait),
    (307, Wait),
    (400, Wait),
    (401, Wait),
    (403, Wait),
    (404, Wait),
    (407, Wait),
    (413, Wait),
    (451, Wait),
)


@dataclass(slots=True)
class Canned:
    """A server that gives every call the same answer; `cut` ends it before its last byte."""

    status: int = 200
    body: bytes = b""
    cut: bool = False
    address: str = ""
    asked: list[str] = field(default_factory=list)

    async def answers(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request.path)
        length = len(self.body) + self.cut
        response = web.StreamResponse(status=self.status, headers={"Content-Length": str(length)})
        await response.prepare(request)
        await response.write(self.body)
        if self.cut and request.transport is not None:
            request.transport.close()
        return response

    def says(self, answer: object, status: int = 200) -> None:
        self.status, self.body = status, json.dumps(answer).encode()


@pytest.fixture
async def canned() -> AsyncIterator[Canned]:
    made = Canned()
    server = web.ServerRunner(web.Server(made.answers))
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    made.address = f"http://127.0.0.1:{server.addresses[0][1]}"
    yield made
    await server.cleanup()


async def sent(platform: Platform, address: str) -> str:
    """Send one message; give the id that the channel knows it by."""
    channel = platform.adapter(address)
    await channel.open()
    try:
        return (await channel.send(channel.bots[0], platform.chat, MESSAGE)).id
    finally:
        await channel.close()


async def raised(platform: Platform, address: str) -> ChannelError:
    """Send one message and give what is raised, of which nothing names the token."""
    with pytest.raises(ChannelError) as found:
        await sent(platform, address)
    assert SECRET not in "".join(traceback.format_exception(found.value))
    return found.value


async def test_what_was_taken_has_the_id_that_the_provider_gave_it(canned: Canned, platform: Platform) -> None:
    canned.says({"ok": True, "error_code": 0, "result": {"message_id": platform.message}})
    assert await sent(platform, canned.address) == str(platform.message)


@pytest.mark.parametrize(
    ("of", "refused"), EVERY_REFUSAL, ids=[f"{of.name}-{one[0]}-{one[1]}" for of, one in EVERY_REFUSAL]
)
async def test_each_refusal_says_what_to_do_whatever_its_status(canned: Canned, of: Platform, refused: Refusal) -> None:
    code, words, named, kind = refused
    for status in (code, 200):
        canned.says(refusal(code, words, named), status)
        error = await raised(of, canned.address)
        assert isinstance(error, kind)
        if isinstance(error, Wait):
            assert error.seconds == named.get("retry_after", error.seconds) > 0
            assert error.whole_lane is (None if "retry_after" in named else True)
        if isinstance(error, Moved):
            assert error.chat == str(named["migrate_to_chat_id"])


@pytest.mark.parametrize("body", NOT_JSON, ids=repr)
async def test_what_is_not_the_providers_answer_ends_nobodys_address(
    canned: Canned, platform: Platform, body: bytes
) -> None:
    canned.body = body
    for status, kind in ((200, Unknown), *STRANGE, (500, Unknown), (502, Unknown), (504, Unknown)):
        canned.status = status
        error = await raised(platform, canned.address)
        assert type(error) is kind
        assert not isinstance(error, Wait) or error.whole_lane


@pytest.mark.parametrize("result", [None, [], {}, {"message_id": None}, {"message_id": ""}, "xong", True])
async def test_of_a_success_that_names_no_message_nobody_knows_what_arrived(
    canned: Canned, platform: Platform, result: Any
) -> None:
    canned.says({"ok": True, "result": result})
    assert type(await raised(platform, canned.address)) is Unknown


async def test_of_an_answer_that_is_cut_off_nobody_knows_what_arrived(canned: Canned, platform: Platform) -> None:
    canned.says({"ok": True, "result": {"message_id": platform.message}})
    canned.cut = True
    assert type(await raised(platform, canned.address)) is Unknown


async def test_where_nobody_listens_nothing_left(platform: Platform) -> None:
    assert type(await raised(platform, "http://127.0.0.1:9")) is Unsent


async def test_where_nothing_can_be_changed_nobody_is_asked_to(canned: Canned, platform: Platform) -> None:
    channel = platform.adapter(canned.address)
    await channel.open()
    canned.says({"ok": True, "result": {"message_id": platform.message}})
    try:
        if not channel.abilities.edit:
            with pytest.raises(Rejected):
                await channel.edit(channel.bots[0], platform.chat, str(platform.message), MESSAGE)
        else:
            await channel.edit(channel.bots[0], platform.chat, str(platform.message), MESSAGE)
    finally:
        await channel.close()
    assert len(canned.asked) == int(channel.abilities.edit)
