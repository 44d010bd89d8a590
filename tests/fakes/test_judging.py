"""What no server would take is refused, whoever of the two descriptions sees it; recorded updates are as Telegram's."""

import json
from itertools import islice
from typing import Any

import pytest

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Person, World
from tests.fakes.telegram.description import description
from tests.fakes.telegram.judge import Judge
from tests.fakes.telegram.updates import recorded, stream
from tests.fakes.test_sending import keys

# nobody describes these yet
FUTURE = {"kind_of_the_future", "message_with_content_of_the_future"}
CHAT: dict[str, Any] = {"chat_id": 6_140_000_017}


def button(**more: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Nhận", "callback_data": "a:1", **more}]]}


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMesage", {"text": "x"}, "Not Found: method not found"),
        ("sendMessage", {}, "Bad Request: message text is empty"),
        ("sendMessage", {"text": ""}, "Bad Request: message text is empty"),
        ("sendMessage", {"text": "x" * 5000}, "Bad Request: message is too long"),
        ("sendMessage", {"text": "x", "parse_mode": "HTM"}, "Bad Request: unsupported parse_mode"),
        (
            "sendMessage",
            {"text": "<b>x", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": button(callback_data="đ" * 35)},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        ("sendMessage", {"text": "x", "reply_markup": button(text=" ")}, "Bad Request: BUTTON_TEXT_INVALID"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Nhận"}]]}},
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "http://localhost:8080/"}]]}},
            "Bad Request: inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keys(*map(str, range(101)))},
            "Bad Request: reply markup is too long",
        ),
        ("sendMessage", {"text": "x", "message_thread_id": 5}, "Bad Request: message thread not found"),
        (
            "sendMessage",
            {"text": "x", "reply_parameters": {"message_id": 99}},
            "Bad Request: message to be replied not found",
        ),
        ("sendDocument", {}, "Bad Request: there is no document in the request"),
        ("sendDocument", {"document": "BQACnothing"}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"document": "https://example.org/a.pdf"}, "Bad Request: failed to get HTTP URL content"),
        ("sendChatAction", {"action": "thinking"}, "Bad Request: wrong parameter action in request"),
        ("editMessageText", {"message_id": 99, "text": "x"}, "Bad Request: message to edit not found"),
        ("editMessageText", {"text": "x"}, "Bad Request: message identifier is not specified"),
        ("deleteMessage", {"message_id": 99}, "Bad Request: message to delete not found"),
        (
            "sendVenue",
            {"latitude": 1.5, "longitude": 1.5, "title": "x", "address": "y"},
            "Not Implemented: the fake does not know sendVenue yet",
        ),
    ],
)
async def test_a_faulty_request_is_refused_in_the_servers_words(
    ask: Asking, lan: Person, method: str, params: dict[str, Any], words: str
) -> None:
    assert await ask.badly(method, **(CHAT | params)) == words
    assert lan.seen() == []


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"text": "x", "disable_notifications": True}),
        ("editMessageText", {"message_id": "abc", "text": "x"}),
        ("setMyCommands", {"commands": [{"command": "a"}]}),
    ],
)
async def test_what_any_description_sees_is_refused(
    ask: Asking, lan: Person, method: str, params: dict[str, Any]
) -> None:
    given = params if method == "setMyCommands" else CHAT | params
    assert (await ask.badly(method, **given)).startswith("Bad Request: ")


@pytest.mark.skipif(description() is None, reason="This test needs botapi-10.0.json: DONDOC_BOTAPI names its place.")
@pytest.mark.parametrize(
    "markup",
    [
        {"inline_keyboard": [[{"callback_data": "a"}]]},
        {"inline_keyboard": [{"text": "a", "callback_data": "a"}]},
        button(colour="red"),
        {"inline_keyboard": "none"},
        {"keyboard": [[{"text": "a", "request_contact": "yes"}]]},
    ],
)
async def test_a_keyboard_is_judged_to_its_last_button(ask: Asking, lan: Person, markup: Any) -> None:
    assert "reply_markup" in await ask.badly("sendMessage", **CHAT, text="x", reply_markup=markup)


@pytest.mark.skipif(description() is None, reason="This test needs botapi-10.0.json: DONDOC_BOTAPI names its place.")
async def test_commands_are_judged_to_their_letters(ask: Asking) -> None:
    commands = [{"command": "a" * 40, "description": "d"}]
    assert await ask.badly("setMyCommands", commands=commands) == "Bad Request: BOT_COMMAND_INVALID"


async def test_a_wrong_token_is_nobodys(ask: Asking) -> None:
    body = await ask("getMe", token="7200000001:wrong")
    assert body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_path_that_leads_nowhere_is_not_found(ask: Asking, world: World) -> None:
    async with ask.session.get(f"{world.address}/nowhere") as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


async def test_a_method_is_known_in_any_case_and_by_any_way_of_asking(ask: Asking, world: World, lan: Person) -> None:
    url = f"{world.address}/bot{world.token}"
    async with ask.session.get(f"{url}/SENDmessage?chat_id={lan.id}&text=m%E1%BB%99t") as answer:
        assert answer.status == 200
    async with ask.session.post(f"{url}/sendMessage", data=f"chat_id={lan.id}&text=hai", headers=_form()) as answer:
        assert answer.status == 200
    async with ask.session.post(f"{url}/sendMessage", json={"chat_id": lan.id, "text": "ba"}) as answer:
        assert answer.status == 200
    async with ask.session.post(
        f"{url}/sendMessage", data="[]", headers={"Content-Type": "application/json"}
    ) as answer:
        assert json.loads(await answer.read())["description"] == "Bad Request: JSON object expected"
    assert [shown.text for shown in lan.seen()] == ["một", "hai", "ba"]


async def test_what_the_fake_does_not_know_it_says(ask: Asking, lan: Person) -> None:
    body = await ask("sendMessage", chat_id=lan.id, text="*x*", parse_mode="MarkdownV2")
    assert (body["error_code"], body["description"]) == (501, "Not Implemented: the fake reads no Markdown")
    body = await ask("sendMessage", chat_id=lan.id, text="x", allow_paid_broadcast=True)
    assert body["error_code"] == 501


@pytest.mark.parametrize("name", sorted(recorded()))
def test_a_recorded_update_is_as_telegram_sends_it(name: str) -> None:
    faults = Judge().update(recorded()[name])
    assert bool(faults) is (name in FUTURE and (name == "kind_of_the_future" or description() is not None)), faults


def test_made_up_updates_are_mostly_as_telegram_sends_them_and_no_two_have_one_number() -> None:
    made = list(islice(stream(7), 1000))
    odd = [update for update in made if Judge().update(update)]
    assert len({update["update_id"] for update in made}) == len(made)
    assert 10 < len(odd) < 900


def test_the_same_seed_makes_up_the_same() -> None:
    assert list(islice(stream(3), 50)) == list(islice(stream(3), 50))


def _form() -> dict[str, str]:
    return {"Content-Type": "application/x-www-form-urlencoded"}
