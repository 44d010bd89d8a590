"""Planted troubles: what was asked happens or does not, and the bot is left to guess."""

import json

import aiohttp
import pytest

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Fault, Person, World
from tests.timepiece import HandClock


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [(Fault.REPLY_LOST, 1), (Fault.HALF, 1), (Fault.TORN, 0)],
    ids=str,
)
async def test_a_torn_connection_says_nothing_of_what_happened(
    ask: Asking, lan: Person, fault: Fault, arrives: int
) -> None:
    ask.world.fails("sendMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", chat_id=lan.id, text="x")
    assert len(lan.seen()) == arrives
    await ask.well("sendMessage", chat_id=lan.id, text="x")


@pytest.mark.parametrize(
    ("fault", "status", "arrives"),
    [
        (Fault.INTERNAL, 500, 0),
        (Fault.BAD_GATEWAY, 502, 0),
        (Fault.GATEWAY_TIMEOUT, 504, 1),
        (Fault.UNREADABLE, 200, 1),
    ],
    ids=str,
)
async def test_an_answer_may_be_no_json(ask: Asking, lan: Person, fault: Fault, status: int, arrives: int) -> None:
    world = ask.world
    world.fails("*", fault, chat=lan.id)
    url = f"{world.address}/bot{world.token}/sendMessage"
    async with ask.session.post(url, json={"chat_id": lan.id, "text": "x"}) as answer:
        body = await answer.text()
    with pytest.raises(ValueError):
        json.loads(body)
    assert (answer.status, len(lan.seen()), world.requests[-1].status) == (status, arrives, status)


async def test_telegram_may_ask_for_time_with_and_without_saying_how_much(ask: Asking, lan: Person) -> None:
    ask.world.fails("sendMessage", Fault.flood(17))
    ask.world.fails("sendMessage", Fault.FLOOD_UNSAID)
    assert (await ask("sendMessage", chat_id=lan.id, text="x"))["parameters"] == {"retry_after": 17}
    assert "parameters" not in await ask("sendMessage", chat_id=lan.id, text="x")
    assert lan.seen() == []


async def test_trouble_meets_one_chat_after_some_good_calls_for_some_times(
    ask: Asking, world: World, lan: Person
) -> None:
    hung = world.person("Trần Văn Hùng")
    hung.starts()
    world.fails("sendMessage", Fault.CONFLICT, times=2, chat=lan.id, skip=1)
    chats = (hung.id, lan.id, hung.id, lan.id, lan.id, lan.id)
    answers = [await ask("sendMessage", chat_id=chat, text="x") for chat in chats]
    assert [answer["ok"] for answer in answers] == [True, True, True, False, False, True]


async def test_an_answer_may_be_late(ask: Asking, lan: Person, clock: HandClock) -> None:
    ask.world.fails("sendMessage", Fault.delay(20))
    with pytest.raises(TimeoutError):
        await ask.session.post(
            f"{ask.world.address}/bot{ask.world.token}/sendMessage",
            json={"chat_id": lan.id, "text": "x"},
            timeout=aiohttp.ClientTimeout(total=0.05),
        )
    assert len(lan.seen()) == 1


async def test_the_log_tells_what_was_asked_when_and_what_was_answered(
    ask: Asking, lan: Person, clock: HandClock
) -> None:
    await clock.move(seconds=5)
    await ask.well("sendMessage", chat_id=lan.id, text="x")
    await ask.badly("sendMessage", chat_id=1, text="x")
    good, bad = ask.world.calls("sendMessage")
    assert (good.at, good.chat, good.params["text"], good.status) == (1005.0, lan.id, "x", 200)
    assert (bad.chat, bad.status, bad.words) == (1, 400, "Bad Request: chat not found")
    assert ask.world.calls(chat=lan.id) == [good]
