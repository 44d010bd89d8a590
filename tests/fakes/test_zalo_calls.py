"""How the platform is called: by any verb and form, with a token that it knows, for the methods that it has."""

import json
from typing import Any

import pytest

from tests.fakes.conftest import AskingZalo
from tests.fakes.zalo import Person, World
from tests.fakes.zalo.server import METHODS
from tests.timepiece import HandClock

ABSENT = (
    "sendDocument sendFile sendVideo sendAudio sendTemplate editMessageText deleteMessage setMessageReaction "
    "forwardMessage getChat getChatMember setChatKeyboard uploadFile sendmessage"
)


async def test_a_call_comes_as_json_form_query_or_by_get(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    url = f"{zalo_world.address}/bot{zalo_world.token}/sendMessage"
    said = {"chat_id": mai.id, "text": "Đã nhận"}
    ways: tuple[dict[str, Any], ...] = ({"json": said}, {"data": said}, {"params": said})
    for way in ways:
        async with asks.session.post(url, **way) as answer:
            assert (await answer.json())["ok"] is True
    async with asks.session.get(url, params=said) as answer:
        assert (await answer.json())["ok"] is True
    assert [shown.text for shown in mai.seen()] == ["Đã nhận"] * 4


async def test_the_documented_methods_are_there_and_no_other(asks: AskingZalo) -> None:
    assert sorted(METHODS) == sorted(
        [
            "getMe",
            "getUpdates",
            "setWebhook",
            "getWebhookInfo",
            "deleteWebhook",
            "testWebhook",
            "sendMessage",
            "sendPhoto",
            "sendSticker",
            "sendVoice",
            "sendChatAction",
        ]
    )
    for method in ABSENT.split():
        body = await asks(method)
        assert body == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_another_verb_is_no_call(asks: AskingZalo, zalo_world: World) -> None:
    async with asks.session.put(f"{zalo_world.address}/bot{zalo_world.token}/getMe") as answer:
        assert answer.status == 404


async def test_a_token_that_is_not_known_is_refused(asks: AskingZalo) -> None:
    body = await asks("getMe", token="1:wrong")
    assert body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_refusal_may_come_with_status_200(asks: AskingZalo, zalo_world: World) -> None:
    url = f"{zalo_world.address}/bot{zalo_world.token}/sendMessage"
    seen = []
    for zalo_world.habits.status_200 in (False, True):
        async with asks.session.post(url, json={}) as answer:
            seen.append((answer.status, json.loads(await answer.read())))
    refusal = {"ok": False, "error_code": 400, "description": "Bad Request: chat_id is required"}
    assert seen == [(400, refusal), (200, refusal)]


async def test_success_may_carry_an_error_code_of_zero(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    zalo_world.habits.zero_code = True
    url = f"{zalo_world.address}/bot{zalo_world.token}/sendMessage"
    async with asks.session.post(url, json={"chat_id": mai.id, "text": "x"}) as answer:
        body = await answer.json()
    assert (body["ok"], body["error_code"], sorted(body["result"])) == (True, 0, ["date", "message_id"])


async def test_a_bot_says_who_it_is(asks: AskingZalo, zalo_world: World) -> None:
    assert await asks.well("getMe") == {
        "id": "1459232241454765289",
        "account_name": "bot.VDK000001",
        "account_type": "BASIC",
        "can_join_groups": True,
    }
    other = zalo_world.another_bot("Bot Nhắc việc")
    assert (await asks("getMe", token=other.token))["result"]["id"] == other.id
    assert zalo_world.tokens == [zalo_world.token, other.token]


def test_a_bot_is_named_bot(zalo_world: World) -> None:
    with pytest.raises(ValueError):
        zalo_world.another_bot("Đôn Đốc")


async def test_the_log_tells_what_was_asked_when_and_what_was_answered(
    asks: AskingZalo, mai: Person, zalo_world: World, clock: HandClock
) -> None:
    await clock.move(seconds=5)
    await asks.well("sendMessage", chat_id=mai.id, text="x")
    await asks.badly("sendMessage", chat_id="0" * 20, text="x")
    good, bad = zalo_world.calls("sendMessage")
    assert (good.at, good.chat, good.params["text"], good.status) == (1005.0, mai.id, "x", 200)
    assert (bad.chat, bad.status, bad.words) == (
        "0" * 20,
        422,
        "You are not permitted to send messages to this chat_id",
    )
    assert zalo_world.calls(chat=mai.id) == [good]
